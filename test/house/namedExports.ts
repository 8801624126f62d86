import ts from 'typescript';
import type { HouseRule } from './rule.ts';
import { isSql } from './source.ts';
import { findingsIn } from './syntax.ts';

export const namedExports: HouseRule = {
  name: 'everything is exported by its name',
  fix: 'Export it by the name it has everywhere else (STYLE, Shape)',
  covers: (path) => !isSql(path),
  findings: ({ tree }) => findingsIn(tree, (node) => (isDefault(node) ? 'a default export' : null)),
};

const isDefault = (node: ts.Node): boolean =>
  ts.isExportAssignment(node) ||
  (ts.isExportSpecifier(node) && node.name.text === 'default') ||
  (ts.canHaveModifiers(node) &&
    (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword));
