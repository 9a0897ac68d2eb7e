/** From a draft to a document: asked again where something is missing, refused where it could not be written as typed. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { FailureCode } from '#shared/failure.ts';
import type { FillDrafts, FillWork } from '../fill-drafts.ts';
import { Notice } from '../parts/notice.tsx';
import { counsellorFailure, formWords, sentence, signingWords } from '../words/words.ts';
import type { FillCode } from './fill-pdf.ts';
import type { Unwritten } from './write-fields.ts';

/** What is done with the finished document, once it is with the others. */
export type FinishKind = 'print' | 'sign' | 'save' | 'saveFlat';

/** `code`: what was printed in the margins of a document that is to come back signed. */
export type OnFinished = (
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  kind: FinishKind,
  code: FillCode | null,
) => void;

interface Options {
  readonly work: FillWork;
  readonly drafts: FillDrafts;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** For the margins of a document that is to be signed; null: it could not be made. */
  readonly makeCode: () => Promise<FillCode | null>;
  readonly onFinished: OnFinished;
}

interface Finish {
  /** Something was asked for: all problems are shown from now on. */
  readonly checked: boolean;
  /** Waiting for the counsellor's word, because something is missing. */
  readonly asking: FinishKind | null;
  readonly busy: boolean;
  readonly failure: FailureCode | null;
  readonly unwritten: readonly Unwritten[];
  readonly start: (kind: FinishKind, problems: number) => void;
  readonly goOn: () => void;
  readonly stay: () => void;
  readonly dismiss: () => void;
}

export function useFinish({ work, drafts, bytes, makeCode, onFinished }: Options): Finish {
  const [checked, setChecked] = useState(false);
  const [asking, setAsking] = useState<FinishKind | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureCode | null>(null);
  const [unwritten, setUnwritten] = useState<readonly Unwritten[]>([]);

  async function run(kind: FinishKind): Promise<void> {
    if (busy) return;
    if (!bytes) {
      setFailure('documentGone');
      return;
    }
    setBusy(true);
    setFailure(null);
    const code = kind === 'sign' ? await makeCode() : null;
    if (kind === 'sign' && !code) {
      setBusy(false);
      setFailure('documentBroken');
      return;
    }
    const options = { flatten: kind === 'saveFlat', signWords: formWords.signHere, code };
    const filled = await drafts.finish(work.documentId, bytes, options);
    setBusy(false);
    if (!filled.ok) {
      setFailure(filled.failure.code);
      return;
    }
    setUnwritten(filled.value.unwritten);
    // Nothing goes to paper that differs from what was typed.
    if (filled.value.unwritten.length > 0) return;
    const name = work.name.replace(/\.pdf$/i, '');
    const named = {
      print: formWords.filledName,
      save: formWords.filledName,
      saveFlat: formWords.flatName,
      sign: signingWords.fileName,
    };
    onFinished(named[kind](name), filled.value.bytes, kind, code);
  }

  return {
    checked,
    asking,
    busy,
    failure,
    unwritten,
    start(kind, problems) {
      setChecked(true);
      if (problems > 0) setAsking(kind);
      else void run(kind);
    },
    goOn() {
      if (asking) void run(asking);
    },
    stay: () => setAsking(null),
    dismiss: () => setFailure(null),
  };
}

interface Props {
  readonly finish: Finish;
  readonly problems: number;
  /** The count is told: after the first try, and once there is none left. */
  readonly shown: boolean;
  /** There is a place to sign. */
  readonly canSign: boolean;
  readonly onReview: () => void;
}

const KINDS: readonly FinishKind[] = ['print', 'sign', 'save', 'saveFlat'];

export function FillFinish({ finish, problems, shown, canSign, onReview }: Props) {
  const refused = finish.unwritten.length;
  return (
    <div className="panel-foot fill-foot">
      {finish.failure && (
        <Notice tone="bad" urgent onDismiss={finish.dismiss}>
          <strong>{formWords.failed}.</strong> {sentence(counsellorFailure(finish.failure))}
        </Notice>
      )}
      {refused > 0 && (
        <Notice tone="bad" urgent>
          {formWords.notWritten(refused)}
        </Notice>
      )}
      <p role="status" className="fill-status">
        {finish.busy && formWords.preparing}
        {!finish.busy && shown && problems === 0 && formWords.allGood}
      </p>
      {shown && problems > 0 && (
        <Button className="button small" onPress={onReview}>
          {formWords.problems(problems)}
        </Button>
      )}
      <div className="fill-actions">
        {KINDS.filter((kind) => kind !== 'sign' || canSign).map((kind) => (
          <Button
            key={kind}
            className={kind === 'print' ? 'button primary' : 'button'}
            isDisabled={finish.busy}
            onPress={() => finish.start(kind, problems)}
          >
            {kind === 'sign' ? signingWords.print : formWords[kind]}
          </Button>
        ))}
      </div>
    </div>
  );
}
