import type { HouseRule } from './rule.ts';
import { below, isTest } from './source.ts';
import { findingsIn, isText } from './syntax.ts';

const PLANES = new Set(['azure', 'entra', 'groups']);

export const planeNames: HouseRule = {
  name: 'the core does not know which plane it works for',
  fix: 'Ask a fact of PlaneSemantics instead; if none fits, one is missing there (STYLE habit 4)',
  covers: (path) => below(path, 'src/core') && !isTest(path) && path !== 'src/core/target.ts',
  findings: ({ tree }) =>
    findingsIn(tree, (node) =>
      isText(node) && PLANES.has(node.text) ? `the plane '${node.text}' is named` : null,
    ),
};
