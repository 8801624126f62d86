import pg from 'pg';
import { Conflict, StoreUnavailable } from '../engine/ports.ts';

// SQLSTATEs of races that were lost: unique and exclusion constraints, serialization, deadlock.
const CONFLICTS = new Set(['23505', '23P01', '40001', '40P01']);
// Raised by record_batch; its detail are the ids.
const LEFT_OPEN = 'PR409';
// Raised for lines that are older than what the log has seen (0009_time.sql).
const BEHIND = 'PR410';
// The server cannot work now: connection, resources (disk full 53100, connections 53300), shutdown, timeout, read-only, I/O.
const UNAVAILABLE = /^(08...|53...|57P0.|57014|55P03|25006|58...)$/;
const LOST =
  /Connection terminated|connection error|not queryable|timeout|Client was closed|pool after calling end/i;

/** What a failed statement means to the engine: Conflict, StoreUnavailable, or the bug it is. */
export function meaningOf(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) return meaningOfState(error);
  if (!(error instanceof Error)) return error;
  return 'syscall' in error || LOST.test(error.message) ? unavailable(error) : error;
}

function meaningOfState(error: pg.DatabaseError): unknown {
  const state = error.code ?? '';
  if (state === LEFT_OPEN) return conflict(JSON.parse(error.detail ?? '[]') as string[], error);
  if (state === BEHIND || CONFLICTS.has(state)) return conflict([], error);
  return UNAVAILABLE.test(state) ? unavailable(error) : error;
}

const conflict = (ids: readonly string[], cause: Error): Conflict =>
  Object.assign(new Conflict(ids), { cause });

export const unavailable = (cause: Error): StoreUnavailable =>
  new StoreUnavailable(`the store cannot be used: ${cause.message}`, { cause });
