import { systemClock } from '../engine/clock.ts';
import type { Settings } from '../http/settings.ts';
import { alone } from '../store/alone.ts';
import { connect } from '../store/connect.ts';
import { startEmbedded } from '../store/embedded/embedded.ts';
import { type Ear, type Hearers, listen } from '../store/listen.ts';
import { migrate } from '../store/migrate.ts';
import { type PostgresStore, postgresStore } from '../store/postgres.ts';

export interface OpenStore {
  readonly store: PostgresStore;
  /** Listens to what others write; null where nobody else can: the embedded store is this server's alone. */
  readonly listen: ((hearers: () => Hearers | null) => Promise<Ear>) | null;
  /** Runs what only one server at a time may do to the store. */
  alone<T>(run: () => Promise<T>): Promise<T>;
  /** Resolves when the embedded server is gone for good; never for an external one. */
  readonly lost: Promise<void>;
  stop(): Promise<void>;
}

/** The store the settings name: any PostgreSQL, or the embedded one under our supervisor; migrated. */
export async function openStore(settings: Settings, say: (line: string) => void): Promise<OpenStore> {
  if (settings.databaseUrl !== null) {
    const connection = { connectionString: settings.databaseUrl };
    return external(connection, { connectionString: settings.migrateUrl ?? settings.databaseUrl });
  }
  const embedded = await startEmbedded({
    folder: settings.data,
    say,
    ...(settings.pgBin === null ? {} : { bin: settings.pgBin }),
  });
  const lost = new Promise<void>((resolve) => embedded.onExit(resolve));
  try {
    const at = { ...embedded.connection, ssl: false as const };
    const { store } = await ready(at, at);
    return {
      store,
      listen: null,
      alone: (run) => run(),
      lost,
      stop: async () => {
        await store.close();
        await embedded.stop();
      },
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

type Connection = Parameters<typeof migrate>[0];

async function external(connection: Connection, owner: Connection): Promise<OpenStore> {
  const { store, pool } = await ready(connection, owner);
  return {
    store,
    listen: (hearers) => listen({ connection, pool, hearers }),
    alone: (run) => alone(owner, run),
    lost: new Promise(() => {}),
    stop: () => store.close(),
  };
}

async function ready(connection: Connection, owner: Connection) {
  await migrate(owner, systemClock.now());
  const pool = connect({ connection });
  return { store: postgresStore(pool), pool };
}
