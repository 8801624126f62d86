import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkImports } from './house/imports.ts';
import { looseVersions, missingOptionals, optionalPairs } from './house/lockfile.ts';
import { violations } from './house/rule.ts';
import { HOUSE_RULES } from './house/rules.ts';
import { repositorySources } from './house/source.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const json = (name: string) => JSON.parse(readFileSync(`${root}${name}`, 'utf8'));
const sources = repositorySources(root);

describe('the repository', () => {
  test('was read: a check of nothing proves nothing', () => {
    const paths = sources.map(({ path }) => path);
    for (const folder of ['src/core/', 'src/odata/', 'test/', 'scripts/'])
      expect(
        paths.filter((path) => path.startsWith(folder)),
        folder,
      ).not.toEqual([]);
  });

  test.each(HOUSE_RULES)('$name', (rule) => {
    expect(violations(rule, sources)).toEqual([]);
  });

  test('imports go only where the table of ARCHITECTURE.md lets them', { timeout: 60_000 }, () => {
    const { passed, modules, output } = checkImports(root);
    expect(passed, output).toBe(true);
    expect(modules).toBeGreaterThan(0);
  });

  test('is tested on Node 24, whatever Node the machine has', () => {
    expect(process.version).toMatch(/^v24\./);
  });

  test('locks the binaries of every platform', () => {
    const lock = json('package-lock.json');
    const wanted = optionalPairs(lock).map(([, whom]) => whom);
    for (const family of [
      '@biomejs/cli-',
      '@rolldown/binding-',
      '@oxc-parser/binding-',
      '@oxc-resolver/binding-',
    ])
      expect(wanted.filter((name) => name.startsWith(family)).length, family).toBeGreaterThan(1);
    expect(missingOptionals(lock)).toEqual([]);
  });

  test('asks for exact versions of its dependencies', () => {
    expect(looseVersions(json('package.json'))).toEqual([]);
  });
});
