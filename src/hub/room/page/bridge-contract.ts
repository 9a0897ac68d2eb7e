/**
 * postMessage between external_api.js (in the embedding page) and the room page (in its frame). Both are built from
 * this repository and served by the same hub, so the form is free; the names of commands, functions and events are
 * those of the Jitsi Meet IFrame API.
 * https://jitsi.github.io/handbook/docs/dev-guide/dev-guide-iframe
 */
import { z } from 'zod/mini';
import { hashOptions } from './hash-options.ts';

export const commandNames = ['displayName', 'hangup', 'toggleAudio', 'toggleVideo'] as const;
export const requestNames = [
  'getAvailableDevices',
  'getConnectionStats',
  'getCurrentDevices',
  'getRoomsInfo',
  'isAudioAvailable',
  'isAudioMuted',
  'isP2pActive',
  'isVideoAvailable',
  'isVideoMuted',
  'setDevice',
] as const;
export type RequestName = (typeof requestNames)[number];

const mark = z.literal('vis-a-vis-room');
const argument = z.union([z.string().check(z.maxLength(500)), z.number(), z.boolean(), z.null()]);

export const toFrame = z.discriminatedUnion('kind', [
  z.strictObject({
    mark,
    kind: z.literal('command'),
    name: z.enum(commandNames),
    arguments: z.array(argument).check(z.maxLength(4)),
  }),
  z.strictObject({
    mark,
    kind: z.literal('request'),
    request: z.int(),
    name: z.enum(requestNames),
    arguments: z.array(argument).check(z.maxLength(4)),
  }),
]);
export type ToFrame = z.infer<typeof toFrame>;

const text = z.string().check(z.maxLength(500));
const noData = z.strictObject({});
const availability = z.strictObject({ available: z.boolean() });
const muting = z.strictObject({ muted: z.boolean() });
const trouble = z.strictObject({ type: text, message: text });

const device = z.strictObject({ deviceId: text, groupId: text, kind: text, label: text });
export const deviceLists = z.strictObject({
  audioInput: z.array(device),
  audioOutput: z.array(device),
  videoInput: z.array(device),
});
export type DeviceLists = z.infer<typeof deviceLists>;

/** Every event of the API that this room has, with its documented data. */
export const events = {
  audioAvailabilityChanged: availability,
  audioMuteStatusChanged: muting,
  cameraError: trouble,
  deviceListChanged: z.strictObject({ devices: deviceLists }),
  errorOccurred: z.strictObject({
    name: text,
    message: z.optional(text),
    type: z.enum(['CONFIG', 'CONNECTION', 'CONFERENCE']),
    isFatal: z.boolean(),
  }),
  micError: trouble,
  participantJoined: z.strictObject({ id: text, displayName: text }),
  participantLeft: z.strictObject({ id: text }),
  participantRoleChanged: z.strictObject({ id: text, role: z.enum(['moderator', 'participant']) }),
  readyToClose: noData,
  videoAvailabilityChanged: availability,
  videoConferenceJoined: z.strictObject({
    roomName: text,
    id: text,
    displayName: text,
    avatarURL: text,
    breakoutRoom: z.boolean(),
  }),
  videoConferenceLeft: z.strictObject({ roomName: text }),
  videoMuteStatusChanged: muting,
} as const;
export type RoomEvents = { [Name in keyof typeof events]: z.infer<(typeof events)[Name]> };
export const eventNames = Object.keys(events) as (keyof RoomEvents)[];

/** To a page that was loaded ahead and waits. */
export const beginning = z.strictObject({
  mark,
  kind: z.literal('begin'),
  room: z.string().check(z.regex(/^[A-Za-z0-9_-]{22,100}$/)),
  options: hashOptions,
});
export type Beginning = z.input<typeof beginning>;

export const fromFrame = z.discriminatedUnion('kind', [
  /** Loaded ahead: waits for `begin`. */
  z.strictObject({ mark, kind: z.literal('waits') }),
  /** The page listens. Sent again by a page that was loaded again. */
  z.strictObject({ mark, kind: z.literal('ready') }),
  z.strictObject({ mark, kind: z.literal('event'), name: z.enum(eventNames), data: z.unknown() }),
  z.strictObject({
    mark,
    kind: z.literal('response'),
    request: z.int(),
    ok: z.boolean(),
    value: z.unknown(),
  }),
]);
export type FromFrame = z.infer<typeof fromFrame>;
