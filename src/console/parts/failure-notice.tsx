import type { ConsoleFailureCode } from '../hub-link.ts';
import { counsellorFailure } from '../words/words.ts';
import { Notice } from './notice.tsx';

/** What went wrong and what to do; nothing where nothing did. */
export function FailureNotice({ code }: { readonly code: ConsoleFailureCode | null }) {
  if (!code) return null;
  return (
    <Notice tone="bad" urgent>
      <strong>{counsellorFailure(code).what}.</strong> {counsellorFailure(code).todo}
    </Notice>
  );
}
