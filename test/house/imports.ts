import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../scripts/imports.mjs', import.meta.url));

export interface ImportCheck {
  readonly passed: boolean;
  /** How many modules were read; a check of none proves nothing. */
  readonly modules: number;
  readonly output: string;
}

/** Runs the import check as `npm run check` does, on the sources below `root`. */
export function checkImports(root: string): ImportCheck {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], { cwd: root, encoding: 'utf8' });
  const [, modules = '0'] = /imports: (\d+) modules/.exec(stdout) ?? [];
  return { passed: status === 0, modules: Number(modules), output: stdout + stderr };
}
