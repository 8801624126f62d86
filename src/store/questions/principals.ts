import { sql } from 'kysely';
import type pg from 'pg';
import type { Principal } from '../../core/principal.ts';
import type { Page, PrincipalQuestion } from '../../engine/ports.ts';
import { lower } from '../columns.ts';
import { page } from './page.ts';
import { database } from './tables.ts';

export function principals(pool: pg.Pool, q: PrincipalQuestion): Promise<Page<Principal>> {
  let question = database
    .selectFrom('principal')
    .select(['id', sql`row_to_json(principal)`.as('row')])
    .orderBy('id')
    .limit(q.limit + 1);
  if (q.kinds) question = question.where(sql<boolean>`kind = any(${q.kinds})`);
  if (q.is) question = question.where(...is(q.is));
  if (q.startsWith) question = question.where(startsWith(q.startsWith));
  if (q.ids) question = question.where(sql<boolean>`id = any(${q.ids})`);
  if (q.after) question = question.where('id', '>', q.after);
  return page(pool, 'principal', question, q.limit);
}

type Is = NonNullable<PrincipalQuestion['is']>;

function is({ field, value }: Is) {
  const columns = {
    upn: ['upn_key', lower(value)],
    mail: ['mail_key', lower(value)],
    displayName: ['display_name', value],
    appId: ['app_id', value],
    id: ['id', value],
  } as const;
  const [column, key] = columns[field];
  return [column, '=', key] as const;
}

const startsWith = ({ field, value }: NonNullable<PrincipalQuestion['startsWith']>) =>
  sql<boolean>`starts_with(${sql.ref(field === 'upn' ? 'upn_key' : 'name_key')}, ${lower(value)})`;
