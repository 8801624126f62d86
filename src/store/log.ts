import type pg from 'pg';
import type { EntityKind, Event } from '../core/event.ts';
import type { Instant, PrincipalId } from '../core/values.ts';
import type { StoredLine } from '../engine/ports.ts';
import { ask } from './ask.ts';

// Change numbers become visible in their order (schema/0002_log.sql), so nothing is missed by asking for what is greater.
const LINES_AFTER = `
  select seq, actor, correlation, entity_kind as kind, entity_id as id, entity_version as version, payload as event
  from log where seq > $1 order by seq limit $2`;

interface LogRow {
  readonly seq: number;
  readonly actor: PrincipalId;
  readonly correlation: string;
  readonly kind: EntityKind | null;
  readonly id: string;
  readonly version: number;
  readonly event: Event;
}

export async function linesAfter(pool: pg.Pool, seq: number, limit: number): Promise<readonly StoredLine[]> {
  const rows = await ask<LogRow>(pool, { name: 'linesAfter', text: LINES_AFTER, values: [seq, limit] });
  return rows.map(({ kind, id, version, ...line }) => ({
    ...line,
    entity: kind === null ? null : { kind, id, version },
  }));
}

export async function highWater(pool: pg.Pool): Promise<Instant | null> {
  const [row] = await ask<{ seen: Instant | null }>(pool, {
    name: 'highWater',
    text: 'select seen from log_head',
  });
  return row?.seen ?? null;
}
