import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A file of the repository as the house rules read it. */
export interface Source {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Empty for SQL. */
  readonly tree: ts.SourceFile;
}

const FOLDERS = ['src', 'test', 'bench', 'bin', 'scripts'];
const READ = /\.(ts|tsx|mjs|sql)$/;

export function sourceOf(file: string, text: string): Source {
  const code = file.endsWith('.sql') ? '' : text;
  return { path: file, text, tree: ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true) };
}

/** Every source file of ours below `root`. */
export function repositorySources(root: string): readonly Source[] {
  return FOLDERS.flatMap((folder) => filesBelow(path.join(root, folder)))
    .filter((file) => READ.test(file))
    .map((file) => sourceOf(path.relative(root, file).replaceAll(path.sep, '/'), readFileSync(file, 'utf8')));
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);
export const isSql = (file: string): boolean => file.endsWith('.sql');
export const below = (file: string, ...folders: readonly string[]): boolean =>
  folders.some((folder) => file.startsWith(`${folder}/`));
