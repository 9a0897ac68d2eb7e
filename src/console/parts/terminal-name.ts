/** How a terminal is called on a page that shows several: with its mairie, where they are not all of one. */
import type { TerminalView } from '#shared/protocol/views.ts';
import { appointmentWords } from '../words/words.ts';

type Named = Pick<TerminalView, 'name' | 'mairie'>;

export function terminalName({ name, mairie }: Named, all: readonly Named[]): string {
  return all.every((one) => one.mairie === mairie) ? name : appointmentWords.at(mairie, name);
}
