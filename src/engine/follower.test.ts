import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelStore } from '../../test/sim/modelStore.ts';
import { factsIn, historian } from '../../test/store/history.ts';
import { aimed, beginning, type Step, steps } from '../../test/store/randomCommands.ts';
import * as the from '../../test/store/samples.ts';
import { SYSTEM } from '../core/actor.ts';
import type { Command } from '../core/command.ts';
import type { Instant } from '../core/values.ts';
import { emptyWorld } from '../core/world.ts';
import { type Engine, engine } from './engine.ts';
import { type Store, StoreUnavailable } from './ports.ts';

const OPEN = { monotonic: () => 0, boundMs: () => Number.POSITIVE_INFINITY, clockErrorMs: () => 0 };
const GUID = the.guid(1);
const AT_START = { now: () => the.START };
const { world: _none, ...FACTS } = factsIn(emptyWorld());

interface Setting {
  readonly now: () => Instant;
  readonly boundMs?: () => number;
  readonly monotonic?: () => number;
  readonly clockErrorMs?: () => number | null;
}
const on = (store: Store, { now, ...peers }: Setting): Promise<Engine> =>
  engine({ store, clock: { now }, ids: { guid: () => GUID }, facts: FACTS, peers: { ...OPEN, ...peers } });

/** Everything an index says, to compare with what the store says. */
function contents(one: Engine) {
  const holders = [1, 2, 3].map(the.person).concat([1, 2].map(the.group));
  const schedules = holders.flatMap((id) => [
    ...one.access.assignmentsOf(id),
    ...one.access.eligibilitiesOf(id),
  ]);
  return {
    schedules: schedules.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    principals: holders.map((id) => one.access.principal(id)),
    scopes: [...one.access.scopes()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

// Fails here and there after the write happened, so that nobody knows whether it did.
const doubtful = (store: Store, fails: () => boolean): Store => ({
  ...store,
  record: async (recording) => {
    const seq = await store.record(recording);
    if (fails()) throw new StoreUnavailable('the answer was lost');
    return seq;
  },
});

const given = async (store: Store, step: Step, now: Instant): Promise<Command> => {
  const command = aimed(step, (await store.everything()).world);
  return command.type === 'tick' ? { ...command, ...(await store.due(now, 100)) } : command;
};

async function begun(): Promise<Store> {
  const store = modelStore();
  const life = historian(store);
  for (const command of beginning) await life.command(command, the.START);
  return store;
}

const onlyUnavailable = (error: unknown): void => {
  if (!(error instanceof StoreUnavailable)) throw error;
};

test('INV-Z5: replicas that follow the log know what the store says, in any interleaving, also when answers are lost', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat(99)), async (todo, chance) => {
      const roll = () => chance.next().value ?? 0;
      const store = await begun();
      let now = the.START;
      const clock = { now: () => now };
      const all = [
        await on(store, clock),
        await on(
          doubtful(store, () => roll() < 10),
          clock,
        ),
      ] as const;
      const either = () => all[(roll() % 2) as 0 | 1];
      for (const step of todo) {
        now = (now + step.wait * 60_000) as Instant;
        const doing = either().submit(await given(store, step, now), GUID);
        if (roll() < 30) await either().follower.catchUp();
        await doing.catch(onlyUnavailable);
        if (roll() < 30) either().follower.rang((await store.everything()).seq);
      }
      for (const one of all) await one.follower.catchUp();
      const told = contents(await on(store, clock));
      for (const one of all) expect(contents(one)).toEqual(told);
    }),
    { numRuns: 60 },
  );
});

const grant = (n: number): Command => ({
  type: 'grant',
  actor: SYSTEM,
  schedule: the.schedule(n),
  holding: { plane: 'azure', role: the.READER, scope: the.SUBSCRIPTION, principal: the.person(1) },
  principalKind: null,
  note: null,
  condition: null,
});
const withdraw = (n: number): Command => ({ type: 'withdraw', actor: SYSTEM, schedule: the.schedule(n) });
const asked = {
  plane: 'azure',
  principal: the.person(1),
  action: 'anything/read',
  scope: the.SUBSCRIPTION,
} as const;

test('INV-Z5: what a replica ended before it heard how it began does not come back when it hears', async () => {
  const store = await begun();
  // The log as it comes in: line after line.
  const slowly = {
    ...store,
    linesAfter: async (seq: number) => (await store.linesAfter(seq, 1)).slice(0, 1),
  };
  const [a, b] = [await on(store, AT_START), await on(slowly, AT_START)];
  await a.submit(grant(1), GUID);
  expect(a.check(asked).allowed).toBe(true);
  await b.submit(withdraw(1), GUID);
  for (let line = 0; line < 4; line++) {
    expect(b.check(asked).allowed).toBe(false);
    await b.follower.catchUp();
  }
  await a.follower.catchUp();
  expect(a.check(asked).allowed).toBe(false);
});

test('a replica reads everything again when the log no longer has what it missed', async () => {
  const store = await begun();
  let first = 0;
  const shortened = {
    ...store,
    linesAfter: async (seq: number, limit: number) => store.linesAfter(Math.max(seq, first), limit),
  };
  const [a, b] = [await on(store, AT_START), await on(shortened, AT_START)];
  await a.submit(grant(1), GUID);
  first = (await store.everything()).seq;
  await a.submit(grant(2), GUID);
  await b.follower.catchUp();
  expect(contents(b)).toEqual(contents(a));
});

test('INV-Z5: a replica that has not heard within its bound asks the store, and refuses when it has no answer', async () => {
  const store = await begun();
  let [time, away] = [0, false];
  const failing: Store = {
    ...store,
    linesAfter: async (seq, limit) => {
      if (away) throw new StoreUnavailable('away');
      return store.linesAfter(seq, limit);
    },
  };
  const a = await on(store, AT_START);
  const b = await on(failing, { ...AT_START, monotonic: () => time, boundMs: () => 1_000 });
  await a.submit(grant(1), GUID);
  time = 1_000;
  expect(b.check(asked).allowed, 'within the bound it knows what it knew').toBe(false);
  time = 1_001;
  for (const ask of [
    () => b.check(asked),
    () => b.allows({ id: the.person(1) }, 'azure', 'a/read', the.ROOT),
    () => b.groupsOf(the.person(1)),
  ])
    expect(ask).toThrow(StoreUnavailable);
  away = true;
  await expect(b.fresh()).rejects.toBeInstanceOf(StoreUnavailable);
  away = false;
  await b.fresh();
  expect(b.check(asked).allowed).toBe(true);
  time = 2_500;
  b.follower.heard((await store.everything()).seq, 2_400);
  expect(b.check(asked).allowed).toBe(true);
});

test.each([null, 1_001])(
  'INV-T4: with a clock that may be %s ms wrong nothing is allowed, decided or announced',
  async (clockError) => {
    const store = await begun();
    let error: number | null = 1_000;
    const one = await on(store, { ...AT_START, clockErrorMs: () => error });
    await one.submit(grant(1), GUID);
    expect(one.check(asked).allowed).toBe(true);
    error = clockError;
    expect(() => one.check(asked)).toThrow('TimeUncertain');
    await expect(one.fresh()).rejects.toThrow('TimeUncertain');
    await expect(one.submit(withdraw(1), GUID)).rejects.toThrow('TimeUncertain');
    error = 1;
    expect(one.check(asked).allowed).toBe(true);
  },
);

test('INV-T2: a replica decides no earlier than what another has recorded, though it has not heard of it', async () => {
  const store = await begun();
  const later = the.at(30);
  const [a, b] = [await on(store, { now: () => later }), await on(store, AT_START)];
  await a.submit(grant(1), GUID);
  const outcome = await b.submit(withdraw(1), GUID);
  expect([outcome.ok, outcome.now, b.now()]).toEqual([true, later, later]);
  await b.refused(the.person(1), 'nothing', [], GUID);
  expect((await store.linesAfter(0, 999)).at(-1)?.event.at).toBe(later);
});

test('INV-D5: of two replicas that announce the same ends one does, and the other is quiet', async () => {
  const store = await begun();
  let now = the.START;
  const clock = { now: () => now };
  const [a, b] = [await on(store, clock), await on(store, clock)];
  now = the.at(60 * 24 * 40);
  const due = await store.due(now, 99);
  expect(due.schedules.length).toBeGreaterThan(3);
  await Promise.all([a.tick(), b.tick(), b.tick()]);
  const lines = await store.linesAfter(0, 999);
  const ends = lines.flatMap(({ event }) => (event.type === 'accessEnded' ? [event.schedule] : []));
  expect(ends.toSorted()).toEqual([...new Set(due.schedules)].toSorted());
});
