import type { SelfActivate } from '../../src/core/command.ts';
import { type Driven, drive } from '../callers.ts';
import { random } from '../estate/random.ts';
import { benchPostgres } from '../postgres.ts';
import { type Result, report } from '../report.ts';
import { type Contender, interleaved, type Measured, medianOf, quantile } from '../rounds.ts';
import { compareActivations } from './compare.ts';
import { activation as activationOf, type Eligible, eligibles } from './eligible.ts';
import { type BenchEngine, batchesOfOne, benchEngine, endAll, recordings, type Submit } from './engines.ts';
import { type Plain, plain } from './plain.ts';

const OURS = 'Postern: whole activations through the engine';
const OF_ONE = 'Postern: the same with batches of one';
const RECORD = 'Postern: record alone, all callers in one batch';
const SIX = 'six round trips: the plain transaction';
const FLOOR = 'floor: one row inserted and committed';

/** How many call at once, and how many activations a round has. */
const SETTINGS = [
  { callers: 1, jobs: 128, alone: 128 },
  { callers: 32, jobs: 512, alone: 128 },
  { callers: 256, jobs: 1_024, alone: 256 },
];
const PEOPLE = 1_024;
const ROUNDS = 5;
const CONNECTIONS_MAX = 32;
const chance = random(23);

type Setting = (typeof SETTINGS)[number];

/** Somebody asks for a role they are eligible for and holds it: ours beside the same server's floor and the usual way. */
export async function activation(): Promise<void> {
  await using postgres = await benchPostgres();
  const people = eligibles(PEOPLE);
  await using bench = await benchEngine(postgres.connection, people);
  const compared = await compareActivations(bench, commandsFor(people), batchesOfOne(bench));
  for (const setting of SETTINGS) {
    await using peer = await plain(postgres.connection, people, Math.min(setting.callers, CONNECTIONS_MAX));
    report(await measure(setting, bench, peer, people, compared));
  }
}

const commandsFor = (people: readonly Eligible[]): readonly SelfActivate[] =>
  people.map((who) => activationOf(who, chance));

async function measure(
  { callers, jobs, alone }: Setting,
  bench: BenchEngine,
  peer: Plain,
  people: readonly Eligible[],
  compared: number,
): Promise<Result> {
  const waits: number[] = [];
  const submit: Submit = (command) => bench.engine.submit(command, bench.engine.ids.guid());
  const contenders = [
    engineRounds(OURS, bench, submit, callers, people.slice(0, jobs), waits),
    ...(callers > 1
      ? [
          engineRounds(OF_ONE, bench, batchesOfOne(bench), callers, people.slice(0, alone)),
          recordRounds(bench, callers, people.slice(0, jobs)),
        ]
      : []),
    plainRounds(SIX, callers, people.slice(0, jobs), peer.sixRoundTrips),
    plainRounds(FLOOR, callers, people.slice(0, jobs), peer.oneRow),
  ];
  const measured = await interleaved(contenders, ROUNDS);
  await mustBeThere(peer, jobs * ROUNDS);
  return {
    figure: 'activation',
    setting: { callers },
    unit: '/s',
    compared,
    measured,
    ratios: ratiosOf(measured),
    more: { 'median wait, ms': quantile(waits, 0.5), 'p99 wait, ms': quantile(waits, 0.99) },
  };
}

const engineRounds = (
  name: string,
  bench: BenchEngine,
  submit: Submit,
  callers: number,
  people: readonly Eligible[],
  waits: number[] = [],
): Contender => ({
  name,
  round: async () => {
    const driven = await drive(callers, commandsFor(people), async (command) => {
      const outcome = await submit(command);
      if (!outcome.ok) throw new Error(`an activation was refused: ${JSON.stringify(outcome.refusals)}`);
    });
    await endAll(bench);
    waits.push(...driven.waits);
    return driven.perSecond;
  },
});

// As the engine does it: a batch is written while the next one waits.
const recordRounds = (bench: BenchEngine, callers: number, people: readonly Eligible[]): Contender => ({
  name: RECORD,
  round: async () => {
    const lots = Array.from({ length: people.length / callers }, (_, n) =>
      people.slice(n * callers, (n + 1) * callers),
    );
    const decided = [];
    for (const lot of lots) decided.push(...(await recordings(bench, commandsFor(lot))));
    const driven = await drive(1, decided, async (recording) => void (await bench.store.record(recording)));
    await endAll(bench);
    return (driven.perSecond * people.length) / decided.length;
  },
});

const plainRounds = (
  name: string,
  callers: number,
  people: readonly Eligible[],
  work: (who: Eligible) => Promise<void>,
): Contender => ({
  name,
  round: async () => rate(await drive(callers, people, work)),
});

const rate = ({ perSecond }: Driven): number => perSecond;

async function mustBeThere(peer: Plain, expected: number): Promise<void> {
  const { activations, rows } = await peer.counts();
  if (activations !== expected || rows !== expected)
    throw new Error(`of ${expected} there are ${activations} plain activations and ${rows} rows`);
}

function ratiosOf(measured: readonly Measured[]): Result['ratios'] {
  const [ours, six, floor] = [OURS, SIX, FLOOR].map((name) => medianOf(measured, name)) as [
    number,
    number,
    number,
  ];
  const batched = measured.some(({ name }) => name === OF_ONE);
  return {
    'of the plain transaction': ours / six,
    'of the floor': ours / floor,
    ...(batched ? { 'of batches of one': ours / medianOf(measured, OF_ONE) } : {}),
    ...(batched ? { 'record alone: of the plain transaction': medianOf(measured, RECORD) / six } : {}),
  };
}
