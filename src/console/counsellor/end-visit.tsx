/** The end of the visit: asks where something would be lost, and offers the resident's receipt once more. */
import { useMemo, useState } from 'react';
import { Button, Heading } from 'react-aria-components';
import type { ConsoleFailureCode, HubLink } from '../hub-link.ts';
import { ModalDialog } from '../parts/modal-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { counsellorFailure, receiptWords, sentence, words } from '../words/words.ts';

interface Props {
  readonly link: HubLink;
  readonly visitId: string;
  readonly working: boolean;
  readonly unsaved: number;
  /** Something was done, and the resident has no receipt of it. */
  readonly receiptIsDue: boolean;
  readonly onReceipt: () => void;
  readonly onEnd: () => void;
}

export function EndVisit({ link, visitId, working, unsaved, receiptIsDue, onReceipt, onEnd }: Props) {
  const [asking, setAsking] = useState(false);
  const [ending, setEnding] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const reasons = useMemo(
    () =>
      [working && words.counsellor.endUnderWay, unsaved > 0 && words.counsellor.endUnsaved(unsaved)].filter(
        Boolean,
      ),
    [working, unsaved],
  );
  const loses = reasons.length > 0;

  async function end(): Promise<void> {
    if (ending) return;
    setEnding(true);
    setFailure(null);
    onEnd();
    const answer = await link.request({ type: 'endVisit', visitId });
    setEnding(false);
    if (!answer.ok) setFailure(answer.code);
  }

  return (
    <div className="visit-end">
      <Button
        className="button danger"
        isPending={ending}
        onPress={() => {
          if (loses || receiptIsDue) setAsking(true);
          else void end();
        }}
      >
        {ending ? words.counsellor.ending : words.counsellor.end}
      </Button>
      {failure && (
        <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
          {sentence(counsellorFailure(failure))}
        </Notice>
      )}
      <ModalDialog open={asking} onClose={() => setAsking(false)} role="alertdialog">
        <Heading slot="title">{loses ? words.counsellor.endTitle : receiptWords.offerTitle}</Heading>
        {reasons.map((reason) => (
          <p key={String(reason)}>{reason}</p>
        ))}
        {receiptIsDue && <p>{receiptWords.offer}</p>}
        <div className="dialog-buttons">
          <Button className="button" autoFocus={loses} onPress={() => setAsking(false)}>
            {words.counsellor.endKeep}
          </Button>
          {receiptIsDue && (
            <Button
              className="button"
              autoFocus={!loses}
              onPress={() => {
                setAsking(false);
                onReceipt();
              }}
            >
              {receiptWords.offerYes}
            </Button>
          )}
          <Button
            className="button danger"
            onPress={() => {
              setAsking(false);
              void end();
            }}
          >
            {loses ? words.counsellor.endConfirm : receiptWords.offerNo}
          </Button>
        </div>
      </ModalDialog>
    </div>
  );
}
