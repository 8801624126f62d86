import { refuse } from './refusal.ts';

export interface Token {
  readonly kind: 'word' | 'string' | 'guid' | 'instant' | 'date' | 'number' | Mark | 'end';
  /** As written, but a string without its quotes and escapes. */
  readonly text: string;
  /** Where it begins in the filter. */
  readonly at: number;
}

type Mark = '(' | ')' | ',' | ':' | '/';

const BLANKS = /[ \t\r\n]*/y;
const MARK = /[(),:/]/y;
// Tried in this order: a GUID may begin like a word, like a number and like a date. Each must end where a word would end.
const WORDS: readonly { readonly kind: Token['kind']; readonly shape: RegExp }[] = [
  { kind: 'guid', shape: /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\w.$@-])/iy },
  {
    kind: 'instant',
    shape: /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)(?![\w.$@:-])/iy,
  },
  { kind: 'date', shape: /\d{4}-\d\d-\d\d(?![\w.$@:-])/y },
  { kind: 'number', shape: /-?\d+(\.\d+)?(e[+-]?\d+)?(?![\w.$@-])/iy },
  { kind: 'word', shape: /[a-z_$@][\w.$@]*/iy },
];

/** The filter cut into tokens, with an `end` after the last. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = endOf(BLANKS, text, 0);
  while (at < text.length) {
    const { token, end } = tokenAt(text, at);
    tokens.push(token);
    at = endOf(BLANKS, text, end);
  }
  return [...tokens, { kind: 'end', text: '', at }];
}

interface Cut {
  readonly token: Token;
  readonly end: number;
}

function tokenAt(text: string, at: number): Cut {
  if (text[at] === "'") return stringAt(text, at);
  if (endOf(MARK, text, at) > at) {
    const mark = text.slice(at, at + 1) as Mark;
    return { token: { kind: mark, text: mark, at }, end: at + 1 };
  }
  for (const { kind, shape } of WORDS) {
    const end = endOf(shape, text, at);
    if (end > at) return { token: { kind, text: text.slice(at, end), at }, end };
  }
  return refuse(at, `'${String.fromCodePoint(text.codePointAt(at) ?? 0)}' cannot stand here`);
}

// A quote inside a string is written twice.
function stringAt(text: string, at: number): Cut {
  let value = '';
  let from = at + 1;
  for (;;) {
    const quote = text.indexOf("'", from);
    if (quote === -1) return refuse(at, 'this string has no end');
    value += text.slice(from, quote);
    if (text[quote + 1] !== "'") return { token: { kind: 'string', text: value, at }, end: quote + 1 };
    value += "'";
    from = quote + 2;
  }
}

function endOf(shape: RegExp, text: string, at: number): number {
  shape.lastIndex = at;
  return shape.test(text) ? shape.lastIndex : at;
}
