import { chmod, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseRunner } from './account.ts';
import { findBinaries } from './binaries.ts';
import { prepareSocketFolder, socketFolderFor } from './socketFolder.ts';
import { testFolder } from './testFolder.ts';

const long = `/${'x'.repeat(90)}`;

test('the socket stays beside the data as long as its path fits', () => {
  expect(socketFolderFor('/srv/postern', '/tmp')).toBe('/srv/postern/run');
});

test('a longer path gets a short folder of its own, the same one each time', () => {
  expect(socketFolderFor(long, '/tmp')).toMatch(/^\/tmp\/postern-[0-9a-f]{16}$/);
  expect(socketFolderFor(long, '/tmp')).toBe(socketFolderFor(long, '/tmp'));
  expect(socketFolderFor(long, '/tmp')).not.toBe(socketFolderFor(`${long}y`, '/tmp'));
});

test('a temporary folder with a long path is passed over', () => {
  expect(socketFolderFor(long, long)).toMatch(/^\/tmp\/postern-/);
});

test('bytes are counted, not letters', () => {
  expect(socketFolderFor(`/${'ü'.repeat(50)}`, '/tmp')).toMatch(/^\/tmp\/postern-/);
});

test('a folder of that name that others may enter is refused and left as it is', async () => {
  const data = await testFolder();
  const runner = await chooseRunner(await findBinaries(undefined), data.path);
  const place = socketFolderFor(join(data.path, long), tmpdir());
  await mkdir(place);
  await chmod(place, 0o777);
  try {
    await expect(prepareSocketFolder(join(data.path, long), runner)).rejects.toThrow(place);
  } finally {
    await rm(place, { recursive: true });
    await data.dispose();
  }
});
