import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import type { Instant } from '../core/values.ts';
import { StoreRefused } from './embedded/refused.ts';
import { unavailable } from './failures.ts';
import { writeInstant } from './instants.ts';

interface Migration {
  readonly name: string;
  readonly digest: string;
  readonly sql: string;
}

const FOLDER = new URL('./schema/', import.meta.url);

const LEDGER = `
  create table if not exists schema_migration (
    name text primary key,
    digest text not null,
    applied_at timestamptz not null
  )`;

/**
 * Brings the database up to this server's schema, all or nothing, and returns the names of what was applied. Several servers
 * may do so at once. The account must own the database's tables, as POSTERN_MIGRATE_URL's does.
 */
export async function migrate(connection: pg.ClientConfig, at: Instant): Promise<readonly string[]> {
  const client = new pg.Client({ ...connection, application_name: 'postern migrate' });
  client.on('error', () => {});
  await client.connect().catch((error: Error) => {
    throw unavailable(error);
  });
  try {
    return await migrateAll(client, at);
  } finally {
    await client.end().catch(() => {});
  }
}

async function migrateAll(client: pg.Client, at: Instant): Promise<readonly string[]> {
  await client.query(`set client_min_messages = warning; set timezone = 'UTC'`);
  await makeLedger(client);
  await client.query('begin');
  try {
    await client.query('lock table schema_migration in access exclusive mode');
    const applied = await applyMissing(client, at);
    await client.query('commit');
    return applied;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw asRefusal(error);
  }
}

const ALREADY_THERE = ['23505', '42P07', '42710'];

// Two that look for the table at the same time both find none, and one of them is told that it is there after all.
async function makeLedger(client: pg.Client): Promise<void> {
  await client.query(LEDGER).catch((error: pg.DatabaseError) => {
    if (!ALREADY_THERE.includes(error.code ?? '')) throw asRefusal(error);
  });
}

async function applyMissing(client: pg.Client, at: Instant): Promise<readonly string[]> {
  const known = await migrations();
  const { rows } = await client.query<{ name: string; digest: string }>(
    'select name, digest from schema_migration',
  );
  mustFit(known, rows);
  const missing = known.filter(({ name }) => !rows.some((row) => row.name === name));
  for (const { name, digest, sql } of missing) {
    await client.query(sql);
    await client.query('insert into schema_migration values ($1, $2, $3)', [name, digest, writeInstant(at)]);
  }
  return missing.map(({ name }) => name);
}

async function migrations(): Promise<readonly Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      return { name, sql, digest: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function mustFit(known: readonly Migration[], applied: readonly { name: string; digest: string }[]): void {
  for (const { name, digest } of applied) {
    const ours = known.find((migration) => migration.name === name);
    if (!ours)
      throw new StoreRefused(
        `The database is newer than this Postern: it has had ${name}. Start the newer version again.`,
      );
    if (ours.digest !== digest)
      throw new StoreRefused(
        `${name} is not what the database was changed by: this Postern's files were edited. Install it again.`,
      );
  }
}

const ROLES_MISSING = 'PR001';
const NOT_ALLOWED = '42501';

function asRefusal(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  if (error.code === ROLES_MISSING) return new StoreRefused(error.message, { cause: error });
  if (error.code !== NOT_ALLOWED) return error;
  return new StoreRefused(
    `The database account may not change the schema (${error.message}): set POSTERN_MIGRATE_URL to the account that owns the database.`,
    { cause: error },
  );
}
