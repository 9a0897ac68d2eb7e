/** Beside the sheet, very large: the place that the counsellor works at, and what is written there. */
import type { CSSProperties, ReactNode } from 'react';
import { assertNever } from '#shared/assert-never.ts';
import type { DeskLive, DeskMark, DeskPlace } from '#shared/desk-live.ts';
import type { DeskSheet } from '#shared/ipc.ts';
import { noBreakSpaces } from '#shared/no-break-spaces.ts';
import { fr } from '../words/fr.ts';
import { LiveInk } from './live-ink.tsx';

type Page = Extract<DeskSheet, { kind: 'document' }>;

type Shown =
  | { readonly kind: 'mark'; readonly mark: DeskMark }
  | { readonly kind: 'pointer'; readonly pointer: NonNullable<DeskLive['pointer']> }
  | { readonly kind: 'signHere'; readonly signHere: NonNullable<DeskLive['signHere']> };

/** What of `live` the card is for, on the page that lies on the desk; null: no card. */
export function shownOf(live: DeskLive, page: number): Shown | null {
  const mark = live.focus === null ? undefined : live.marks[live.focus];
  if (live.pointer?.page === page) return { kind: 'pointer', pointer: live.pointer };
  if (mark?.page === page) return { kind: 'mark', mark };
  return live.signHere?.page === page ? { kind: 'signHere', signHere: live.signHere } : null;
}

interface CardProps {
  readonly shown: Shown;
  readonly sheet: Page;
  readonly marks: readonly DeskMark[];
}

export function LiveCard({ shown, sheet, marks }: CardProps): ReactNode {
  return (
    <section className="work live">
      <div className="work-picture lens-slot">
        <Lens shown={shown} sheet={sheet} marks={marks} />
      </div>
      <div className="work-words">{wordsFor(shown)}</div>
    </section>
  );
}

function wordsFor(shown: Shown): ReactNode {
  const { live } = fr;
  switch (shown.kind) {
    case 'pointer':
      return <Said title={live.look} how={live.lookHow} />;
    case 'signHere':
      return <Said title={live.sign} how={live.signHow} />;
    case 'mark':
      return <Written mark={shown.mark} />;
    default:
      return assertNever(shown);
  }
}

function Said({ title, how }: { readonly title: string; readonly how: string }): ReactNode {
  return (
    <>
      <h2>{title}</h2>
      <p>{how}</p>
    </>
  );
}

/** Characters: what is longer is cut to what was written last, which is what the resident follows. */
const LONGEST = 96;
const LONGEST_LABEL = 60;

function Written({ mark }: { readonly mark: DeskMark }): ReactNode {
  const { live } = fr;
  if (mark.kind === 'highlight') return <h2>{live.highlighted}</h2>;
  const label =
    mark.label.length > LONGEST_LABEL ? `${mark.label.slice(0, LONGEST_LABEL).trimEnd()}…` : mark.label;
  if (mark.kind === 'tick') {
    return (
      <>
        <h2>{label || live.writing}</h2>
        <p className="written">{mark.text === '' ? live.unticked : live.ticked}</p>
      </>
    );
  }
  const whole = mark.comb ? grouped(mark.comb, mark.text) : noBreakSpaces(mark.text);
  const text = whole.length > LONGEST ? `…${whole.slice(-LONGEST).trimStart()}` : whole;
  const size = text.length <= 16 ? 'short' : text.length <= 40 ? 'middle' : 'long';
  return (
    <>
      <h2>{label || live.writing}</h2>
      {text === '' ? <p>{live.nothingYet}</p> : <p className={`written ${size}`}>{text}</p>}
    </>
  );
}

/** How many characters each group has: a day, a social security number. */
const GROUPS: Readonly<Record<number, readonly number[]>> = {
  8: [2, 2, 4],
  13: [1, 2, 2, 2, 3, 3],
  15: [1, 2, 2, 2, 3, 3, 2],
};

/** A number of many cells is read in groups. */
function grouped(cells: number, text: string): string {
  const groups = GROUPS[cells];
  if (!groups) return cells > 8 ? (text.match(/.{1,3}/gu) ?? []).join(' ') : text;
  const characters = [...text];
  return groups
    .map((count) => characters.splice(0, count).join(''))
    .filter((group) => group !== '')
    .join(' ');
}

/** Width over height, on every screen. */
const LENS = 16 / 9;

function Lens({ shown, sheet, marks }: CardProps): ReactNode {
  const region = regionOf(shown, sheet.width / sheet.height);
  const picture: CSSProperties = {
    left: `${(-region.x / region.width) * 100}%`,
    top: `${(-region.y / region.height) * 100}%`,
    width: `${100 / region.width}%`,
    height: `${100 / region.height}%`,
  };
  const at = {
    marks: [...marks],
    focus: shown.kind === 'mark' ? marks.indexOf(shown.mark) : null,
    pointer: shown.kind === 'pointer' ? shown.pointer : null,
    signHere: shown.kind === 'signHere' ? shown.signHere : null,
  };
  return (
    <div className="lens" role="img" aria-label={fr.live.enlarged}>
      <img src={`/page/${sheet.documentId}/${sheet.page}`} alt="" style={picture} />
      <LiveInk live={at} page={sheet.page} region={region} />
    </div>
  );
}

/** The part of the page around what is shown, in the lens's shape, within the page wherever that can be. */
function regionOf(shown: Shown, aspect: number): DeskPlace {
  const place = placeOf(shown);
  const least = shown.kind === 'pointer' ? 0.4 : 0.5;
  const byHeight = ((place.height * 1.5) / aspect) * LENS;
  const width = Math.min(1, Math.max(least, place.width * 1.15, byHeight));
  const height = Math.min(1, (width * aspect) / LENS);
  const within = (start: number, length: number) => Math.min(1 - length, Math.max(0, start));
  return {
    x: within(place.x + place.width / 2 - width / 2, width),
    y: within(place.y + place.height / 2 - height / 2, height),
    width,
    height,
  };
}

function placeOf(shown: Shown): DeskPlace {
  if (shown.kind === 'mark') return shown.mark.place;
  if (shown.kind === 'signHere') return shown.signHere.place;
  return { ...shown.pointer, width: 0, height: 0 };
}
