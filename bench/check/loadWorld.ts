import pg from 'pg';
import type { EntityKind } from '../../src/core/event.ts';
import type { Entities, World } from '../../src/core/world.ts';
import { toRow } from '../../src/store/columns.ts';
import { withOwner } from '../postgres.ts';

const CHUNK = 10_000;

/** Replaces what the product's tables hold by this world. */
export async function loadWorld(connection: pg.ClientConfig, world: World): Promise<void> {
  await withOwner(connection, async (owner) => {
    await owner.query('truncate scope, principal, schedule, credential, verifier');
    // A row that cannot be made twice costs a search a row; no question of a check uses what it is found by.
    await owner.query('alter table schedule drop constraint if exists schedule_one_at_a_time');
    const rest = await withoutIndexes(owner);
    await load(owner, 'scope', world.scope);
    await load(owner, 'principal', world.principal);
    await load(owner, 'schedule', world.schedule);
    for (const definition of rest) await owner.query(definition);
    await owner.query('vacuum analyze scope, principal, schedule');
  });
}

async function load<K extends EntityKind>(
  owner: pg.Client,
  kind: K,
  entities: ReadonlyMap<string, Entities[K]>,
) {
  for (const chunk of chunks([...entities.values()])) {
    const rows = JSON.stringify(chunk.map((entity) => toRow(kind, entity)));
    const table = pg.escapeIdentifier(kind);
    await owner.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
      rows,
    ]);
  }
}

function* chunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += CHUNK) yield all.slice(from, from + CHUNK);
}

// Indexes that are made once, over all rows, are made faster; the last of them is the same as before.
async function withoutIndexes(owner: pg.Client): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
       where indrelid = 'schedule'::regclass and not indisprimary
         and not exists (select from pg_constraint c where c.conindid = indexrelid)`,
  );
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}
