import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const folders = [1, 2].map(() => mkdtempSync(path.join(tmpdir(), 'postern-')));
let built: readonly Buffer[];
let files: ReadonlyMap<string, Buffer>;

beforeAll(() => {
  built = folders.map((folder) => {
    const done = spawnSync(process.execPath, ['scripts/az-extension.mjs', folder], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(done.stderr).toBe('');
    return readFileSync(done.stdout.trim());
  });
  files = unzipped(built[0] ?? Buffer.alloc(0));
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe('the az extension', () => {
  test('is the same, byte by byte, each time it is built, and only a few kilobytes', () => {
    expect(built[0]?.equals(built[1] ?? Buffer.alloc(0))).toBe(true);
    expect(built[0]?.length).toBeLessThan(10_000);
  });

  test('has what az looks for in a wheel, and depends on nothing', () => {
    const info = `postern-${version}.dist-info`;
    const wanted = ['METADATA', 'RECORD', 'WHEEL', 'top_level.txt'].map((name) => `${info}/${name}`);
    expect([...files.keys()]).toEqual(expect.arrayContaining([...wanted, 'azext_postern/__init__.py']));
    expect(files.get(`${info}/METADATA`)?.toString()).not.toContain('Requires-Dist');
    expect(files.get('azext_postern/__init__.py')?.toString()).toContain('\nCOMMAND_LOADER_CLS = ');
    const metadata = JSON.parse(files.get('azext_postern/azext_metadata.json')?.toString() ?? '{}');
    expect(metadata).toEqual({ 'azext.minCliCoreVersion': '2.45.0' });
  });

  test('lists every file of it with its size and digest', () => {
    const name = `postern-${version}.dist-info/RECORD`;
    const lines = files.get(name)?.toString().trimEnd().split('\n') ?? [];
    const expected = [...files].map(([file, bytes]) =>
      file === name ? `${file},,` : `${file},sha256=${sha256(bytes)},${bytes.length}`,
    );
    expect(lines).toEqual(expected);
  });
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64url');

/** The files of a zip by its directory, as every reader of zips finds them; each must have the checksum it claims. */
function unzipped(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  const found = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, length] = [archive.readUInt32LE(at + 24), archive.readUInt16LE(at + 28)];
    const start = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + length);
    const data = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
    const bytes = archive.subarray(data, data + size);
    expect(crc32(bytes), name).toBe(archive.readUInt32LE(at + 16));
    found.set(name, bytes);
    at += 46 + length;
  }
  expect(at).toBe(end);
  return found;
}
