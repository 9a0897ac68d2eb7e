/** Everything the views are made of, read from the database at once: what is shown is what is stored. */

import type { MairieHour, TimeZone } from '#shared/protocol/appointments.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { DeploymentView, RoomTicket } from '#shared/protocol/views.ts';
import { allCounsellors, type CounsellorRecord } from '../accounts/store.ts';
import { bodyOpenings, type Openings } from '../appointments/body-openings.ts';
import { type Agenda, nextAppointments } from '../appointments/next-appointments.ts';
import type { Database } from '../database/database.ts';
import type { Deployments } from '../deployments/deployments.ts';
import { allMairies, type MairieRecord } from '../enrolment/mairie-store.ts';
import { allForms, type FormRecord } from '../forms/store.ts';
import type { Elsewhere } from '../neighbours/neighbours.ts';
import { allOrders, isNewer, type OrderRecord } from '../orders/store.ts';
import { allTerminals, type TerminalRecord } from '../terminals/store.ts';
import { allBodies, type BodyRecord } from '../visits/body-store.ts';
import { estimatedWait } from '../visits/estimated-wait.ts';
import type { VisitRecord, VisitStore } from '../visits/store.ts';
import type { UsualDurations } from '../visits/usual-durations.ts';

export interface Tickets {
  readonly terminal: RoomTicket;
  readonly counsellor: RoomTicket;
}

export interface Snapshot {
  readonly now: number;
  /** In the order of the queue. */
  readonly visits: readonly VisitRecord[];
  readonly orders: readonly OrderRecord[];
  readonly terminals: readonly TerminalRecord[];
  readonly mairies: readonly MairieRecord[];
  readonly bodies: readonly BodyRecord[];
  readonly counsellors: readonly CounsellorRecord[];
  readonly forms: readonly FormRecord[];
  /** By visit, for those in call. */
  readonly tickets: ReadonlyMap<string, Tickets>;
  /** By visit: origin of where its call is or will be. */
  readonly deploymentOf: ReadonlyMap<string, string>;
  /** In the order in which they are tried. */
  readonly deployments: readonly DeploymentView[];
  /** By body (id): where its next call will most likely be. */
  readonly nextDeployment: ReadonlyMap<string, string>;
  readonly terminalsOnline: ReadonlySet<string>;
  /** Connected counsellors (account ids) by body. */
  readonly counsellorsOnline: ReadonlyMap<string, ReadonlySet<string>>;
  /** Who is connected to other hubs. */
  readonly elsewhere: Elsewhere;
  /** ms that a visit of a body (id) usually takes. */
  readonly usualDuration: ReadonlyMap<string, number>;
  readonly agenda: Agenda;
  readonly openings: Openings;
}

export interface SnapshotSources {
  readonly database: Database;
  readonly visits: VisitStore;
  /** Progress that is newer than what the database keeps. */
  readonly progress: ReadonlyMap<string, OrderStatus>;
  readonly ticketsFor: (visit: VisitRecord) => Promise<Tickets | null>;
  readonly deploymentOf: (visit: VisitRecord) => string;
  readonly deployments: Deployments;
  readonly elsewhere: () => Promise<Elsewhere>;
  readonly terminalsOnline: (elsewhere: Elsewhere) => ReadonlySet<string>;
  readonly counsellorsOnline: (elsewhere: Elsewhere) => ReadonlyMap<string, ReadonlySet<string>>;
  readonly usualDurations: UsualDurations;
  readonly clock: () => number;
}

export async function takeSnapshot(sources: SnapshotSources): Promise<Snapshot> {
  const { database, progress } = sources;
  const [elsewhere, visits, orders, terminals, mairies, bodies, counsellors, forms, agenda] =
    await Promise.all([
      sources.elsewhere(),
      sources.visits.all(),
      allOrders(database),
      allTerminals(database),
      allMairies(database),
      allBodies(database),
      allCounsellors(database),
      allForms(database),
      nextAppointments(database, sources.clock()),
    ]);
  const tickets = new Map<string, Tickets>();
  for (const visit of visits) {
    const pair = await sources.ticketsFor(visit);
    if (pair) tickets.set(visit.visitId, pair);
  }
  return {
    now: sources.clock(),
    visits,
    orders: orders.map((order) => {
      const live = progress.get(order.orderId);
      return live && isNewer(order.status, live) ? { ...order, status: live } : order;
    }),
    terminals,
    mairies,
    bodies,
    counsellors,
    forms,
    tickets,
    deploymentOf: new Map(visits.map((visit) => [visit.visitId, sources.deploymentOf(visit)])),
    deployments: sources.deployments.views(),
    nextDeployment: new Map(bodies.map(({ bodyId, name }) => [bodyId, sources.deployments.first(name, '')])),
    terminalsOnline: sources.terminalsOnline(elsewhere),
    counsellorsOnline: sources.counsellorsOnline(elsewhere),
    elsewhere,
    usualDuration: await sources.usualDurations.now(),
    agenda,
    openings: await bodyOpenings(
      database,
      bodies.map(({ bodyId }) => bodyId),
      sources.clock(),
    ),
  };
}

/** 1 = next of this body; null once picked up. */
export function positionOf(snapshot: Snapshot, visit: VisitRecord): number | null {
  if (visit.call) return null;
  return snapshot.visits.filter((other) => other.bodyId === visit.bodyId && !other.call).indexOf(visit) + 1;
}

/** ms, about; null: nobody can tell. */
export function waitOf(snapshot: Snapshot, visit: VisitRecord): number | null {
  const position = positionOf(snapshot, visit);
  const usual = snapshot.usualDuration.get(visit.bodyId);
  if (position === null || usual === undefined) return null;
  const online = [...(snapshot.counsellorsOnline.get(visit.bodyId) ?? [])];
  const counsellors = online.map((accountId) => {
    const call = snapshot.visits.find((other) => other.call?.counsellorId === accountId)?.call;
    return call ? snapshot.now - call.pickedUpAt : null;
  });
  return estimatedWait({ ahead: position - 1, counsellors, usual });
}

/** When the body of a visit in the queue opens next; null in call, while somebody is there, or where nobody knows. */
export function opensAtOf(snapshot: Snapshot, visit: VisitRecord): MairieHour | null {
  return visit.call ? null : openingOf(snapshot, visit.bodyId, visit.timeZone);
}

/** As above, of the body itself. Its hours are a promise: whoever is there before them, or after, is there. */
export function openingOf(snapshot: Snapshot, bodyId: string, timeZone: TimeZone): MairieHour | null {
  return onlineOf(snapshot, bodyId) > 0 ? null : snapshot.openings(bodyId, timeZone);
}

export function onlineOf(snapshot: Snapshot, bodyId: string): number {
  return snapshot.counsellorsOnline.get(bodyId)?.size ?? 0;
}

export function isCounsellorOnline(snapshot: Snapshot, bodyId: string, counsellorId: string): boolean {
  return snapshot.counsellorsOnline.get(bodyId)?.has(counsellorId) ?? false;
}

/** Origin of where this visit's call is or will be. */
export function deploymentOf(snapshot: Snapshot, visit: VisitRecord): string {
  const origin = snapshot.deploymentOf.get(visit.visitId);
  if (origin === undefined) throw new Error('A visit that is not of this snapshot.');
  return origin;
}

/** Origin of where this body's next call will most likely be. */
export function nextDeploymentOf(snapshot: Snapshot, bodyId: string): string {
  const origin = snapshot.nextDeployment.get(bodyId);
  if (origin === undefined) throw new Error('A body that is not of this snapshot.');
  return origin;
}
