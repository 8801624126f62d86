import pg from 'pg';
import { readInstant } from './instants.ts';

export interface PoolOptions {
  /** Where the database is: a URL in `connectionString`, or host, port, user and database. */
  readonly connection: pg.ClientConfig;
  readonly connectionsMax?: number;
  /** No question and no write takes longer. */
  readonly timeoutMs?: number;
}

const CONNECTIONS_MAX = 10;
const TIMEOUT_MS = 10_000;
const GRACE_MS = 2_000;

// Every question reaches its rows by key. Plans are made while tables are nearly empty and kept when they have grown, so
// the ways that only pay on small tables are out from the start.
const SESSION = `
  set role postern_app;
  set timezone = 'UTC';
  set datestyle = 'ISO';
  set plan_cache_mode = force_generic_plan;
  set enable_seqscan = off;
  set enable_hashjoin = off;
  set enable_mergejoin = off;
  set jit = off;`;

/** Connections that work as postern_app, whoever logs in. */
export function connect({
  connection,
  connectionsMax = CONNECTIONS_MAX,
  timeoutMs = TIMEOUT_MS,
}: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max: connectionsMax,
    types: { getTypeParser },
    statement_timeout: timeoutMs,
    // For a server that does not even answer that it timed out.
    query_timeout: timeoutMs + GRACE_MS,
    connectionTimeoutMillis: timeoutMs,
    keepAlive: true,
    application_name: 'postern',
    onConnect: async (client) => {
      // A connection that breaks tells whoever uses it; without a listener it would end the process besides.
      client.on('error', () => {});
      await client.query(SESSION);
    },
  });
  // One that breaks while nobody uses it is dropped by the pool; the next question opens another.
  pool.on('error', () => {});
  return pool;
}

const TIMESTAMPTZ = 1184;
const INT8 = 20;
const PARSERS: { readonly [oid: number]: (text: string) => unknown } = {
  [TIMESTAMPTZ]: readInstant,
  // Change numbers and counts: a million a second reach 2^53 in 285 years.
  [INT8]: Number,
};

const getTypeParser = ((oid: number, format?: 'text') =>
  PARSERS[oid] ?? pg.types.getTypeParser(oid, format ?? 'text')) as pg.CustomTypesConfig['getTypeParser'];
