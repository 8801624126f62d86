import type { AccessView } from '../core/access.ts';
import type { Facts } from '../core/facts.ts';
import type { Principal } from '../core/principal.ts';
import type { Schedule } from '../core/schedule.ts';
import { namedScope, parentIn, type Scope } from '../core/scope.ts';
import type { PrincipalId, ScheduleId, ScopeKey } from '../core/values.ts';
import type { World } from '../core/world.ts';
import { emptyWorld } from '../core/world.ts';
import type { Change } from './ports.ts';

/**
 * Who holds what, in memory: the view every authorization asks. It starts from the store and follows what is written.
 * It keeps what may still be in force; end times are compared by whoever asks. (T1, Z5)
 */
export interface AccessIndex extends AccessView {
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
  /** Eligibilities the principal holds itself. */
  eligibilitiesOf(principal: PrincipalId): Iterable<Schedule>;
}

export function accessIndex(start: World, { planes, role }: Pick<Facts, 'planes' | 'role'>): AccessIndex {
  const world = emptyWorld();
  const held = new Map<PrincipalId, Set<ScheduleId>>();
  load(start);

  function load(from: World): void {
    for (const [id, scope] of from.scope) world.scope.set(id, scope);
    for (const [id, principal] of from.principal) world.principal.set(id, principal);
    for (const [id, s] of from.schedule) {
      world.schedule.set(id, s);
      follow(world, held, s);
    }
  }

  function apply(changes: readonly Change[]): void {
    for (const c of changes) {
      if (c.kind === 'principal') put(world.principal, c.id, c.entity as Principal);
      if (c.kind === 'scope') put(world.scope, c.id, c.entity as Scope);
      if (c.kind !== 'schedule') continue;
      put(world.schedule, c.id, c.entity as Schedule);
      follow(world, held, world.schedule.get(c.id));
    }
  }
  const of = (kind: Schedule['kind']) =>
    function* (principal: PrincipalId): Generator<Schedule> {
      for (const id of held.get(principal) ?? []) {
        const s = world.schedule.get(id);
        if (s?.kind === kind) yield s;
      }
    };
  return {
    planes,
    role,
    apply,
    restart: (from) => {
      for (const map of [world.schedule, world.scope, world.principal, held]) map.clear();
      load(from);
    },
    assignmentsOf: of('assignment'),
    eligibilitiesOf: of('eligibility'),
    principal: (id): Principal | undefined => world.principal.get(id),
    parentOf: parentIn(world.scope),
    scope: (key) => namedScope(world.scope, key),
    scopes: () => [...world.scope.values()].filter((s) => s.deletedAt === null),
    wasDeleted: (key) => (world.scope.get(key)?.deletedAt ?? null) !== null,
    schedule: (id) => world.schedule.get(id),
  };
}

function put<T extends { readonly version: number }>(into: Map<string, T>, id: string, entity: T): void {
  if (entity.version > (into.get(id)?.version ?? 0)) into.set(id, entity);
}

// What is announced as ended can never be in force again, so the index forgets it.
function follow(world: World, held: Map<PrincipalId, Set<ScheduleId>>, s: Schedule | undefined): void {
  if (!s) return;
  if (s.announced === 'end') {
    held.get(s.principal)?.delete(s.id);
    world.schedule.delete(s.id);
  } else add(held, s);
}

function add(held: Map<PrincipalId, Set<ScheduleId>>, s: Schedule): void {
  const of = held.get(s.principal) ?? new Set();
  of.add(s.id);
  held.set(s.principal, of);
}
