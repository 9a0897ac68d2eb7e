/**
 * Whether a terminal's wipe report is what that terminal signed: looked at here, so that whoever sits in between cannot
 * make it greener.
 */
import { useEffect, useState } from 'react';
import { utf8 } from '#sealing/bytes.ts';
import { isCertified } from '#sealing/visit-key.ts';
import type { TerminalView } from '#shared/protocol/views.ts';
import { nothingLeft, wipeMessage } from '#shared/wipe-proof.ts';

export type WipeProof = 'nothingLeft' | 'somethingLeft' | 'forged';

/** Null where there is no report, and for the moment that the look takes. */
export function useWipeProof({ terminalId, publicKey, lastWipe }: TerminalView): WipeProof | null {
  const [proof, setProof] = useState<{ readonly of: string; readonly is: WipeProof } | null>(null);
  // Every view from the hub is a new object: what was looked at is known by what it says.
  const message = lastWipe && wipeMessage(terminalId, lastWipe);
  const signature = lastWipe?.signature ?? '';
  const about = message === null ? null : [publicKey, signature, message].join('\n');
  const clean = lastWipe !== null && nothingLeft(lastWipe);

  useEffect(() => {
    if (message === null || about === null) return;
    let gone = false;
    void isCertified(publicKey, utf8(message), signature).then((certified) => {
      const is = certified ? (clean ? 'nothingLeft' : 'somethingLeft') : 'forged';
      if (!gone) setProof({ of: about, is });
    });
    return () => {
      gone = true;
    };
  }, [about, message, publicKey, signature, clean]);

  return proof !== null && proof.of === about ? proof.is : null;
}
