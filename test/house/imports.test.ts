import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkImports } from './imports.ts';

const ours = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

// A repository of these files only, checked by the real script with the real rules.
function checked(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(path.join(tmpdir(), 'postern-imports-'));
  try {
    cpSync(ours('tsconfig.json'), path.join(root, 'tsconfig.json'));
    symlinkSync(ours('node_modules'), path.join(root, 'node_modules'));
    mkdirSync(path.join(root, 'src'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    return checkImports(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const ROLE = { 'src/core/role.ts': 'export const role = 1;\n' };
const imports = (from: string) => `import { role } from '${from}';\nexport const x = role;\n`;

describe('the import check', { timeout: 60_000 }, () => {
  test('passes a tree that keeps to the table and counts its modules', () => {
    const { passed, modules, output } = checked({
      ...ROLE,
      'src/planes/azure.ts': imports('../core/role.ts'),
    });
    expect(output).toContain('imports: 2 modules, 0 violations');
    expect({ passed, modules }).toEqual({ passed: true, modules: 2 });
  });

  test('fails when it read nothing', () => {
    expect(checked({})).toMatchObject({ passed: false, modules: 0 });
  });

  test('sees a layer that looks up, a pure folder that does I/O, SQL outside the store, and a cycle', () => {
    const { passed, output } = checked({
      ...ROLE,
      'src/engine/engine.ts': 'export const role = 1;\n',
      'src/store/up.ts': imports('../engine/engine.ts'),
      'src/core/io.ts': "import { readFileSync } from 'node:fs';\nexport const f = readFileSync;\n",
      'src/http/sql.ts': "import pg from 'pg';\nexport const pool = pg.Pool;\n",
      'src/cli/type.ts': "import type { role } from '../core/role.ts';\nexport type X = typeof role;\n",
      'src/core/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'src/core/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    });
    expect(passed).toBe(false);
    expect(output).toContain('src/store/up.ts -> src/engine/engine.ts: store imports only');
    expect(output).toContain('src/core/io.ts -> fs: pure folders');
    expect(output).toMatch(/src\/http\/sql\.ts -> .*: SQL only in store/);
    expect(output).toContain('src/cli/type.ts -> src/core/role.ts: cli imports only itself');
    expect(output).toMatch(/src\/core\/[ab]\.ts -> src\/core\/[ab]\.ts: no cycles/);
  });
});
