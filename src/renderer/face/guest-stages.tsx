/** From the announcement to the counsellor: greeted by name, told what will happen, told how long it may take. */
import type { ReactNode } from 'react';
import type { FaceStage, ScreenView } from '#shared/ipc.ts';
import type { MairieHour } from '#shared/protocol/appointments.ts';
import { Chair } from '../look/pictures/chair.tsx';
import { FaceOnScreen, PapersOnScreen, RestingHands } from '../look/pictures/explained.tsx';
import { Question } from '../look/pictures/question.tsx';
import { Queue } from '../look/pictures/waiting.tsx';
import { useNow } from '../look/use-now.ts';
import { fr } from '../words/fr.ts';
import { useGreeting } from './greeting.tsx';
import { dayThere, hourThere } from './hour-there.ts';
import { Stage } from './stage.tsx';

type Guest = Extract<FaceStage, { stage: 'waiting' }>['guest'];

interface GuestProps {
  readonly view: ScreenView;
  readonly guest: Guest;
}

export function AnnouncedStage({ view, guest }: GuestProps): ReactNode {
  const name = useGreeting(guest.visitId, guest.greeting);
  return (
    <Stage view={view} tone="deep" picture={<Chair />}>
      <h1 data-opening={name === undefined || undefined}>
        {name === null && <span className="text-hero line">{fr.announced.helloNobody}</span>}
        {name && (
          <>
            <span className="text-xl line">{fr.announced.hello}</span>{' '}
            <span className={`line ${nameSize(name)}`}>{name}</span>
          </>
        )}
      </h1>
      <p className="text-l">{fr.announced.sit}</p>
    </Stage>
  );
}

export function WelcomedStage({ view, guest }: GuestProps): ReactNode {
  const steps = [
    { picture: <RestingHands />, text: fr.welcomed.touchNothing, body: null },
    { picture: <FaceOnScreen />, text: fr.welcomed.counsellor, body: guest.body },
    {
      picture: <PapersOnScreen />,
      text: view.shared ? fr.welcomed.papersRight : fr.welcomed.papersBeside,
      body: null,
    },
  ];
  return (
    <Stage view={view} tone="light" stacked>
      <h1 className="unseen">{fr.welcomed.title}</h1>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step.text} className="step">
            {step.picture}
            <p className="text-m">
              <strong>{step.text}</strong>
              {step.body !== null && <span className="line step-body">{step.body}</span>}
            </p>
          </li>
        ))}
      </ol>
    </Stage>
  );
}

export function WaitingStage({ view, guest }: GuestProps): ReactNode {
  const now = useNow().getTime();
  if (!guest.residentPresent) {
    return (
      <Stage view={view} tone="deep" picture={<Question />}>
        <h1 className="text-xl">{fr.waiting.gone}</h1>
        <p className="text-l">{fr.waiting.goneHow}</p>
      </Stage>
    );
  }
  if (guest.opensAt && guest.opensAt.at > now) {
    return <ClosedStage view={view} guest={guest} opensAt={guest.opensAt} now={now} />;
  }
  const before = (guest.position ?? 1) - 1;
  return (
    <Stage view={view} tone="light" picture={<Queue before={before} />} stacked={before > 0}>
      <p className="text-m appointment">
        {fr.appointment} <strong className="line">{guest.body}</strong>
      </p>
      <h1 className="text-xl">{before === 0 ? fr.waiting.next : fr.waiting.before(before)}</h1>
      {guest.wait !== null && <p className="text-l">{fr.waiting.about(Math.round(guest.wait / MINUTE))}</p>}
      <p className="text-m">{guest.position === 1 ? fr.waiting.nextHow : fr.waiting.stay}</p>
    </Stage>
  );
}

interface ClosedProps extends GuestProps {
  readonly opensAt: MairieHour;
  readonly now: number;
}

/** Nobody is there, and nobody will be for a while: who sits here need not wait to find out. */
function ClosedStage({ view, guest, opensAt, now }: ClosedProps): ReactNode {
  return (
    <Stage view={view} tone="light" picture={<Queue before={0} />}>
      <p className="text-m appointment">
        <strong className="line">{guest.body}</strong>
      </p>
      <h1 className="text-xl">{fr.waiting.closed}</h1>
      <p className="text-l">{fr.waiting.opens(dayThere(opensAt, now), hourThere(opensAt))}</p>
      <p className="text-m">{fr.waiting.closedHow}</p>
    </Stage>
  );
}

/** ms. */
const MINUTE = 60_000;

/** A long name still stays whole on the screen. */
function nameSize(name: string): string {
  const longestWord = Math.max(...name.split(/\s+/).map((word) => word.length));
  if (longestWord <= 10 && name.length <= 22) return 'text-hero';
  return longestWord <= 16 && name.length <= 44 ? 'text-xl' : 'text-l';
}
