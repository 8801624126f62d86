import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Eligible } from './eligible.ts';

/** An activation as most programs would write it, and the least a database can do, on tables of their own. */
export interface Plain extends AsyncDisposable {
  /** Six round trips: begin, request, lock the eligibility, schedule, log, commit. */
  sixRoundTrips(who: Eligible): Promise<void>;
  /** One row, committed by itself: what pgbench would do. */
  oneRow(): Promise<void>;
  /** How many activations are wholly there, and how many single rows. */
  counts(): Promise<{ readonly activations: number; readonly rows: number }>;
}

const TABLES = `
  drop schema if exists plain cascade;
  create schema plain;
  create table plain.eligibility (id uuid primary key, principal uuid not null, role uuid not null, scope text not null);
  create table plain.request (
    id uuid primary key, principal uuid not null, role uuid not null, scope text not null, state text not null,
    created_at timestamptz not null, body jsonb not null
  );
  create index on plain.request (principal);
  create table plain.schedule (
    id uuid primary key, eligibility uuid not null, principal uuid not null, role uuid not null, scope text not null,
    start timestamptz not null, ends_at timestamptz not null
  );
  create index on plain.schedule (principal, scope);
  create index on plain.schedule (ends_at);
  create table plain.log (seq bigserial primary key, at timestamptz not null, body jsonb not null);
  create table plain.one_row (seq bigserial primary key, body jsonb not null);`;

const REQUEST = `insert into plain.request values ($1, $2, $3, $4, 'provisioned', $5, $6)`;
const LOCK = 'select principal, role, scope from plain.eligibility where id = $1 for update';
const SCHEDULE = 'insert into plain.schedule values ($1, $2, $3, $4, $5, $6, $7)';
const LOG = 'insert into plain.log (at, body) values ($1, $2)';
const ONE_ROW = 'insert into plain.one_row (body) values ($1)';
const COUNTS = `
  select (select count(*)::int from plain.request r join plain.schedule s using (id)) as activations,
         (select count(*)::int from plain.log) as lines, (select count(*)::int from plain.one_row) as rows`;

const BODY = {
  action: 'selfActivate',
  justification: 'Incident 4711: the payment queue stands',
  ticket: { number: 'INC0004711', system: 'desk' },
  period: { start: null, duration: 'PT1H' },
};
const HOUR_MS = 3_600_000;

export async function plain(
  connection: pg.ClientConfig,
  people: readonly Eligible[],
  connections: number,
): Promise<Plain> {
  const pool = new pg.Pool({ ...connection, max: connections });
  await pool.query(TABLES);
  await pool.query(
    'insert into plain.eligibility select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[])',
    [
      people.map(({ uses }) => uses),
      ...(['principal', 'role', 'scope'] as const).map((column) =>
        people.map(({ holding }) => holding[column]),
      ),
    ],
  );
  return {
    sixRoundTrips: (who) => inTransaction(pool, (client) => activate(client, who)),
    oneRow: async () =>
      void (await pool.query({ name: 'row', text: ONE_ROW, values: [JSON.stringify(BODY)] })),
    counts: () => counts(pool),
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

async function inTransaction(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } finally {
    client.release();
  }
}

async function activate(client: pg.PoolClient, { uses, holding }: Eligible): Promise<void> {
  const [id, at] = [randomUUID(), new Date()];
  const { principal, role, scope } = holding;
  const body = JSON.stringify({ ...BODY, id, principal, role, scope });
  await client.query({ name: 'request', text: REQUEST, values: [id, principal, role, scope, at, body] });
  const { rowCount } = await client.query({ name: 'lock', text: LOCK, values: [uses] });
  if (rowCount !== 1) throw new Error(`nobody is eligible by ${uses}`);
  const end = new Date(at.getTime() + HOUR_MS);
  await client.query({
    name: 'schedule',
    text: SCHEDULE,
    values: [id, uses, principal, role, scope, at, end],
  });
  await client.query({ name: 'log', text: LOG, values: [at, body] });
}

async function counts(pool: pg.Pool): Promise<{ activations: number; rows: number }> {
  const { rows } = await pool.query<{ activations: number; lines: number; rows: number }>(COUNTS);
  const [found] = rows;
  if (!found || found.activations !== found.lines) throw new Error('a plain activation is there in part');
  return found;
}
