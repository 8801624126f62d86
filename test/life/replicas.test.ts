import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../src/store/embedded/testFolder.ts';
import { freePort, type ServerProcess, serverProcess } from '../serverProcess.ts';
import { DEBIAN_15, hasDebian15, type TestPostgres, testPostgres } from '../store/testPostgres.ts';
import { type Reply, replyOf, type WireClient, wireClient } from '../wireClient.ts';
import { armLife, SCOPE } from './armLife.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await testPostgres(hasDebian15 ? DEBIAN_15 : undefined);
});
afterAll(() => postgres?.stop());

const urlOf = ({ host, user, database }: pg.ClientConfig): string =>
  `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host ?? '')}`;

describe('two servers that start at once on a fresh database', () => {
  test('make its schema, its tenant and its first administrator once, and both serve it', async () => {
    const database = await postgres.emptyDatabase();
    const settings = { POSTERN_DATABASE_URL: urlOf(database), POSTERN_DRAIN: 'PT0S' };
    const both = await Promise.all([1, 2].map(() => serverProcess(settings, undefined, 'serve')));
    try {
      const told = both.filter(({ folder }) => existsSync(path.join(folder, 'admin.env')));
      expect(told.length).toBe(1);
      const owner = new pg.Client(database);
      await owner.connect();
      const { rows } = await owner.query(
        `select (select count(*)::int from principal) as people, (select count(*)::int from credential) as credentials,
          (select count(*)::int from log where type = 'scopePut' and entity_id = '/') as tenants`,
      );
      await owner.end();
      expect(rows).toEqual([{ people: 1, credentials: 1, tenants: 1 }]);
    } finally {
      await Promise.all(both.map((server) => server.remove()));
    }
  });
});

describe('two servers on one PostgreSQL', () => {
  let a: ServerProcess;
  let b: ServerProcess;
  let owner: pg.Client;
  let client: WireClient;
  const lives = {
    a: armLife(() => client),
    b: armLife(() => at(b.url)),
  };

  beforeAll(async () => {
    const connection = await postgres.emptyDatabase();
    const [one, two] = [await freePort(), await freePort()];
    const settings = {
      POSTERN_DATABASE_URL: urlOf(connection),
      POSTERN_PUBLIC_URL: `https://localhost:${one},https://localhost:${two}`,
      POSTERN_ACTIVATION_FLOOR: 'PT0S',
      POSTERN_DRAIN: 'PT1S',
    };
    a = await serverProcess({ ...settings, POSTERN_PORT: String(one) });
    b = await serverProcess({ ...settings, POSTERN_PORT: String(two) }, undefined, 'serve');
    client = wireClient(a.env());
    owner = new pg.Client(connection);
    owner.on('error', () => {});
    await owner.connect();
  });
  afterAll(async () => {
    if (process.env['POSTERN_TEST_OUTPUT']) console.log(a?.output(), b?.output());
    await b?.remove();
    await a?.remove();
    await owner?.end().catch(() => {});
  });

  /** The same people, with the tokens the first server gave them, at another server. */
  const at = (url: string): WireClient => ({
    token: client.token,
    as: (who) => async (method, target, body) =>
      replyOf(
        await fetch(url + target, {
          method,
          headers: { authorization: `Bearer ${await client.token(who)}`, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
  });
  const cancel = (name: string): Promise<Reply> =>
    at(b.url).as('user')(
      'POST',
      `${SCOPE}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${name}/cancel?api-version=2020-10-01`,
    );

  test('INV-Z5, INV-Z7: who activates at one is let in at the other, and no longer when it is over', async () => {
    await lives.a.assign();
    await lives.a.activate();
    await until(() => lives.b.allowed(), 5_000);
    await lives.b.deactivate();
    await until(async () => !(await lives.a.allowed()), 5_000);
  });

  test('INV-L2: a yes at one and a cancellation at the other: one of the two counts', async () => {
    await lives.a.approvalRequired(true);
    for (let round = 0; round < 12; round++) {
      const pending = await lives.a.activate();
      const [yes, no] = await Promise.all([
        lives.a.approve(String(pending.body['properties']?.['approvalId'])),
        cancel(String(pending.body['name'])),
      ]);
      expect([yes.status, no.status].filter((status) => status < 300).length, JSON.stringify([yes, no])).toBe(
        1,
      );
      await until(async () => (await lives.b.allowed()) === yes.status < 300);
      if (yes.status < 300) await lives.b.deactivate();
    }
    await lives.a.approvalRequired(false);
  });

  test('INV-L4, INV-T6: two activations and a removal at both at once: at most one activation, and nothing stays', async () => {
    for (let round = 0; round < 8; round++) {
      const [one, two, removed] = await Promise.all([
        lives.a.activate(),
        lives.b.activate(),
        round % 2 ? lives.a.remove() : lives.b.remove(),
      ]);
      expect([one.status, two.status].filter((status) => status < 300).length).toBeLessThanOrEqual(1);
      expect(removed.body['properties']?.['status']).toBe('Revoked');
      await until(async () => (await lives.a.held()) === 0 && (await lives.b.held()) === 0);
      await lives.a.assign();
    }
  });

  test('INV-D1, INV-D6: one killed and started again, PostgreSQL too: meanwhile 503 with Retry-After at most, and nothing is lost', async () => {
    const odd: unknown[] = [];
    const acknowledged: string[] = [];
    let going = true;
    const load = (async () => {
      while (going) {
        const name = randomUUID();
        const reply = await lives.a.activateOnce(name);
        if (reply.status === 201) acknowledged.push(name);
        else if (reply.status !== 503 || !reply.headers.get('retry-after')) odd.push(reply);
        await lives.a.deactivate();
      }
    })();
    await until(() => acknowledged.length > 3);
    b.kill();
    await b.ended();
    await b.start();
    const before = acknowledged.length;
    process.kill(await postmaster(owner), 'SIGKILL');
    await until(() => acknowledged.length > before + 3, 60_000);
    going = false;
    await load;
    expect(odd).toEqual([]);
    for (const name of acknowledged) expect((await lives.b.request(name)).status).toBe(200);
    expect(await lives.b.held()).toBe(await lives.a.held());
  });

  test('each in turn stopped and started again: no request fails', async () => {
    const odd: unknown[] = [];
    let served = 0;
    let going = true;
    const ready = async ({ url }: ServerProcess) =>
      (await fetch(`${url}/readyz`).catch(() => null))?.status === 200;
    const open = new Set<ServerProcess>([a, b]);
    const watch = (async () => {
      while (going) {
        for (const one of [a, b]) (await ready(one)) ? open.add(one) : open.delete(one);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    const load = async (turn: number) => {
      while (going) {
        const to = [...open][turn++ % open.size];
        if (!to) throw new Error('neither is ready');
        const reply = await at(to.url)
          .as('admin')(
            'GET',
            `${SCOPE}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`,
          )
          .catch((error: unknown) => error);
        if ((reply as Reply).status === 200) served += 1;
        else odd.push(reply);
      }
    };
    const loads = [0, 1, 2].map(load);
    for (const one of [b, a]) {
      expect(odd).toEqual([]);
      await one.stop();
      expect(open.has(one)).toBe(false);
      const before = served;
      await until(() => served > before + 5);
      await one.start();
      await until(() => open.has(one));
    }
    going = false;
    await Promise.all([watch, ...loads]);
    expect(odd).toEqual([]);
    expect(served).toBeGreaterThan(20);
  });
});

async function postmaster(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ data_directory: string }>('show data_directory');
  return Number(
    readFileSync(path.join(rows[0]?.data_directory ?? '', 'postmaster.pid'), 'utf8').split('\n')[0],
  );
}
