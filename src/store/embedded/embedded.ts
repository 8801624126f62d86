import { access, constants, mkdir, realpath } from 'node:fs/promises';
import pg from 'pg';
import { chooseRunner } from './account.ts';
import { findBinaries } from './binaries.ts';
import { makeDataFolder } from './dataFolder.ts';
import { type Lock, takeLock } from './lock.ts';
import { endPostmaster, type Postmaster, type Site, startOrAdopt } from './postmaster.ts';
import { asRefusal, StoreRefused } from './refused.ts';
import { PORT, prepareSocketFolder, removeSocketFolder } from './socketFolder.ts';
import { Supervisor } from './supervisor.ts';

export { StoreRefused } from './refused.ts';

export interface EmbeddedOptions {
  /** The data folder; the database goes into `postgres` in it. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** A folder with `initdb` and `postgres` to use instead of the package's. */
  readonly bin?: string;
}

export interface Connection {
  /** The folder of the socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface Embedded {
  readonly connection: Connection;
  /** A postmaster that an earlier process left behind was found running. */
  readonly adopted: boolean;
  readonly pid: () => number;
  /** Called once when PostgreSQL ended and could not be brought back. */
  onExit(listener: () => void): void;
  stop(): Promise<void>;
}

const USER = 'postern';
const DATABASE = 'postern';

/** Brings the folder's own PostgreSQL up and keeps it up until `stop`. Throws `StoreRefused` for what a person can mend. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const folder = await openFolder(options.folder);
  const lock = await takeLock(folder);
  try {
    return await startLocked(folder, lock, options);
  } catch (error) {
    lock.release();
    throw error instanceof StoreRefused ? error : asRefusal(error, folder);
  }
}

async function openFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (error) {
    throw asRefusal(error, path);
  }
}

async function startLocked(folder: string, lock: Lock, options: EmbeddedOptions): Promise<Embedded> {
  const runner = await chooseRunner(await findBinaries(options.bin), folder);
  const socketFolder = await prepareSocketFolder(folder, runner);
  await makeDataFolder(folder, runner, options.say);
  const site = { folder, socketFolder, runner };
  const postmaster = await withDatabase(site);
  if (postmaster.adopted)
    options.say(`PostgreSQL (pid ${postmaster.pid}) of an earlier postern still runs; using it`);
  return supervised(site, postmaster, lock, options.say);
}

const TRIES = 3;

// One that was found running may be about to end, killed a moment ago: it is ended for good, and another one started.
async function withDatabase(site: Site): Promise<Postmaster> {
  for (let tries = 1; ; tries++) {
    const postmaster = await startOrAdopt(site, new AbortController().signal);
    try {
      await ensureDatabase(site.socketFolder);
      return postmaster;
    } catch (error) {
      await endPostmaster(postmaster);
      if (!postmaster.adopted || tries === TRIES) throw error;
    }
  }
}

async function ensureDatabase(host: string): Promise<void> {
  const client = new pg.Client({ host, port: PORT, user: USER, database: 'postgres', ssl: false });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end().catch(() => {});
  }
}

function supervised(site: Site, first: Postmaster, lock: Lock, say: (line: string) => void): Embedded {
  const supervisor = new Supervisor(site, first, say);
  let stopped: Promise<void> | null = null;
  return {
    connection: { host: site.socketFolder, port: PORT, user: USER, database: DATABASE },
    adopted: first.adopted,
    pid: () => supervisor.pid,
    onExit: (listener) => supervisor.onExit(listener),
    stop: () => {
      stopped ??= supervisor
        .stop()
        .then(() => removeSocketFolder(site.folder, site.socketFolder))
        .finally(() => lock.release());
      return stopped;
    },
  };
}
