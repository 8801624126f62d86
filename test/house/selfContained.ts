import type { HouseRule } from './rule.ts';
import { matchingLines } from './syntax.ts';

// Written so that this file does not find itself.
const NEIGHBOUR = /\.\.[/]shared\b/;

export const selfContained: HouseRule = {
  name: 'the repository needs nothing that lies beside it',
  fix: 'Carry the data over into data/ with its source (DESIGN, Self-contained)',
  covers: () => true,
  findings: ({ text }) => matchingLines(text, NEIGHBOUR, 'a folder outside the repository is named'),
};
