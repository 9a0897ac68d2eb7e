/**
 * The self-test that a terminal makes by itself once a day: from its hour on, as soon as the place is free, also where
 * the machine was switched on later that morning. What day it was made survives a restart.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isNoRoom } from './no-room.ts';

/** ms between two looks. */
const LOOK = 30_000;
/** Hours after its time during which a test is made up for: no sounds in the middle of the afternoon. */
const MAKE_UP = 4;

export interface MorningOptions {
  readonly time: string | null;
  /** Keeps the day of the last one. */
  readonly file: string;
  /** Asked again and again until noteDone(): the place may be taken, or a visit may stop the test. */
  readonly start: () => void;
}

export interface Morning {
  /** A test was made, whoever asked for it: none is due any more today. */
  readonly noteDone: () => void;
  readonly stop: () => void;
}

export function watchMorning({ time, file, start }: MorningOptions): Morning {
  const look = () => {
    if (time !== null && isDue({ time, now: new Date(), lastDay: readDay(file) })) start();
  };
  const timer = setInterval(look, LOOK);
  return {
    noteDone() {
      try {
        writeFileSync(file, dayOf(new Date()));
      } catch (error) {
        // A full disk costs another test tomorrow morning, or after the next start.
        if (!isNoRoom(error)) throw error;
      }
    },
    stop: () => clearInterval(timer),
  };
}

/** @param lastDay "YYYY-MM-DD" of the last one, by the machine's own clock. */
export function isDue({ time, now, lastDay }: { time: string; now: Date; lastDay: string | null }): boolean {
  if (lastDay === dayOf(now)) return false;
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const since = now.getHours() * 60 + now.getMinutes() - (hour * 60 + minute);
  return since >= 0 && since < MAKE_UP * 60;
}

function dayOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function readDay(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
