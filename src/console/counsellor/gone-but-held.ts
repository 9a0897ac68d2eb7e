import type { FailureCode } from '#shared/failure.ts';
import { words } from '../words/words.ts';
import type { TakeState } from './order-reading.ts';
import type { Card } from './tray.tsx';

/** What to say of an order that failed because the terminal lost the document, while this page still holds it. */
export function goneButHeld({ held }: Card, { kind }: TakeState, code: FailureCode): string | null {
  if (!held || code !== 'documentGone') return null;
  return kind === 'taken' ? words.tray.goneAndSent : words.tray.goneAndSending;
}
