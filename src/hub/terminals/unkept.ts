/**
 * Terminals of whose words some could not be written, because the database's disk is full. As soon as there is room
 * they are cut off once: a terminal that comes back says everything again that matters, as after any cut.
 */
import { z } from 'zod';
import { type Database, isDatabaseFull } from '../database/database.ts';

export interface Unkept {
  readonly note: (terminalId: string) => void;
  /** For an alarm. */
  readonly look: () => Promise<number | null>;
}

interface UnkeptDeps {
  readonly database: Database;
  readonly clock: () => number;
  /** ms between two looks whether there is room. */
  readonly pace: number;
  readonly onNote: () => void;
  readonly cut: (terminalId: string) => void;
}

export function createUnkept({ database, clock, pace, onNote, cut }: UnkeptDeps): Unkept {
  const terminals = new Set<string>();
  return {
    note(terminalId) {
      terminals.add(terminalId);
      onNote();
    },
    async look() {
      if (terminals.size === 0) return null;
      if (!(await hasRoom(database))) return clock() + pace;
      for (const terminalId of terminals) cut(terminalId);
      terminals.clear();
      return null;
    },
  };
}

/** For a megabyte: one row more may fit in where the disk is full. What is written to find out goes at once. */
async function hasRoom(database: Database): Promise<boolean> {
  try {
    await database.transaction(async (queries) => {
      await queries.script('create temporary table room (text text) on commit drop');
      await queries.rows(
        z.object({ written: z.number() }),
        `with written as (
           insert into room select md5(random()::text) from generate_series(1, 16000) returning 1
         ) select count(*)::int as written from written`,
      );
    });
    return true;
  } catch (error) {
    if (!isDatabaseFull(error)) throw error;
    return false;
  }
}
