import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelStore } from '../../test/sim/modelStore.ts';
import { type TestPostgres, testPostgres } from '../../test/store/testPostgres.ts';
import { role } from '../engine/roles.ts';
import { postgresStore } from '../store/postgres.ts';
import { startDemo } from './demo.fixture.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await testPostgres();
});
afterAll(() => postgres.stop());

test('the demo is the same on PostgreSQL as in the model', async () => {
  const model = modelStore();
  await startDemo(model, role);
  const database = await postgres.database();
  const store = postgresStore(database.pool);
  await startDemo(store, role);
  expect((await store.everything()).world).toEqual((await model.everything()).world);
  await database.drop();
});
