import { useState } from 'react';
import { Button } from 'react-aria-components';
import { assertNever } from '#shared/assert-never.ts';
import type { VisitView } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode, HubLink, RequestWithoutId } from '../hub-link.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { opensWhen } from '../parts/opening.ts';
import { ToneMark } from '../parts/tone.tsx';
import { clerkFailure, duration, openingWords, words } from '../words/words.ts';

interface Props {
  readonly visits: readonly VisitView[];
  readonly link: HubLink;
  readonly now: number;
}

type Wish = 'cancel' | 'left' | 'returned' | 'private' | 'together';

export function RunningVisits({ visits, link, now }: Props) {
  const [cancelling, setCancelling] = useState<VisitView | null>(null);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [asking, setAsking] = useState<ReadonlySet<string>>(new Set());

  async function ask(visit: VisitView, what: Wish): Promise<void> {
    const { visitId } = visit;
    if (asking.has(visitId)) return;
    setAsking((before) => new Set(before).add(visitId));
    setFailure(null);
    const answer = await link.request(requestFor(what, visitId));
    setAsking((before) => new Set([...before].filter((other) => other !== visitId)));
    if (!answer.ok) setFailure(answer.code);
  }

  return (
    <section aria-labelledby="visits-title" className="running-visits">
      <h2 id="visits-title">{words.clerk.visitsTitle}</h2>
      {failure && (
        <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
          <strong>{clerkFailure(failure).what}.</strong> {clerkFailure(failure).todo}
        </Notice>
      )}
      {visits.length === 0 && <p className="muted">{words.clerk.noVisit}</p>}
      <ul>
        {visits.map((visit) => (
          <li key={visit.visitId} className="running-visit">
            <p className="visit-name">{visit.residentName}</p>
            <p>
              {visit.body}, {stageOf(visit)}
            </p>
            <p className="muted">{waitOf(visit, now)}</p>
            {!visit.residentPresent && (
              <p className="visit-left">
                <ToneMark tone="warn" />
                {words.clerk.leftState}
              </p>
            )}
            {visit.quiet.privateBy !== null && (
              <p className="visit-left">
                <ToneMark tone="warn" />
                {words.clerk.privateState}
              </p>
            )}
            <div className="visit-buttons">
              <Button
                className="button small"
                isDisabled={asking.has(visit.visitId)}
                onPress={() => void ask(visit, visit.residentPresent ? 'left' : 'returned')}
              >
                {visit.residentPresent ? words.clerk.left : words.clerk.returned}
              </Button>
              {visit.stage === 'inCall' && (
                <Button
                  className="button small"
                  isDisabled={asking.has(visit.visitId)}
                  onPress={() => void ask(visit, visit.quiet.privateBy === null ? 'private' : 'together')}
                >
                  {visit.quiet.privateBy === null ? words.clerk.privateOn : words.clerk.privateOff}
                </Button>
              )}
              <Button
                className="button small danger-quiet"
                isDisabled={asking.has(visit.visitId)}
                onPress={() => setCancelling(visit)}
              >
                {words.clerk.cancel}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={cancelling !== null}
        title={words.clerk.cancelTitle(cancelling?.residentName ?? '')}
        confirm={words.clerk.cancelConfirm}
        keep={words.clerk.cancelKeep}
        onConfirm={() => cancelling && void ask(cancelling, 'cancel')}
        onClose={() => setCancelling(null)}
      >
        <p>{cancelling?.stage === 'inCall' ? words.clerk.cancelInCall : words.clerk.cancelQueued}</p>
      </ConfirmDialog>
    </section>
  );
}

function requestFor(what: Wish, visitId: string): RequestWithoutId {
  switch (what) {
    case 'cancel':
      return { type: 'cancelVisit', visitId };
    case 'left':
    case 'returned':
      return { type: 'residentPresence', visitId, present: what === 'returned' };
    case 'private':
    case 'together':
      return { type: 'quiet', visitId, change: { private: what === 'private' } };
    default:
      return assertNever(what);
  }
}

function stageOf(visit: VisitView): string {
  return visit.stage === 'inCall' && visit.counsellor
    ? words.clerk.withCounsellor(visit.counsellor.name)
    : words.clerk.queued(visit.position);
}

function waitOf(visit: VisitView, now: number): string {
  const { pickedUpAt, announcedAt, wait } = visit;
  if (pickedUpAt !== null) return words.durations.talkingFor(duration(now - pickedUpAt));
  const since = words.durations.waitingFor(duration(now - announcedAt));
  const when = opensWhen(visit, now);
  if (when !== null) return `${since}, ${openingWords.opens(when)}`;
  return wait === null ? since : `${since}, ${words.clerk.about(duration(wait))}`;
}
