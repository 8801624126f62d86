import type pg from 'pg';
import { StoreUnavailable } from '../engine/ports.ts';
import { meaningOf, unavailable } from './failures.ts';

export interface Question {
  /** Questions with a name are planned once a connection. */
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Asks one question, in a transaction of its own. Rejects with Conflict or StoreUnavailable where it means that. */
export const ask = <R extends object>(pool: pg.Pool, question: Question): Promise<readonly R[]> =>
  withClient(pool, (client) => rowsOf<R>(client, question));

const PATIENCE_MS = 600_000;

/** The same without the usual limit of time: for what reads everything. */
export const askPatiently = <R extends object>(pool: pg.Pool, question: Question): Promise<readonly R[]> =>
  withClient(pool, async (client) => {
    await client.query(`set statement_timeout = ${PATIENCE_MS}`);
    try {
      return await rowsOf<R>(client, question, { query_timeout: PATIENCE_MS });
    } finally {
      await client.query('reset statement_timeout');
    }
  });

async function rowsOf<R extends object>(
  client: pg.PoolClient,
  question: Question,
  more: object = {},
): Promise<readonly R[]> {
  const { rows } = await client.query<R & pg.QueryResultRow>({
    ...question,
    ...more,
    values: [...(question.values ?? [])],
  });
  return rows;
}

async function withClient<T>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: Error) => {
    throw unavailable(error);
  });
  try {
    const result = await use(client);
    client.release();
    return result;
  } catch (error) {
    const meaning = meaningOf(error);
    // A connection that may be broken is not used again.
    client.release(meaning instanceof StoreUnavailable);
    throw meaning;
  }
}
