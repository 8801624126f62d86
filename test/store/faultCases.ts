import pg from 'pg';
import { expect } from 'vitest';
import { emptyWorld } from '../../src/core/world.ts';
import { Conflict, StoreUnavailable } from '../../src/engine/ports.ts';
import { connect } from '../../src/store/connect.ts';
import { until } from '../../src/store/embedded/testFolder.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import { historian, recordingOf } from './history.ts';
import type { Cases } from './openStore.ts';
import * as the from './samples.ts';
import type { TestDatabase } from './testPostgres.ts';

const BATCH = recordingOf(emptyWorld(), [the.scopePut(the.ROOT, null), the.made(the.schedule(1))]).recording;

/** Another connection, as the owner of everything. */
async function owner(database: TestDatabase, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(database.connection);
  await client.connect();
  await use(client).finally(() => client.end());
}

/** The backend that waits for a lock, once one does. Asked on a connection of its own: a transaction sees the same all along. */
async function whoWaits(database: TestDatabase): Promise<number> {
  let pid: number | undefined;
  await owner(database, (client) =>
    until(async () => {
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      pid = rows[0]?.pid;
      return pid !== undefined;
    }),
  );
  return pid ?? 0;
}

export const FAULTS: Cases<TestDatabase> = {
  'INV-U3: the server cannot change, remove or unguard a line of the log, nor change the schema': async ({
    pool,
  }) => {
    const store = postgresStore(pool);
    await store.record(BATCH);
    const before = await store.linesAfter(0, 10);
    for (const text of [
      'update log set actor = actor',
      'delete from log',
      'truncate log',
      'drop table log',
      'alter table log disable trigger all',
      'drop trigger log_only_grows on log',
      'create table mine ()',
      'truncate schedule',
    ]) {
      await expect(pool.query(text), text).rejects.toMatchObject({ code: '42501' });
    }
    expect(await store.linesAfter(0, 10)).toEqual(before);
  },

  'INV-U3: even the owner is refused; only the retention role may shorten the log': async (database) => {
    await postgresStore(database.pool).record(BATCH);
    await owner(database, async (client) => {
      for (const text of ['update log set actor = actor', 'delete from log', 'truncate log']) {
        await expect(client.query(text)).rejects.toThrow('the log only grows');
      }
      await client.query('set role postern_retention');
      await expect(client.query('update log set actor = actor')).rejects.toMatchObject({ code: '42501' });
      expect((await client.query('delete from log where seq = 1')).rowCount).toBe(1);
    });
  },

  'INV-U2: when the log cannot be written nothing is': async (database) => {
    const store = postgresStore(database.pool);
    await owner(database, async (client) => {
      await client.query(`alter table log add constraint full_up check (type <> 'scheduleCreated')`);
    });
    await expect(store.record(BATCH)).rejects.toMatchObject({ code: '23514' });
    expect(await store.everything()).toEqual({ world: emptyWorld(), seq: 0 });
  },

  'INV-D1: a write whose backend is killed midway leaves nothing, and the next one goes through': async (
    database,
  ) => {
    const store = postgresStore(database.pool);
    await owner(database, async (client) => {
      await client.query('begin');
      await client.query('lock table log in share mode');
      const writing = store.record(BATCH).catch((error: unknown) => error);
      await client.query(`select pg_terminate_backend(${await whoWaits(database)})`);
      expect(await writing).toBeInstanceOf(StoreUnavailable);
      await client.query('commit');
    });
    expect(await store.everything()).toEqual({ world: emptyWorld(), seq: 0 });
    expect(await store.record(BATCH)).toBe(2);
  },

  'INV-U4: a reader that asks for what is greater never misses a writer that was slow to commit': async (
    database,
  ) => {
    const store = postgresStore(database.pool);
    await owner(database, async (client) => {
      // A slow writer has its change numbers and has not committed; another one comes after it.
      await client.query('begin');
      await client.query(`select record_batch('{"expected":[],"made":{},"changed":{},"verifiers":[],"seen":null,"lines":[
          {"at":"2030-01-01T00:00:00Z","actor":"a","correlation":"c","event":{"type":"refused"},"entity":null}]}')`);
      const second = store.record(BATCH);
      await whoWaits(database);
      expect(await store.linesAfter(0, 10)).toEqual([]);
      await client.query('commit');
      expect(await second).toBe(3);
    });
    expect((await store.linesAfter(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  },

  'a write tells the others how far the log has come': async (database) => {
    await owner(database, async (client) => {
      const heard = new Promise((resolve) => client.on('notification', resolve));
      await client.query('listen postern');
      await postgresStore(database.pool).record(BATCH);
      expect(await heard).toMatchObject({ channel: 'postern', payload: '2' });
    });
  },

  'INV-D6: a database that is read-only refuses a write as unavailable, and still answers': async (
    database,
  ) => {
    const { connection } = database;
    await owner(database, async (client) => {
      await client.query(`alter database ${connection.database} set default_transaction_read_only = on`);
    });
    const pool = connect({ connection });
    const store = postgresStore(pool);
    await expect(store.record(BATCH)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.scopes()).toEqual([]);
    await pool.end();
  },

  'INV-D6: a write that cannot get its turn ends at the deadline as unavailable, and a free connection still works':
    async (database) => {
      const pool = connect({ connection: database.connection, timeoutMs: 300 });
      const store = postgresStore(pool);
      await owner(database, async (client) => {
        await client.query('begin');
        await client.query('select * from log_head for update');
        await expect(store.record(BATCH)).rejects.toBeInstanceOf(StoreUnavailable);
        expect(await store.scopes()).toEqual([]);
      });
      expect(await store.record(BATCH)).toBe(2);
      await pool.end();
    },

  'a conflict leaves the connection as it was, with its plans': async (database) => {
    const pool = connect({ connection: database.connection, connectionsMax: 1 });
    const store = postgresStore(pool);
    const { happens, world } = historian(store);
    const backend = async () => (await pool.query('select pg_backend_pid() as pid')).rows[0].pid;
    await happens(the.made(the.schedule(1)));
    const before = await backend();
    const overlapping = recordingOf(world(), [the.made(the.schedule(2))]).recording;
    await expect(store.record(overlapping)).rejects.toBeInstanceOf(Conflict);
    expect(await backend()).toBe(before);
    await pool.end();
  },
};
