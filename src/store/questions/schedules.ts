import { sql } from 'kysely';
import type pg from 'pg';
import type { Schedule } from '../../core/schedule.ts';
import type { Page, ScheduleQuestion } from '../../engine/ports.ts';
import { writeInstant } from '../instants.ts';
import { page } from './page.ts';
import { within } from './scopeFilter.ts';
import { database } from './tables.ts';

export function schedules(pool: pg.Pool, q: ScheduleQuestion): Promise<Page<Schedule>> {
  let question = database
    .selectFrom('schedule')
    .select(['id', sql`row_to_json(schedule)`.as('row')])
    .where('plane', '=', q.plane)
    .where('kind', '=', q.kind)
    .orderBy('id')
    .limit(q.limit + 1);
  if (q.scope) question = question.where(within(q.scope));
  if (q.principals) question = question.where(sql<boolean>`principal = any(${q.principals})`);
  if (q.roles) question = question.where(sql<boolean>`role = any(${q.roles})`);
  if (q.ids) question = question.where(sql<boolean>`id = any(${q.ids})`);
  if (q.liveAt !== undefined) question = question.where(liveAt(writeInstant(q.liveAt)));
  if (q.standingAt !== undefined) question = question.where(standingAt(writeInstant(q.standingAt)));
  if (q.after) question = question.where('id', '>', q.after);
  return page(pool, 'schedule', question, q.limit);
}

// The same as core's live and standing; the store's suite compares them.
const liveAt = (t: string) => sql<boolean>`
  start <= ${t} and ("end" is null or ${t} < "end") and (ended_at is null or ${t} < ended_at)`;
const standingAt = (t: string) => sql<boolean>`
  ended_at is null and ("end" is null or (${t} < "end" and start < "end"))`;
