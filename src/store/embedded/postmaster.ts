import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner } from './account.ts';
import { commandAs } from './command.ts';
import { dataFolderOf, ownDataFolder } from './dataFolder.ts';
import { type Log, openLog } from './logFile.ts';
import { livePostmaster, type PidFile, readPidFile, removeStale, serves } from './pidFile.ts';
import { asRefusal, diskFull, StoreRefused } from './refused.ts';
import { PORT, SOCKET } from './socketFolder.ts';

/** Where one embedded PostgreSQL lives and how it is run. */
export interface Site {
  readonly folder: string;
  readonly socketFolder: string;
  readonly runner: Runner;
}

export interface Postmaster {
  readonly pid: number;
  readonly adopted: boolean;
  /** Settles when the process is gone, however it went. */
  readonly gone: Promise<void>;
}

const POLL_MS = 20;
const ADOPTED_POLL_MS = 200;
const START_MS = 30_000;
// Recovery after a crash replays at most what one checkpoint interval wrote.
const RECOVERY_MS = 300_000;
const FAST_MS = 10_000;
const IMMEDIATE_MS = 5_000;

// Memory of a killed postmaster stays until the last of its children has seen that it is gone.
const TRANSIENT = /lock file .* already exists|shared memory block .* is still in use/;

/** The postmaster that is there already, or else a new one; it accepts connections when this returns. */
export async function startOrAdopt(site: Site, signal: AbortSignal): Promise<Postmaster> {
  const data = dataFolderOf(site.folder);
  const deadline = Date.now() + START_MS;
  for (;;) {
    signal.throwIfAborted();
    const live = await livePostmaster(data);
    if (live) {
      const adopted = await adopt(site, live, signal);
      if (adopted) return adopted;
      continue;
    }
    const started = await start(site, signal);
    if (typeof started !== 'string') return started;
    if (!TRANSIENT.test(started) || Date.now() > deadline) throw cannotStart(site, started);
    await sleep(100);
  }
}

// One that listens elsewhere (its folder was moved, the temporary folder is another) is of no use: it has to go.
async function adopt(site: Site, live: PidFile, signal: AbortSignal): Promise<Postmaster | null> {
  const data = dataFolderOf(site.folder);
  const gone = goneByPolling(live.pid, data);
  const postmaster = { pid: live.pid, adopted: true, gone };
  const ours = live.data === data && live.port === PORT && live.socketFolder === site.socketFolder;
  if (ours && (await becomesReady(site, live.pid, gone, signal))) return postmaster;
  await endPostmaster(postmaster);
  return null;
}

async function goneByPolling(pid: number, data: string): Promise<void> {
  while (await serves(pid, data)) await sleep(ADOPTED_POLL_MS);
}

/** A running postmaster, or what it said before it ended. */
async function start(site: Site, signal: AbortSignal): Promise<Postmaster | string> {
  const data = dataFolderOf(site.folder);
  const socket = join(site.socketFolder, SOCKET);
  await ownDataFolder(data, site.runner);
  await removeStale(data, [socket, `${socket}.lock`]);
  const log = await openLog(site.folder).catch((error) => {
    throw asRefusal(error, join(site.folder, 'postgres.log'));
  });
  try {
    return await launch(site, log, signal);
  } finally {
    await log.close();
  }
}

async function launch(site: Site, log: Log, signal: AbortSignal): Promise<Postmaster | string> {
  const command = commandAs(
    site.runner.account,
    join(site.runner.binaries.bin, 'postgres'),
    argumentsFor(site),
  );
  // Its own session: Ctrl-C in the terminal is for us, and we end it in order.
  const stdio = ['ignore' as const, log.fd, log.fd];
  const child = spawn(command.program, command.args, { ...command.options, detached: true, stdio });
  const gone = goneByExit(child);
  if (child.pid === undefined) return `postgres could not be run: ${await gone}`;
  const postmaster = { pid: child.pid, adopted: false, gone: gone.then(() => {}) };
  if (await becomesReady(site, child.pid, postmaster.gone, signal)) return postmaster;
  await endPostmaster(postmaster);
  return log.tail();
}

function goneByExit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve('it ended'));
    child.once('error', (error) => resolve(error.message));
  });
}

async function becomesReady(
  site: Site,
  pid: number,
  gone: Promise<void>,
  signal: AbortSignal,
): Promise<boolean> {
  let over = false;
  gone.then(() => {
    over = true;
  });
  const deadline = Date.now() + RECOVERY_MS;
  while (!over && !signal.aborted && Date.now() < deadline) {
    const file = await readPidFile(dataFolderOf(site.folder));
    if (file?.pid === pid && file.ready) return true;
    await Promise.race([gone, sleep(POLL_MS)]);
  }
  return false;
}

/** In order: fast shutdown; without a last checkpoint; by force. */
export async function endPostmaster({ pid, gone }: Postmaster): Promise<void> {
  const steps = [
    ['SIGINT', FAST_MS],
    ['SIGQUIT', IMMEDIATE_MS],
    ['SIGKILL', IMMEDIATE_MS],
  ] as const;
  for (const [name, ms] of steps) {
    if (await within(gone, 0)) return;
    send(pid, name);
    if (await within(gone, ms)) return;
  }
}

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function within(gone: Promise<void>, ms: number): Promise<boolean> {
  const waiting = new AbortController();
  const late = sleep(ms, false, { signal: waiting.signal }).catch(() => false);
  const ended = await Promise.race([gone.then(() => true), late]);
  waiting.abort();
  return ended;
}

function argumentsFor({ folder, socketFolder }: Site): readonly string[] {
  const settings = {
    listen_addresses: '',
    port: PORT,
    // A list of names for PostgreSQL: quotes keep commas and spaces of the path.
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: '128MB',
    max_connections: 100,
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_destination: 'stderr',
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataFolderOf(folder), ...pairs];
}

function cannotStart({ folder }: Site, said: string): StoreRefused {
  return new StoreRefused(
    diskFull(said)
      ? `The disk below ${folder} is full and PostgreSQL cannot start: free some space and start again.`
      : `PostgreSQL did not start. The end of ${join(folder, 'postgres.log')}:\n${said}`,
  );
}
