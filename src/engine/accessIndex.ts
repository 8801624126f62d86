import type { AccessView } from '../core/access.ts';
import type { DenyAssignment } from '../core/denyAssignment.ts';
import type { Facts } from '../core/facts.ts';
import type { Principal } from '../core/principal.ts';
import type { CustomRole } from '../core/role.ts';
import { roleIn } from '../core/role.ts';
import type { Schedule } from '../core/schedule.ts';
import { namedScope, parentIn, type Scope } from '../core/scope.ts';
import type { Instant, PrincipalId, ScheduleId, ScopeKey } from '../core/values.ts';
import type { World } from '../core/world.ts';
import { emptyWorld } from '../core/world.ts';
import { type Holdings, holdings } from './holdings.ts';
import type { Change } from './ports.ts';
import { countedQuota, type Quota } from './quota.ts';

/**
 * Who holds what, in memory: the view every authorization asks. It starts from the store and follows what is written.
 * It keeps what may still be in force; end times are compared by whoever asks. (T1, Z5)
 */
export interface AccessIndex extends AccessView, Quota {
  /** Takes over entities as they were written. Newer ones stay, so the order and repetitions do not matter. */
  apply(changes: readonly Change[]): void;
  /** Forgets everything and starts again from the store. */
  restart(start: World): void;
  /** The scope of this key, if it was named and not deleted. */
  scope(key: ScopeKey): Scope | undefined;
  /** Those that were named and not deleted. */
  scopes(): Iterable<Scope>;
  /** Whether the scope was deleted, and not made again since. */
  wasDeleted(key: ScopeKey): boolean;
  schedule(id: ScheduleId): Schedule | undefined;
  /** Custom roles and deny assignments that were not removed. */
  roles(): Iterable<CustomRole>;
  denials(): Iterable<DenyAssignment>;
  /** Eligibilities the principal holds itself. */
  eligibilitiesOf(principal: PrincipalId): Iterable<Schedule>;
}

export function accessIndex(start: World, { planes, role }: Pick<Facts, 'planes' | 'role'>): AccessIndex {
  const world = emptyWorld();
  const held = holdings(planes);
  const quota = countedQuota();
  let denials = denialsByScope(world);
  load(start);

  function load(from: World): void {
    for (const [id, scope] of from.scope) world.scope.set(id, scope);
    for (const [id, principal] of from.principal) world.principal.set(id, principal);
    for (const [id, role] of from.role) world.role.set(id, role);
    for (const [id, d] of from.denyAssignment) world.denyAssignment.set(id, d);
    denials = denialsByScope(world);
    for (const [id, s] of from.schedule) {
      world.schedule.set(id, s);
      quota.follow(s);
      follow(world, held, s);
    }
  }

  function apply(changes: readonly Change[]): void {
    for (const c of changes) {
      if (c.kind === 'principal') put(world.principal, c.id, c.entity as Principal);
      if (c.kind === 'scope') put(world.scope, c.id, c.entity as Scope);
      if (c.kind === 'role') put(world.role, c.id, c.entity as CustomRole);
      if (c.kind === 'denyAssignment') {
        put(world.denyAssignment, c.id, c.entity as DenyAssignment);
        denials = denialsByScope(world);
      }
      if (c.kind !== 'schedule') continue;
      put(world.schedule, c.id, c.entity as Schedule);
      quota.follow(c.entity as Schedule);
      follow(world, held, world.schedule.get(c.id));
    }
  }
  function* known(ids: Iterable<ScheduleId>, kind: Schedule['kind']): Generator<Schedule> {
    for (const id of ids) {
      const s = world.schedule.get(id);
      if (s?.kind === kind) yield s;
    }
  }
  return {
    planes,
    role: (plane, key) => roleIn(role, world.role, plane, key),
    roles: () => present(world.role),
    denials: () => present(world.denyAssignment),
    denialsAt: (scope) => denials.get(scope) ?? [],
    assignmentsIn: (scope) => quota.assignmentsIn(scope),
    apply,
    restart: (from) => {
      for (const map of [...Object.values(world), held]) map.clear();
      quota.clear();
      load(from);
    },
    assignmentsOf: (principal) => known(held.of(principal), 'assignment'),
    assignmentsAt: (principal, scope) => known(held.at(principal, scope), 'assignment'),
    membershipsOf: (principal) => known(held.memberships(principal), 'assignment'),
    eligibilitiesOf: (principal) => known(held.of(principal), 'eligibility'),
    principal: (id): Principal | undefined => world.principal.get(id),
    parentOf: parentIn(world.scope),
    scope: (key) => namedScope(world.scope, key),
    scopes: () => [...world.scope.values()].filter((s) => s.deletedAt === null),
    wasDeleted: (key) => (world.scope.get(key)?.deletedAt ?? null) !== null,
    schedule: (id) => world.schedule.get(id),
  };
}

const denialsByScope = ({ denyAssignment }: World): ReadonlyMap<ScopeKey, readonly DenyAssignment[]> =>
  Map.groupBy(present(denyAssignment), (d) => d.scope);

const present = <T extends { readonly removedAt: Instant | null }>(
  all: ReadonlyMap<string, T>,
): readonly T[] => [...all.values()].filter((entity) => entity.removedAt === null);

function put<T extends { readonly version: number }>(into: Map<string, T>, id: string, entity: T): void {
  if (entity.version > (into.get(id)?.version ?? 0)) into.set(id, entity);
}

// What is announced as ended can never be in force again, so the index forgets it.
function follow(world: World, held: Holdings, s: Schedule | undefined): void {
  if (!s) return;
  if (s.announced === 'end') {
    held.remove(s);
    world.schedule.delete(s.id);
  } else held.put(s);
}
