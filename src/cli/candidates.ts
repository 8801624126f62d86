import { Failure } from './failure.ts';
import { columns } from './print.ts';
import { lastPart, resourceGroupOf, sameScope, subscriptionOf } from './scope.ts';

export interface Candidate {
  readonly role: { readonly guid: string; readonly name: string };
  readonly scope: { readonly path: string; readonly name: string };
  readonly end: Date | undefined;
}

/** What the user said; what is absent does not matter. */
export interface Wanted {
  readonly role?: string | undefined;
  readonly scope?: string | undefined;
  /** An id. */
  readonly subscription?: string | undefined;
  readonly resourceGroup?: string | undefined;
}

export type Choice<C> =
  | { readonly kind: 'one'; readonly found: C; readonly exact: boolean }
  | { readonly kind: 'several'; readonly among: readonly C[] }
  /** Nothing fits; `among` is what fits when the place is left out of account. */
  | { readonly kind: 'none'; readonly among: readonly C[] };

type Test<C> = (candidate: C) => boolean;

/** Exact names win over parts of names; among what is left nothing is guessed. */
export function choose<C extends Candidate>(all: readonly C[], wanted: Wanted): Choice<C> {
  const byRole = best(distinct(all), roleTests(wanted.role));
  let left = byRole;
  for (const tests of placeTests(wanted)) left = merge(left, best(left.rows, tests));
  const [found, another] = left.rows;
  if (!found) return { kind: 'none', among: byRole.rows };
  if (another) return { kind: 'several', among: left.rows };
  return { kind: 'one', found, exact: left.exact && wanted.role !== undefined };
}

/** The one that was meant, or an error that lists what there is to choose from. */
export function theOne<C extends Candidate>(
  choice: Choice<C>,
  all: readonly C[],
  what: string,
): { found: C; exact: boolean } {
  if (choice.kind === 'one') return choice;
  if (choice.kind === 'several') {
    const details = listed(choice.among);
    throw new Failure('Ambiguous', `several ${what} fit:`, {
      details,
      hint: 'name the role in full and give --scope',
    });
  }
  if (all.length === 0)
    throw new Failure('NotFound', `you have no ${what}`, { hint: 'postern mine shows what you hold' });
  const details = listed(choice.among.length > 0 ? choice.among : distinct(all));
  throw new Failure('NotFound', `none of your ${what} fits; there are:`, {
    details,
    hint: 'choose one of these',
  });
}

const listed = (rows: readonly Candidate[]): string[] =>
  columns(rows.map(({ role, scope }) => [role.name, scope.name, scope.path]));

/** The same role at the same scope, held directly and through a group, is one candidate: the one that ends last. */
function distinct<C extends Candidate>(rows: readonly C[]): readonly C[] {
  const kept = new Map<string, C>();
  const ends = (row: C) => row.end?.getTime() ?? Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const key = `${row.role.guid} ${row.scope.path.toLowerCase()}`;
    const before = kept.get(key);
    if (!before || ends(row) > ends(before)) kept.set(key, row);
  }
  return [...kept.values()];
}

interface Left<C> {
  readonly rows: readonly C[];
  readonly exact: boolean;
}

// The tests stand from the strictest to the loosest; the first that anything passes decides.
function best<C>(rows: readonly C[], tests: readonly Test<C>[]): Left<C> {
  for (const [grade, test] of tests.entries()) {
    const passed = rows.filter(test);
    if (passed.length > 0) return { rows: passed, exact: grade === 0 };
  }
  return { rows: tests.length === 0 ? rows : [], exact: true };
}

const merge = <C>(before: Left<C>, after: Left<C>): Left<C> => ({
  rows: after.rows,
  exact: before.exact && after.exact,
});

function roleTests(wanted: string | undefined): Test<Candidate>[] {
  if (wanted === undefined) return [];
  const word = fold(lastPart(wanted) || wanted);
  return [
    ({ role }) => fold(role.name) === fold(wanted) || role.guid === word,
    ({ role }) => fold(role.name).includes(fold(wanted)),
  ];
}

function placeTests({ scope, subscription, resourceGroup }: Wanted): Test<Candidate>[][] {
  const sets: Test<Candidate>[][] = [];
  if (scope !== undefined) sets.push(scopeTests(scope));
  if (subscription !== undefined) sets.push(subscriptionTests(subscription, resourceGroup === undefined));
  if (resourceGroup !== undefined) sets.push(resourceGroupTests(fold(resourceGroup)));
  return sets;
}

function scopeTests(wanted: string): Test<Candidate>[] {
  if (wanted.startsWith('/')) return [({ scope }) => sameScope(scope.path, wanted)];
  const word = fold(wanted);
  const names = ({ scope }: Candidate) => [fold(scope.name), fold(lastPart(scope.path))];
  return [(c) => names(c).includes(word), (c) => names(c).some((name) => name.includes(word))];
}

// A subscription alone means that scope itself before anything inside it; as with az.
function subscriptionTests(id: string, alone: boolean): Test<Candidate>[] {
  const itself: Test<Candidate> = ({ scope }) => sameScope(scope.path, `/subscriptions/${id}`);
  const inside: Test<Candidate> = ({ scope }) => subscriptionOf(scope.path) === fold(id);
  return alone ? [itself, inside] : [inside];
}

function resourceGroupTests(word: string): Test<Candidate>[] {
  const group = ({ scope }: Candidate) => resourceGroupOf(scope.path) ?? '';
  const itself = (c: Candidate) => fold(lastPart(c.scope.path)) === group(c);
  return [
    (c) => group(c) === word && itself(c),
    (c) => group(c) === word,
    (c) => group(c).includes(word) && itself(c),
    (c) => group(c).includes(word),
  ];
}

const fold = (text: string): string => text.trim().toLowerCase();
