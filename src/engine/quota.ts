import type { Schedule } from '../core/schedule.ts';
import type { ScheduleId, ScopeKey } from '../core/values.ts';

/** How many assignments stand in what they are counted by: a subscription with all in it, or a scope above them alone. */
export interface Quota {
  assignmentsIn(scope: ScopeKey): number;
}

export interface CountedQuota extends Quota {
  /** Takes over a schedule as it was written. */
  follow(schedule: Schedule): void;
  clear(): void;
}

/** What a scope is counted in. */
export function countedIn(scope: ScopeKey): ScopeKey {
  const [, first, id] = scope.split('/');
  return first === 'subscriptions' && id !== undefined ? (`/subscriptions/${id}` as ScopeKey) : scope;
}

/** Counts along with what is written, so that nobody has to look through all assignments to say how many there are. */
export function countedQuota(): CountedQuota {
  const counted = new Map<ScopeKey, Set<ScheduleId>>();
  return {
    assignmentsIn: (scope) => counted.get(countedIn(scope))?.size ?? 0,
    clear: () => counted.clear(),
    follow: (s) => {
      if (s.plane !== 'azure' || s.kind !== 'assignment') return;
      const key = countedIn(s.scope);
      const there = counted.get(key) ?? new Set();
      if (s.announced === 'begin') there.add(s.id);
      else there.delete(s.id);
      counted.set(key, there);
    },
  };
}
