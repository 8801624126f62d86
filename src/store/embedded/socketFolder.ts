import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Runner } from './account.ts';
import { StoreRefused } from './refused.ts';

export const PORT = 5432;
export const SOCKET = `.s.PGSQL.${PORT}`;

// A socket's path has room for 104 bytes on macOS and 108 on Linux, its final zero included.
const PATH_BYTES_MAX = 100;

/** Whoever reaches the socket is the database's owner, so only its account may pass the folder. */
export async function prepareSocketFolder(folder: string, { owner, formerOwners }: Runner): Promise<string> {
  const path = socketFolderFor(folder, tmpdir());
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await mustBeOurs(path, formerOwners);
  await chmod(path, 0o700);
  if (owner) await chown(path, owner.uid, owner.gid);
  return path;
}

/** Always the same for the same data folder, so that a later start looks where an earlier one listened. */
export function socketFolderFor(folder: string, temporary: string): string {
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const fits = (path: string) => Buffer.byteLength(join(path, SOCKET)) <= PATH_BYTES_MAX;
  const places = [join(folder, 'run'), join(temporary, `postern-${key}`)];
  return places.find(fits) ?? join('/tmp', `postern-${key}`);
}

/** A clean stop leaves nothing in the system's temporary folder. */
export async function removeSocketFolder(folder: string, path: string): Promise<void> {
  if (!path.startsWith(join(folder, '/'))) await rmdir(path).catch(() => {});
}

async function mustBeOurs(path: string, owners: readonly number[]): Promise<void> {
  const stat = await lstat(path);
  const closed = (stat.mode & 0o077) === 0;
  if (stat.isDirectory() && owners.includes(stat.uid) && closed) return;
  throw new StoreRefused(
    `${path} should be Postern's own folder for the database socket, but it is not a folder of this account that is closed to others (0700): remove it, or set POSTERN_DATA to a shorter path.`,
  );
}
