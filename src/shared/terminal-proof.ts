/**
 * What a terminal signs at every connection. The hub's own origin is part of it, so that a proof given to a false
 * hub is worth nothing at the true one.
 */
export function proofMessage(terminalId: string, nonce: string, hubOrigin: string): string {
  return ['vis-a-vis terminal proof 1', terminalId, nonce, hubOrigin].join('\n');
}
