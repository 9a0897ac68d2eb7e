/** When a resident can be seen: everything that must be open at once, less what is closed, taken or past. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { Closure, OpeningHours } from '#shared/protocol/appointments.ts';
import { isClosed, isOpenOn, type Stretch, stretchesOf } from './opening.ts';

/** In ms since the epoch; the end is not in it. */
export interface Span {
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface CounsellorPlan {
  readonly counsellorId: string;
  /** Empty: whenever the body is open. */
  readonly hours: readonly OpeningHours[];
  readonly closures: readonly Closure[];
  readonly booked: readonly Span[];
}

export interface SlotPlan {
  /** IANA name: every hour and day of this plan is by its clock. */
  readonly timeZone: string;
  /** Of one appointment. */
  readonly minutes: number;
  readonly bodyHours: readonly OpeningHours[];
  readonly roomHours: readonly OpeningHours[];
  /** Of body and mairie. Public holidays are closed besides. */
  readonly closures: readonly Closure[];
  readonly counsellors: readonly CounsellorPlan[];
  /** At this terminal, whichever the body. */
  readonly roomBooked: readonly Span[];
}

export interface FreeSlot extends Span {
  /** ISO, by the mairie's calendar. */
  readonly day: string;
  /** Who could take it: never empty. Whoever has least to do in this plan comes first. */
  readonly counsellorIds: readonly string[];
}

/**
 * @param days ISO, in order. @param now ms since the epoch: nothing before it.
 * The same hour of the clock is never offered twice, and one that the clock skips never.
 */
export function freeSlots(plan: SlotPlan, days: readonly string[], now: number): FreeSlot[] {
  const counsellors = [...plan.counsellors].sort(
    (a, b) => a.booked.length - b.booked.length || a.counsellorId.localeCompare(b.counsellorId),
  );
  return days.flatMap((day) => {
    const date = Temporal.PlainDate.from(day);
    if (!isOpenOn(date, plan.closures)) return [];
    const open = common(
      stretchesOf(plan.bodyHours, date.dayOfWeek),
      stretchesOf(plan.roomHours, date.dayOfWeek),
    );
    const present = counsellors
      .filter(({ closures }) => !isClosed(closures, day))
      .map((one) => ({ ...one, stretches: stretchesOf(one.hours, date.dayOfWeek) }));
    return slotsIn(open, plan.minutes).flatMap((slot) => {
      const span = spanOf(date, slot, plan);
      if (!span || span.startsAt < now || plan.roomBooked.some((taken) => overlap(taken, span))) return [];
      const counsellorIds = present
        .filter(({ hours, stretches }) => hours.length === 0 || isWithin(stretches, slot))
        .filter(({ booked }) => !booked.some((taken) => overlap(taken, span)))
        .map(({ counsellorId }) => counsellorId);
      return counsellorIds.length > 0 ? [{ day, ...span, counsellorIds }] : [];
    });
  });
}

/** Null where the clock is changed in between: skipped hours are none, and repeated ones would have two meanings. */
function spanOf(date: Temporal.PlainDate, slot: Stretch, plan: SlotPlan): Span | null {
  const wall = (minutes: number) => date.toPlainDateTime().add({ minutes });
  const start = wall(slot.from).toZonedDateTime(plan.timeZone);
  const end = start.add({ minutes: plan.minutes });
  if (!start.toPlainDateTime().equals(wall(slot.from))) return null;
  if (!end.toPlainDateTime().equals(wall(slot.to))) return null;
  return { startsAt: start.epochMilliseconds, endsAt: end.epochMilliseconds };
}

function slotsIn(open: readonly Stretch[], minutes: number): Stretch[] {
  return open.flatMap(({ from, to }) =>
    Array.from({ length: Math.floor((to - from) / minutes) }, (_, index) => ({
      from: from + index * minutes,
      to: from + (index + 1) * minutes,
    })),
  );
}

function common(some: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  return some.flatMap((one) =>
    others
      .map((other) => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }))
      .filter(({ from, to }) => from < to),
  );
}

function isWithin(stretches: readonly Stretch[], slot: Stretch): boolean {
  return stretches.some(({ from, to }) => from <= slot.from && slot.to <= to);
}

function overlap(one: Span, other: Span): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}
