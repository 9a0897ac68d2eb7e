/** What lies on the desk screen: the sheet, what is written on it, the work under way, the resident's own picture. */
import type { DeskLive } from '#shared/desk-live.ts';
import type { DeskSheet, DeskWork } from '#shared/ipc.ts';
import type { OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
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
  readonly follow: (orderId: string, request: OrderRequest, status: OrderStatus) => void;
  /** Nothing of the visit stays: neither here nor on the screen. */
  readonly clear: () => void;
}

const empty: DeskSheet = { kind: 'empty' };
const idle: DeskWork = { kind: 'none' };

export function createDesk(onChange: () => void): Desk {
  let sheet = empty;
  /** By page: the one that is shown and those beside it. */
  let pictures: ReadonlyMap<number, SheetPicture> = new Map();
  /** The newest of each kind: the machine prints and scans at the same time. */
  const works = new Map<'print' | 'scan', { readonly orderId: string; readonly work: DeskWork }>();
  let work = idle;
  let live: DeskLive | null = null;
  let selfView = false;
  let workTimer: NodeJS.Timeout | undefined;

  /**
   * A scan asks the resident to do something, so it comes first; what a print has to say waits behind it, and its time
   * begins when it is seen.
   */
  function showWork(): void {
    const kind = works.has('scan') ? 'scan' : 'print';
    const next = works.get(kind)?.work ?? idle;
    if (next === work) return;
    work = next;
    clearTimeout(workTimer);
    if (next.kind in WORK_SHOWN) {
      const shownFor = WORK_SHOWN[next.kind as keyof typeof WORK_SHOWN];
      workTimer = setTimeout(() => {
        works.delete(kind);
        showWork();
      }, shownFor);
    }
    onChange();
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
    follow(orderId, request, status) {
      const next = deskWorkOf(request, status);
      if (!next || (request.kind !== 'print' && request.kind !== 'scan')) return;
      if (next.kind !== 'none') works.set(request.kind, { orderId, work: next });
      else if (works.get(request.kind)?.orderId === orderId) works.delete(request.kind);
      showWork();
    },
    clear() {
      clearTimeout(workTimer);
      works.clear();
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
