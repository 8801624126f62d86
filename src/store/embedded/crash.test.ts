import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from './embedded.ts';
import {
  ask,
  firstLine,
  killHard,
  otherPostern,
  processesIn,
  type TestFolder,
  testFolder,
  until,
} from './testFolder.ts';

const folders: TestFolder[] = [];
const running: Embedded[] = [];

async function folder(...below: string[]): Promise<string> {
  const made = await testFolder(0o755, ...below);
  folders.push(made);
  return made.path;
}

async function start(path: string, said: string[] = []): Promise<Embedded> {
  const embedded = await startEmbedded({ folder: path, say: (line) => said.push(line) });
  running.push(embedded);
  return embedded;
}

const answers = (embedded: Embedded) =>
  ask(embedded, 'SELECT 1').then(
    () => true,
    () => false,
  );

afterEach(async () => {
  for (const embedded of running.splice(0)) await embedded.stop();
  for (const each of folders.splice(0)) await each.dispose();
});

test('while another process holds the folder we are refused by its pid; killed, it leaves a postmaster that we adopt, restart and stop', async () => {
  const path = await folder();
  const other = otherPostern(path);
  const pid = Number(await firstLine(other));
  await expect(start(path)).rejects.toThrow(`(pid ${other.pid})`);
  await killHard(other);

  const said: string[] = [];
  const embedded = await start(path, said);
  expect(embedded.adopted).toBe(true);
  expect(embedded.pid()).toBe(pid);
  expect(said.join()).toContain(String(pid));
  expect(await answers(embedded)).toBe(true);

  process.kill(pid, 'SIGKILL');
  await until(() => embedded.pid() !== pid);
  await until(() => answers(embedded));
  await embedded.stop();
  expect(await processesIn(path)).toEqual([]);
});

test('an adopted postmaster is stopped like our own', async () => {
  const path = await folder();
  const other = otherPostern(path);
  await firstLine(other);
  await killHard(other);
  const embedded = await start(path);
  expect(embedded.adopted).toBe(true);
  await embedded.stop();
  expect(await processesIn(path)).toEqual([]);
});

test('both killed at once: the next start has what was acknowledged', async () => {
  const path = await folder();
  const other = otherPostern(path);
  const pid = Number(await firstLine(other));
  const connection = { host: join(path, 'run'), port: 5432, user: 'postern', database: 'postern' };
  await ask({ connection }, 'CREATE TABLE acknowledged AS SELECT 7 AS n');
  other.kill('SIGKILL');
  process.kill(pid, 'SIGKILL');
  const embedded = await start(path);
  expect(embedded.adopted).toBe(false);
  expect(await ask(embedded, 'SELECT n FROM acknowledged')).toEqual([7]);
});

test('a postmaster left behind that listens where we do not look is stopped and started anew', async () => {
  const path = await folder('deep'.repeat(25));
  const elsewhere = await folder();
  const other = otherPostern(path, { TMPDIR: elsewhere });
  const pid = Number(await firstLine(other));
  await killHard(other);
  const embedded = await start(path);
  expect(embedded.adopted).toBe(false);
  expect(embedded.pid()).not.toBe(pid);
  expect(await answers(embedded)).toBe(true);
});

test('a postmaster killed while we run comes back, and every acknowledged row with it', async () => {
  const path = await folder();
  const said: string[] = [];
  const embedded = await start(path, said);
  await ask(embedded, 'CREATE TABLE acknowledged (n integer)');
  for (let n = 0; n < 3; n += 1) {
    await ask(embedded, `INSERT INTO acknowledged VALUES (${n})`);
    const pid = embedded.pid();
    process.kill(pid, 'SIGKILL');
    await until(() => embedded.pid() !== pid);
    await until(() => answers(embedded));
  }
  expect(await ask(embedded, 'SELECT n FROM acknowledged ORDER BY n')).toEqual([0, 1, 2]);
  expect(said.filter((line) => line.includes('ended unexpectedly'))).toHaveLength(3);
});

test('a postmaster that cannot come back is given up after some tries, and that is said', async () => {
  const path = await folder();
  const said: string[] = [];
  const embedded = await start(path, said);
  const exited = new Promise<void>((resolve) => embedded.onExit(resolve));
  await writeFile(join(path, 'postgres', 'postgresql.auto.conf'), 'no_such_setting = 1\n');
  process.kill(embedded.pid(), 'SIGKILL');
  await exited;
  expect(said.join('\n')).toMatch(/no_such_setting[\s\S]*giving up/);
  await embedded.stop();
  expect(await processesIn(path)).toEqual([]);
});

test('stop while it is coming back leaves no process', async () => {
  const path = await folder();
  const embedded = await start(path);
  const pid = embedded.pid();
  process.kill(pid, 'SIGKILL');
  await embedded.stop();
  await until(async () => (await processesIn(path)).length === 0);
  expect(await answers(embedded)).toBe(false);
});

test('a start cut in half while the database is made leaves a folder that starts', async () => {
  const path = await folder();
  const other = otherPostern(path);
  const half = () => readdirSync(path).find((name) => name.startsWith('postgres.half-'));
  await until(() => existsSync(join(path, half() ?? 'none', 'base')));
  await killHard(other);
  expect(existsSync(join(path, 'postgres'))).toBe(false);
  const embedded = await start(path);
  expect(await answers(embedded)).toBe(true);
  expect(half()).toBeUndefined();
});

test('a lock file that names a living stranger does not keep the database down', async () => {
  const path = await folder();
  await (await start(path)).stop();
  const data = join(path, 'postgres');
  const stranger = await processOfOwner(data);
  try {
    await writeFile(join(data, 'postmaster.pid'), `${stranger.pid}\n${data}\n1\n5432\n${path}\n\n\nready\n`);
    const embedded = await start(path);
    expect(embedded.adopted).toBe(false);
    expect(await answers(embedded)).toBe(true);
  } finally {
    await killHard(stranger);
  }
});

// PostgreSQL overlooks processes of other accounts, so the stranger has to be of its own.
async function processOfOwner(data: string): Promise<ChildProcess> {
  const { uid, gid } = await stat(data);
  return spawn('sleep', ['600'], {
    stdio: 'ignore',
    cwd: '/',
    ...(process.getuid?.() === 0 ? { uid, gid } : {}),
  });
}
