import { systemClock } from '../engine/clock.ts';
import type { Settings } from '../http/settings.ts';
import { connect } from '../store/connect.ts';
import { startEmbedded } from '../store/embedded/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { type PostgresStore, postgresStore } from '../store/postgres.ts';

export interface OpenStore {
  readonly store: PostgresStore;
  /** Resolves when the embedded server is gone for good; never for an external one. */
  readonly lost: Promise<void>;
  stop(): Promise<void>;
}

/** The store the settings name: any PostgreSQL, or the embedded one under our supervisor; migrated. */
export async function openStore(settings: Settings, say: (line: string) => void): Promise<OpenStore> {
  if (settings.databaseUrl !== null) {
    const { databaseUrl, migrateUrl } = settings;
    const store = await ready(
      { connectionString: databaseUrl },
      { connectionString: migrateUrl ?? databaseUrl },
    );
    return { store, lost: new Promise(() => {}), stop: () => store.close() };
  }
  const embedded = await startEmbedded({
    folder: settings.data,
    say,
    ...(settings.pgBin === null ? {} : { bin: settings.pgBin }),
  });
  const lost = new Promise<void>((resolve) => embedded.onExit(resolve));
  try {
    const at = { ...embedded.connection, ssl: false as const };
    const store = await ready(at, at);
    return {
      store,
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

async function ready(server: Connection, owner: Connection): Promise<PostgresStore> {
  await migrate(owner, systemClock.now());
  return postgresStore(connect({ connection: server }));
}
