import type pg from 'pg';
import type { Instant, RequestId, ScheduleId } from '../core/values.ts';
import { ask } from './ask.ts';
import { writeInstant } from './instants.ts';

const DUE = `
  (select 'schedule' as kind, id, due_at from schedule where due_at <= $1 order by due_at, id limit $2)
  union all
  (select 'request', id, due_at from request where due_at <= $1 order by due_at, id limit $2)
  order by due_at, id limit $2`;

const NEXT_DUE = `
  select least(
    (select due_at from schedule where due_at is not null order by due_at limit 1),
    (select due_at from request where due_at is not null order by due_at limit 1)
  ) as at`;

type Due = { readonly schedules: readonly ScheduleId[]; readonly requests: readonly RequestId[] };

export async function due(pool: pg.Pool, now: Instant, limit: number): Promise<Due> {
  const values = [writeInstant(now), limit];
  const rows = await ask<{ kind: string; id: string }>(pool, { name: 'due', text: DUE, values });
  const ids = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  return { schedules: ids('schedule') as ScheduleId[], requests: ids('request') as RequestId[] };
}

export async function nextDue(pool: pg.Pool): Promise<Instant | null> {
  const [row] = await ask<{ at: Instant | null }>(pool, { name: 'nextDue', text: NEXT_DUE });
  return row?.at ?? null;
}
