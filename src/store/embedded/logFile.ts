import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

const BYTES_MAX = 10 * 1024 * 1024;

export interface Log {
  readonly fd: number;
  /** What was written since it was opened, its end only. */
  tail(): Promise<string>;
  close(): Promise<void>;
}

export async function openLog(folder: string): Promise<Log> {
  const path = join(folder, 'postgres.log');
  const size = await sizeOf(path);
  if (size > BYTES_MAX) await rename(path, `${path}.1`);
  const handle = await open(path, 'a', 0o600);
  const start = size > BYTES_MAX ? 0 : size;
  return {
    fd: handle.fd,
    tail: async () => lastLines((await readFile(path)).subarray(start).toString()),
    close: () => handle.close(),
  };
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

export function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-8).join('\n');
}
