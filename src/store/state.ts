import type pg from 'pg';
import type { World } from '../core/world.ts';
import { askPatiently } from './ask.ts';
import { type KindRow, worldOf } from './rows.ts';

type State = { readonly world: World; readonly seq: number };

const SCOPES_AND_PRINCIPALS = `
  select 'scope' as kind, key as id, row_to_json(s) as row from scope s
  union all select 'principal', id, row_to_json(p) from principal p`;
const OPEN_SCHEDULES = `select 'schedule', id, row_to_json(s) from schedule s where announced <> 'end'`;
const THE_REST = `
  select 'schedule', id, row_to_json(s) from schedule s
  union all select 'request', id, row_to_json(r) from request r
  union all select 'policy', id, row_to_json(p) from policy p
  union all select 'credential', id, row_to_json(c) from credential c`;
const HEAD = `select 'head', '', json_build_object('seq', seq) from log_head`;

export const everything = (pool: pg.Pool): Promise<State> => snapshot(pool, THE_REST);
export const accessState = (pool: pg.Pool): Promise<State> => snapshot(pool, OPEN_SCHEDULES);

// One statement sees one snapshot: the state is exactly what the log says up to the change number that comes with it.
async function snapshot(pool: pg.Pool, schedules: string): Promise<State> {
  const text = [SCOPES_AND_PRINCIPALS, schedules, HEAD].join(' union all ');
  const rows = await askPatiently<KindRow | HeadRow>(pool, { text });
  const head = rows.find((row): row is HeadRow => row.kind === 'head');
  if (!head) throw new Error('bug: the log has no head');
  return { world: worldOf(rows.filter((row): row is KindRow => row.kind !== 'head')), seq: head.row.seq };
}

interface HeadRow {
  readonly kind: 'head';
  readonly row: { readonly seq: number };
}
