import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { dataFolderOf } from './dataFolder.ts';
import type { Embedded } from './embedded.ts';
import { livePostmaster } from './pidFile.ts';

/** Tests only: a data folder of its own, and no process left in it afterwards. */
export interface TestFolder {
  readonly path: string;
  dispose(): Promise<void>;
}

export async function testFolder(mode = 0o755, ...below: readonly string[]): Promise<TestFolder> {
  const top = await mkdtemp(join(tmpdir(), 'postern-store-'));
  await chmod(top, mode);
  const path = join(top, ...below, 'data');
  await mkdir(path, { recursive: true });
  return {
    path,
    dispose: async () => {
      const left = await livePostmaster(dataFolderOf(path));
      if (left) process.kill(left.pid, 'SIGQUIT');
      await until(async () => (await processesIn(path)).length === 0);
      await rm(top, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

export async function until(holds: () => Promise<boolean> | boolean, ms = 30_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`still waiting for ${holds}`);
    await sleep(20);
  }
}

/** The processes that work in the database below this folder; PostgreSQL's all do. */
export async function processesIn(folder: string): Promise<readonly string[]> {
  const data = dataFolderOf(folder);
  if (process.platform !== 'linux') return (await livePostmaster(data)) ? ['postmaster'] : [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const cwds = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, i) => cwds[i]?.startsWith(data));
}

export async function ask(embedded: Pick<Embedded, 'connection'>, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ ...embedded.connection, ssl: false });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end().catch(() => {});
  }
}

/** Another process that starts the store of this folder and holds it; its first line says which postmaster. */
export function otherPostern(folder: string, environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const module = JSON.stringify(new URL('./embedded.ts', import.meta.url).href);
  const program = `
    const { startEmbedded } = await import(${module});
    const embedded = await startEmbedded({ folder: ${JSON.stringify(folder)}, say: () => {} });
    process.stdout.write(embedded.pid() + '\\n');`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
}

export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', () => reject(new Error('it ended before it said anything')));
  });
}

export async function killHard(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
