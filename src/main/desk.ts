/** What lies on the desk screen: the sheet, what is written on it, the work under way, the resident's own picture. */
import type { DeskLive } from '#shared/desk-live.ts';
import type { DeskSheet, DeskWork } from '#shared/ipc.ts';
import type { OrderRequest, OrderStatus } from '#shared/protocol.ts';
import { deskWorkOf, WORK_SHOWN } from './desk-work.ts';

export interface SheetPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Desk {
  readonly sheet: () => DeskSheet;
  readonly work: () => DeskWork;
  readonly live: () => DeskLive | null;
  readonly selfView: () => boolean;
  /** The picture on the desk now or of a page beside it, or null for any other. */
  readonly picture: (documentId: string, page: number) => SheetPicture | null;
  readonly show: (documentId: string, page: number, pages: number, picture: SheetPicture) => void;
  /** The picture of a page beside the one that is shown; of any other, nothing. */
  readonly haveNear: (documentId: string, page: number, picture: SheetPicture) => void;
  readonly clearSheet: () => void;
  /** The whole of what the counsellor does on the sheet, in place of what was there; null: nothing. */
  readonly setLive: (live: DeskLive | null) => void;
  readonly setSelfView: (on: boolean) => void;
  readonly follow: (request: OrderRequest, status: OrderStatus) => void;
  /** Nothing of the visit stays: neither here nor on the screen. */
  readonly clear: () => void;
}

const empty: DeskSheet = { kind: 'empty' };
const idle: DeskWork = { kind: 'none' };

export function createDesk(onChange: () => void): Desk {
  let sheet = empty;
  /** By page: the one that is shown and those beside it. */
  let pictures: ReadonlyMap<number, SheetPicture> = new Map();
  let work = idle;
  let live: DeskLive | null = null;
  let selfView = false;
  let workTimer: NodeJS.Timeout | undefined;

  function setWork(next: DeskWork): void {
    clearTimeout(workTimer);
    work = next;
    if (next.kind in WORK_SHOWN) {
      const shownFor = WORK_SHOWN[next.kind as keyof typeof WORK_SHOWN];
      workTimer = setTimeout(() => {
        work = idle;
        onChange();
      }, shownFor);
    }
  }

  return {
    sheet: () => sheet,
    work: () => work,
    live: () => live,
    selfView: () => selfView,
    picture: (documentId, page) =>
      sheet.kind === 'document' && sheet.documentId === documentId ? (pictures.get(page) ?? null) : null,
    show(documentId, page, pages, picture) {
      const { width, height } = picture;
      const before = sheet.kind === 'document' && sheet.documentId === documentId ? [...pictures] : [];
      pictures = new Map([...before.filter(([other]) => Math.abs(other - page) === 1), [page, picture]]);
      sheet = { kind: 'document', documentId, page, pages, width, height, near: nearOf(pictures, page) };
      onChange();
    },
    haveNear(documentId, page, picture) {
      if (sheet.kind !== 'document' || sheet.documentId !== documentId) return;
      if (Math.abs(sheet.page - page) !== 1 || pictures.has(page)) return;
      pictures = new Map(pictures).set(page, picture);
      sheet = { ...sheet, near: nearOf(pictures, sheet.page) };
      onChange();
    },
    clearSheet() {
      sheet = empty;
      pictures = new Map();
      live = null;
      onChange();
    },
    setLive(next) {
      live = next;
      onChange();
    },
    setSelfView(on) {
      selfView = on;
      onChange();
    },
    follow(request, status) {
      const next = deskWorkOf(request, status);
      if (!next) return;
      setWork(next);
      onChange();
    },
    clear() {
      clearTimeout(workTimer);
      sheet = empty;
      pictures = new Map();
      live = null;
      work = idle;
      selfView = false;
      onChange();
    },
  };
}

function nearOf(
  pictures: ReadonlyMap<number, SheetPicture>,
  shown: number,
): Extract<DeskSheet, { kind: 'document' }>['near'] {
  return [...pictures]
    .filter(([page]) => page !== shown)
    .map(([page, { width, height }]) => ({ page, width, height }));
}
