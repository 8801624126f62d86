/** A word of a condition: what kind, its text, and where it begins. */
export interface Token {
  readonly kind: 'word' | 'text' | 'attribute' | 'sign';
  readonly text: string;
  readonly at: number;
}

/** What keeps a text from being a condition, and where. */
export class NoCondition extends Error {
  readonly at: number;
  constructor(problem: string, at: number) {
    super(problem);
    this.at = at;
  }
}

const FORMS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', /'(?:[^'\\]|\\.)*'/y],
  ['attribute', /@[A-Za-z]+\[[^[\]]{1,512}\]/y],
  ['sign', /&&|\|\||[(){},!]/y],
  ['word', /[\p{L}\p{N}_.:/*+-]+/uy],
];
const BLANK = /\s*/y;

/** The words of a condition, from left to right. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = blanks(text, 0); at < text.length; ) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = blanks(text, at + token.text.length);
  }
  return tokens;
}

function blanks(text: string, at: number): number {
  BLANK.lastIndex = at;
  return at + (BLANK.exec(text)?.[0].length ?? 0);
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, form] of FORMS) {
    form.lastIndex = at;
    const found = form.exec(text);
    if (found) return { kind, text: found[0], at };
  }
  const unclosed = text[at] === "'" ? 'a quote is not closed' : `'${text[at]}' cannot stand here`;
  throw new NoCondition(unclosed, at);
}
