import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.dirname(path.dirname(import.meta.dirname));
const document = readFileSync(path.join(root, 'docs', 'divergences.md'), 'utf8');
const listed = [...document.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id = '']) => id);
const named = globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(/docs\/divergences\.md: ([a-z-]+)/g)].map(
    ([, id = '']) => `${id} in ${file}`,
  ),
);

test('a divergence that the code names has its entry, and an entry is there once', () => {
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((at) => !listed.includes(at.split(' ')[0] ?? ''))).toEqual([]);
  expect(listed.filter((id, i) => listed.indexOf(id) !== i)).toEqual([]);
});
