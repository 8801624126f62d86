import type pg from 'pg';
import type { Entities } from '../../core/world.ts';
import { type Change, Conflict, type LogLine, type Recording } from '../../engine/ports.ts';
import { ask } from '../ask.ts';
import { type Row, toRow } from '../columns.ts';
import { writeInstant } from '../instants.ts';
import { latestSeen } from './latestSeen.ts';
import { mustBeSound } from './sound.ts';

const RECORD = 'select record_batch($1::jsonb) as outcome';

interface Outcome {
  readonly outcome: { readonly seq: number } | { readonly moved: readonly string[] };
}

/** Writes a batch: one statement, which is its own transaction. */
export async function record(pool: pg.Pool, recording: Recording): Promise<number> {
  mustBeSound(recording);
  const [answer] = await ask<Outcome>(pool, { name: 'record', text: RECORD, values: [batchOf(recording)] });
  if (!answer) throw new Error('bug: record_batch answers one row');
  if ('moved' in answer.outcome) throw new Conflict(answer.outcome.moved);
  return answer.outcome.seq;
}

function batchOf({ changes, relies, lines, verifiers }: Recording): string {
  const seen = latestSeen(lines);
  return JSON.stringify({
    expected: [...changes.map(({ kind, id, base }) => ({ kind, id, version: base })), ...relies],
    made: byTable(changes.filter(({ base }) => base === 0)),
    changed: byTable(changes.filter(({ base }) => base > 0)),
    verifiers,
    lines: lines.map(lineOf),
    seen: seen === null ? null : writeInstant(seen),
  });
}

function byTable(changes: readonly Change[]): { readonly [table: string]: readonly Row[] } {
  const groups = Object.entries(Object.groupBy(changes, ({ kind }) => kind));
  return Object.fromEntries(groups.map(([table, group]) => [table, group.map(rowOf)]));
}

const rowOf = ({ kind, base, entity }: Change): Row => ({
  ...toRow(kind, entity as Entities[typeof kind]),
  base,
});

const lineOf = (line: LogLine): Row => ({ ...line, at: writeInstant(line.event.at) });
