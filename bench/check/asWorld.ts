import type { Principal, PrincipalKind } from '../../src/core/principal.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import type { Scope } from '../../src/core/scope.ts';
import type { Holding } from '../../src/core/target.ts';
import {
  type Instant,
  instant,
  type PrincipalId,
  principalId,
  type ScopeKey,
  scheduleId,
  scopeKey,
} from '../../src/core/values.ts';
import { emptyWorld, type World } from '../../src/core/world.ts';
import { MEMBER } from '../../src/planes/groups.ts';
import type { Estate } from '../estate/estate.ts';
import { random } from '../estate/random.ts';

export const principalOf = (e: Estate, n: number): PrincipalId => principalId(e.people.ids[n] ?? '');
export const scopeOf = (e: Estate, n: number): ScopeKey => scopeKey((e.scopes.paths[n] ?? '').toLowerCase());

/** An estate as the product's own entities. */
export function asWorld(e: Estate): World {
  const world = emptyWorld();
  for (const n of e.people.ids.keys()) put(world.principal, principal(e, n));
  // Resources are no rows: a path below a subscription says what contains it.
  for (const [n, kind] of e.scopes.kind.entries()) {
    if (kind !== 'resource') world.scope.set(scopeOf(e, n), scope(e, n, kind));
  }
  for (const s of schedules(e)) put(world.schedule, s);
  return world;
}

const put = <T extends { readonly id: string }>(into: Map<string, T>, entity: T): void =>
  void into.set(entity.id, entity);

const scope = (e: Estate, n: number, kind: Scope['kind']): Scope => ({
  key: scopeOf(e, n),
  path: e.scopes.paths[n] ?? '',
  kind,
  displayName: `scope ${n}`,
  parent: n === 0 ? null : scopeOf(e, e.scopes.parent[n] ?? 0),
  tags: {},
  location: null,
  body: null,
  deletedAt: null,
  createdAt: instant(0),
  version: 1,
});

const principal = (e: Estate, n: number): Principal => ({
  id: principalOf(e, n),
  kind: kindOf(e, n),
  displayName: `principal ${n}`,
  upn: null,
  mail: null,
  appId: null,
  enabled: true,
  roleAssignable: false,
  about: {},
  createdAt: instant(0),
  version: 1,
});

const kindOf = ({ people }: Estate, n: number): PrincipalKind =>
  n < people.users ? 'person' : n < people.firstGroup ? 'workload' : 'group';

function* schedules(e: Estate): Generator<Schedule> {
  const chance = random(5);
  for (const a of e.assignments) {
    const holding: Holding = {
      plane: 'azure',
      role: (e.roles.definitions[a.role] as Estate['roles']['definitions'][number]).key,
      scope: scopeOf(e, a.scope),
      principal: principalOf(e, a.principal),
    };
    yield schedule(chance.guid(), holding, a.end);
  }
  for (const [member, groups] of e.people.memberships.entries()) {
    for (const { group, end } of groups) {
      const holding = { plane: 'groups', role: MEMBER, scope: scopeKey(principalOf(e, group)) } as const;
      yield schedule(chance.guid(), { ...holding, principal: principalOf(e, member) }, end);
    }
  }
}

const schedule = (id: string, holding: Holding, end: number): Schedule => ({
  ...holding,
  id: scheduleId(id),
  kind: 'assignment',
  start: instant(0),
  end: end === Number.POSITIVE_INFINITY ? null : (end as Instant),
  endedAt: null,
  endReason: null,
  activatedFrom: null,
  createdBy: null,
  createdAt: instant(0),
  updatedAt: instant(0),
  condition: null,
  note: null,
  maker: null,
  amendedBy: null,
  spelling: null,
  announced: 'begin',
  version: 1,
});
