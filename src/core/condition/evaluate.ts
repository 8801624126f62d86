import { actionMatcher } from '../actionPattern.ts';
import type { PrincipalKind } from '../principal.ts';
import type { PrincipalId, RoleKey } from '../values.ts';
import { type Attribute, type Expression, type Operand, parseCondition } from './parse.ts';

/** The holding that is to be given or taken: what conditions on giving roles ask about. */
export interface About {
  readonly role: RoleKey;
  readonly principal: PrincipalId;
  readonly principalKind: PrincipalKind | null;
}

/** What a condition is asked about. */
export interface Circumstances {
  readonly action: string;
  readonly about?: About | undefined;
}

/**
 * Whether a condition holds. What it asks about and nobody knows here (a blob's tags, the caller's network) leaves it open,
 * and what is open does not hold: deny by default. (Z1)
 */
export const conditionHolds = (text: string, circumstances: Circumstances): boolean =>
  evaluated(expressionOf(text), circumstances) === true;

const KEPT_MAX = 5_000;
const kept = new Map<string, Expression | null>();

// Conditions are few and asked often; the list is emptied when somebody makes very many.
function expressionOf(text: string): Expression | null {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const parsed = parseCondition(text);
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(text, parsed.ok ? parsed.expression : null);
  return kept.get(text) ?? null;
}

/** True, false, or null where it is not known. */
type Answer = boolean | null;

function evaluated(e: Expression | null, c: Circumstances): Answer {
  switch (e?.kind) {
    case undefined:
      return null;
    case 'and':
      return decisive(e.terms, c, false);
    case 'or':
      return decisive(e.terms, c, true);
    case 'not': {
      const inner = evaluated(e.term, c);
      return inner === null ? null : !inner;
    }
    case 'action':
      return actionMatcher([e.pattern])(c.action);
    case 'suboperation':
      return null;
    case 'exists':
      return valuesOf(e.attribute, c) === null ? null : true;
    case 'comparison':
      return compared(e, c);
  }
}

// One false term decides an AND, one true term an OR; otherwise one open term leaves it open.
function decisive(terms: readonly Expression[], c: Circumstances, by: boolean): Answer {
  const answers = terms.map((term) => evaluated(term, c));
  return answers.includes(by) ? by : answers.includes(null) ? null : !by;
}

const guid = (text: string): string => text.replaceAll('-', '').toLowerCase();
type Pair = (a: string, b: string) => boolean;
const PAIRS: { readonly [operator: string]: Pair } = {
  guidequals: (a, b) => guid(a) === guid(b),
  stringequals: (a, b) => a === b,
  stringequalsignorecase: (a, b) => a.toLowerCase() === b.toLowerCase(),
};

function compared(e: Extract<Expression, { kind: 'comparison' }>, c: Circumstances): Answer {
  const [left, right] = [operandOf(e.left, c), operandOf(e.right, c)];
  const [quantifiers, name] = quantified(e.operator);
  const pair = pairOf(name);
  if (left === null || right === null || pair === null) return null;
  const every = <T>(all: boolean, list: readonly T[], holds: (item: T) => boolean) =>
    all ? list.every(holds) : list.some(holds);
  return every(quantifiers.allLeft, left, (a) => every(quantifiers.allRight, right, (b) => pair(a, b)));
}

// ForAnyOfAllValues:GuidNotEquals is: one on the left differs from all on the right.
function quantified(operator: string) {
  const [prefix = '', name] = operator.includes(':') ? operator.split(':') : ['', operator];
  const quantifiers = { allLeft: prefix.startsWith('forall'), allRight: prefix.endsWith('ofallvalues') };
  return [quantifiers, name ?? ''] as const;
}

function pairOf(name: string): Pair | null {
  const plain = PAIRS[name];
  if (plain) return plain;
  const opposite = PAIRS[name.replace('notequals', 'equals')];
  return opposite ? (a, b) => !opposite(a, b) : null;
}

const operandOf = (o: Operand, c: Circumstances): readonly string[] | null =>
  o.kind === 'values' ? o.values : valuesOf(o, c);

const TYPES: { readonly [K in PrincipalKind]: string } = {
  person: 'User',
  group: 'Group',
  workload: 'ServicePrincipal',
};

// A holding that is given and one that is taken are described by the same words: of the request, and of the resource.
function valuesOf({ source, name }: Attribute, { about }: Circumstances): readonly string[] | null {
  if (!about || (source !== 'request' && source !== 'resource')) return null;
  switch (name) {
    case 'microsoft.authorization/roleassignments:roledefinitionid':
      return [about.role];
    case 'microsoft.authorization/roleassignments:principalid':
      return [about.principal];
    case 'microsoft.authorization/roleassignments:principaltype':
      return about.principalKind === null ? null : [TYPES[about.principalKind]];
    default:
      return null;
  }
}
