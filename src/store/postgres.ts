import type pg from 'pg';
import type { Store } from '../engine/ports.ts';
import { facts } from './facts.ts';
import { highWater, linesAfter } from './log.ts';
import { credentials, named, policies, scopes, verifiers } from './questions/byName.ts';
import { principals } from './questions/principals.ts';
import { requests } from './questions/requests.ts';
import { schedules } from './questions/schedules.ts';
import { record } from './record/record.ts';
import { type SignInPersistence, signInPersistence } from './signin.ts';
import { accessState, everything } from './state.ts';
import { due, nextDue } from './timers.ts';

export interface PostgresStore extends Store, SignInPersistence {
  /** Whether the database answers. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/** The store on PostgreSQL, over a pool that `connect` made and a database that `migrate` brought up to date. */
export const postgresStore = (pool: pg.Pool): PostgresStore => ({
  facts: (question) => facts(pool, question),
  record: (recording) => record(pool, recording),
  due: (now, limit) => due(pool, now, limit),
  nextDue: () => nextDue(pool),
  highWater: () => highWater(pool),
  linesAfter: (seq, limit) => linesAfter(pool, seq, limit),
  everything: () => everything(pool),
  accessState: () => accessState(pool),
  request: (id) => named(pool, 'request', id),
  schedule: (id) => named(pool, 'schedule', id),
  policies: (keys) => policies(pool, keys),
  schedules: (question) => schedules(pool, question),
  requests: (question) => requests(pool, question),
  principals: (question) => principals(pool, question),
  scopes: () => scopes(pool),
  credentials: (principal, kind) => credentials(pool, principal, kind),
  verifiers: (principal, kind) => verifiers(pool, principal, kind),
  ...signInPersistence(pool),
  ping: async () => (await pool.query('select 1')).rowCount === 1,
  close: () => pool.end(),
});
