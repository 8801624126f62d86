import { NoCondition, type Token, tokensOf } from './lexer.ts';

/** A condition as a tree. */
export type Expression =
  | { readonly kind: 'or' | 'and'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not'; readonly term: Expression }
  | { readonly kind: 'action' | 'suboperation'; readonly pattern: string }
  | { readonly kind: 'exists'; readonly attribute: Attribute }
  | {
      readonly kind: 'comparison';
      readonly left: Operand;
      readonly operator: string;
      readonly right: Operand;
    };
export interface Attribute {
  readonly kind: 'attribute';
  /** request, resource, principal or environment. */
  readonly source: string;
  readonly name: string;
}
export type Operand = Attribute | { readonly kind: 'values'; readonly values: readonly string[] };

export type Parsed =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problem: string; readonly position: number };

const DEPTH_MAX = 64;

/** Reads an attribute-based condition. It says only whether the text is one, not whether it can be evaluated here. */
export function parseCondition(text: string): Parsed {
  try {
    const reader = new Reader(tokensOf(text), text.length);
    const expression = reader.either(0);
    reader.mustBeAtEnd();
    return { ok: true, expression };
  } catch (error) {
    if (error instanceof NoCondition) return { ok: false, problem: error.message, position: error.at };
    throw error;
  }
}

const MATCHES: { readonly [word: string]: 'action' | 'suboperation' } = {
  actionmatches: 'action',
  suboperationmatches: 'suboperation',
};
// What two things can be compared by; those that evaluate.ts does not know decide nothing.
const OPERATOR =
  /^((forany|forall)of(any|all)values:)?(guid(not)?equals|string(not)?(equals|like|startswith)(ignorecase)?|numeric\w+|bool(not)?equals|datetime\w+|timeofday\w+|ip(not)?(match|inrange))$/;

class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];
  private readonly end: number;
  constructor(tokens: readonly Token[], end: number) {
    this.tokens = tokens;
    this.end = end;
  }

  either(depth: number): Expression {
    return this.joined('or', ['or', '||'], depth, () =>
      this.joined('and', ['and', '&&'], depth, () => this.one(depth)),
    );
  }

  mustBeAtEnd(): void {
    const rest = this.tokens[this.at];
    if (rest) throw new NoCondition(`'${rest.text}' stands where AND, OR or the end can`, rest.at);
  }

  private joined(
    kind: 'or' | 'and',
    words: readonly string[],
    depth: number,
    next: () => Expression,
  ): Expression {
    if (depth > DEPTH_MAX) throw new NoCondition(`it is nested deeper than ${DEPTH_MAX}`, this.position());
    const terms = [next()];
    while (words.includes(this.peek())) {
      this.at++;
      terms.push(next());
    }
    return terms.length === 1 && terms[0] ? terms[0] : { kind, terms };
  }

  private one(depth: number): Expression {
    const word = this.peek();
    if (word === '!' || word === 'not') {
      if (depth > DEPTH_MAX) throw new NoCondition(`it is nested deeper than ${DEPTH_MAX}`, this.position());
      this.at++;
      return { kind: 'not', term: this.one(depth + 1) };
    }
    if (word === '(') return this.inParentheses(depth);
    const matches = MATCHES[word];
    if (matches) return this.matching(matches);
    if (word !== 'exists') return this.comparison();
    this.at++;
    return { kind: 'exists', attribute: this.attribute() };
  }

  private inParentheses(depth: number): Expression {
    this.at++;
    const inner = this.either(depth + 1);
    this.need(')');
    return inner;
  }

  private matching(kind: 'action' | 'suboperation'): Expression {
    this.at++;
    this.need('{');
    const token = this.take();
    if (token.kind !== 'text') throw new NoCondition('a pattern in quotes is missing', token.at);
    this.need('}');
    return { kind, pattern: unquoted(token.text) };
  }

  private comparison(): Expression {
    const left = this.operand();
    const token = this.take();
    const operator = token.text.toLowerCase();
    if (!OPERATOR.test(operator)) throw new NoCondition(`'${token.text}' is no operator`, token.at);
    return { kind: 'comparison', left, operator, right: this.operand() };
  }

  private operand(): Operand {
    const token = this.tokens[this.at];
    if (token?.kind === 'attribute') return this.attribute();
    if (this.peek() === '{') return this.set();
    return { kind: 'values', values: [this.value()] };
  }

  private attribute(): Attribute {
    const { kind, text, at } = this.take();
    if (kind !== 'attribute')
      throw new NoCondition(`'${text}' stands where an attribute (@Request[…]) has to`, at);
    const [source = '', name = ''] = text.slice(1, -1).split('[');
    return { kind, source: source.toLowerCase(), name: name.toLowerCase() };
  }

  private set(): Operand {
    this.at++;
    const values = [this.value()];
    while (this.peek() === ',') {
      this.at++;
      values.push(this.value());
    }
    this.need('}');
    return { kind: 'values', values };
  }

  private value(): string {
    const { kind, text, at } = this.take();
    if (kind === 'text') return unquoted(text);
    if (kind === 'word') return text;
    throw new NoCondition(`'${text}' stands where a value has to`, at);
  }

  private need(sign: string): void {
    const token = this.take();
    if (token.text !== sign) throw new NoCondition(`'${token.text}' stands where '${sign}' has to`, token.at);
  }

  private take(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw new NoCondition('it ends too early', this.end);
    return token;
  }

  private peek = (): string => this.tokens[this.at]?.text.toLowerCase() ?? '';
  private position = (): number => this.tokens[this.at]?.at ?? this.end;
}

const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1');
