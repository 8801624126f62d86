import { existsSync } from 'node:fs';
import pg from 'pg';
import { instant } from '../../src/core/values.ts';
import { connect } from '../../src/store/connect.ts';
import { startEmbedded } from '../../src/store/embedded/embedded.ts';
import { testFolder } from '../../src/store/embedded/testFolder.ts';
import { migrate } from '../../src/store/migrate.ts';

export const DEBIAN_15 = '/usr/lib/postgresql/15/bin';
export const hasDebian15 = existsSync(`${DEBIAN_15}/postgres`);

/** A PostgreSQL of its own for one test file, and as many databases in it as tests want. */
export interface TestPostgres {
  /** A new database with the schema. */
  database(): Promise<TestDatabase>;
  /** A new database without anything in it. */
  emptyDatabase(): Promise<pg.ClientConfig>;
  stop(): Promise<void>;
}

export interface TestDatabase {
  /** As the owner of everything. */
  readonly connection: pg.ClientConfig;
  /** As the server works. */
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

export async function testPostgres(bin?: string): Promise<TestPostgres> {
  const folder = await testFolder();
  const embedded = await startEmbedded({ folder: folder.path, say: () => {}, ...(bin ? { bin } : {}) });
  const owner = new pg.Client({ ...embedded.connection, database: 'postgres' });
  // Tests that end the server end this connection, too.
  owner.on('error', () => {});
  await owner.connect();
  let made = 0;
  const create = async (template: string): Promise<pg.ClientConfig> => {
    made += 1;
    await owner.query(`create database test_${made} template ${template}`);
    return { ...embedded.connection, database: `test_${made}` };
  };
  let migrated: Promise<unknown> | null = null;
  return {
    emptyDatabase: () => create('template1'),
    database: async () => {
      migrated ??= migrate(embedded.connection, instant(0));
      await migrated;
      return opened(await create(embedded.connection.database), owner);
    },
    stop: async () => {
      await owner.end();
      await embedded.stop();
      await folder.dispose();
    },
  };
}

function opened(connection: pg.ClientConfig, owner: pg.Client): TestDatabase {
  const pool = connect({ connection, connectionsMax: 4 });
  return {
    connection,
    pool,
    drop: async () => {
      if (!pool.ended) await pool.end();
      await owner.query(`drop database ${connection.database} with (force)`);
    },
  };
}
