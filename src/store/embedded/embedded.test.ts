import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Embedded, type EmbeddedOptions, StoreRefused, startEmbedded } from './embedded.ts';
import { ask, processesIn, type TestFolder, testFolder } from './testFolder.ts';

const folders: TestFolder[] = [];
const running: Embedded[] = [];

async function folder(mode?: number, ...below: string[]): Promise<string> {
  const made = await testFolder(mode, ...below);
  folders.push(made);
  return made.path;
}

async function start(path: string, more: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
  const embedded = await startEmbedded({ folder: path, say: () => {}, ...more });
  running.push(embedded);
  return embedded;
}

afterEach(async () => {
  for (const embedded of running.splice(0)) await embedded.stop();
  for (const each of folders.splice(0)) await each.dispose();
});

describe('a fresh folder', () => {
  test('becomes a durable UTF8 database that only its own folder reaches', async () => {
    const path = await folder();
    const embedded = await start(path);
    const settings = ['server_encoding', 'fsync', 'synchronous_commit', 'full_page_writes', 'TimeZone'];
    const shown = settings.map((name) => `current_setting('${name}')`).join();
    expect(await ask(embedded, `SELECT ${shown}, current_setting('listen_addresses')`)).toEqual([
      'UTF8',
      'on',
      'on',
      'on',
      'UTC',
      '',
    ]);
    expect(embedded.adopted).toBe(false);
    expect((await stat(embedded.connection.host)).mode & 0o777).toBe(0o700);
    expect((await stat(join(path, 'postgres'))).mode & 0o777).toBe(0o700);
  });

  test('a clean stop leaves no process, and the next start finds the rows', async () => {
    const path = await folder();
    const first = await start(path);
    await ask(first, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    expect(await processesIn(path)).toEqual([]);
    expect(await readdir(path)).not.toContain('postern.pid');
    expect(await ask(await start(path), 'SELECT n FROM kept')).toEqual([7]);
  });

  test('a path too long for a socket gets a short closed folder, which a clean stop removes', async () => {
    const path = await folder(0o755, 'down'.repeat(30));
    const embedded = await start(path);
    expect(embedded.connection.host.startsWith(path)).toBe(false);
    expect((await stat(embedded.connection.host)).mode & 0o777).toBe(0o700);
    expect(await ask(embedded, 'SELECT 1')).toEqual([1]);
    await embedded.stop();
    await expect(stat(embedded.connection.host)).rejects.toThrow('ENOENT');
  });

  test('a path with comma, space and quotes holds its own socket', async () => {
    const path = await folder(0o755, 'a, "b"');
    const embedded = await start(path);
    expect(embedded.connection.host).toBe(join(path, 'run'));
    expect(await ask(embedded, 'SELECT 1')).toEqual([1]);
  });
});

describe('a second postern', () => {
  test('on the same folder is refused with the pid of the first, which goes on', async () => {
    const path = await folder();
    const first = await start(path);
    const refused = start(path);
    await expect(refused).rejects.toThrow(StoreRefused);
    await expect(refused).rejects.toThrow(`(pid ${process.pid})`);
    expect(await ask(first, 'SELECT 1')).toEqual([1]);
  });

  test('of two that start at once on a fresh folder exactly one gets it', async () => {
    const path = await folder();
    const outcomes = await Promise.allSettled([start(path), start(path), start(path)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
});

describe('a folder that cannot be used', () => {
  test('holding something else is left alone', async () => {
    const path = await folder();
    await mkdir(join(path, 'postgres'));
    await writeFile(join(path, 'postgres', 'letter'), 'dear');
    await expect(start(path)).rejects.toThrow(/holds files but no PostgreSQL database/);
    expect(await readFile(join(path, 'postgres', 'letter'), 'utf8')).toBe('dear');
  });

  test('of another major version is refused with the way out', async () => {
    const path = await folder();
    await mkdir(join(path, 'postgres'));
    await writeFile(join(path, 'postgres', 'PG_VERSION'), '9\n');
    await expect(start(path)).rejects.toThrow(/made by PostgreSQL 9, .*POSTERN_PG_BIN/);
  });

  test('that is a file is refused with its name', async () => {
    const path = join(await folder(), 'file');
    await writeFile(path, '');
    await expect(start(path)).rejects.toThrow(StoreRefused);
  });

  test('with a setting PostgreSQL does not know is refused with the lines of its log', async () => {
    const path = await folder();
    await (await start(path)).stop();
    await writeFile(join(path, 'postgres', 'postgresql.auto.conf'), 'no_such_setting = 1\n');
    await expect(start(path)).rejects.toThrow(/did not start[\s\S]*no_such_setting/);
    expect(await processesIn(path)).toEqual([]);
  });

  test('binaries that are not there are refused with their setting', async () => {
    await expect(start(await folder(), { bin: '/nowhere' })).rejects.toThrow(
      /POSTERN_PG_BIN names \/nowhere/,
    );
  });
});
