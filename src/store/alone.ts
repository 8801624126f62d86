import pg from 'pg';
import { unavailable } from './failures.ts';

/**
 * Runs what only one server at a time may do, such as writing what a fresh store begins with. A row lock says whose turn it
 * is; it goes with its connection, so one that dies leaves the turn to the next. The account is the one that migrates.
 */
export async function alone<T>(connection: pg.ClientConfig, run: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connection, application_name: 'postern start', keepAlive: true });
  client.on('error', () => {});
  await client.connect().catch((error: Error) => {
    throw unavailable(error);
  });
  try {
    await client.query('begin');
    await client.query('select from schema_migration order by name limit 1 for update');
    return await run();
  } finally {
    await client.end().catch(() => {});
  }
}
