/** The one thing that the preload gives a page. */
import type { DeskClient } from '#shared/ipc.ts';

/** A face page uses only its ScreenClient half. */
export function terminalClient(): DeskClient {
  return (window as unknown as { terminal: DeskClient }).terminal;
}
