/** The forms of this visit that were printed to be signed, and which of their pages came back. In memory, forgotten with the visit. */
import type { DeskPlace } from '#shared/desk-live.ts';
import { listenerSet } from '../listener-set.ts';
import type { SignSpot } from './sign-spots.ts';

/**
 * back: nothing to be signed on it · signed · faint: something is there, a person should look · unsigned · different: it
 * has the code, and is not what was printed · unknown: it could not be compared.
 */
export type SheetVerdict = 'back' | 'signed' | 'faint' | 'unsigned' | 'different' | 'unknown';

export interface Sheet {
  /** From 1. */
  readonly page: number;
  /** The scanned page (its original) that is this sheet; null: not back yet. */
  readonly original: string | null;
  /** Null: not back yet, or being looked at. */
  readonly verdict: SheetVerdict | null;
  /** The counsellor has looked and goes on with it, or without it. */
  readonly isAccepted: boolean;
}

export interface Signing {
  /** Of the code in the margin. */
  readonly number: string;
  /** As printed. */
  readonly documentId: string;
  /** Of the form, without its ending. */
  readonly name: string;
  readonly spots: readonly SignSpot[];
  /** By page. */
  readonly codePlaces: readonly DeskPlace[];
  readonly sheets: readonly Sheet[];
  /** The signed copy as it was saved; null: not yet. */
  readonly saved: { readonly name: string; readonly digest: string } | null;
}

interface State {
  readonly signings: readonly Signing[];
  /** Pictures of scanned pages that were looked at already. */
  readonly looked: ReadonlySet<string>;
  /** Those of them that have no code of these forms. */
  readonly strangers: ReadonlySet<string>;
}

export interface Signings {
  readonly snapshot: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  /** @param before pictures that were scanned before it was printed */
  readonly begin: (signing: Omit<Signing, 'sheets' | 'saved'>, before: readonly string[]) => void;
  readonly setSheet: (number: string, page: number, change: Partial<Omit<Sheet, 'page'>>) => void;
  readonly setSaved: (number: string, saved: Signing['saved']) => void;
  readonly noteLooked: (documentId: string, isStranger: boolean) => void;
  readonly stop: (number: string) => void;
  readonly clear: () => void;
}

const NOTHING: State = { signings: [], looked: new Set(), strangers: new Set() };
const AWAITED = { original: null, verdict: null, isAccepted: false };

export function createSignings(): Signings {
  let now = NOTHING;
  const listeners = listenerSet<void>();

  function set(change: Partial<State>): void {
    now = { ...now, ...change };
    listeners.tell();
  }

  function change(number: string, next: (signing: Signing) => Signing): void {
    set({ signings: now.signings.map((one) => (one.number === number ? next(one) : one)) });
  }

  return {
    snapshot: () => now,
    subscribe: listeners.add,
    begin(signing, before) {
      const sheets = signing.codePlaces.map((_, at): Sheet => ({ page: at + 1, ...AWAITED }));
      set({
        signings: [...now.signings, { ...signing, sheets, saved: null }],
        looked: new Set([...now.looked, ...before]),
      });
    },
    setSheet: (number, page, part) =>
      change(number, (signing) => ({
        ...signing,
        saved: null,
        sheets: signing.sheets.map((sheet) => (sheet.page === page ? { ...sheet, ...part } : sheet)),
      })),
    setSaved: (number, saved) => change(number, (signing) => ({ ...signing, saved })),
    noteLooked: (documentId, isStranger) =>
      set({
        looked: new Set(now.looked).add(documentId),
        strangers: isStranger ? new Set(now.strangers).add(documentId) : now.strangers,
      }),
    stop: (number) => set({ signings: now.signings.filter((one) => one.number !== number) }),
    clear: () => set(NOTHING),
  };
}

/** Nothing more is waited for. */
export function isComplete({ sheets }: Signing): boolean {
  return sheets.every(isDone);
}

/** Every place to sign has its signature, or was accepted without. */
export function isSigned({ sheets, spots }: Signing): boolean {
  return sheets.every((sheet) => isDone(sheet) || spots.every(({ page }) => page !== sheet.page));
}

function isDone({ verdict, isAccepted }: Sheet): boolean {
  return isAccepted || verdict === 'signed' || verdict === 'back';
}
