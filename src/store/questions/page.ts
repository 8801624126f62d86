import type { Compilable } from 'kysely';
import type pg from 'pg';
import type { EntityKind } from '../../core/event.ts';
import type { Entities } from '../../core/world.ts';
import type { Page } from '../../engine/ports.ts';
import { ask } from '../ask.ts';
import { fromRow, type Row } from '../columns.ts';

/** The rows of a question that was asked for one row more than the page holds: that one says whether there is a next page. */
export async function page<K extends EntityKind>(
  pool: pg.Pool,
  kind: K,
  question: Compilable<{ id: string; row: unknown }>,
  limit: number,
): Promise<Page<Entities[K]>> {
  const { sql, parameters } = question.compile();
  const found = await ask<{ id: string; row: Row }>(pool, { text: sql, values: parameters });
  const rows = found.slice(0, limit).map(({ row }) => fromRow(kind, row));
  return { rows, next: found.length > limit ? (found[limit - 1]?.id ?? null) : null };
}
