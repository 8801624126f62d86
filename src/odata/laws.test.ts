import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BOUNDS } from './bounds.ts';
import type { Comparator, Filter, Lambda, Literal, Node, Operand, Path } from './filter.ts';
import { parseFilter } from './parse.ts';

const COMPARATORS: readonly Comparator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const word = fc.constantFrom(
  'principalId',
  'groupTypes',
  'scope',
  'in',
  'eq',
  'any',
  '$count',
  '@odata.type',
  '_x1',
);
const path: fc.Arbitrary<Path> = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((segments) => ({ kind: 'path', segments }));
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 10 }).map((value): Literal => ({ kind: 'string', value })),
  fc.uuid().map((value): Literal => ({ kind: 'guid', value })),
  fc
    .constantFrom('2026-08-22T10:00:00.1234567Z', '2026-08-22T10:00+02:00')
    .map((value): Literal => ({ kind: 'instant', value })),
  fc.constant<Literal>({ kind: 'date', value: '2026-08-22' }),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value): Literal => ({ kind: 'number', value: value + 0 })),
  fc.boolean().map((value): Literal => ({ kind: 'boolean', value })),
  fc.constant<Literal>({ kind: 'null' }),
);

const { condition } = fc.letrec<{ condition: Filter; operand: Operand; call: Filter & Operand }>((tie) => ({
  call: fc.record({
    kind: fc.constant('call' as const),
    name: fc.constantFrom('atscope', 'contains', 'in'),
    args: fc.array(tie('operand'), { maxLength: 2 }),
  }),
  operand: fc.oneof({ maxDepth: 2 }, literal, path, tie('call')),
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      kind: fc.constant('comparison' as const),
      comparator: fc.constantFrom(...COMPARATORS),
      left: tie('operand'),
      right: tie('operand'),
    }),
    fc.record({
      kind: fc.constant('in' as const),
      left: tie('operand'),
      values: fc.array(tie('operand'), { minLength: 1, maxLength: 3 }),
    }),
    tie('call'),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      terms: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), term: tie('condition') }),
    fc.record({
      kind: fc.constant('lambda' as const),
      quantifier: fc.constantFrom('any' as const, 'all' as const),
      path,
      each: fc.record({ variable: word, condition: tie('condition') }),
    }),
    path.map((collection): Lambda => ({ kind: 'lambda', quantifier: 'any', path: collection, each: null })),
  ),
}));

// Every combination and negation stands in brackets, so that printing says exactly what the tree says.
function print(node: Node): string {
  switch (node.kind) {
    case 'comparison':
      return `${print(node.left)} ${node.comparator} ${print(node.right)}`;
    case 'in':
      return `${print(node.left)} in (${node.values.map(print).join(',')})`;
    case 'and':
    case 'or':
      return `(${node.terms.map(print).join(` ${node.kind} `)})`;
    case 'not':
      return `not (${print(node.term)})`;
    case 'call':
      return `${node.name}(${node.args.map(print).join(',')})`;
    case 'lambda':
      return `${print(node.path)}/${node.quantifier}(${node.each ? `${node.each.variable}:${print(node.each.condition)}` : ''})`;
    case 'path':
      return node.segments.join('/');
    case 'string':
      return `'${node.value.replaceAll("'", "''")}'`;
    case 'guid':
    case 'instant':
    case 'date':
    case 'number':
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
  }
}

function partsOf(node: Node): readonly Node[] {
  if (node.kind === 'comparison') return [node.left, node.right];
  if (node.kind === 'in') return [node.left, ...node.values];
  if (node.kind === 'and' || node.kind === 'or') return node.terms;
  if (node.kind === 'not') return [node.term];
  if (node.kind === 'call') return node.args;
  if (node.kind === 'lambda') return node.each ? [node.path, node.each.condition] : [node.path];
  return [];
}
const sizeOf = (node: Node): number => partsOf(node).reduce((sum, part) => sum + sizeOf(part), 1);
const depthOf = (node: Node): number => 1 + Math.max(0, ...partsOf(node).map(depthOf));

function withinBounds(filter: Filter): void {
  expect(sizeOf(filter)).toBeLessThanOrEqual(BOUNDS.nodes);
  expect(depthOf(filter)).toBeLessThanOrEqual(BOUNDS.depth);
}

function refusedInside(text: string, position: number, problem: string): void {
  expect(problem).not.toBe('');
  expect(position).toBeGreaterThanOrEqual(0);
  expect(position).toBeLessThanOrEqual(text.length);
}

describe('the laws of filters', () => {
  test('a printed filter reads as itself, or passes a bound', () => {
    let read = 0;
    fc.assert(
      fc.property(condition, (filter) => {
        const parsed = parseFilter(print(filter));
        if (parsed.ok) {
          read += 1;
          expect(parsed.filter).toEqual(filter);
        } else expect(parsed.problem).toMatch(/longer than|more than/);
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(1_000);
  });

  test('INV-Q2: whatever the text, the answer is a bounded filter or a refusal at a place in it', () => {
    const piece = fc.constantFrom(
      ...'()/,: ',
      "'",
      ...[
        'not ',
        ' and ',
        ' or ',
        ' eq ',
        ' in ',
        'any(x:',
        'a',
        'f(',
        '1',
        "'x'",
        'null',
        '2026-08-22',
        '\u0000',
        'é',
      ],
    );
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: piece, maxLength: 60 }));
    fc.assert(
      fc.property(anything, (text) => {
        const parsed = parseFilter(text);
        if (parsed.ok) withinBounds(parsed.filter);
        else refusedInside(text, parsed.position, parsed.problem);
      }),
      { numRuns: 5_000 },
    );
  });

  test('INV-Q2: a filter made too large by repetition is refused, not worked on', () => {
    const grown = fc.tuple(
      fc.constantFrom('(', 'not ', 'f(', 'a/any(x:', 'a and (', '1,', "''", 'a eq 1 or '),
      fc.nat(20_000),
    );
    fc.assert(
      fc.property(grown, ([piece, times]) => {
        const parsed = parseFilter(piece.repeat(times));
        if (parsed.ok) withinBounds(parsed.filter);
      }),
      { numRuns: 300 },
    );
  });
});
