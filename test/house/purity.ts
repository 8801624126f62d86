import ts from 'typescript';
import type { HouseRule } from './rule.ts';
import { below, isTest } from './source.ts';
import { findingsIn, isPropertyName } from './syntax.ts';

const GLOBALS = new Set([
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch', 'process', 'console'],
  ...['performance', 'crypto', 'randomUUID', 'globalThis'],
]);
const ACCESSES = new Set(['Date.now', 'Math.random', 'Temporal.Now']);

export const purity: HouseRule = {
  name: 'the pure folders know neither clock nor chance nor the world',
  fix: 'Take the instant, the id or the answer as an argument (INVARIANTS rule 1)',
  covers: (path) => below(path, 'src/core', 'src/planes', 'src/odata') && !isTest(path),
  findings: ({ tree }) => findingsIn(tree, impurityOf),
};

function impurityOf(node: ts.Node): string | null {
  if (ts.isNewExpression(node) && isDate(node.expression)) return "'new Date' reads or makes local time";
  if (ts.isCallExpression(node) && isDate(node.expression)) return "'Date()' reads the clock";
  if (ts.isPropertyAccessExpression(node)) {
    const access = `${node.expression.getText()}.${node.name.text}`;
    return ACCESSES.has(access) ? `'${access}' in a pure folder` : null;
  }
  if (!ts.isIdentifier(node) || !GLOBALS.has(node.text) || isOnlyAName(node)) return null;
  return `'${node.text}' in a pure folder`;
}

// `{ fetch }` names a property and uses the global of that name.
const isOnlyAName = (node: ts.Identifier): boolean =>
  isPropertyName(node) && !ts.isShorthandPropertyAssignment(node.parent);

const isDate = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === 'Date';
