import type pg from 'pg';
import type { Schedule } from '../core/schedule.ts';
import type { Plane } from '../core/target.ts';
import { earlier, type Instant, type PrincipalId, type ScopeKey } from '../core/values.ts';
import { ask } from './ask.ts';
import { fromRow, type Row } from './columns.ts';
import { writeInstant } from './instants.ts';

export interface ClosureQuestion {
  readonly principal: PrincipalId;
  readonly plane: Plane;
  /** The scope and all that contain it. */
  readonly scopes: readonly ScopeKey[];
  readonly at: Instant;
}

/** A live assignment somebody has, itself or through groups, and when that ends by itself; null is never. */
export interface Held {
  readonly schedule: Schedule;
  readonly until: Instant | null;
}

const LIVE = `s.start <= $4 and ($4 < s."end" or s."end" is null) and ($4 < s.ended_at or s.ended_at is null)`;

// Each way into a group lasts as long as its shortest step; of several ways the longest counts. A circle of groups ends,
// because going round it again finds no end that is not there already.
const CLOSURE = `
with recursive
  way(id, until) as (
    select id, null::timestamptz from principal where id = $1 and enabled
    union
    select m.scope, least(w.until, m."end") from way w cross join lateral (
      select s.scope, s."end" from schedule s
        where s.principal = w.id and s.plane = 'groups' and s.kind = 'assignment' and s.role = 'member'
          and ${LIVE}
        offset 0
    ) m
  ),
  longest as (select distinct on (id) id, until from way order by id, until desc nulls first)
select row_to_json(s) as row, l.until from longest l cross join lateral (
    select * from schedule s where s.principal = l.id offset 0
  ) s
  where s.kind = 'assignment' and s.plane = $2 and s.scope = any($3) and ${LIVE}
  order by s.id`;

/** The assignments that count for somebody at these scopes: the same that the index in memory finds, asked of the tables. */
export async function accessByQuery(pool: pg.Pool, q: ClosureQuestion): Promise<readonly Held[]> {
  const values = [q.principal, q.plane, q.scopes, writeInstant(q.at)];
  const rows = await ask<{ row: Row; until: Instant | null }>(pool, {
    name: 'closure',
    text: CLOSURE,
    values,
  });
  return rows.map(({ row, until }) => {
    const schedule = fromRow('schedule', row);
    return { schedule, until: earlier(until, schedule.end) };
  });
}
