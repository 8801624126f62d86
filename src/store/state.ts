import type pg from 'pg';
import type { World } from '../core/world.ts';
import { askPatiently } from './ask.ts';
import { type KindRow, worldOf } from './rows.ts';

type State = { readonly world: World; readonly seq: number };

const SCOPES_AND_PRINCIPALS = `
  select 'scope' as kind, key as id, row_to_json(s) as row from scope s
  union all select 'principal', id, row_to_json(p) from principal p`;
const STANDING = `
  select 'schedule', id, row_to_json(s) from schedule s where announced <> 'end'
  union all select 'role', id, row_to_json(r) from role r where removed_at is null
  union all select 'denyAssignment', id, row_to_json(d) from deny_assignment d where removed_at is null`;
const THE_REST = `
  select 'schedule', id, row_to_json(s) from schedule s
  union all select 'request', id, row_to_json(r) from request r
  union all select 'policy', id, row_to_json(p) from policy p
  union all select 'credential', id, row_to_json(c) from credential c
  union all select 'role', id, row_to_json(r) from role r
  union all select 'denyAssignment', id, row_to_json(d) from deny_assignment d`;
const HEAD = `select 'head', '', json_build_object('seq', seq) from log_head`;

export const everything = (pool: pg.Pool): Promise<State> => snapshot(pool, THE_REST);
export const accessState = (pool: pg.Pool): Promise<State> => snapshot(pool, STANDING);

// One statement sees one snapshot: the state is exactly what the log says up to the change number that comes with it.
async function snapshot(pool: pg.Pool, what: string): Promise<State> {
  const text = [SCOPES_AND_PRINCIPALS, what, HEAD].join(' union all ');
  const rows = await askPatiently<KindRow | HeadRow>(pool, { text });
  const head = rows.find((row): row is HeadRow => row.kind === 'head');
  if (!head) throw new Error('bug: the log has no head');
  return { world: worldOf(rows.filter((row): row is KindRow => row.kind !== 'head')), seq: head.row.seq };
}

interface HeadRow {
  readonly kind: 'head';
  readonly row: { readonly seq: number };
}
