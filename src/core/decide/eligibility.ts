import type { SelfActivate } from '../command.ts';
import type { Facts } from '../facts.ts';
import type { Schedule } from '../schedule.ts';
import { live, standing } from '../schedule.ts';
import { parentIn } from '../scope.ts';
import type { Instant, PrincipalId, ScopeKey } from '../values.ts';

/**
 * The eligibility an activation uses: held by the person or a group they are in, for the role, at the scope or, where the
 * plane narrows, above it. The named one if one is named; else the nearest, and of these the one that lasts longest.
 */
export function eligibilityFor(
  facts: Facts,
  cmd: Pick<SelfActivate, 'holding' | 'uses'>,
  holders: ReadonlySet<PrincipalId>,
  now: Instant,
): Schedule | undefined {
  const within = scopesAbove(facts, cmd);
  const covers = (s: Schedule) =>
    s.kind === 'eligibility' &&
    s.plane === cmd.holding.plane &&
    s.role === cmd.holding.role &&
    holders.has(s.principal) &&
    within.includes(s.scope) &&
    live(s, now) &&
    standing(s, now);
  const found = [...facts.world.schedule.values()].filter(
    (s) => covers(s) && (cmd.uses === null || cmd.uses === s.id),
  );
  return found.sort((a, b) => within.indexOf(a.scope) - within.indexOf(b.scope) || endOf(b) - endOf(a))[0];
}

// docs/divergences.md: arm-narrowing
function scopesAbove(facts: Facts, { holding }: Pick<SelfActivate, 'holding'>): readonly ScopeKey[] {
  const plane = facts.planes[holding.plane];
  if (!plane.narrowing) return [holding.scope];
  return plane.containers(holding.scope, parentIn(facts.world.scope));
}

const endOf = (s: Schedule): number => s.end ?? Number.MAX_SAFE_INTEGER;
