/** A clerk, an agent or an operator asks a terminal to test itself. Nothing is kept for one that is away: whoever asks is there. */
import type { FailureCode } from '#shared/failure.ts';
import type { HubToTerminal } from '#shared/protocol/messages.ts';
import { type Account, isReceiver, type Operator, type Receiver, receivesAt } from '../accounts/store.ts';
import type { Hub } from '../hub.ts';
import { findTerminal, type TerminalRecord } from './store.ts';

/** Null where the terminal was told; its report says that it began. Out of the account's scope nothing exists. */
export async function requestSelfTest(
  hub: Hub,
  account: Account,
  terminalId: string,
): Promise<FailureCode | null> {
  if (!isReceiver(account) && account.role !== 'operator') return 'forbidden';
  const terminal = await findTerminal(hub.database, terminalId);
  if (!terminal || !isInScope(account, terminal)) return 'notFound';
  if ((await hub.visits.all()).some((visit) => visit.terminalId === terminalId)) return 'terminalBusy';
  const line = hub.switchboard.terminalLine(terminalId);
  const elsewhere = hub.switchboard.terminalElsewhere(terminalId);
  if ((!line && !elsewhere) || !terminal.report) return 'notReached';
  if (terminal.report.stage === 'closed') return 'terminalClosed';
  if (terminal.report.stage !== 'idle') return 'terminalBusy';
  const origin = isReceiver(account) ? 'clerk' : 'operator';
  line?.send({ type: 'selfTest', origin } satisfies HubToTerminal);
  if (elsewhere) hub.neighbours.send(elsewhere, { type: 'selfTest', terminalId, origin });
  return null;
}

function isInScope(account: Receiver | Operator, terminal: TerminalRecord): boolean {
  return isReceiver(account)
    ? receivesAt(account, terminal.mairieId)
    : terminal.territoryId === account.territoryId;
}
