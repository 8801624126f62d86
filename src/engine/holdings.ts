import type { Planes } from '../core/plane.ts';
import type { Schedule } from '../core/schedule.ts';
import type { PrincipalId, ScheduleId, ScopeKey } from '../core/values.ts';

/** Which schedules a principal holds, found without looking at its others: by scope, and those that make it a member. */
export interface Holdings {
  put(s: Schedule): void;
  remove(s: Schedule): void;
  clear(): void;
  of(principal: PrincipalId): Iterable<ScheduleId>;
  at(principal: PrincipalId, scope: ScopeKey): Iterable<ScheduleId>;
  memberships(principal: PrincipalId): Iterable<ScheduleId>;
}

interface Held {
  readonly all: Set<ScheduleId>;
  readonly at: Map<ScopeKey, Set<ScheduleId>>;
  readonly memberships: Set<ScheduleId>;
}
const NOTHING: readonly ScheduleId[] = [];

export function holdings(planes: Planes): Holdings {
  const held = new Map<PrincipalId, Held>();
  const of = (principal: PrincipalId): Held => {
    const there = held.get(principal) ?? { all: new Set(), at: new Map(), memberships: new Set() };
    held.set(principal, there);
    return there;
  };
  return {
    put: (s) => {
      const { all, at, memberships } = of(s.principal);
      all.add(s.id);
      at.set(s.scope, (at.get(s.scope) ?? new Set()).add(s.id));
      if (planes[s.plane].membershipOf(s) !== null) memberships.add(s.id);
    },
    remove: (s) => {
      const { all, at, memberships } = of(s.principal);
      all.delete(s.id);
      memberships.delete(s.id);
      const there = at.get(s.scope);
      there?.delete(s.id);
      if (there?.size === 0) at.delete(s.scope);
      if (all.size === 0) held.delete(s.principal);
    },
    clear: () => held.clear(),
    of: (principal) => held.get(principal)?.all ?? NOTHING,
    at: (principal, scope) => held.get(principal)?.at.get(scope) ?? NOTHING,
    memberships: (principal) => held.get(principal)?.memberships ?? NOTHING,
  };
}
