import pg from 'pg';
import { expect } from 'vitest';
import { StoreUnavailable } from '../../src/engine/ports.ts';
import { connect } from '../../src/store/connect.ts';
import { StoreRefused } from '../../src/store/embedded/refused.ts';
import { migrate } from '../../src/store/migrate.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import type { Cases } from './openStore.ts';
import * as the from './samples.ts';
import type { TestPostgres } from './testPostgres.ts';

async function sql(connection: pg.ClientConfig, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    // Several statements have several results.
    const results = [await client.query({ text, rowMode: 'array' })].flat();
    return results.at(-1)?.rows.flat() ?? [];
  } finally {
    await client.end();
  }
}

export const MIGRATIONS: Cases<TestPostgres> = {
  'an owner who may not create roles is told which an administrator has to create, and nothing is left behind':
    async (server) => {
      const connection = await server.emptyDatabase();
      await sql(
        connection,
        `create role modest login; alter database ${connection.database} owner to modest`,
      );
      const modest = { ...connection, user: 'modest' };
      const refused = migrate(modest, the.START);
      await expect(refused).rejects.toBeInstanceOf(StoreRefused);
      await expect(refused).rejects.toThrow('postern_app and postern_retention');
      expect(await sql(connection, `select to_regclass('scope')`)).toEqual([null]);
      await sql(connection, 'create role postern_app nologin; create role postern_retention nologin');
      await expect(migrate(modest, the.START)).rejects.toThrow('grant postern_app to modest');
      await sql(connection, 'grant postern_app to modest');
      expect(await migrate(modest, the.START)).toContain('0001_state.sql');
      const pool = connect({ connection: modest });
      expect(await postgresStore(pool).scopes()).toEqual([]);
      await pool.end();
    },

  'an owner who may create roles needs nobody’s help': async (server) => {
    const connection = await server.emptyDatabase();
    await sql(
      connection,
      `create role able login createrole; alter database ${connection.database} owner to able`,
    );
    const others = (await sql(
      connection,
      `select datname from pg_database where datname = 'test_1'`,
    )) as string[];
    for (const other of others) {
      await sql(
        { ...connection, database: other },
        'drop owned by postern_app; drop owned by postern_retention',
      );
    }
    await sql(connection, 'drop role postern_app; drop role postern_retention');
    const able = { ...connection, user: 'able' };
    expect(await migrate(able, the.START)).toContain('0002_log.sql');
    const pool = connect({ connection: able });
    expect(await postgresStore(pool).highWater()).toBeNull();
    await pool.end();
  },

  'two servers that migrate at once and one that comes later leave one schema': async (server) => {
    const connection = await server.emptyDatabase();
    const both = await Promise.all([migrate(connection, the.START), migrate(connection, the.START)]);
    expect(both.map((applied) => applied.length > 0).sort()).toEqual([false, true]);
    expect(await migrate(connection, the.at(1))).toEqual([]);
    expect(await sql(connection, 'select count(distinct applied_at)::int from schema_migration')).toEqual([
      1,
    ]);
  },

  'a database that a newer server has changed, and a migration that was edited, are refused': async (
    server,
  ) => {
    const connection = await server.emptyDatabase();
    await migrate(connection, the.START);
    await sql(connection, `insert into schema_migration values ('9999_later.sql', '', '2030-01-01')`);
    await expect(migrate(connection, the.START)).rejects.toThrow('newer than this Postern');
    await sql(
      connection,
      `delete from schema_migration where name like '9999%'; update schema_migration set digest = ''`,
    );
    await expect(migrate(connection, the.START)).rejects.toThrow('were edited');
  },

  'INV-D6: a server that is not there is a store that cannot be used, not a bug': async (server) => {
    const connection = { ...(await server.emptyDatabase()), host: '/nowhere' };
    await expect(migrate(connection, the.START)).rejects.toBeInstanceOf(StoreUnavailable);
    const pool = connect({ connection });
    await expect(postgresStore(pool).nextDue()).rejects.toBeInstanceOf(StoreUnavailable);
    await pool.end();
    await expect(postgresStore(pool).nextDue()).rejects.toBeInstanceOf(StoreUnavailable);
  },
};
