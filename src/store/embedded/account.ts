import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { type Binaries, copyBinaries, linkLibraries } from './binaries.ts';
import { type Account, commandAs, run } from './command.ts';
import { StoreRefused } from './refused.ts';

/** An account that can run these programs on that data, seen to work. */
export interface Runner {
  readonly account: Account;
  readonly binaries: Binaries;
  readonly major: number;
  /** Who must own the files; null when this process cannot give files away. */
  readonly owner: Ids | null;
  /** The uids that an earlier start of ours may have given files to. */
  readonly formerOwners: readonly number[];
}

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

interface Way {
  readonly account: Account;
  /** Who asks for files, as the kernel sees it; null when it is this process's own account. */
  readonly as: Ids | null;
  readonly ownCopy: boolean;
}

type Attempt = { readonly runner: Omit<Runner, 'formerOwners'> } | { readonly obstacle: string };

const asRoot = process.getuid?.() === 0;

export async function chooseRunner(found: Binaries, folder: string, unshare = 'unshare'): Promise<Runner> {
  const obstacles: string[] = [];
  const linked = await linkLibraries(found);
  const other = await nobody();
  const formerOwners = [process.getuid?.() ?? 0, ...(asRoot && other ? [other.uid] : [])];
  for (const way of waysFor(other, found, linked, unshare)) {
    const tried = await attempt(way, found, folder);
    if ('runner' in tried) return { ...tried.runner, formerOwners };
    obstacles.push(tried.obstacle);
  }
  throw new StoreRefused(whyNot(obstacles));
}

// A copy costs 60 MB: only when the programs can be used nowhere as they are.
function waysFor(other: Ids | null, found: Binaries, linked: boolean, unshare: string): readonly Way[] {
  const accounts = accountsFor(other, unshare);
  const asTheyAre = linked ? accounts.map((way) => ({ ...way, ownCopy: false })) : [];
  const copyHelps = found.root !== null && (asRoot || !linked);
  return [...asTheyAre, ...(copyHelps ? accounts.map((way) => ({ ...way, ownCopy: true })) : [])];
}

// In a user namespace root still owns its files, and has none of root's privileges over those of others.
function accountsFor(other: Ids | null, unshare: string): readonly Omit<Way, 'ownCopy'>[] {
  const namespace = other ? [{ kind: 'namespace', ...other, unshare } as const] : [];
  if (asRoot) {
    const dropped = other ? [{ account: { kind: 'nobody', ...other } as const, as: other }] : [];
    return [...dropped, ...namespace.map((account) => ({ account, as: { uid: 0, gid: 0 } }))];
  }
  const self = hasName() ? [{ kind: 'self' } as const] : [];
  return [...self, ...namespace].map((account) => ({ account, as: null }));
}

// PostgreSQL looks its user up; a container may run with a uid that has no name.
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

async function nobody(): Promise<Ids | null> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd);
  return fields ? { uid: Number(fields[1]) >>> 0, gid: Number(fields[2]) >>> 0 } : null;
}

async function attempt(way: Way, found: Binaries, folder: string): Promise<Attempt> {
  const dataClosed = way.as && (await closedFolder(folder, way.as));
  if (dataClosed) return { obstacle: `${dataClosed} does not let ${describe(way)} through` };
  const binaries = way.ownCopy && found.root !== null ? await copyBinaries(found.root, folder) : found;
  const programsClosed = way.as && (await closedFolder(binaries.bin, way.as));
  if (programsClosed) return { obstacle: `${programsClosed} does not let ${describe(way)} through` };
  const { ok, output } = await run(commandAs(way.account, join(binaries.bin, 'postgres'), ['--version']));
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(output)?.[1]);
  if (!ok || !major) return { obstacle: `postgres does not run as ${describe(way)} (${output.trim()})` };
  return { runner: { account: way.account, binaries, major, owner: way.as } };
}

function describe({ account }: Way): string {
  const words = { self: 'this account', nobody: 'the account nobody', namespace: 'root in a user namespace' };
  return words[account.kind];
}

/** The first folder from the top down to `path` that these ids may not pass, or null. */
export async function closedFolder(path: string, ids: Ids): Promise<string | null> {
  const above = dirname(path);
  const closed = above === path ? null : await closedFolder(above, ids);
  return closed ?? (passes(await stat(path), ids) ? null : path);
}

/** The kernel's question for one folder: the owner's bit for the owner, else the group's, else the others'. */
export function passes(of: Ids & { readonly mode: number }, ids: Ids): boolean {
  if (of.uid === ids.uid) return (of.mode & 0o100) !== 0;
  if (of.gid === ids.gid) return (of.mode & 0o010) !== 0;
  return (of.mode & 0o001) !== 0;
}

function whyNot(obstacles: readonly string[]): string {
  const seen = [...new Set(obstacles)].join('; ') || 'there is no account nobody in /etc/passwd';
  return asRoot
    ? `PostgreSQL does not run as root, and no other way is open: ${seen}. Set POSTERN_DATA=/var/lib/postern (a folder every account may pass), start Postern as an ordinary user, or set POSTERN_DATABASE_URL.`
    : `PostgreSQL cannot be run here: ${seen}. Set POSTERN_PG_BIN to a folder with initdb and postgres, or POSTERN_DATABASE_URL to a server.`;
}
