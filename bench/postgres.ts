import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { instant } from '../src/core/values.ts';
import { startEmbedded } from '../src/store/embedded/embedded.ts';
import { migrate } from '../src/store/migrate.ts';

/** A folder in the system's temporary folder that is gone when it is disposed of. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'postern-bench-'));
  // The database's own account must be able to pass.
  await chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 10 }) };
}

/** The embedded PostgreSQL with the product's settings and schema, in a folder of its own. */
export interface BenchPostgres extends AsyncDisposable {
  /** As the owner of everything. */
  readonly connection: pg.ClientConfig;
}

export async function benchPostgres(): Promise<BenchPostgres> {
  await using started = new AsyncDisposableStack();
  const folder = started.use(await temporaryFolder());
  const embedded = await startEmbedded({ folder: folder.path, say: () => {} });
  started.defer(() => embedded.stop());
  const connection = { ...embedded.connection, ssl: false };
  await migrate(connection, instant(0));
  await mustBeDurable(connection);
  const running = started.move();
  return { connection, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Figures of a database that may forget what it acknowledged are worth nothing. */
export async function mustBeDurable(connection: pg.ClientConfig): Promise<void> {
  await withOwner(connection, async (owner) => {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      const { rows } = await owner.query<{ value: string }>('select current_setting($1) as value', [setting]);
      if (rows[0]?.value !== 'on')
        throw new Error(`${setting} is ${rows[0]?.value}: nothing is measured without durability`);
    }
  });
}

export async function withOwner<T>(
  connection: pg.ClientConfig,
  use: (owner: pg.Client) => Promise<T>,
): Promise<T> {
  const owner = new pg.Client(connection);
  await owner.connect();
  try {
    return await use(owner);
  } finally {
    await owner.end();
  }
}
