import { afterAll, beforeAll, describe } from 'vitest';
import { postgresStore } from '../../src/store/postgres.ts';
import { accessCases } from './accessCases.ts';
import { FAULTS } from './faultCases.ts';
import { MIGRATIONS } from './migrationCases.ts';
import { testEach } from './openStore.ts';
import { signInCases } from './signInCases.ts';
import { storeSuite } from './storeSuite.ts';
import {
  DEBIAN_15,
  hasDebian15,
  type TestDatabase,
  type TestPostgres,
  testPostgres,
} from './testPostgres.ts';

const SERVERS = [
  { name: 'the embedded PostgreSQL 18', bin: undefined, there: true },
  { name: 'PostgreSQL 15', bin: DEBIAN_15, there: hasDebian15 },
];

for (const { name, bin, there } of SERVERS) {
  describe.runIf(there)(name, () => {
    let server: TestPostgres;
    beforeAll(async () => {
      server = await testPostgres(bin);
    });
    afterAll(() => server?.stop());

    const withDatabase = async (use: (database: TestDatabase) => Promise<void>): Promise<void> => {
      const database = await server.database();
      await use(database).finally(() => database.drop());
    };

    // First: they need a server that has no roles yet.
    describe('migrations', () => testEach(MIGRATIONS, (use) => use(server)));
    storeSuite('the store', async () => {
      const database = await server.database();
      return { store: postgresStore(database.pool), close: () => database.drop() };
    });
    describe('access by query', () => accessCases(withDatabase));
    describe('faults', () => testEach(FAULTS, withDatabase));
    describe('sign-ins', () => signInCases(withDatabase));
  });
}
