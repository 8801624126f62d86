import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyWorld } from '../../src/core/world.ts';
import { connect } from '../../src/store/connect.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import { type ServerProcess, serverProcess } from '../serverProcess.ts';
import { type WireClient, wireClient } from '../wireClient.ts';
import { armLife } from './armLife.ts';

let server: ServerProcess;
let client: WireClient;
const life = armLife(() => client);

async function begin(): Promise<void> {
  server = await serverProcess({ POSTERN_CLOCK: 'manual', POSTERN_ACTIVATION_FLOOR: 'PT0S' });
  client = wireClient(server.env());
}
const end = async () => {
  if (process.env['POSTERN_TEST_OUTPUT']) console.log(server?.output());
  await server?.remove();
};

async function restart(): Promise<void> {
  await server.ended();
  await server.start();
  client = wireClient(server.env());
}

const FAULTS: readonly (readonly [string, () => Promise<void>])[] = [
  ['nothing happens', async () => {}],
  [
    'the server is killed',
    async () => {
      server.kill();
      await restart();
    },
  ],
  [
    'the postmaster is killed',
    async () => {
      await server.killPostmaster();
    },
  ],
  [
    'both are killed',
    async () => {
      await server.killPostmaster();
      server.kill();
      await restart();
    },
  ],
];

describe.each(FAULTS)(
  'INV-D1: the whole life of an eligible role while between each two steps %s',
  (_, between) => {
    beforeAll(begin);
    afterAll(end);

    test('nothing acknowledged is lost and nothing outlives its end', async () => {
      expect((await life.assign()).body['properties']?.['status']).toBe('Provisioned');
      await between();
      expect([await life.allowed(), await life.held()]).toEqual([false, 0]);
      const name = randomUUID();
      expect((await life.activate(name)).status).toBe(201);
      await between();
      expect([await life.allowed(), await life.held()]).toEqual([true, 1]);
      expect((await life.activate(name)).status).toBe(201);
      await life.advance('PT59M59S');
      await between();
      expect([await life.allowed(), await life.held()]).toEqual([true, 1]);
      await life.advance('PT1S');
      await between();
      expect([await life.allowed(), await life.held()]).toEqual([false, 0]);
      await life.approvalRequired(true);
      await between();
      const pending = await life.activate();
      expect(pending.body['properties']?.['status']).toBe('PendingApproval');
      await between();
      expect([await life.allowed(), await life.held()]).toEqual([false, 0]);
      const approved = await life.approve(String(pending.body['properties']?.['approvalId']));
      expect(approved.status, JSON.stringify(approved.body)).toBe(200);
      await between();
      expect([await life.allowed(), await life.held()]).toEqual([true, 1]);
      expect((await life.deactivate()).body['properties']?.['status']).toBe('Revoked');
      await between();
      expect([await life.allowed(), await life.held()]).toEqual([false, 0]);
      await life.approvalRequired(false);
      await life.activate();
      await between();
      expect((await life.remove()).body['properties']?.['status']).toBe('Revoked');
      await between();
      expect([await life.allowed(), await life.held()]).toEqual([false, 0]);
      expect((await life.activate()).body['error']?.['code']).toBe('RoleAssignmentDoesNotExist');
    });
  },
);

describe('after kills in the middle of requests', () => {
  beforeAll(begin);
  afterAll(end);

  test('INV-D1: a request whose answer was lost is wholly there or wholly absent, and the same name finds out which', async () => {
    await life.assign();
    for (let round = 0; round < 8; round++) {
      const name = randomUUID();
      const lost = life.activateOnce(name).catch(() => null);
      await delivered(round);
      server.kill();
      if (round % 2 === 0) await server.killPostmaster();
      await restart();
      const found = await life.request(name);
      const held = await life.held();
      expect([200, 404]).toContain(found.status);
      expect(held, 'a request without a schedule, or a schedule without a request').toBe(
        found.status === 200 ? 1 : 0,
      );
      expect(await life.allowed()).toBe(found.status === 200);
      await lost;
      expect((await life.activate(name)).status).toBe(201);
      expect(await life.held()).toBe(1);
      await life.deactivate();
    }
    await life.remove();
  });

  test('INV-U1: after all that, folding the log gives the tables', async () => {
    const store = postgresStore(
      connect({
        connection: { host: path.join(server.folder, 'run'), user: 'postern', database: 'postern' },
      }),
    );
    try {
      const folded = emptyWorld();
      let seq = 0;
      for (
        let lines = await store.linesAfter(0, 5_000);
        lines.length > 0;
        lines = await store.linesAfter(seq, 5_000)
      ) {
        for (const line of lines) evolve(folded, line.event);
        seq = lines.at(-1)?.seq ?? seq;
      }
      const { world } = await store.everything();
      expect(seq).toBeGreaterThan(200);
      expect(folded).toEqual(world);
    } finally {
      await store.close();
    }
  });
});

// Lets the request get further and further before the kill: turns of the event loop, not a time.
async function delivered(turns: number): Promise<void> {
  for (let i = 0; i < turns * 40; i++) await new Promise((resolve) => setImmediate(resolve));
}
