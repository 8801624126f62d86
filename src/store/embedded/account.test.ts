import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chooseRunner, passes } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Embedded, startEmbedded } from './embedded.ts';
import { ask, type TestFolder, testFolder } from './testFolder.ts';

const asRoot = process.getuid?.() === 0;
const namespaces =
  spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true']).status === 0;
const NO_UNSHARE = '/nowhere/unshare';

const folders: TestFolder[] = [];
afterEach(async () => {
  for (const each of folders.splice(0)) await each.dispose();
});

async function folder(mode: number): Promise<string> {
  const made = await testFolder(mode);
  folders.push(made);
  return made.path;
}

describe('who may pass a folder', () => {
  const nobody = { uid: 65534, gid: 65534 };
  const cases: [string, Parameters<typeof passes>, boolean][] = [
    ['open to all', [{ uid: 0, gid: 0, mode: 0o755 }, nobody], true],
    ['closed to others', [{ uid: 0, gid: 0, mode: 0o750 }, nobody], false],
    ['readable but not passable', [{ uid: 0, gid: 0, mode: 0o754 }, nobody], false],
    ['passable but not readable', [{ uid: 0, gid: 0, mode: 0o711 }, nobody], true],
    ['one’s own', [{ uid: 65534, gid: 0, mode: 0o700 }, nobody], true],
    ['one’s own, closed to oneself', [{ uid: 65534, gid: 0, mode: 0o677 }, nobody], false],
    ['the group’s', [{ uid: 0, gid: 65534, mode: 0o710 }, nobody], true],
    ['closed to the group', [{ uid: 0, gid: 65534, mode: 0o707 }, nobody], false],
    [
      'root without privileges',
      [
        { uid: 1000, gid: 1000, mode: 0o700 },
        { uid: 0, gid: 0 },
      ],
      false,
    ],
  ];
  test.each(cases)('%s', (_, [of, ids], expected) => {
    expect(passes(of, ids)).toBe(expected);
  });
});

describe.runIf(asRoot)('as root', () => {
  let openly: TestFolder;
  let bin: string;
  // This checkout may itself lie below a closed folder, so the programs are put where everybody may pass.
  beforeAll(async () => {
    openly = await testFolder(0o755);
    const closed = await closedPackage();
    const runner = await chooseRunner(closed, openly.path, NO_UNSHARE);
    bin = runner.binaries.bin;
    await rm(closed.root ?? '', { recursive: true });
  });
  afterAll(() => openly.dispose());

  test('below open folders PostgreSQL runs as nobody', async () => {
    await withStore(
      await folder(0o755),
      async (embedded) => {
        expect(await ask(embedded, 'SELECT 1')).toEqual([1]);
        expect(await uidOf(embedded)).not.toBe(0);
      },
      bin,
    );
  });

  test.runIf(namespaces)('below a 0700 folder PostgreSQL runs in a user namespace', async () => {
    const path = await folder(0o700);
    await withStore(path, async (embedded) => {
      expect(await ask(embedded, 'SELECT 1')).toEqual([1]);
      expect(await uidOf(embedded)).toBe(0);
    });
  });

  test.runIf(namespaces)('a database made in one way opens in the other, and back', async () => {
    const path = await folder(0o755);
    await withStore(path, (embedded) => ask(embedded, 'CREATE TABLE kept AS SELECT 7 AS n'), bin);
    for (const mode of [0o700, 0o755]) {
      await chmod(dirname(path), mode);
      await withStore(
        path,
        async (embedded) => {
          expect(await ask(embedded, 'SELECT n FROM kept')).toEqual([7]);
          expect((await uidOf(embedded)) === 0).toBe(mode === 0o700);
        },
        bin,
      );
    }
  });

  test('below a 0700 folder and without user namespaces it is refused with that folder and the way out', async () => {
    const path = await folder(0o700);
    const refused = chooseRunner(await findBinaries(undefined), path, NO_UNSHARE);
    await expect(refused).rejects.toThrow(dirname(path));
    await expect(refused).rejects.toThrow('POSTERN_DATA=/var/lib/postern');
  });

  test('programs below a 0700 folder, their links missing, are used from a copy when there are no user namespaces', async () => {
    const closed = await closedPackage();
    try {
      const runner = await chooseRunner(closed, await folder(0o755), NO_UNSHARE);
      expect(runner).toMatchObject({ account: { kind: 'nobody' }, major: 18 });
      expect(runner.binaries.bin).not.toContain(closed.root);
    } finally {
      await rm(closed.root ?? '', { recursive: true });
    }
  });
});

async function closedPackage(): Promise<Binaries> {
  const { root } = await findBinaries(undefined);
  const closed = await mkdtemp(join(tmpdir(), 'postern-package-'));
  await cp(root ?? '', closed, { recursive: true, verbatimSymlinks: true });
  const libraries = await readdir(join(closed, 'native', 'lib'), { withFileTypes: true });
  for (const each of libraries.filter((entry) => entry.isSymbolicLink())) {
    await rm(join(closed, 'native', 'lib', each.name));
  }
  return { bin: join(closed, 'native', 'bin'), root: closed };
}

async function withStore(
  path: string,
  use: (embedded: Embedded) => Promise<unknown>,
  bin?: string,
): Promise<void> {
  const embedded = await startEmbedded({
    folder: path,
    say: () => {},
    ...(bin === undefined ? {} : { bin }),
  });
  await use(embedded).finally(() => embedded.stop());
}

async function uidOf(embedded: Embedded): Promise<number> {
  const status = await readFile(`/proc/${embedded.pid()}/status`, 'utf8');
  return Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
}
