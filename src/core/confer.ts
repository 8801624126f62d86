import { allows, identities, viewOf } from './access.ts';
import type { Actor } from './actor.ts';
import type { About } from './condition/evaluate.ts';
import type { Facts } from './facts.ts';
import type { Authority } from './plane.ts';
import type { Refusal } from './refusal.ts';
import { live } from './schedule.ts';
import type { Plane, Target } from './target.ts';
import { sameTarget } from './target.ts';
import type { Instant, PrincipalId, ScopeKey } from './values.ts';

/**
 * May this actor give this? The one gate for everything that can raise somebody's access: schedules and policies,
 * on every plane. (Z2) The server itself may; everybody else needs an authority that the plane names.
 */
export const confer = (
  facts: Facts,
  actor: Actor,
  target: Target & { readonly principal?: PrincipalId },
  what: 'schedules' | 'policy',
  now: Instant,
): readonly Refusal[] =>
  authorized(
    facts,
    actor,
    target,
    facts.planes[target.plane].administeredBy(target, what),
    now,
    what === 'schedules' ? aboutOf(facts, target) : undefined,
  );

// Only somebody in particular: an authority under a condition on who may get what says nothing about everybody.
const aboutOf = (
  { world }: Facts,
  { role, principal }: Target & { readonly principal?: PrincipalId },
): About | undefined =>
  principal && { role, principal, principalKind: world.principal.get(principal)?.kind ?? null };

/** Whether the actor has one of the authorities at this instant; the refusal names the first of them. */
export function authorized(
  facts: Facts,
  actor: Actor,
  about: { readonly plane: Plane; readonly scope: ScopeKey },
  ways: readonly Authority[],
  now: Instant,
  giving?: About,
): readonly Refusal[] {
  if (actor.kind === 'system' || ways.some((way) => has(facts, actor.id, way, now, giving))) return [];
  const named = ways.find((way) => way.by === 'action');
  const action = named?.by === 'action' ? named.action : 'ownership';
  return [{ code: 'notAuthorized', plane: about.plane, action, scope: about.scope }];
}

/** Whether a principal may change schedules of a target at this instant. */
export const administers = (facts: Facts, person: PrincipalId, target: Target, now: Instant): boolean =>
  facts.planes[target.plane].administeredBy(target, 'schedules').some((way) => has(facts, person, way, now));

function has(facts: Facts, person: PrincipalId, way: Authority, now: Instant, about?: About): boolean {
  const view = viewOf(facts);
  if (way.by === 'action') return allows(view, { ...way, principal: person, ...(about && { about }) }, now);
  return identities(view, person, now).some(({ principal }) =>
    [...view.assignmentsOf(principal)].some((s) => live(s, now) && sameTarget(s, way.target)),
  );
}
