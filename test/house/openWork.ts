import type { HouseRule } from './rule.ts';
import { matchingLines } from './syntax.ts';

// Written so that this file does not find itself.
const NOTE = /\bTO[D]O\b|\bFIX[M]E\b/;

export const openWork: HouseRule = {
  name: 'nothing is left to be done in a comment',
  fix: 'Do it, or open an issue and take the note away',
  covers: () => true,
  findings: ({ text }) => matchingLines(text, NOTE, 'a note about work that is not done'),
};
