import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import { after, days, duration, hours, type Instant, type RequestId } from '../../src/core/values.ts';
import { emptyWorld } from '../../src/core/world.ts';
import type { Store } from '../../src/engine/ports.ts';
import * as the from '../store/samples.ts';
import { DEBIAN_15, hasDebian15, type TestPostgres, testPostgres } from '../store/testPostgres.ts';
import {
  APPROVER,
  activate,
  approvalNeeded,
  approve,
  assign,
  cancel,
  does,
  name,
  names,
  person,
  place,
  remove,
  tick,
  won,
} from './racing.ts';
import { type Replica, replicaOn } from './replica.ts';

const PEOPLE = Array.from({ length: 250 }, (_, i) => the.person(i));
const ROUNDS = { closing: 30, activating: 10 };

let server: TestPostgres;
let a: Replica;
let b: Replica;
let now: Instant = the.START;

beforeAll(async () => {
  server = await testPostgres(hasDebian15 ? DEBIAN_15 : undefined);
  const { connection } = await server.database();
  a = await replicaOn(connection, { start: now });
  b = await replicaOn(connection, { start: now });
  await does(a.engine, place(the.ROOT, null));
  await does(a.engine, place(the.SUBSCRIPTION, the.ROOT), ...[...PEOPLE, APPROVER].map((id) => person(id)));
});
afterAll(async () => {
  await a?.stop();
  await b?.stop();
  await server?.stop();
});

function turn(by: Parameters<typeof after>[1]): void {
  now = after(now, by);
  a.clock.set(now);
  b.clock.set(now);
}

const HEAD_START = 20;

test('INV-L2: of approve, cancel and time-out on two replicas exactly one closes a request, 7,500 times', async () => {
  await does(a.engine, approvalNeeded(true), ...PEOPLE.map((id) => assign(name(), id)));
  const wins = [0, 0, 0];
  for (let round = 0; round < ROUNDS.closing; round++) {
    const ids = names(PEOPLE.length);
    await does(round % 2 ? a.engine : b.engine, ...PEOPLE.map((id, i) => activate(ids[i] ?? failed(i), id)));
    // One clock is just before the time-out, the other just there.
    turn(duration(days(1) - 1));
    b.clock.set(after(now, duration(1)));
    const mixed = ids.flatMap((id, i) => (i % 2 ? [cancel(id), approve(id)] : [approve(id), cancel(id)]));
    // A few are answered before the other clock strikes; whoever is quicker wins the rest.
    const early = await won(a.engine, mixed.slice(0, HEAD_START));
    const [rest, late] = await Promise.all([
      won(a.engine, mixed.slice(HEAD_START)),
      won(b.engine, ids.toReversed().map(tick)).then((list) => list.toReversed()),
    ]);
    const answered = [...early, ...rest];
    for (const [i] of ids.entries()) {
      const [first = false, second = false] = answered.slice(2 * i);
      const outcome = i % 2 ? [second, first, late[i]] : [first, second, late[i]];
      expect(outcome.filter(Boolean).length, `round ${round}: ${outcome}`).toBe(1);
      for (const [by, done] of outcome.entries()) wins[by] = (wins[by] ?? 0) + Number(done);
    }
    turn(hours(2));
    await a.engine.tick();
  }
  expect(wins.reduce((sum, n) => sum + n, 0)).toBe(PEOPLE.length * ROUNDS.closing);
  expect(Math.min(...wins), `a race that one always wins is none: ${wins}`).toBeGreaterThan(0);
});

test('INV-L4, INV-T6: of two activations and the removal of what they use, one counts and nothing is left, 2,500 times', async () => {
  await does(a.engine, approvalNeeded(false));
  for (let round = 0; round < ROUNDS.activating; round++) {
    if (round > 0) await does(b.engine, ...PEOPLE.map((id) => assign(name(), id)));
    const [one, two, three] = [names(PEOPLE.length), names(PEOPLE.length), names(PEOPLE.length)];
    const of = (make: typeof activate, ids: readonly RequestId[]) =>
      PEOPLE.map((id, i) => make(ids[i] ?? failed(i), id));
    const [first, second, removed] = await Promise.all([
      won(a.engine, of(activate, one)),
      won(b.engine, of(activate, two).toReversed()).then((list) => list.toReversed()),
      won(round % 2 ? a.engine : b.engine, of(remove, three)),
    ]);
    expect(removed.every(Boolean)).toBe(true);
    for (const i of PEOPLE.keys()) expect(Number(first[i]) + Number(second[i])).toBeLessThanOrEqual(1);
    turn(hours(2));
  }
  const open = await a.engine.store.schedules({
    plane: 'azure',
    kind: 'assignment',
    standingAt: now,
    limit: 9,
  });
  expect(open.rows).toEqual([]);
});

test('INV-U1: after all races the log folds to the tables, each request closed by one line, in the order of time', async () => {
  const folded = emptyWorld();
  const closings = new Map<string, number>();
  let latest = the.START;
  for await (const event of told(a.engine.store)) {
    evolve(folded, event);
    expect(latest - event.at).toBeLessThanOrEqual(1_000);
    latest = Math.max(latest, event.at) as Instant;
    if (event.type === 'requestMoved' && folded.request.get(event.request)?.closedAt === event.at)
      closings.set(event.request, (closings.get(event.request) ?? 0) + 1);
  }
  expect(folded).toEqual((await b.engine.store.everything()).world);
  expect([...folded.request.values()].filter((r) => r.state === 'pendingApproval')).toEqual([]);
  expect(new Set(closings.values())).toEqual(new Set([1]));
  await Promise.all([a.engine.fresh(), b.engine.fresh()]);
});

async function* told(store: Store): AsyncGenerator<Event> {
  for (let seq = 0, more = true; more; ) {
    const lines = await store.linesAfter(seq, 5_000);
    for (const line of lines) yield line.event;
    more = lines.length > 0;
    seq = lines.at(-1)?.seq ?? seq;
  }
}

const failed = (i: number): never => {
  throw new Error(`there is no ${i}`);
};
