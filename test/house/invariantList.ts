/** One line of docs/invariants.md. */
interface Entry {
  readonly id: string;
  readonly state: string;
  readonly by: string;
}

/** How many there are of each letter; their numbers run from 1. */
const COUNTS = { T: 8, L: 9, A: 11, Z: 9, U: 7, D: 6, B: 8, R: 2, Q: 4 };
const ISSUES = /^issue [2-5]\b|^later\b/;

/** What is wrong with the list of invariants: told as sentences, nothing when all is well. */
export function invariantProblems(markdown: string, tests: ReadonlyMap<string, string>): readonly string[] {
  const entries = entriesOf(markdown);
  const ids = entries.map(({ id }) => id);
  const all = Object.entries(COUNTS).flatMap(([letter, n]) =>
    Array.from({ length: n }, (_, i) => `${letter}${i + 1}`),
  );
  const tested = [...tests.values()].flatMap((text) =>
    [...text.matchAll(/INV-([A-Z]\d+)/g)].map((m) => m[1] ?? ''),
  );
  return [
    ...all
      .filter((id) => !ids.includes(id))
      .map((id) => `${id} is not in the list: give it a line, proven or owed`),
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} is in the list twice`),
    ...ids.filter((id) => !all.includes(id)).map((id) => `${id} is no invariant`),
    ...[...new Set(tested)]
      .filter((id) => !all.includes(id))
      .map((id) => `a test names INV-${id}, which is no invariant`),
    ...entries.flatMap((entry) => problemsOf(entry, tests)),
  ];
}

function problemsOf({ id, state, by }: Entry, tests: ReadonlyMap<string, string>): readonly string[] {
  if (state === 'owed')
    return ISSUES.test(by) ? [] : [`${id} is owed by nobody: name the issue that will prove it`];
  if (state !== 'proven') return [`${id} is '${state}': it must be proven or owed`];
  const files = [...by.matchAll(/`([^`]+\.ts)`/g)].map((m) => m[1] ?? '');
  if (files.length === 0) return [`${id} is proven by nothing: name the files of its tests`];
  return files.flatMap((file) => {
    const text = tests.get(file);
    if (text === undefined) return [`${id}: there is no test file ${file}`];
    return new RegExp(`INV-${id}\\b`).test(text)
      ? []
      : [`${id}: no test in ${file} has INV-${id} in its name`];
  });
}

const entriesOf = (markdown: string): readonly Entry[] =>
  markdown
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^[A-Z]\d+$/.test(cells[1] ?? ''))
    .map(([, id = '', , state = '', by = '']) => ({ id, state, by }));
