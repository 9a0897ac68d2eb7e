/** One PostgreSQL dialect, two servers: embedded (PGlite, a folder) or a real one. Every row is parsed. */
import type { z } from 'zod';
import type { ListenEvents, Listening } from './listen.ts';

export type SqlValue = string | number | boolean | Date | Uint8Array | null | readonly string[];

export interface Queries {
  /** @throws where the statement fails or a row does not match: both are bugs or a broken database. */
  readonly rows: <T>(row: z.ZodType<T>, sql: string, values?: readonly SqlValue[]) => Promise<T[]>;
  /** The number of rows touched. */
  readonly run: (sql: string, values?: readonly SqlValue[]) => Promise<number>;
  /** Several statements without values: migrations. */
  readonly script: (sql: string) => Promise<void>;
}

export interface Database extends Queries {
  /** All or nothing; rolled back where `work` throws. Inside it use only the queries it is given. */
  readonly transaction: <T>(work: (queries: Queries) => Promise<T>) => Promise<T>;
  /** Hears what is announced with pg_notify() on this channel; null where one process has the database for itself. */
  readonly listen: ((channel: string, events: ListenEvents) => Listening) | null;
  readonly close: () => Promise<void>;
}

/** SQLSTATE 23505: another row already has this value. The constraint tells which rule was met. */
export function brokenUnique(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' ? constraint : null;
}

/**
 * SQLSTATE 23P01, exclusion_violation: another row already covers this. Two statements that meet in the same instant may
 * wait for each other: PostgreSQL then ends one of them (40P01, deadlock_detected), which has lost in the same way.
 */
export function isOverlap(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code } = error as { code?: unknown };
  return code === '23P01' || code === '40P01';
}

/** SQLSTATE 53100, disk_full: what was to be written is not there; reading goes on, and so does writing once there is room. */
export function isDatabaseFull(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === '53100';
}
