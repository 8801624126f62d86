import ts from 'typescript';
import type { HouseRule } from './rule.ts';
import { isSql } from './source.ts';
import { findingsIn } from './syntax.ts';

const FUNCTION_LINES = 70;
const FILE_LINES = 300;

export const functionSize: HouseRule = {
  name: `no function is longer than ${FUNCTION_LINES} lines`,
  fix: 'Split it by meaning: branches in the parent, pure leaves below (STYLE, Shape)',
  covers: (path) => !isSql(path),
  findings: ({ tree }) => findingsIn(tree, tooLong),
};

export const fileSize: HouseRule = {
  name: `no file is longer than ${FILE_LINES} lines`,
  fix: 'Give the second thing in it a file of its own, named after it (STYLE, Shape)',
  covers: (path) => !isSql(path),
  findings({ text }) {
    const lines = text.trimEnd().split('\n').length;
    return lines > FILE_LINES ? [{ line: lines, problem: `the file has ${lines} lines` }] : [];
  },
};

function tooLong(node: ts.Node): string | null {
  if (!ts.isFunctionLike(node) || isSuite(node)) return null;
  const lines = node.getText().split('\n').length;
  return lines > FUNCTION_LINES ? `${nameOf(node)} has ${lines} lines` : null;
}

// The callback of describe() is a chapter of a test file, not a function.
const isSuite = ({ parent }: ts.Node): boolean =>
  ts.isCallExpression(parent) && /^describe\b/.test(parent.expression.getText());

function nameOf({ name, parent }: ts.SignatureDeclaration): string {
  const named =
    name ?? (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name : undefined);
  return named ? `'${named.getText()}'` : 'a function without a name';
}
