import type { HouseRule } from './rule.ts';

const WHOLE = new Set(['types', 'common', 'misc']);
const LAST_WORD = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'manager',
  'managers',
  'service',
  'services',
]);

export const fileNames: HouseRule = {
  name: 'a file is named after the one thing it exports',
  fix: 'Name it after that thing; if there are several, give each its file (STYLE, Shape)',
  covers: () => true,
  findings({ path }) {
    const vague = path.split('/').find(saysNothing);
    return vague === undefined ? [] : [{ line: 1, problem: `the name '${vague}' says nothing` }];
  },
};

function saysNothing(part: string): boolean {
  const stem = part.replace(/\..*$/, '');
  const words = stem.split(/[-_]|(?=[A-Z])/).map((word) => word.toLowerCase());
  return WHOLE.has(stem.toLowerCase()) || LAST_WORD.has(words.at(-1) ?? '');
}
