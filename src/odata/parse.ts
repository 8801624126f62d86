import { type Budget, newBudget, refuseLongText } from './bounds.ts';
import type { Comparator, Filter, Lambda, Literal, Node, Operand, Path } from './filter.ts';
import { type Token, tokensOf } from './lexer.ts';
import { FilterRefusal, refuse } from './refusal.ts';

export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly position: number; readonly problem: string };

/** Reads a `$filter` whose percent signs and plus signs have been decoded. Never throws on a bad one. */
export function parseFilter(text: string): ParsedFilter {
  try {
    refuseLongText(text);
    return { ok: true, filter: wholeFilter({ tokens: tokensOf(text), next: 0, budget: newBudget() }) };
  } catch (error) {
    if (error instanceof FilterRefusal)
      return { ok: false, position: error.position, problem: error.message };
    throw error;
  }
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly budget: Budget;
  next: number;
}

function wholeFilter(reader: Reader): Filter {
  if (peek(reader).kind === 'end') refuse(peek(reader).at, 'the filter is empty');
  const filter = disjunction(reader);
  if (peek(reader).kind !== 'end') expected(reader, "'and', 'or' or the end");
  return filter;
}

const disjunction = (reader: Reader): Filter => combination(reader, 'or', conjunction);
const conjunction = (reader: Reader): Filter => combination(reader, 'and', term);

function combination(reader: Reader, kind: 'and' | 'or', part: (reader: Reader) => Filter): Filter {
  const { at } = peek(reader);
  const first = part(reader);
  const terms = [first];
  while (takeWord(reader, kind)) terms.push(part(reader));
  return terms.length === 1 ? first : reader.budget.made(at, { kind, terms }, terms);
}

function term(reader: Reader): Filter {
  const { at, kind } = peek(reader);
  if (takeWord(reader, 'not')) {
    const negated = reader.budget.within(at, () => term(reader));
    return reader.budget.made(at, { kind: 'not', term: negated }, [negated]);
  }
  return kind === '(' ? inBrackets(reader, disjunction) : condition(reader);
}

function condition(reader: Reader): Filter {
  const start = peek(reader);
  const left = member(reader);
  if (left.kind === 'lambda') return left;
  const comparator = takeComparator(reader);
  if (comparator) {
    const right = operand(reader);
    return reader.budget.made(start.at, { kind: 'comparison', comparator, left, right }, [left, right]);
  }
  if (takeWord(reader, 'in')) {
    const values = inBrackets(reader, () => operands(reader));
    return reader.budget.made(start.at, { kind: 'in', left, values }, [left, ...values]);
  }
  return left.kind === 'call'
    ? left
    : expected(reader, `a comparison of '${start.text}' (eq, ne, gt, ge, lt, le, in)`);
}

function operand(reader: Reader): Operand {
  const { at } = peek(reader);
  const found = member(reader);
  return found.kind === 'lambda'
    ? refuse(at, `'${found.quantifier}' is a condition of its own, not a value`)
    : found;
}

function operands(reader: Reader): readonly Operand[] {
  const found = [operand(reader)];
  while (takeMark(reader, ',')) found.push(operand(reader));
  return found;
}

function member(reader: Reader): Operand | Lambda {
  const token = peek(reader);
  const literal = literalOf(token);
  if (!literal && token.kind !== 'word') expected(reader, 'a property, a function or a value');
  take(reader);
  if (literal) return reader.budget.made(token.at, literal);
  return peek(reader).kind === '(' ? call(reader, token) : path(reader, token);
}

function call(reader: Reader, { at, text }: Token): Operand {
  const args = inBrackets(reader, () => (peek(reader).kind === ')' ? [] : operands(reader)));
  return reader.budget.made(at, { kind: 'call', name: text.toLowerCase(), args }, args);
}

function path(reader: Reader, first: Token): Path | Lambda {
  const segments = [first.text];
  while (takeMark(reader, '/')) {
    const segment = peek(reader).kind === 'word' ? take(reader) : expected(reader, "a property after '/'");
    if (peek(reader).kind === '(') return lambda(reader, segment, pathOf(reader, first.at, segments));
    segments.push(segment.text);
  }
  return pathOf(reader, first.at, segments);
}

const pathOf = (reader: Reader, at: number, segments: readonly string[]): Path =>
  reader.budget.made(at, { kind: 'path', segments });

function lambda(reader: Reader, { at, text }: Token, collection: Path): Lambda {
  const quantifier = text.toLowerCase();
  if (quantifier !== 'any' && quantifier !== 'all') return refuse(at, `'${text}' is not 'any' or 'all'`);
  const each = inBrackets(reader, () =>
    quantifier === 'any' && peek(reader).kind === ')' ? null : forEach(reader),
  );
  const parts: readonly Node[] = each ? [collection, each.condition] : [collection];
  return reader.budget.made(at, { kind: 'lambda', quantifier, path: collection, each }, parts);
}

function forEach(reader: Reader): NonNullable<Lambda['each']> {
  const variable = peek(reader).kind === 'word' ? take(reader).text : expected(reader, 'a variable');
  if (!takeMark(reader, ':')) expected(reader, `':' after '${variable}'`);
  return { variable, condition: disjunction(reader) };
}

function literalOf({ kind, text, at }: Token): Literal | null {
  if (kind === 'string' || kind === 'date') return { kind, value: text };
  if (kind === 'guid') return { kind, value: text.toLowerCase() };
  if (kind === 'instant') return { kind, value: text.toUpperCase() };
  if (kind === 'number') return { kind, value: numberOf(text, at) };
  return kind === 'word' ? namedLiteral(text.toLowerCase()) : null;
}

function namedLiteral(word: string): Literal | null {
  if (word === 'null') return { kind: 'null' };
  return word === 'true' || word === 'false' ? { kind: 'boolean', value: word === 'true' } : null;
}

function numberOf(text: string, at: number): number {
  const value = Number(text);
  // There is no negative zero on the wire.
  return Number.isFinite(value) ? value + 0 : refuse(at, 'this number is too large');
}

const COMPARATORS: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] satisfies Comparator[];

function takeComparator(reader: Reader): Comparator | null {
  const { kind, text } = peek(reader);
  const word = text.toLowerCase();
  if (kind !== 'word' || !COMPARATORS.includes(word)) return null;
  take(reader);
  return word as Comparator;
}

function takeWord(reader: Reader, word: 'and' | 'or' | 'not' | 'in'): boolean {
  const { kind, text } = peek(reader);
  const found = kind === 'word' && text.toLowerCase() === word;
  if (found) take(reader);
  return found;
}

function takeMark(reader: Reader, mark: Token['kind']): boolean {
  const found = peek(reader).kind === mark;
  if (found) take(reader);
  return found;
}

function inBrackets<T>(reader: Reader, inner: (reader: Reader) => T): T {
  const { at } = peek(reader);
  if (!takeMark(reader, '(')) expected(reader, "'('");
  const result = reader.budget.within(at, () => inner(reader));
  if (!takeMark(reader, ')')) expected(reader, "')'");
  return result;
}

// The last token is `end`, and it is never passed.
const peek = (reader: Reader): Token => reader.tokens[reader.next] as Token;

function take(reader: Reader): Token {
  const token = peek(reader);
  if (token.kind !== 'end') reader.next += 1;
  return token;
}

function expected(reader: Reader, what: string): never {
  const { kind, text, at } = peek(reader);
  const found = kind === 'end' ? 'the end of the filter' : kind === 'string' ? 'a string' : `'${text}'`;
  return refuse(at, `expected ${what}, found ${found}`);
}
