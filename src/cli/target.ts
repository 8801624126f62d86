import { choose, theOne, type Wanted } from './candidates.ts';
import { Failure } from './failure.ts';
import { eligibilities, type Holding } from './holding.ts';
import { text } from './json.ts';
import { columns } from './print.ts';
import { cleanScope, covers, depth, isManagementGroup, lastPart, sameScope } from './scope.ts';
import type { Wire } from './wire.ts';

/** How a user says where. */
export interface Place {
  readonly scope?: string | undefined;
  readonly subscription?: string | undefined;
  readonly resourceGroup?: string | undefined;
}

/** What is to be activated: an eligibility, at its own scope or below it. */
export interface Target {
  readonly eligibility: Holding;
  readonly scope: Holding['scope'];
  /** Said in full, so that there is nothing to ask back. */
  readonly exact: boolean;
}

export async function targetOf(wire: Wire, role: string | undefined, place: Place): Promise<Target> {
  const all = await eligibilities(wire);
  const wanted = await wantedOf(wire, role, place, all);
  const choice = choose(all, wanted);
  const path = pathOf(wanted);
  if (choice.kind === 'none' && path !== undefined) {
    const below = await narrowed(wire, role, path);
    if (below) return below;
  }
  const { found, exact } = theOne(choice, all, 'roles to activate');
  return { eligibility: found, scope: found.scope, exact };
}

/** A subscription may be named; everything behind this knows its id. */
export async function wantedOf(
  wire: Wire,
  role: string | undefined,
  place: Place,
  all: readonly Holding[],
): Promise<Wanted> {
  const { subscription } = place;
  const known = subscription === undefined || GUID.test(subscription);
  return {
    ...place,
    role,
    subscription: known ? subscription : await subscriptionId(wire, subscription, all),
  };
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

// Below the scope of the eligibility: less access than one could have. The server is asked at that place, because it
// alone knows which subscriptions a management group has.
async function narrowed(wire: Wire, role: string | undefined, path: string): Promise<Target | undefined> {
  const there = (await eligibilities(wire, path)).filter(({ raw, scope }) => reaches(scope.path, path, raw));
  const choice = choose(there.map(atScope(path)), { role });
  if (choice.kind === 'none') return undefined;
  const { found, exact } = theOne(choice, there, 'roles to activate');
  const same = there.filter((held) => held.role.guid === found.role.guid);
  const nearest = same.sort((a, b) => nearness(b.scope.path) - nearness(a.scope.path))[0];
  return nearest && { eligibility: nearest, scope: found.scope, exact };
}

// Resource groups are nearer than subscriptions, these than management groups, and all than the tenant.
const nearness = (path: string): number => (isManagementGroup(path) ? 1 : depth(path) && depth(path) + 1);

const atScope = (path: string) => (held: Holding) => ({
  ...held,
  scope: { path: cleanScope(path), name: lastPart(path) },
});

function reaches(above: string, below: string, raw: unknown): boolean {
  if (covers(above, below)) return true;
  const inherited = text(raw, 'properties', 'memberType')?.toLowerCase() !== 'direct';
  return isManagementGroup(above) && !sameScope(above, below) && (!isManagementGroup(below) || inherited);
}

function pathOf({ scope, subscription, resourceGroup }: Wanted): string | undefined {
  if (scope?.startsWith('/')) return cleanScope(scope);
  if (scope !== undefined || subscription === undefined) return undefined;
  return `/subscriptions/${subscription}${resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`}`;
}

async function subscriptionId(wire: Wire, wanted: string, all: readonly Holding[]): Promise<string> {
  const names = new Map(
    all.flatMap(({ scope }) => (depth(scope.path) === 2 ? [[lastPart(scope.path), scope.name]] : [])),
  );
  for (const row of await visibleSubscriptions(wire)) {
    names.set(text(row, 'subscriptionId') ?? '', text(row, 'displayName') ?? '');
  }
  const word = wanted.toLowerCase();
  const exact = [...names].filter(([, name]) => name.toLowerCase() === word);
  const fits = exact.length > 0 ? exact : [...names].filter(([, name]) => name.toLowerCase().includes(word));
  if (fits.length === 1 && fits[0]) return fits[0][0];
  const details = columns((fits.length > 0 ? fits : [...names]).map(([id, name]) => [name, id]));
  const hint = 'give the id of the subscription';
  if (fits.length > 1)
    throw new Failure('Ambiguous', `several subscriptions fit '${wanted}':`, { details, hint });
  throw new Failure('NotFound', `no subscription of yours is called '${wanted}'; there are:`, {
    details,
    hint,
  });
}

async function visibleSubscriptions(wire: Wire): Promise<readonly unknown[]> {
  try {
    return await wire.list('/subscriptions?api-version=2022-12-01');
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.status === 403) return [];
    throw thrown;
  }
}
