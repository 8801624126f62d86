import type { Estate } from './estate.ts';
import { random } from './random.ts';

/** May this principal do this here? All are numbers of the estate. */
export interface Question {
  readonly principal: number;
  readonly ability: number;
  readonly scope: number;
}

const SEED = 99;
const MEMBERS_KEPT = 4;

/** Half aim at the subtree of an assignment that somebody has, half at any user and any scope. */
export function questions(e: Estate, count: number, seed = SEED): readonly Question[] {
  const chance = random(seed);
  const members = membersOf(e);
  const anyUser = () => chance.below(e.people.users);
  return Array.from({ length: count }, () => {
    const ability = chance.below(e.roles.abilities.length);
    if (chance.next() < 0.5) return { ability, principal: anyUser(), scope: chance.below(e.scopes.count) };
    const { principal, scope } = chance.pick(e.assignments);
    const width = (e.scopes.last[scope] as number) - scope + 1;
    const holder =
      principal < e.people.firstGroup ? principal : chance.pick(members.get(principal) ?? [anyUser()]);
    return { ability, principal: holder, scope: scope + chance.below(width) };
  });
}

function membersOf({ people }: Estate): ReadonlyMap<number, readonly number[]> {
  const members = new Map<number, number[]>();
  for (let user = 0; user < people.users; user++) {
    for (const group of people.closure[user] ?? []) {
      const known = members.get(group) ?? [];
      if (known.length < MEMBERS_KEPT) members.set(group, [...known, user]);
    }
  }
  return members;
}

/** What is right, found by walking all that a principal and its groups hold: slow, and nothing of the product in it. */
export function rightAnswers(e: Estate): (q: Question) => boolean {
  const holdings = Map.groupBy(e.assignments, ({ principal }) => principal);
  return ({ principal, ability, scope }) =>
    (e.people.closure[principal] ?? []).some((holder) =>
      (holdings.get(holder) ?? []).some(
        (a) =>
          a.end > e.at &&
          a.scope <= scope &&
          scope <= (e.scopes.last[a.scope] as number) &&
          e.roles.permits(a.role, ability),
      ),
    );
}
