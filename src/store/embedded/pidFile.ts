import { execFile } from 'node:child_process';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What PostgreSQL writes in postmaster.pid: a line each for pid, folder, start, port, socket folder, addresses, memory, status. */
export interface PidFile {
  readonly pid: number;
  readonly data: string;
  readonly port: number;
  readonly socketFolder: string;
  readonly ready: boolean;
}

export async function readPidFile(data: string): Promise<PidFile | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, folder = '', , port, socketFolder = '', , , status = ''] = text.split('\n');
  if (!Number(pid)) return null;
  const ready = status.trim() === 'ready';
  return { pid: Number(pid), data: folder, port: Number(port), socketFolder, ready };
}

/** The postmaster of this folder if one runs, whoever started it. */
export async function livePostmaster(data: string): Promise<PidFile | null> {
  const file = await readPidFile(data);
  return file && (await serves(file.pid, data)) ? file : null;
}

/** Pids are used again and a killed process may stay as a zombie, so a living pid alone says nothing. */
export async function serves(pid: number, data: string): Promise<boolean> {
  if (!exists(pid)) return false;
  return process.platform === 'linux' ? worksIn(pid, data) : isNamed(pid, data);
}

export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// A postmaster works in its data folder; a zombie works nowhere.
async function worksIn(pid: number, data: string): Promise<boolean> {
  try {
    const [its, ours] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(data)]);
    return its.dev === ours.dev && its.ino === ours.ino;
  } catch {
    return false;
  }
}

async function isNamed(pid: number, data: string): Promise<boolean> {
  const ps = promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]);
  return ps.then(({ stdout }) => stdout.includes(data)).catch(() => false);
}

/**
 * PostgreSQL takes any living pid in its lock files for a postmaster, a zombie or a stranger with that number too.
 * To be called with the folder locked. A pid that is gone is left to PostgreSQL, which checks its memory as well.
 */
export async function removeStale(data: string, lockFiles: readonly string[]): Promise<void> {
  const file = await readPidFile(data);
  if (file && exists(file.pid) && !(await serves(file.pid, data))) await rm(join(data, 'postmaster.pid'));
  for (const path of lockFiles) await rm(path, { force: true });
}
