import pg from 'pg';
import { ask } from './ask.ts';
import { type Pulse, takePulse } from './heartbeat.ts';

/** Who is told what is heard. */
export interface Hearers {
  /** Somebody wrote up to this change number. */
  rang(seq: number): void;
  /** The log was looked at. */
  heard(head: number, askedAt: number): void;
}

export interface ListenOptions {
  readonly connection: pg.ClientConfig;
  /** Where the log is looked at while there is no connection to listen on. */
  readonly pool: pg.Pool;
  readonly hearers: () => Hearers | null;
}

/** The ear on the store: notifications of commits, and a regular look behind them for what they may have missed. */
export interface Ear {
  /** For how long what is known counts without a word. (Z5) */
  boundMs(): number;
  /** How far this machine's clock may be from the database's; null before the first look. (T4) */
  clockErrorMs(): number | null;
  stop(): Promise<void>;
}

const LISTENING_BOUND_MS = 1_000;
const DEAF_BOUND_MS = 5_000;
const BEAT_MS = 250;
const DEAF_BEAT_MS = 1_000;
const PATIENCE_MS = 1_000;
const SAMPLES = 8;

/** Listens from now on; resolves after the first look at the store, rejects when there can be none. */
export async function listen({ connection, pool, hearers }: ListenOptions): Promise<Ear> {
  let errors: readonly number[] = [];
  let listening = false;
  let stopped = false;
  const stopping = new AbortController();
  function tell({ head, askedAt, clockErrorMs }: Pulse): void {
    errors = [...errors.slice(1 - SAMPLES), clockErrorMs];
    hearers()?.heard(head, askedAt);
  }
  const overPool = async () =>
    tell(await takePulse(async (text) => (await ask<{ seq: number; clock: number }>(pool, { text }))[0]));
  // Hearing and looking, until the connection breaks.
  async function attend(): Promise<void> {
    const client = await openEar(connection, (seq) => hearers()?.rang(seq));
    try {
      for (listening = true; !stopped; await pause(BEAT_MS, stopping.signal))
        tell(await takePulse(async (text) => (await client.query(text)).rows[0]));
    } finally {
      listening = false;
      await client.end().catch(() => {});
    }
  }
  async function run(): Promise<void> {
    while (!stopped) {
      await attend().catch(() => {});
      if (!stopped) await Promise.all([overPool().catch(() => {}), pause(DEAF_BEAT_MS, stopping.signal)]);
    }
  }
  await overPool();
  const running = run();
  return {
    boundMs: () => (listening ? LISTENING_BOUND_MS : DEAF_BOUND_MS),
    // A look that took long says little about the clock, so the best of the last ones counts.
    clockErrorMs: () => (errors.length === 0 ? null : Math.min(...errors)),
    stop: async () => {
      stopped = true;
      stopping.abort();
      await running;
    },
  };
}

async function openEar(connection: pg.ClientConfig, rang: (seq: number) => void): Promise<pg.Client> {
  const client = new pg.Client({
    ...connection,
    application_name: 'postern listen',
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    keepAlive: true,
  });
  client.on('error', () => {});
  client.on('notification', ({ payload }) => rang(Number(payload)));
  try {
    await client.connect();
    await client.query('set role postern_app; listen postern');
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    }
    if (stop.aborted) done();
    else stop.addEventListener('abort', done);
  });
