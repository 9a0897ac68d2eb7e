/** The job under way: what the machine does, what the resident may do, and how far it is. */
import type { ReactNode } from 'react';
import { assertNever } from '#shared/assert-never.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { DeskWork } from '#shared/ipc.ts';
import { Printer } from '../look/pictures/printer.tsx';
import { Feeder, Flatbed } from '../look/pictures/scanner.tsx';
import { TakePaper } from '../look/pictures/take-paper.tsx';
import { fr, type PaperFailure } from '../words/fr.ts';

type Work = Exclude<DeskWork, { kind: 'none' }>;

interface CardWords {
  readonly picture: ReactNode;
  readonly title: string;
  readonly lines: readonly string[];
  /** How far, in percent, where it is known. */
  readonly percent?: number;
}

export function WorkCard({ work }: { readonly work: Work }): ReactNode {
  const { picture, title, lines, percent } = wordsFor(work);
  return (
    <section className="work arrives" key={work.kind}>
      <div className="work-picture">{picture}</div>
      <div className="work-words">
        <h2>{title}</h2>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {percent !== undefined && <Progress percent={percent} />}
      </div>
    </section>
  );
}

function Progress({ percent }: { readonly percent: number }): ReactNode {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={fr.scanning.progress}
      aria-valuenow={Math.round(percent)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div className="progress-done" style={{ transform: `scaleX(${percent / 100})` }} />
    </div>
  );
}

function wordsFor(work: Work): CardWords {
  const { printing, scanning } = fr;
  switch (work.kind) {
    case 'printing':
      return work.held === null
        ? {
            picture: <Printer state="printing" />,
            title: `${printing.title}, ${printing.page(work.page, work.pages)}`,
            lines: [work.twoSided ? printing.waitTwoSided : printing.wait],
          }
        : {
            picture: <Printer state="held" />,
            title: printing.held,
            lines: [sentence(work.held) ?? printing.failedHow],
          };
    case 'printed':
      return {
        picture: <TakePaper />,
        title: work.pages === 1 ? printing.printed : printing.printedMany,
        lines: [printing.printedHow(work.pages)],
      };
    case 'scanning':
      return scanningWords(work);
    case 'scanned':
      return {
        picture: <TakePaper />,
        title: work.pages === 1 ? scanning.scanned : scanning.scannedMany,
        lines: [scanning.scannedHow(work.pages)],
      };
    case 'failed': {
      const words = work.what === 'print' ? printing : scanning;
      const stopped = work.code === 'cancelled' ? words.cancelled : sentence(work.code);
      return {
        picture: work.what === 'print' ? <Printer state="held" /> : <Flatbed />,
        title: words.failed,
        lines: [stopped ?? words.failedHow],
      };
    }
    default:
      return assertNever(work);
  }
}

function scanningWords({ source, page, percent, waking }: Extract<Work, { kind: 'scanning' }>): CardWords {
  const { scanning } = fr;
  if (waking) {
    const picture = source === 'feeder' ? <Feeder /> : <Flatbed />;
    return { picture, title: scanning.waking, lines: [scanning.wakingHow] };
  }
  switch (source) {
    case 'auto':
      return {
        picture: <Flatbed />,
        title: scanning.looking,
        lines: [scanning.lookingGlass, scanning.lookingFeeder],
      };
    case 'flatbed':
      return { picture: <Flatbed />, title: scanning.flatbed, lines: [scanning.flatbedHow], percent };
    case 'feeder':
      return {
        picture: <Feeder />,
        title: scanning.feeder,
        lines: [`${scanning.feederHow} ${capital(scanning.page(page))}.`],
        percent,
      };
    default:
      return assertNever(source);
  }
}

/** Null where the code says nothing to a resident: a general sentence is shown in its place. */
function sentence(code: FailureCode): string | null {
  return code in fr.paper ? fr.paper[code as PaperFailure] : null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
