import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '../../src/core/actor.ts';
import type { Command } from '../../src/core/command.ts';
import { scheduleId } from '../../src/core/values.ts';
import { StoreUnavailable } from '../../src/engine/ports.ts';
import { until } from '../../src/store/embedded/testFolder.ts';
import * as the from '../store/samples.ts';
import { DEBIAN_15, hasDebian15, type TestPostgres, testPostgres } from '../store/testPostgres.ts';
import { type Cable, cableTo } from './cable.ts';
import { does, person, place } from './racing.ts';
import { type Replica, replicaOn } from './replica.ts';

let server: TestPostgres;
let owner: pg.Client;
let cable: Cable;
let a: Replica;
let b: Replica;

beforeAll(async () => {
  server = await testPostgres(hasDebian15 ? DEBIAN_15 : undefined);
  const { connection } = await server.database();
  owner = new pg.Client(connection);
  await owner.connect();
  cable = await cableTo(connection);
  a = await replicaOn(connection, { start: the.START });
  b = await replicaOn(cable.connection, { start: the.START, timeoutMs: 1_000 });
  await does(a.engine, place(the.ROOT, null));
  await does(a.engine, place(the.SUBSCRIPTION, the.ROOT), person(the.person(1)));
});
afterAll(async () => {
  await b?.stop();
  await a?.stop();
  await cable?.remove();
  await owner?.end();
  await server?.stop();
});

const asked = {
  plane: 'azure',
  principal: the.person(1),
  action: 'anything/read',
  scope: the.SUBSCRIPTION,
} as const;
const allowed = () => b.engine.check(asked).allowed;
const says = (answer: boolean) => () => !refuses() && allowed() === answer;
function refuses(): boolean {
  try {
    allowed();
    return false;
  } catch (error) {
    return error instanceof StoreUnavailable;
  }
}
const grant = (schedule: ReturnType<typeof scheduleId>): Command => ({
  type: 'grant',
  actor: SYSTEM,
  schedule,
  holding: { plane: 'azure', role: the.READER, scope: the.SUBSCRIPTION, principal: the.person(1) },
  principalKind: null,
  note: null,
  condition: null,
});
const withdraw = (schedule: ReturnType<typeof scheduleId>): Command => ({
  type: 'withdraw',
  actor: SYSTEM,
  schedule,
});

/** Gives and takes on one replica; the other must say so within the time. */
async function seenWithin(ms: number): Promise<void> {
  const schedule = scheduleId(randomUUID());
  await does(a.engine, grant(schedule));
  await until(says(true), ms);
  await does(a.engine, withdraw(schedule));
  await until(says(false), ms);
}

test('INV-Z5: what one replica writes the other knows of itself', async () => {
  await seenWithin(5_000);
  expect(b.ear.boundMs()).toBe(1_000);
});

test('INV-Z5: with its ear cut off again and again it still knows within five seconds, and says so of itself', async () => {
  let killing = true;
  const killer = (async () => {
    while (killing) {
      await owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'postern listen'`,
      );
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  try {
    await until(() => b.ear.boundMs() === 5_000);
    await seenWithin(5_000);
  } finally {
    killing = false;
    await killer;
  }
  await until(() => b.ear.boundMs() === 1_000);
  await seenWithin(5_000);
});

test('INV-Z5, INV-Z6: cut off from its database a replica refuses after its bound, and is itself again afterwards', async () => {
  const schedule = scheduleId(randomUUID());
  await does(a.engine, grant(schedule));
  await until(says(true));
  cable.cut();
  const since = performance.now();
  await does(a.engine, withdraw(schedule));
  await until(() => b.ear.boundMs() === 5_000);
  await until(refuses, 7_000);
  expect(performance.now() - since).toBeLessThan(6_500);
  await expect(b.engine.fresh()).rejects.toBeInstanceOf(StoreUnavailable);
  expect(refuses()).toBe(true);
  cable.mend();
  await until(() =>
    b.engine.fresh().then(
      () => true,
      () => false,
    ),
  );
  expect(allowed()).toBe(false);
  await until(() => b.ear.boundMs() === 1_000);
  await seenWithin(5_000);
});
