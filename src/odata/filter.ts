/** A condition as `$filter` writes it. What its paths and functions mean is for the reader of a list to say. */
export type Filter = Comparison | Membership | Combination | Negation | Lambda | Call;

/** What can be compared, or given to a function. */
export type Operand = Literal | Path | Call;

export type Comparator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

interface Comparison {
  readonly kind: 'comparison';
  readonly comparator: Comparator;
  readonly left: Operand;
  readonly right: Operand;
}

/** `left in (a, b)`; never empty. */
interface Membership {
  readonly kind: 'in';
  readonly left: Operand;
  readonly values: readonly Operand[];
}

/** `a and b and c` is one combination of three; always two or more. */
interface Combination {
  readonly kind: 'and' | 'or';
  readonly terms: readonly Filter[];
}

interface Negation {
  readonly kind: 'not';
  readonly term: Filter;
}

/** `path/any(variable: condition)`; `path/any()` has no condition and asks whether there is anything at all. */
export interface Lambda {
  readonly kind: 'lambda';
  readonly quantifier: 'any' | 'all';
  readonly path: Path;
  readonly each: { readonly variable: string; readonly condition: Filter } | null;
}

/** Function names are in lower case, because the wire does not tell `asTarget()` from `astarget()`. */
interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Operand[];
}

/** The segments as written. A bare enum member (`status eq Provisioned`) is a path of one segment. */
export interface Path {
  readonly kind: 'path';
  readonly segments: readonly string[];
}

/** A bare GUID is in lower case. A quoted one is a string. Dates and instants are kept as text, checked for shape only. */
export type Literal =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'guid'; readonly value: string }
  | { readonly kind: 'instant'; readonly value: string }
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' };

export type Node = Filter | Operand;
