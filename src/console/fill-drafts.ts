/**
 * What the counsellor is filling, beside the documents: in this page's memory, outside of every component, so that a
 * cut of the line or another panel loses nothing. Forgotten with the visit.
 */
import { type FailureCode, fail, type Result } from '#shared/failure.ts';
import { emptyDraft, type FillDraft } from './forms/fill-draft.ts';
import type { FilledPdf, FillOptions } from './forms/fill-pdf.ts';
import type { FormModel } from './forms/form-model.ts';
import type { FormWorkshop } from './forms/form-workshop.ts';
import type { Letter } from './letters/letter.ts';
import { listenerSet } from './listener-set.ts';

export interface FillWork {
  readonly documentId: string;
  readonly name: string;
  readonly state:
    | { readonly kind: 'reading' }
    | { readonly kind: 'refused'; readonly code: FailureCode }
    | { readonly kind: 'open'; readonly model: FormModel };
  readonly draft: FillDraft;
}

interface Works {
  readonly works: ReadonlyMap<string, FillWork>;
  /** The letter begun, or null. */
  readonly letter: Letter | null;
  /** The document that the counsellor fills now, or the letter. */
  readonly at: string | 'letter' | null;
}

export interface FillDrafts {
  readonly snapshot: () => Works;
  readonly subscribe: (listener: () => void) => () => void;
  /** Goes on where it was left, or begins. */
  readonly open: (documentId: string, name: string, bytes: Uint8Array<ArrayBuffer>) => void;
  /** Everything typed stays. */
  readonly leave: () => void;
  readonly change: (documentId: string, change: (draft: FillDraft) => FillDraft) => void;
  /** The document with all that was typed and laid. Failures: as FormWorkshop, and documentGone. */
  readonly finish: (
    documentId: string,
    bytes: Uint8Array<ArrayBuffer>,
    options: Omit<FillOptions, 'loadWideFont'>,
  ) => Promise<Result<FilledPdf>>;
  /** Goes on with the letter begun, or begins with this one. */
  readonly openLetter: (first: Letter) => void;
  readonly changeLetter: (letter: Letter | null) => void;
  /** Failures: as FormWorkshop, and documentGone. */
  readonly finishLetter: FormWorkshop['write'];
  readonly clear: () => void;
}

export function createFillDrafts(workshop: FormWorkshop): FillDrafts {
  let now: Works = { works: new Map(), letter: null, at: null };
  const listeners = listenerSet<void>();

  function set(next: Works): void {
    now = next;
    listeners.tell();
  }

  function put(work: FillWork): void {
    set({ ...now, works: new Map(now.works).set(work.documentId, work) });
  }

  async function read(documentId: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const result = await workshop.read(bytes);
    const work = now.works.get(documentId);
    if (!work) return;
    put({
      ...work,
      state: result.ok
        ? { kind: 'open', model: result.value }
        : { kind: 'refused', code: result.failure.code },
    });
  }

  return {
    snapshot: () => now,
    subscribe: listeners.add,
    open(documentId, name, bytes) {
      const work = now.works.get(documentId);
      if (!work || work.state.kind === 'refused') {
        put({ documentId, name, state: { kind: 'reading' }, draft: work?.draft ?? emptyDraft(documentId) });
        void read(documentId, bytes);
      }
      set({ ...now, at: documentId });
    },
    leave: () => set({ ...now, at: null }),
    change(documentId, change) {
      const work = now.works.get(documentId);
      if (work) put({ ...work, draft: change(work.draft) });
    },
    async finish(documentId, bytes, options) {
      const work = now.works.get(documentId);
      return work ? workshop.fill(bytes, work.draft, options) : fail('documentGone');
    },
    openLetter: (first) => set({ ...now, letter: now.letter ?? first, at: 'letter' }),
    changeLetter: (letter) => set({ ...now, letter }),
    finishLetter: workshop.write,
    clear: () => set({ works: new Map(), letter: null, at: null }),
  };
}
