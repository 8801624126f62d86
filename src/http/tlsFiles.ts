import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issued } from './tlsIssue.ts';

const FILES = [
  { part: 'ca', name: 'ca.pem', mode: 0o644 },
  { part: 'leaf', name: 'leaf.pem', mode: 0o644 },
  { part: 'key', name: 'leaf.key', mode: 0o600 },
] as const;

export const caPathIn = (folder: string): string => join(folder, 'ca.pem');

/** What is there, or null when a file is missing. */
export async function readIssued(folder: string): Promise<Issued | null> {
  try {
    const [ca, leaf, key] = await Promise.all(FILES.map(({ name }) => readFile(join(folder, name), 'utf8')));
    return { ca: ca ?? '', leaf: leaf ?? '', key: key ?? '' };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Each file is whole or as it was. A kill between two of them leaves files that do not belong together, which the next
 * start sees and makes anew.
 */
export async function writeIssued(folder: string, issued: Issued): Promise<void> {
  await mkdir(folder, { recursive: true });
  // People and their programs read the CA; the key has its own mode. A narrow umask would shut them out.
  await chmod(folder, 0o755);
  for (const { part, name, mode } of FILES) await put(join(folder, name), issued[part], mode);
  await sync(folder);
}

async function put(path: string, content: string, mode: number): Promise<void> {
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
