import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { invariantProblems } from './invariantList.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const markdown = readFileSync(`${root}docs/invariants.md`, 'utf8');
const OWN = 'test/house/';

/** Everything that holds tests, by its path: test files, and the lists of cases they run. Comments prove nothing. */
function testSources(): ReadonlyMap<string, string> {
  const paths = ['src', 'test'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  );
  const tests = paths.filter((path) => /(\.test|Cases)\.ts$/.test(path) && !path.startsWith(OWN));
  return new Map(tests.map((path) => [path, withoutComments(readFileSync(`${root}${path}`, 'utf8'))]));
}
const withoutComments = (text: string) => text.replace(/^\s*(\/\/|\/?\*).*$/gm, '');

test('every invariant is proven by tests that name it, or owed by somebody', () => {
  const tests = testSources();
  expect(tests.size).toBeGreaterThan(20);
  expect(invariantProblems(markdown, tests)).toEqual([]);
});

describe('the list of invariants is found wanting when', () => {
  const tests = testSources();
  const line = (id: string) => markdown.split('\n').find((l) => l.startsWith(`| ${id} `)) ?? '';
  const without = (id: string) => markdown.replace(`${line(id)}\n`, '');
  test.each<[string, string, RegExp]>([
    ['an id is missing', without('T1'), /^T1 is not in the list/],
    ['an id is there twice', `${markdown}\n${line('T1')}`, /^T1 is in the list twice/],
    ['an id is none', `${markdown}\n| T99 | x | owed | later |`, /^T99 is no invariant/],
    ['an id is neither proven nor owed', `${without('T1')}\n| T1 | x | hoped | later |`, /^T1 is 'hoped'/],
    ['an id is owed by nobody', `${without('T1')}\n| T1 | x | owed | somebody |`, /^T1 is owed by nobody/],
    ['a proof names no file', `${without('T1')}\n| T1 | x | proven | surely |`, /^T1 is proven by nothing/],
    [
      'a proof names a file that is not there',
      `${without('T1')}\n| T1 | x | proven | \`test/gone.test.ts\` |`,
      /^T1: there is no/,
    ],
    [
      'a proof names a file that does not name it',
      `${without('T1')}\n| T1 | x | proven | \`src/core/same.test.ts\` |`,
      /^T1: no test in/,
    ],
  ])('%s', (_name, text, problem) => {
    expect(invariantProblems(text, tests)).toEqual([expect.stringMatching(problem)]);
  });
  test('a test names what is no invariant', () => {
    expect(invariantProblems(markdown, new Map([...tests, ['x.test.ts', "test('INV-X7: …')"]]))).toEqual([
      expect.stringMatching(/INV-X7/),
    ]);
  });
});
