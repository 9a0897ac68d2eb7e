/** Views of made-up people and places, as the hub would send them. */

import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { PrinterAbilities } from '#shared/printing.ts';
import type { OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type {
  DevicesReport,
  SignedWipeReport,
  TerminalReport,
  WipeReport,
} from '#shared/protocol/terminal-report.ts';
import type { BodyView, ConsoleView, OrderView, TerminalView, VisitView } from '#shared/protocol/views.ts';
import { wipeMessage } from '#shared/wipe-proof.ts';

export const MINUTE = 60_000;
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const ready = { state: 'ready' } as const;
export const devices: DevicesReport = {
  printer: ready,
  scanner: ready,
  camera: ready,
  microphone: ready,
  speaker: ready,
  displays: ready,
  button: { state: 'none' },
};

const abilities: PrinterAbilities = {
  ...{ twoSided: true, colour: true, grey: true, trays: ['main', 'by-pass-tray'] },
  usual: { twoSided: false, grey: false, tray: null },
};

export function terminal(
  report: Partial<TerminalReport> | null = {},
  change: Partial<TerminalView> = {},
): TerminalView {
  return {
    terminalId: uuid(1),
    name: 'Salle des mariages',
    mairie: 'Saint-Martin-des-Prés',
    online: true,
    lastContact: Date.now(),
    report: report && {
      ...({
        stage: 'idle',
        visitId: null,
        call: null,
        devices,
        printer: abilities,
        version: '0.1.0',
      } as const),
      ...report,
    },
    lastWipe: signedWipe(change.terminalId ?? uuid(1), {
      ok: true,
      at: Date.now() - 40 * MINUTE,
      visitId: uuid(2),
      checked: [
        { name: 'paper-process', looked: 212, left: 0, ok: true },
        { name: 'print-jobs', looked: 2, left: 0, ok: true },
        { name: 'main-memory', looked: 84, left: 0, ok: true },
      ],
    }),
    publicKey: terminalKeys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    ...change,
  };
}

const terminalKeys = generateKeyPairSync('ed25519');

/** As the terminal with that id signs what it found. */
export function signedWipe(terminalId: string, report: WipeReport): SignedWipeReport {
  const message = Buffer.from(wipeMessage(terminalId, report));
  return { ...report, signature: sign(null, message, terminalKeys.privateKey).toString('base64url') };
}

export function visit(change: Partial<VisitView> = {}): VisitView {
  return {
    visitId: uuid(2),
    terminalId: uuid(1),
    mairie: 'Saint-Martin-des-Prés',
    terminal: 'Salle des mariages',
    residentName: 'Madame Martin',
    body: 'Office des familles du Val-Clair',
    motive: 'Demande d’aide au logement : son dossier a été rendu incomplet',
    stage: 'queued',
    quiet: {
      counsellorSound: false,
      counsellorPicture: false,
      residentSound: false,
      residentPicture: false,
      privateBy: null,
    },
    announcedAt: Date.now() - 12 * MINUTE,
    appointment: null,
    pickedUpAt: null,
    position: 1,
    wait: 15 * MINUTE,
    opensAt: null,
    counsellor: null,
    wanted: null,
    ratherFor: [],
    residentPresent: true,
    ...change,
  };
}

export const bodies: BodyView[] = [
  {
    bodyId: uuid(11),
    name: 'Office des familles du Val-Clair',
    motives: ['Demande d’aide au logement', 'Changement de situation', 'Attestation de droits'],
    asked: ['birthName', 'birthDate', 'address', 'telephone'],
    counsellorsOnline: 2,
    opensAt: null,
  },
  {
    bodyId: uuid(12),
    name: 'Service des impôts du Val-Clair',
    motives: ['Déclaration de revenus', 'Taxe foncière'],
    asked: ['birthDate'],
    counsellorsOnline: 1,
    opensAt: null,
  },
  {
    ...{ bodyId: uuid(13), name: 'Caisse agricole', motives: [], asked: [], counsellorsOnline: 0 },
    opensAt: { at: Date.now() + 20 * 60 * MINUTE, timeZone: 'Europe/Paris' },
  },
  {
    bodyId: uuid(14),
    name: 'Mission locale',
    motives: ['Recherche d’emploi'],
    asked: ['telephone'],
    counsellorsOnline: 3,
    opensAt: null,
  },
];

export function clerkView(
  change: Partial<Extract<ConsoleView, { role: 'clerk' }>> = {},
): Extract<ConsoleView, { role: 'clerk' }> {
  return {
    role: 'clerk',
    me: { accountId: uuid(21), name: 'Claire Fontaine', role: 'clerk', place: 'Saint-Martin-des-Prés' },
    now: Date.now(),
    terminals: [terminal()],
    visits: [],
    bodies,
    ...change,
  };
}

type CounsellorView = Extract<ConsoleView, { role: 'counsellor' }>;

export const forms: CounsellorView['forms'] = [
  { formId: uuid(31), name: 'Demande d’aide au logement', size: 1000 },
  { formId: uuid(32), name: 'Attestation sur l’honneur', size: 1000 },
];

export function counsellorView(change: Partial<CounsellorView> = {}): CounsellorView {
  return {
    role: 'counsellor',
    me: {
      accountId: uuid(22),
      name: 'Nadia Belkacem',
      role: 'counsellor',
      place: 'Office des familles du Val-Clair',
    },
    now: Date.now(),
    queue: [],
    forms,
    colleagues: [
      { accountId: uuid(23), name: 'Julien Petit', inVisit: false, knowsMotive: true },
      {
        accountId: uuid(24),
        name: 'Amandine de La Rochefoucauld-Montbel',
        inVisit: true,
        knowsMotive: false,
      },
    ],
    otherBodies: bodies
      .slice(1)
      .map(({ bodyId, name, counsellorsOnline, opensAt }) => ({ bodyId, name, counsellorsOnline, opensAt })),
    invitation: null,
    deployment: 'http://localhost:1',
    current: null,
    ...change,
  };
}

export function inVisit(
  roomOrigin: string,
  orders: readonly OrderView[] = [],
  at: TerminalView = terminal({ stage: 'inCall', call: 'live', visitId: uuid(2) }),
): CounsellorView {
  return counsellorView({
    current: {
      invited: null,
      visit: visit({
        stage: 'inCall',
        position: null,
        wait: null,
        pickedUpAt: Date.now() - 4 * MINUTE,
        counsellor: { name: 'Nadia Belkacem', body: 'Office des familles du Val-Clair' },
      }),
      terminal: at,
      resident: {
        details: {
          birthName: 'Delahaye',
          birthDate: '1951-03-12',
          address: '4 bis, chemin de la Fontaine aux Loups, 41999 Saint-Martin-des-Prés',
          telephone: '02 54 00 00 00',
        },
        identityPaper: 'nationalCard',
      },
      room: { origin: roomOrigin, room: 'a'.repeat(32), jwt: null, password: null },
      orders: [...orders],
    },
  });
}

export function operatorView(): Extract<ConsoleView, { role: 'operator' }> {
  const now = Date.now();
  return {
    role: 'operator',
    me: {
      accountId: uuid(23),
      name: 'Marc Duval',
      role: 'operator',
      place: 'Communauté de communes du Val-Clair',
    },
    now,
    deployments: [
      {
        origin: 'https://meet.val-clair.example',
        builtIn: false,
        missing: ['setAudioOnly'],
        trouble: { what: 'unreachable', since: now - 4 * MINUTE },
      },
      { origin: 'http://localhost:1', builtIn: true, missing: [], trouble: null },
    ],
    terminals: [
      terminal(),
      terminal(
        {
          stage: 'inCall',
          devices: { ...devices, printer: { state: 'trouble', reasons: ['printerOutOfPaper'] } },
          pdfNetwork: 'engine',
          updates: {
            channel: 'pilot',
            checkedAt: now - 20 * MINUTE,
            pending: '1.5.0',
            last: { outcome: 'updated', from: '1.3.2', to: '1.4.0', at: now - 9 * 24 * 60 * MINUTE },
          },
        },
        { terminalId: uuid(41), name: 'Accueil', mairie: 'Beaumont-le-Vieux' },
      ),
      terminal(
        {
          stage: 'closed',
          updates: {
            channel: 'stable',
            checkedAt: now - 3 * 60 * MINUTE,
            pending: null,
            last: {
              ...{ outcome: 'rolledBack', from: '1.3.2', to: '1.4.0', at: now - 60 * MINUTE },
              trouble: 'deviceLost',
            },
          },
        },
        {
          terminalId: uuid(42),
          name: 'Bibliothèque',
          mairie: 'La Roche-Verte',
          lastWipe: signedWipe(uuid(42), {
            ok: false,
            at: now - 9 * MINUTE,
            visitId: uuid(2),
            checked: [
              { name: 'print-jobs', looked: 5, left: 1, ok: false },
              { name: 'memory-folders', looked: 1, left: 0, ok: true },
            ],
          }),
        },
      ),
      terminal(
        {},
        {
          terminalId: uuid(43),
          name: 'Salle du conseil',
          mairie: 'Vieux-Moulin',
          online: false,
          lastContact: now - 26 * 60 * MINUTE,
        },
      ),
      terminal(null, {
        terminalId: uuid(44),
        name: 'Accueil',
        mairie: 'Les Essarts',
        online: false,
        lastContact: null,
        lastWipe: null,
      }),
    ],
    mairies: [
      { mairieId: uuid(51), name: 'Saint-Martin-des-Prés' },
      { mairieId: uuid(52), name: 'Les Essarts' },
    ],
  };
}

let clock = 0;
export function order(request: OrderRequest, status: OrderStatus): OrderView {
  clock += 1;
  return { orderId: randomUUID(), request, status, createdAt: 1_700_000_000_000 + clock };
}

export function taken(documentId: string, pages: number): OrderView {
  return order(
    {
      kind: 'take',
      documentId,
      size: 1000,
      consoleId: uuid(99),
      key: { enc: 'A'.repeat(87), key: 'A'.repeat(64) },
    },
    { status: 'done', outcome: { kind: 'taken', pages, fitted: [] } },
  );
}

export function scanned(pages: readonly ScannedPage[]): OrderView {
  return order(
    { kind: 'scan', purpose: 'letter', source: 'feeder' },
    { status: 'done', outcome: { kind: 'scanned', pages: [...pages] } },
  );
}

const untouched = { crop: null, angle: 0, turn: 0, cleaned: false } as const;

/** A letter of A4 size at 150 dpi that needed no correction. */
export function scannedPage(
  page: Pick<ScannedPage, 'documentId' | 'size'> & Partial<ScannedPage>,
): ScannedPage {
  return {
    ...{ width: 1240, height: 1754, resolution: 150, purpose: 'letter', blank: false },
    ...{ original: page.documentId, corrections: untouched, found: untouched },
    ...page,
  };
}
