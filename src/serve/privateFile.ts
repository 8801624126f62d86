import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file that only its owner can read, whole or not at all. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const half = `${file}.${process.pid}.half`;
  await rm(half, { force: true });
  await writeFile(half, text, { mode: 0o600, flag: 'wx' });
  await rename(half, file);
}
