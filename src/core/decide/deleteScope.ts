import type { DeleteScope } from '../command.ts';
import { authorized } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { waits } from '../request.ts';
import { same } from '../same.ts';
import { standing } from '../schedule.ts';
import type { Scope } from '../scope.ts';
import { namedScope } from '../scope.ts';
import type { Instant, ScopeKey } from '../values.ts';
import { endNow } from './end.ts';
import { childrenIn, containersIn, fixed } from './scopeTree.ts';
import { firstOf } from './staged.ts';

/**
 * Deletes a scope, and with it what it contains: named scopes, what is held there, requests that wait there, and policies,
 * so that nothing of it is found under the same name again. A management group is deleted only when it is empty.
 */
export function deleteScope(facts: Facts, cmd: DeleteScope, now: Instant): Decision {
  const there = namedScope(facts.world.scope, cmd.scope);
  if (!there) return refuse({ code: 'scopeNotFound', scope: cmd.scope });
  const { plane, scope, actor } = cmd;
  const refusals = firstOf(
    () => (fixed(facts, there, 'deleted') ? [{ code: 'scopeFixed', scope, change: 'deleted' }] : []),
    () => authorized(facts, actor, { plane, scope }, facts.planes[plane].scopes.deletedBy(there), now),
    () => childRefusals(facts, there),
  );
  if (refusals.length > 0) return refuse(...refusals);
  const within = (key: ScopeKey) => containersIn(facts, plane, key).includes(scope);
  const ended = heldWithin(facts, cmd, within, now);
  const closed = new Set(ended.flatMap((e) => (e.type === 'requestMoved' ? [e.request] : [])));
  return accept(
    ...ended,
    ...waitingWithin(facts, cmd, within, now).filter((e) => !closed.has(e.request)),
    ...policiesWithin(facts, cmd, within, now),
    ...namedWithin(facts, within, now),
  );
}

function childRefusals(facts: Facts, { key, kind }: Scope): readonly Refusal[] {
  const [child] = kind === 'managementGroup' ? childrenIn(facts, key) : [];
  return child ? [{ code: 'scopeNotEmpty', scope: key, holds: child.key }] : [];
}

type Within = (key: ScopeKey) => boolean;

// An eligibility takes along what was activated from it, so that is not ended a second time.
function heldWithin(facts: Facts, { plane }: DeleteScope, within: Within, now: Instant): readonly Event[] {
  const held = [...facts.world.schedule.values()].filter(
    (s) => s.plane === plane && standing(s, now) && within(s.scope),
  );
  const ids = new Set<string | null>(held.map((s) => s.id));
  return held.filter((s) => !ids.has(s.activatedFrom)).flatMap((s) => endNow(facts, s, 'scopeDeleted', now));
}

type Moved = Extract<Event, { type: 'requestMoved' }>;
const waitingWithin = (
  facts: Facts,
  { plane }: DeleteScope,
  within: Within,
  now: Instant,
): readonly Moved[] =>
  [...facts.world.request.values()]
    .filter((r) => r.plane === plane && waits(r) && within(r.scope))
    .map((r) => ({ type: 'requestMoved', request: r.id, to: 'failed', schedule: null, at: now }));

// The next scope of this name begins with the rules that nobody has changed.
function policiesWithin(facts: Facts, cmd: DeleteScope, within: Within, now: Instant): readonly Event[] {
  const rules = facts.planes[cmd.plane].defaultRules;
  return [...facts.world.policy.values()]
    .filter((p) => p.plane === cmd.plane && within(p.scope) && !same(p.rules, rules))
    .map((p) => ({
      type: 'policyChanged',
      policy: { ...p, rules, changedBy: cmd.actor.id, changedAt: now, version: p.version + 1 },
      at: now,
    }));
}

const namedWithin = (facts: Facts, within: Within, now: Instant): readonly Event[] =>
  [...facts.world.scope.values()]
    .filter((s) => s.deletedAt === null && within(s.key))
    .sort((a, b) => b.key.length - a.key.length)
    .map((s) => ({ type: 'scopeDeleted', scope: s.key, at: now }));
