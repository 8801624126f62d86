import { type People, people } from './people.ts';
import { type Random, random } from './random.ts';
import { type Roles, roles } from './roles.ts';
import { type ScopeKind, type Scopes, scopes } from './scopes.ts';

/** A made-up organization of any size, the same in every run. */
export interface Estate {
  readonly at: number;
  readonly scopes: Scopes;
  readonly people: People;
  readonly roles: Roles;
  readonly assignments: readonly Assignment[];
}

/** All are numbers: of the principal, the scope and the role. */
export interface Assignment {
  readonly principal: number;
  readonly scope: number;
  readonly role: number;
  /** Milliseconds since 1970, Infinity for never. */
  readonly end: number;
}

const SEED = 7;
const AT = Date.UTC(2026, 2, 3, 8);
// Azure's limits: assignments in and below one subscription, and at one management group.
const IN_SUBSCRIPTION_MAX = 4_000;
const AT_MANAGEMENT_GROUP_MAX = 500;

/** An estate with this many assignments; everything else grows with them, from what it is at a million. */
export function estate(size: number, seed = SEED): Estate {
  const chance = random(seed);
  const share = size / 1_000_000;
  const atLeast = (least: number, full: number) => Math.max(least, Math.round(full * share));
  const tree = scopes(chance, {
    managementGroups: Math.max(4, Math.round(120 * Math.sqrt(share))),
    subscriptions: atLeast(4, 2_000),
    resourceGroups: atLeast(12, 20_000),
    resources: atLeast(30, 78_000),
  });
  const everybody = people(
    chance,
    { users: atLeast(50, 190_000), workloads: atLeast(5, 10_000), groups: atLeast(10, 20_000) },
    AT,
  );
  const defined = roles(chance);
  return {
    at: AT,
    scopes: tree,
    people: everybody,
    roles: defined,
    assignments: assignments(chance, size, tree, everybody, defined),
  };
}

function assignments(
  chance: Random,
  size: number,
  tree: Scopes,
  everybody: People,
  { definitions }: Roles,
): readonly Assignment[] {
  const place = places(chance, tree);
  const made: Assignment[] = [];
  const holdings = new Set<number>();
  while (made.length < size) {
    const holding = {
      scope: place(),
      principal: holderFor(chance, everybody),
      role: roleFor(chance, definitions.length),
    };
    const key = (holding.principal * tree.count + holding.scope) * definitions.length + holding.role;
    // Nobody holds the same role twice at the same place. (L4)
    if (!holdings.has(key)) made.push({ ...holding, end: endOf(chance) });
    holdings.add(key);
  }
  return made;
}

/** Draws scopes until Azure's limits leave no room at one; then another is drawn. */
function places(chance: Random, { ofKind, parent, kind }: Scopes): () => number {
  const used = new Map<number, number>();
  const limited = (scope: number): number =>
    kind[scope] === 'resourceGroup' || kind[scope] === 'resource' ? limited(parent[scope] as number) : scope;
  return () => {
    for (;;) {
      const candidates = ofKind[kindFor(chance)];
      const scope = candidates[chance.skewed(candidates.length, 0.4)] as number;
      const counted = limited(scope);
      const count = used.get(counted) ?? 0;
      used.set(counted, count + 1);
      if (count < (kind[counted] === 'subscription' ? IN_SUBSCRIPTION_MAX : AT_MANAGEMENT_GROUP_MAX))
        return scope;
    }
  };
}

function kindFor(chance: Random): ScopeKind {
  const x = chance.next();
  if (x < 0.02) return 'managementGroup';
  if (x < 0.25) return 'subscription';
  return x < 0.8 ? 'resourceGroup' : 'resource';
}

function holderFor(chance: Random, { count, users, firstGroup }: People): number {
  const x = chance.next();
  if (x < 0.55) return firstGroup + chance.skewed(count - firstGroup, 0.3);
  return x < 0.85 ? chance.below(users) : users + chance.below(firstGroup - users);
}

// The first four are the broad ones; what the others let one do is narrow.
function roleFor(chance: Random, count: number): number {
  const [owner, contributor, reader, accessAdministrator] = [0, 1, 2, 3];
  const x = chance.next();
  if (x < 0.3) return reader;
  if (x < 0.5) return contributor;
  if (x < 0.55) return owner;
  return x < 0.58 ? accessAdministrator : 4 + chance.skewed(count - 4, 0.6);
}

// Half end within a working day; one in twenty is over.
function endOf(chance: Random): number {
  if (chance.next() < 0.5) return Number.POSITIVE_INFINITY;
  return chance.next() < 0.1 ? AT - chance.below(1_000_000) : AT + 1 + chance.below(8 * 3_600_000);
}
