import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { asRefusal, StoreRefused } from './refused.ts';

export interface Lock {
  release(): void;
}

const BUSY = 5;
// A killed process keeps its locks until the kernel has taken it apart.
const DYING_MS = 1_000;
const POLL_MS = 20;

/**
 * One postern per folder. The lock is the kernel's, so it ends with the process however that ends; SQLite is only
 * the way Node has to take one, and nothing is stored in the file.
 */
export async function takeLock(folder: string): Promise<Lock> {
  const pidFile = join(folder, 'postern.pid');
  const database = await lockFile(folder, pidFile);
  try {
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    database.close();
    throw asRefusal(error, folder);
  }
  return {
    release: () => {
      rmSync(pidFile, { force: true });
      database.close();
    },
  };
}

async function lockFile(folder: string, pidFile: string): Promise<DatabaseSync> {
  const path = join(folder, 'postern.lock');
  const deadline = Date.now() + DYING_MS;
  for (;;) {
    try {
      return openLocked(path);
    } catch (error) {
      if (!busy(error)) throw new StoreRefused(cannotLock(path, error), { cause: error });
      if (Date.now() > deadline) throw new StoreRefused(inUse(folder, pidFile), { cause: error });
    }
    await sleep(POLL_MS);
  }
}

function openLocked(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function busy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === BUSY;
}

function inUse(folder: string, pidFile: string): string {
  return `${folder} is in use by another postern process${holder(pidFile)}: stop that one first, or set POSTERN_DATA to another folder.`;
}

function holder(pidFile: string): string {
  try {
    return ` (pid ${Number(readFileSync(pidFile, 'utf8'))})`;
  } catch {
    return '';
  }
}

function cannotLock(path: string, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `${path} cannot be locked (${why}): give this account the folder, or set POSTERN_DATA to another one.`;
}
