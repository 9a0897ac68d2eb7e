/**
 * The contract between each screen's page and the terminal's main process. Main broadcasts whole views; a page sends
 * only what is listed here. The preload of each screen exposes exactly its own part (src/preload).
 */
import { z } from 'zod';
import { deskLive } from './desk-live.ts';
import { failureCodeSchema } from './failure.ts';
import { outOfService } from './machine/out-of-service.ts';
import { nextAppointment } from './protocol/agenda.ts';
import { mairieHour } from './protocol/appointments.ts';
import { scanSource } from './protocol/scanned-pages.ts';
import { callState, devicesReport } from './protocol/terminal-report.ts';
import { counsellorCard, deploymentOrigin, quiet, roomTicket, visitEndReason } from './protocol/views.ts';
import { roomDrift, roomFailure } from './room.ts';
import { pageKey, sealedShot, visitKey } from './sealing.ts';
import { type MediaMeasurement, mediaMeasurement } from './self-test.ts';

/** The commune's own look; never the State's. Colours are checked for contrast when the configuration is read. */
export const communeLook = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** #rrggbb. A dark ground for white text, contrast at least 7:1. */
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  /** data: URI of the commune's logo (PNG or SVG), or null. */
  logo: z.string().startsWith('data:image/').nullable(),
});
export type CommuneLook = z.infer<typeof communeLook>;

const guest = z.strictObject({
  visitId: z.uuid(),
  /** Sealed for this page (sealing.ts). */
  greeting: z.string().nullable(),
  body: z.string(),
  position: z.number().int().min(1).nullable(),
  /** ms until then, about; null: nobody can tell. */
  wait: z.number().nullable(),
  opensAt: mairieHour.nullable(),
  residentPresent: z.boolean(),
  quiet,
  /** Name of whoever the counsellor asked into the call. */
  invited: z.string().nullable(),
});
export type FaceGuest = z.infer<typeof guest>;

/** What the face screen shows, from shared/visit.ts without what a page has no use for (the room's ticket). */
export const faceStage = z.discriminatedUnion('stage', [
  /** `farewell`: why the last visit ended, while its resident is still leaving. */
  z.strictObject({ stage: z.literal('idle'), farewell: visitEndReason.nullable() }),
  z.strictObject({ stage: z.literal('announced'), guest }),
  z.strictObject({ stage: z.literal('welcomed'), guest }),
  z.strictObject({ stage: z.literal('waiting'), guest }),
  z.strictObject({
    stage: z.literal('inCall'),
    guest,
    counsellor: counsellorCard,
    call: callState,
    counsellorPresent: z.boolean(),
  }),
  z.strictObject({ stage: z.literal('ending'), reason: visitEndReason }),
  z.strictObject({ stage: z.literal('wiping'), reason: visitEndReason }),
  z.strictObject({ stage: z.literal('closed') }),
  /** It never opened yet. */
  z.strictObject({ stage: z.literal('outOfService'), why: outOfService }),
]);
export type FaceStage = z.infer<typeof faceStage>;

/** What lies on the desk. Page pictures are fetched from app://desk/page/<documentId>/<page>. */
export const deskSheet = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('empty') }),
  z.strictObject({
    kind: z.literal('document'),
    documentId: z.uuid(),
    page: z.number().int().min(1),
    pages: z.number().int().min(1),
    /** Pixels of the page's picture, so that the sheet has its shape before the picture is there. */
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    /** The pages beside it whose pictures are there: to be decoded ahead, so that a page turned is there at once. */
    near: z
      .array(
        z.strictObject({
          page: z.number().int().min(1),
          width: z.number().int().positive(),
          height: z.number().int().positive(),
        }),
      )
      .max(2),
  }),
]);
export type DeskSheet = z.infer<typeof deskSheet>;

/** The job under way, shown over the sheet. */
export const deskWork = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('printing'),
    /** The page (impression) now leaving the printer, from 1. */
    page: z.number().int().min(1),
    pages: z.number().int().min(1),
    /** What holds the paper up, or null. */
    held: failureCodeSchema.nullable(),
    /** Each sheet comes out half way and goes in again: nobody should pull at it. */
    twoSided: z.boolean().optional(),
  }),
  /** "Prenez votre papier": shown for some seconds after the last page. */
  z.strictObject({ kind: z.literal('printed'), pages: z.number().int().min(1) }),
  z.strictObject({
    kind: z.literal('scanning'),
    /** auto: the scanner is looking where the paper is. */
    source: scanSource,
    page: z.number().int().min(1),
    percent: z.number().min(0).max(100),
    /** The scanner sleeps, warms up or is busy: it is waited for. */
    waking: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('scanned'), pages: z.number().int().min(1) }),
  /** It ended without its paper; the sentence says that the counsellor knows. */
  z.strictObject({ kind: z.literal('failed'), what: z.enum(['print', 'scan']), code: failureCodeSchema }),
]);
export type DeskWork = z.infer<typeof deskWork>;

/**
 * The resident holds a paper before the camera. preparing: the camera is being turned to its best · ready: hold it there ·
 * taking: hold it still, for about a second · taken, over: put it down, said for some seconds.
 */
export const deskAim = z.enum(['preparing', 'ready', 'taking', 'taken', 'over']);
export type DeskAim = z.infer<typeof deskAim>;

export const screenView = z.strictObject({
  commune: communeLook,
  at: faceStage,
  hub: z.enum(['linked', 'lost']),
  devices: devicesReport,
  sheet: deskSheet,
  work: deskWork,
  /** What the counsellor writes and points at on the sheet; drawn only over the document that it names. */
  live: deskLive.nullable(),
  /** The resident's own picture on the desk screen, asked for by the counsellor. */
  selfView: z.boolean(),
  /** Takes the whole desk, with the resident's own picture large; null: no paper is held before the camera. */
  aim: deskAim.nullable(),
  /** Who is in the room besides the counsellor: whoever was asked in, or somebody more than that. */
  company: z.enum(['none', 'invited', 'stranger']),
  /** The line is too slow for pictures: only voices pass for a while. */
  slowLine: z.boolean(),
  /** The counsellor's face as it was seen last, in place of the room; null: the room is shown. */
  still: z.string().startsWith('data:image/jpeg;base64,').nullable(),
  /** What the counsellor says, in writing: the last sentences, or none yet; null: not asked for. */
  subtitles: z.array(z.string()).max(2).nullable(),
  /** What the resident and the counsellor compare aloud, where they want to know that nobody stands in between. */
  checkCode: z.string().nullable(),
  /** The terminal tests its camera, microphone and loudspeaker: sounds are heard that nobody asked for. */
  selfTesting: z.boolean(),
  /** For the free screen: at what hour somebody is expected here. Null: nobody any more today, or nobody knows. */
  nextAppointment: nextAppointment.nullable(),
  /** Both pages share one display: face on the left, desk on the right. */
  shared: z.boolean(),
});
export type ScreenView = z.infer<typeof screenView>;

/** Devices by their label (as the system names them); null = the system's default. */
export const roomDevices = z.strictObject({
  camera: z.string().nullable(),
  microphone: z.string().nullable(),
  speaker: z.string().nullable(),
});
export type RoomDevices = z.infer<typeof roomDevices>;

/** Main -> room page. */
export const roomOrder = z.discriminatedUnion('type', [
  /** Fetch the deployment's script and warm its page: the call will be there. No camera, no room yet. */
  z.strictObject({ type: z.literal('prepare'), origin: deploymentOrigin }),
  z.strictObject({
    type: z.literal('join'),
    ticket: roomTicket,
    devices: roomDevices,
    displayName: z.string(),
  }),
  /** What the resident's side sends, now and after each join. */
  z.strictObject({ type: z.literal('send'), audio: z.boolean(), video: z.boolean() }),
  z.strictObject({ type: z.literal('subtitles'), on: z.boolean() }),
  z.strictObject({ type: z.literal('leave') }),
]);
export type RoomOrder = z.infer<typeof roomOrder>;

/** Room page -> main. Everything in it may be invented by a hostile Jitsi server. */
export const roomEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('joined') }),
  /** The counsellor's picture or voice is there. */
  z.strictObject({ type: z.literal('live') }),
  z.strictObject({ type: z.literal('lost') }),
  z.strictObject({ type: z.literal('left') }),
  z.strictObject({ type: z.literal('failed'), why: roomFailure, origin: deploymentOrigin }),
  /** The deployment answers again after it had not. */
  z.strictObject({ type: z.literal('reachable') }),
  /** Commands and events that the deployment does not know (any more). */
  z.strictObject({ type: z.literal('drift'), missing: roomDrift }),
  /** What the counsellor says, in the deployment's words; the same `id` again is the same sentence, further on. */
  z.strictObject({ type: z.literal('said'), id: z.string().max(200), text: z.string().max(2_000) }),
  /** How many people are in the room besides the terminal. */
  z.strictObject({ type: z.literal('others'), count: z.number().int().min(0).max(100) }),
]);
export type RoomEvent = z.infer<typeof roomEvent>;

/** Main -> self view. */
export const selfOrder = z.discriminatedUnion('type', [
  /** Turns the camera to its best and shows where to hold the paper, or back again. */
  z.strictObject({ type: z.literal('aim'), on: z.boolean() }),
  /** Takes the shot, sealed for `recipient` (the paper process's key of this visit) as the shot of that aim. */
  z.strictObject({ type: z.literal('shoot'), aim: z.uuid(), recipient: visitKey.shape.publicKey }),
]);
export type SelfOrder = z.infer<typeof selfOrder>;

/** Self view -> main. */
export const selfEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** The call has opened the camera at a size that this page cannot change meanwhile: let it rest, until `sized`. */
  z.strictObject({ type: z.literal('rest') }),
  /** The camera is as large as it gets, or as small as a call needs it. */
  z.strictObject({ type: z.literal('sized') }),
  z.strictObject({ type: z.literal('shot'), aim: z.uuid(), shot: sealedShot }),
  /** The camera gave no picture. */
  z.strictObject({ type: z.literal('failed'), aim: z.uuid() }),
]);
export type SelfEvent = z.infer<typeof selfEvent>;

/** The room page lists devices for main, once at start and at every change. Labels as the system names them. */
export const mediaDevices = z.strictObject({
  cameras: z.array(z.string().max(200)).max(32),
  microphones: z.array(z.string().max(200)).max(32),
  speakers: z.array(z.string().max(200)).max(32),
});
export type MediaDevices = z.infer<typeof mediaDevices>;

/** Page -> main: each channel's one schema. */
export const fromPage = {
  /** The page listens from now on: main answers with the current view (for the room: with the order that holds). */
  'face:ready': z.strictObject({}),
  'desk:ready': z.strictObject({}),
  'room:ready': z.strictObject({}),
  /** The first frame of the page has been painted. */
  'face:painted': z.strictObject({}),
  /** This page's key: what names are sealed for that it greets. */
  'face:greetingKey': z.strictObject({ publicKey: pageKey }),
  'desk:painted': z.strictObject({}),
  /** A page picture could not be shown. */
  'desk:sheetFailed': z.strictObject({ documentId: z.uuid(), page: z.number().int().min(1) }),
  'room:event': roomEvent,
  'room:devices': mediaDevices,
  'room:self': selfEvent,
  /** Null: the self-test's page failed at it. */
  'room:selfTest': z.strictObject({ measured: mediaMeasurement.nullable() }),
} as const;
export type FromPage = { [Channel in keyof typeof fromPage]: z.infer<(typeof fromPage)[Channel]> };

/** Main -> page. */
export const toPage = {
  'face:view': screenView,
  'desk:view': screenView,
  /** For nobody: takes the place of earlier messages in memory (src/main/wipe/blank-messages.ts). */
  'face:blank': z.array(z.string()),
  'desk:blank': z.array(z.string()),
  'room:order': roomOrder,
  'room:selfOrder': selfOrder,
} as const;
export type ToPage = { [Channel in keyof typeof toPage]: z.infer<(typeof toPage)[Channel]> };

/** What window.terminal gives a face or desk page (preload). */
export interface ScreenClient {
  /** Calls back with the current view at once and at every change; returns a function that stops it. */
  readonly onView: (listener: (view: ScreenView) => void) => () => void;
  readonly painted: () => void;
}
export interface FaceClient extends ScreenClient {
  readonly greetingKey: (publicKey: string) => void;
}
export interface DeskClient extends ScreenClient {
  readonly sheetFailed: (documentId: string, page: number) => void;
}
export interface RoomClient {
  readonly onOrder: (listener: (order: RoomOrder) => void) => () => void;
  readonly report: (event: RoomEvent) => void;
  readonly devices: (devices: MediaDevices) => void;
}
export interface SelfViewClient {
  readonly onOrder: (listener: (order: SelfOrder) => void) => () => void;
  readonly tell: (event: Exclude<SelfEvent, { type: 'ready' }>) => void;
}
export interface SelfTestClient {
  readonly measured: (measured: MediaMeasurement | null) => void;
}
