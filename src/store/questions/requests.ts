import { sql } from 'kysely';
import type pg from 'pg';
import type { Request } from '../../core/request.ts';
import type { Page, RequestQuestion } from '../../engine/ports.ts';
import { page } from './page.ts';
import { within } from './scopeFilter.ts';
import { database } from './tables.ts';

export function requests(pool: pg.Pool, q: RequestQuestion): Promise<Page<Request>> {
  let question = database
    .selectFrom('request')
    .select(['id', sql`row_to_json(request)`.as('row')])
    .where('plane', '=', q.plane)
    .orderBy('id')
    .limit(q.limit + 1);
  if (q.kind) question = question.where('kind', '=', q.kind);
  if (q.scope) question = question.where(within(q.scope));
  if (q.principals) question = question.where(sql<boolean>`principal = any(${q.principals})`);
  if (q.requestors) question = question.where(sql<boolean>`requestor = any(${q.requestors})`);
  if (q.roles) question = question.where(sql<boolean>`role = any(${q.roles})`);
  if (q.states) question = question.where(sql<boolean>`state = any(${q.states})`);
  if (q.approvers) question = question.where(namesOneOf(q.approvers));
  if (q.after) question = question.where('id', '>', q.after);
  return page(pool, 'request', question, q.limit);
}

// The first half is what the index is restricted to.
const namesOneOf = (approvers: readonly string[]) =>
  sql<boolean>`approvers <> '{}' and approvers && ${approvers}`;
