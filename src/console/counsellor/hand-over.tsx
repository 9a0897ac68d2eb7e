/** Hands the visit over: to the queue, to a colleague, to another body. The resident keeps the chair. */
import { useState } from 'react';
import { Button, Heading, Label, Radio, RadioGroup } from 'react-aria-components';
import type { ConsoleView, VisitView } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode, HubLink } from '../hub-link.ts';
import { ModalDialog } from '../parts/modal-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { opensWhen } from '../parts/opening.ts';
import { counsellorFailure, handOverWords, openingWords, sentence } from '../words/words.ts';

/** To whom it may go. */
export type Receivers = Pick<Extract<ConsoleView, { role: 'counsellor' }>, 'colleagues' | 'otherBodies'>;

interface Props {
  readonly link: HubLink;
  readonly visit: VisitView;
  readonly receivers: Receivers;
  /** The hub's clock, ms since the epoch. */
  readonly now: number;
  /** It is gone from here because this counsellor wants it so. */
  readonly onHandedOver: () => void;
}

const QUEUE = 'queue';

export function HandOver({ link, visit, receivers, now, onHandedOver }: Props) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(QUEUE);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const { colleagues, otherBodies } = receivers;
  const body = otherBodies.find(({ bodyId }) => bodyId === chosen);
  const colleague = colleagues.find(({ accountId }) => accountId === chosen);

  async function handOver(): Promise<void> {
    setOpen(false);
    setFailure(null);
    onHandedOver();
    const answer = await link.request({
      type: 'handOver',
      visitId: visit.visitId,
      to: body
        ? { kind: 'body', bodyId: body.bodyId }
        : colleague
          ? { kind: 'colleague', accountId: colleague.accountId }
          : { kind: 'queue' },
    });
    if (!answer.ok) setFailure(answer.code);
  }

  return (
    <div className="visit-end">
      <Button
        className="button"
        onPress={() => {
          setChosen(QUEUE);
          setOpen(true);
        }}
      >
        {handOverWords.open}
      </Button>
      {failure && (
        <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
          {sentence(counsellorFailure(failure))}
        </Notice>
      )}
      <ModalDialog open={open} onClose={() => setOpen(false)}>
        <Heading slot="title">{handOverWords.title(visit.residentName)}</Heading>
        <p>{handOverWords.note}</p>
        <RadioGroup className="choices" value={chosen} onChange={setChosen}>
          <Label className="visually-hidden">{handOverWords.toWhom}</Label>
          <div className="choice-list">
            <Choice value={QUEUE} name={handOverWords.queue} note={handOverWords.queueNote} />
            {colleagues.map((one) => (
              <Choice key={one.accountId} value={one.accountId} name={one.name} note={readiness(one)} />
            ))}
            {otherBodies.map((one) => (
              <Choice key={one.bodyId} value={one.bodyId} name={one.name} note={presence(one, now)} />
            ))}
          </div>
        </RadioGroup>
        {body?.counsellorsOnline === 0 && <Notice tone="warn">{nobodyThere(body, now)}</Notice>}
        <div className="dialog-buttons">
          <Button className="button" onPress={() => setOpen(false)}>
            {handOverWords.keep}
          </Button>
          <Button className="button primary" onPress={() => void handOver()}>
            {handOverWords.confirm}
          </Button>
        </div>
      </ModalDialog>
    </div>
  );
}

function readiness({ inVisit, knowsMotive }: Receivers['colleagues'][number]): string {
  const note = inVisit ? handOverWords.colleagueBusy : handOverWords.colleagueFree;
  return knowsMotive ? handOverWords.knowsMotive(note) : note;
}

type OtherBody = Receivers['otherBodies'][number];

function presence(body: OtherBody, now: number): string {
  const when = opensWhen(body, now);
  return when === null ? handOverWords.body(body.counsellorsOnline) : openingWords.closed(when);
}

function nobodyThere(body: OtherBody, now: number): string {
  const when = opensWhen(body, now);
  return when === null ? handOverWords.nobodyThere : openingWords.handOverClosed(when);
}

function Choice({
  value,
  name,
  note,
}: {
  readonly value: string;
  readonly name: string;
  readonly note: string;
}) {
  return (
    <Radio value={value} className="choice">
      <span className="choice-name">{name}</span>
      <span className="choice-note">{note}</span>
    </Radio>
  );
}
