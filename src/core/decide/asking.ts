import type { Ask } from '../command.ts';
import type { Facts } from '../facts.ts';
import type { Policy, PolicyKey, Rule } from '../policy.ts';
import { policyId } from '../policy.ts';
import type { Refusal } from '../refusal.ts';
import type { Request, RequestState } from '../request.ts';
import { closed } from '../request.ts';
import type { RoleDefinition } from '../role.ts';
import { roleIn } from '../role.ts';
import { same } from '../same.ts';
import { parentIn } from '../scope.ts';
import type { Target } from '../target.ts';
import { holdingOf } from '../target.ts';
import type { Instant, ScheduleId } from '../values.ts';
import { instant } from '../values.ts';
import type { Window } from './period.ts';

/** The key of the policy that governs a target. */
export const policyKeyOf = (facts: Pick<Facts, 'planes'>, target: Target): PolicyKey => ({
  plane: target.plane,
  ...facts.planes[target.plane].policyOf(target),
});

/** The policy that governs a target: what was set, or the plane's default. */
export function policyFor(facts: Facts, target: Target): Policy {
  const key = policyKeyOf(facts, target);
  return facts.world.policy.get(policyId(key)) ?? untouched(facts, key);
}

const untouched = (facts: Facts, key: PolicyKey): Policy => ({
  ...key,
  rules: facts.planes[key.plane].defaultRules,
  changedBy: null,
  changedAt: null,
  version: 0,
});

export const rulesFor = (facts: Facts, target: Target): readonly Rule[] => policyFor(facts, target).rules;

/** The role of a target, whoever defined it. */
export const roleFor = (
  { role, world }: Pick<Facts, 'role' | 'world'>,
  target: Pick<Target, 'plane' | 'role'>,
): RoleDefinition | undefined => roleIn(role, world.role, target.plane, target.role);

/** What must be there before anything else is asked: the role, assignable here, and the principal. */
export function subjectRefusals(facts: Facts, { holding }: Pick<Ask, 'holding'>): readonly Refusal[] {
  const role = roleFor(facts, holding);
  if (!role) return [{ code: 'roleNotFound', role: holding.role }];
  const principal = facts.world.principal.get(holding.principal);
  if (!principal) return [{ code: 'principalNotFound', principal: holding.principal }];
  return assignableAt(facts, role.assignableScopes, holding)
    ? []
    : [{ code: 'roleNotAssignable', role: holding.role, scope: holding.scope }];
}

function assignableAt(facts: Facts, scopes: readonly string[], { plane, scope }: Target): boolean {
  const within = facts.planes[plane].containers(scope, parentIn(facts.world.scope));
  return scopes.some((s) => s === '/' || within.some((w) => w === s.toLowerCase()));
}

/** The request a command makes, in the state it starts in. */
export function requestOf(
  cmd: Ask,
  window: Window,
  now: Instant,
  more: { readonly state: RequestState } & Partial<Pick<Request, 'uses' | 'schedule' | 'stages'>>,
): Request {
  return {
    ...holdingOf(cmd.holding),
    id: cmd.id,
    action: cmd.type,
    kind: cmd.kind,
    requestor: cmd.actor.id,
    createdAt: now,
    closedAt: closed(more.state) ? now : null,
    period: cmd.period,
    ...window,
    uses: null,
    usesAsked: named(cmd),
    schedule: null,
    justification: cmd.justification,
    ticket: cmd.ticket,
    condition: cmd.condition,
    spelling: cmd.spelling,
    proof: { mfa: cmd.actor.mfa, contexts: cmd.actor.contexts },
    stages: [],
    stage: 0,
    stageSince: now,
    version: 1,
    ...more,
  };
}

/** The schedule the caller named, whatever the action calls it. */
export const named = (cmd: Ask): ScheduleId | null =>
  cmd.type === 'selfActivate' ? cmd.uses : cmd.type === 'adminAssign' ? null : cmd.schedule;

/** Whether the command repeats the request: same asker, same thing, written the same way. (L5) */
export const repeats = (request: Request, cmd: Ask): boolean =>
  same(identityOf(request), identityOf({ ...requestOf(cmd, NO_WINDOW, instant(0), { state: 'granted' }) }));

const NO_WINDOW: Window = { start: instant(0), end: null };

// What makes a request this request. The condition of an activation may have come from its eligibility.
const identityOf = (r: Request): unknown => [
  r.action,
  r.kind,
  r.requestor,
  holdingOf(r),
  r.usesAsked,
  r.justification,
  r.spelling,
  r.period,
  r.ticket,
  r.action === 'selfActivate' ? null : r.condition,
];
