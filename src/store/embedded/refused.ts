/** An expected "no": the message says what is wrong and the way out, and is meant to be printed as it is. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}

const SENTENCES: { readonly [code: string]: (path: string) => string } = {
  EACCES: (path) =>
    `Postern may not write in ${path}: give this account the folder, or set POSTERN_DATA to another one.`,
  EPERM: (path) =>
    `Postern may not change ${path}: it belongs to another account. Give it to this one, or set POSTERN_DATA to another folder.`,
  EROFS: (path) => `${path} is on a read-only file system: set POSTERN_DATA to a folder that can be written.`,
  ENOSPC: (path) =>
    `The disk below ${path} is full: free some space, or set POSTERN_DATA to a folder on another one.`,
  EDQUOT: (path) =>
    `The disk quota for ${path} is used up: free some space, or set POSTERN_DATA to another folder.`,
  ENOTDIR: (path) => `${path} runs through something that is not a folder: set POSTERN_DATA to a folder.`,
  EEXIST: (path) => `${path} is not a folder: set POSTERN_DATA to a folder.`,
};

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What the file system refuses becomes a sentence about that folder; anything else stays the bug it is. */
export function asRefusal(error: unknown, path: string): unknown {
  const full = error instanceof Error && diskFull(error.message);
  const sentence = SENTENCES[full ? 'ENOSPC' : codeOf(error)];
  return sentence ? new StoreRefused(sentence(path), { cause: error }) : error;
}

export function diskFull(text: string): boolean {
  return /No space left on device|Disk quota exceeded/.test(text);
}
