import ts from 'typescript';
import type { Finding } from './rule.ts';

/** Every node of a tree, the tree itself first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}

/** What `problemOf` says about the nodes of a tree. */
export function findingsIn(
  tree: ts.SourceFile,
  problemOf: (node: ts.Node) => string | null,
): readonly Finding[] {
  return [...nodesOf(tree)].flatMap((node) => {
    const problem = problemOf(node);
    return problem === null ? [] : [{ line: lineOf(node), problem }];
  });
}

export const lineOf = (node: ts.Node): number =>
  node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;

/** The lines of a text that match, by line number. */
export const matchingLines = (text: string, pattern: RegExp, problem: string): readonly Finding[] =>
  text.split('\n').flatMap((line, index) => (pattern.test(line) ? [{ line: index + 1, problem }] : []));

/** Whether an identifier names a property (`x.name`, `{ name: 1 }`, `{ name }`) and not a variable. */
export function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return isPropertyOfPattern(parent, node);
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return (
    (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || isMember(parent)) &&
    parent.name === node
  );
}

const isMember = (node: ts.Node) =>
  ts.isPropertySignature(node) || ts.isMethodSignature(node) || ts.isPropertyDeclaration(node);

const isPropertyOfPattern = (element: ts.BindingElement, node: ts.Identifier): boolean =>
  ts.isObjectBindingPattern(element.parent) && (element.propertyName ?? element.name) === node;

/** The texts a program says: strings and the fixed parts of templates. */
export const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteral(node) ||
  ts.isNoSubstitutionTemplateLiteral(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddle(node) ||
  ts.isTemplateTail(node);
