import {
  chmod,
  chown,
  lchown,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  statfs,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Runner } from './account.ts';
import { commandAs, run } from './command.ts';
import { lastLines } from './logFile.ts';
import { diskFull, StoreRefused } from './refused.ts';

const HALF = 'postgres.half-';
const FREE_BYTES_MIN = 200 * 1024 * 1024;

export function dataFolderOf(folder: string): string {
  return join(folder, 'postgres');
}

/** Makes the database once. It gets its name only when it is whole, so a start cut short leaves nothing half made. */
export async function makeDataFolder(
  folder: string,
  runner: Runner,
  say: (line: string) => void,
): Promise<void> {
  await removeHalves(folder);
  if (await isMade(dataFolderOf(folder), runner.major)) return;
  await mustHaveRoom(folder);
  say(`Creating the database in ${dataFolderOf(folder)}`);
  const half = join(folder, `${HALF}${process.pid}`);
  try {
    await initialize(half, runner);
    await rename(half, dataFolderOf(folder));
    await sync(folder);
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

async function removeHalves(folder: string): Promise<void> {
  const halves = (await readdir(folder)).filter((name) => name.startsWith(HALF));
  // The initdb of a killed postern may still be writing in it.
  for (const name of halves) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 10 });
}

async function isMade(data: string, major: number): Promise<boolean> {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null) return mustBeEmpty(data);
  if (Number(version) === major) return true;
  throw new StoreRefused(
    `${data} was made by PostgreSQL ${version.trim()}, and this is PostgreSQL ${major}: set POSTERN_PG_BIN to the binaries of ${version.trim()}, or POSTERN_DATA to another folder.`,
  );
}

async function mustBeEmpty(data: string): Promise<false> {
  const names = await readdir(data).catch(() => []);
  if (names.length === 0) return false;
  throw new StoreRefused(
    `${data} holds files but no PostgreSQL database: move them away, or set POSTERN_DATA to another folder.`,
  );
}

async function mustHaveRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= FREE_BYTES_MIN) return;
  throw new StoreRefused(
    `The disk below ${folder} has less than ${FREE_BYTES_MIN / 1024 / 1024} MB free, too little for a database: free some space, or set POSTERN_DATA to a folder on another disk.`,
  );
}

async function initialize(half: string, { account, binaries, major, owner }: Runner): Promise<void> {
  await mkdir(half, { mode: 0o700 });
  if (owner) await chown(half, owner.uid, owner.gid);
  const options = ['--username=postern', '--encoding=UTF8', '--auth-local=trust', '--auth-host=reject'];
  const args = ['--pgdata', half, ...options, ...localeOptions(major), '--text-search-config=simple'];
  const { ok, output } = await run(commandAs(account, join(binaries.bin, 'initdb'), args));
  if (ok) return;
  throw new StoreRefused(
    diskFull(output)
      ? `The disk below ${half} is full: free some space, or set POSTERN_DATA to a folder on another one.`
      : `PostgreSQL could not create its database. It said:\n${lastLines(output)}`,
  );
}

// The provider that is built in exists since 17; before it C.UTF-8 is the C library's, which macOS does not have.
function localeOptions(major: number): readonly string[] {
  if (major >= 17) return ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  return [process.platform === 'darwin' ? '--locale=C' : '--locale=C.UTF-8'];
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** PostgreSQL opens only what its own account owns; an earlier start may have run as another one. */
export async function ownDataFolder(data: string, { owner }: Runner): Promise<void> {
  const { uid } = await lstat(data);
  if (owner === null && uid !== process.getuid?.()) {
    throw new StoreRefused(
      `${data} belongs to another account (uid ${uid}); Postern was probably started as root before. Start it as root again, or give it away with: chown -R ${process.getuid?.()} ${data}`,
    );
  }
  if (owner !== null && uid !== owner.uid) await giveAway(data, owner);
  await chmod(data, 0o700);
}

// The folder itself comes last: as long as it is not given away, the next start does it again.
async function giveAway(path: string, owner: NonNullable<Runner['owner']>): Promise<void> {
  const stat = await lstat(path);
  if (stat.isDirectory()) {
    for (const name of await readdir(path)) await giveAway(join(path, name), owner);
  }
  await lchown(path, owner.uid, owner.gid);
}
