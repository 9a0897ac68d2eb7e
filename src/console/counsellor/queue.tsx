import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { VisitView } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode, HubLink } from '../hub-link.ts';
import { Notice } from '../parts/notice.tsx';
import { useTitle } from '../parts/use-title.ts';
import { appointmentWords, counsellorFailure, duration, handOverWords, words } from '../words/words.ts';

interface Props {
  readonly visits: readonly VisitView[];
  /** Of the counsellor. */
  readonly accountId: string;
  readonly link: HubLink;
  readonly now: number;
}

interface Refusal {
  readonly code: ConsoleFailureCode;
  readonly name: string;
  readonly by: string | null;
}

export function Queue({ visits, accountId, link, now }: Props) {
  const [pickingUp, setPickingUp] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  const anyone = visits.length > 0;
  useTitle(anyone ? words.titles.waiting(visits.length) : words.titles.counsellor);

  // Enter picks the first person up, unless the counsellor is somewhere else on the page.
  useEffect(() => {
    if (anyone && document.activeElement === document.body) first.current?.focus();
  }, [anyone]);

  async function pickUp(visit: VisitView): Promise<void> {
    if (pickingUp) return;
    setPickingUp(visit.visitId);
    setRefusal(null);
    const answer = await link.request({ type: 'pickUp', visitId: visit.visitId });
    setPickingUp(null);
    if (!answer.ok) setRefusal({ code: answer.code, name: visit.residentName, by: answer.by });
  }

  return (
    <section className="queue" aria-labelledby="queue-title">
      <h1 id="queue-title">{words.counsellor.queueTitle}</h1>
      <p role="status" className="muted">
        {anyone ? words.counsellor.queueCount(visits.length) : ''}
      </p>
      {refusal && (
        <Notice tone="warn" urgent onDismiss={() => setRefusal(null)}>
          <strong>
            {refusal.by
              ? words.counsellor.pickedUpBy(refusal.name, refusal.by)
              : `${counsellorFailure(refusal.code).what}.`}
          </strong>{' '}
          {counsellorFailure(refusal.code).todo}
        </Notice>
      )}
      {anyone ? (
        <table className="queue-table">
          <thead>
            <tr>
              <th scope="col">{words.counsellor.columns.wait}</th>
              <th scope="col">{words.counsellor.columns.person}</th>
              <th scope="col">{words.counsellor.columns.motive}</th>
              <th scope="col">{words.counsellor.columns.mairie}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {visits.map((visit, index) => (
              <tr key={visit.visitId}>
                <td className="wait">{duration(now - visit.announcedAt)}</td>
                <th scope="row">
                  {visit.residentName}
                  {visit.appointment && (
                    <span className="hint">
                      {appointmentWords.of(
                        appointmentWords.hour(visit.appointment.at, visit.appointment.timeZone),
                      )}
                    </span>
                  )}
                  {visit.wanted && (
                    <span className="hint">
                      {visit.wanted.accountId === accountId
                        ? handOverWords.forYou
                        : handOverWords.forColleague(visit.wanted.name)}
                    </span>
                  )}
                  {visit.ratherFor.length > 0 && (
                    <span className="hint">{handOverWords.ratherFor(visit.ratherFor)}</span>
                  )}
                  {!visit.residentPresent && <span className="hint">{words.counsellor.absent}</span>}
                </th>
                <td className="motive">{visit.motive}</td>
                <td>
                  {visit.mairie}
                  <span className="hint">{visit.terminal}</span>
                </td>
                <td className="action">
                  <Button
                    {...(index === 0 ? { ref: first } : {})}
                    className={index === 0 ? 'button primary' : 'button'}
                    aria-label={words.counsellor.pickUpLabel(visit.residentName)}
                    isPending={pickingUp === visit.visitId}
                    isDisabled={pickingUp !== null && pickingUp !== visit.visitId}
                    onPress={() => void pickUp(visit)}
                  >
                    {pickingUp === visit.visitId ? words.counsellor.pickingUp : words.counsellor.pickUp}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div className="queue-empty">
          <p className="queue-empty-title">{words.counsellor.queueEmpty}</p>
          <p className="muted">{words.counsellor.queueEmptyNote}</p>
        </div>
      )}
    </section>
  );
}
