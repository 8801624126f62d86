import { hours, minutes } from '../../src/core/values.ts';
import { planes } from '../../src/planes/index.ts';
import { estate } from '../estate/estate.ts';
import { questions, rightAnswers } from '../estate/questions.ts';
import { type BenchPostgres, benchPostgres } from '../postgres.ts';
import { type Result, report } from '../report.ts';
import { interleaved, type Measured, medianOf } from '../rounds.ts';
import { stopIfAsked } from '../stopping.ts';
import { asWorld } from './asWorld.ts';
import { CASBIN, casbin } from './casbin.ts';
import { CEDAR, cedar } from './cedar.ts';
import { CLOSURE_TABLE, closureTable } from './closureTable.ts';
import { type Contestant, compare, timed } from './contestant.ts';
import { FLOOR, mapFloor } from './mapFloor.ts';
import { OWN_QUERY, ownQuery } from './ownQuery.ts';
import { OURS, postern } from './postern.ts';

const SIZES = [1_000, 10_000, 100_000];
const QUESTIONS = 20_000;
const ROUNDS = 5;
const ROUND_MS = 200;
// However slow one is, so many of its answers are compared.
const COMPARED_LEAST = 20;

/** May somebody do something? Ours beside its floor and its peers, at three sizes of estate. */
export async function check(): Promise<void> {
  await using postgres = await benchPostgres();
  for (const size of SIZES) report(await at(size, postgres));
}

async function at(size: number, postgres: BenchPostgres): Promise<Result> {
  stopIfAsked();
  const e = estate(size);
  const asked = questions(e, QUESTIONS);
  const right = asked.map(rightAnswers(e));
  const here = planes({ activationFloor: minutes(5), groupCeiling: hours(24) });
  const world = asWorld(e);
  await using open = new AsyncDisposableStack();
  const opened = (c: Contestant): Contestant => {
    open.defer(async () => c[Symbol.asyncDispose]?.());
    return c;
  };
  const contestants = [
    mapFloor(e, asked),
    postern(e, world, here, asked),
    opened(await closureTable(e, asked, postgres)),
    opened(await ownQuery(e, world, here, asked, postgres)),
    cedar(e, asked),
    await casbin(e, asked),
  ];
  let compared = 0;
  for (const c of contestants.filter(({ answers }) => answers))
    compared += await compare(c, right, COMPARED_LEAST);
  const turns = contestants.map((c) => timed(c, asked.length, ROUND_MS));
  const measured = await interleaved(turns, ROUNDS);
  return {
    figure: 'check',
    setting: { assignments: size },
    unit: 'ns',
    compared,
    measured,
    ratios: ratiosOf(measured),
  };
}

function ratiosOf(measured: readonly Measured[]): Result['ratios'] {
  const ours = medianOf(measured, OURS);
  const slower = (name: string) => medianOf(measured, name) / ours;
  return {
    'a check costs so many Map.gets': 1 / slower(FLOOR),
    [`faster than ${CLOSURE_TABLE}`]: slower(CLOSURE_TABLE),
    [`faster than ${OWN_QUERY}`]: slower(OWN_QUERY),
    [`faster than ${CEDAR}`]: slower(CEDAR),
    [`faster than ${CASBIN}`]: slower(CASBIN),
  };
}
