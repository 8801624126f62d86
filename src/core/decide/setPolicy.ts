import type { SetPolicy } from '../command.ts';
import { confer } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../policy.ts';
import { ruleName, ruleOf, withRules } from '../policy.ts';
import type { Refusal } from '../refusal.ts';
import { same } from '../same.ts';
import type { Instant } from '../values.ts';
import { minutes } from '../values.ts';
import { policyFor, roleFor } from './asking.ts';

/** Replaces some rules of the policy that governs a target. What is checked is the policy as it would be afterwards. */
export function setPolicy(facts: Facts, cmd: SetPolicy, now: Instant): Decision {
  if (!roleFor(facts, cmd.target)) return refuse({ code: 'roleNotFound', role: cmd.target.role });
  const policy = policyFor(facts, cmd.target);
  const rules = withRules(policy.rules, cmd.rules);
  const refusals = [
    ...confer(facts, cmd.actor, cmd.target, 'policy', now),
    ...cmd.rules.flatMap((r) => problemsOf(facts, cmd, r)),
    ...conflicts(rules),
  ];
  if (refusals.length > 0) return refuse(...refusals);
  if (same(rules, policy.rules)) return accept();
  const changed = { ...policy, rules, changedBy: cmd.actor.id, changedAt: now, version: policy.version + 1 };
  return accept({ type: 'policyChanged', policy: changed, at: now });
}

const problem = (r: Rule, field: string, text: string): Refusal => ({
  code: 'policyInvalid',
  rule: ruleName(r),
  field,
  problem: text,
});

function problemsOf(facts: Facts, cmd: SetPolicy, r: Rule): readonly Refusal[] {
  const known = facts.planes[cmd.target.plane].defaultRules.some((d) => ruleName(d) === ruleName(r));
  if (!known) return [problem(r, 'id', 'this policy has no such rule')];
  if (r.kind === 'expiration' && r.caller === 'endUser') return activationLimit(facts, cmd, r);
  if (r.kind === 'expiration')
    return r.required && r.maximum.length <= 0
      ? [problem(r, 'maximumDuration', 'it must be longer than zero where an end is required')]
      : [];
  if (r.kind === 'authenticationContext')
    return r.enabled && !/^c([1-9]|[1-9]\d)$/.test(r.claim ?? '')
      ? [problem(r, 'claimValue', 'it must be one of c1 to c99')]
      : [];
  return r.kind === 'approval' && r.required ? approvalProblems(r) : [];
}

const HALF_HOUR = minutes(30);
function activationLimit(
  facts: Facts,
  cmd: SetPolicy,
  r: Extract<Rule, { kind: 'expiration' }>,
): readonly Refusal[] {
  const { ceiling } = facts.planes[cmd.target.plane].activation;
  if (!r.required)
    return [problem(r, 'isExpirationRequired', 'an activation always ends, so it must be true')];
  const { length } = r.maximum;
  const fits = length >= HALF_HOUR && length <= ceiling && length % HALF_HOUR === 0;
  return fits
    ? []
    : [
        problem(
          r,
          'maximumDuration',
          `it must lie between PT30M and ${ceiling / 3_600_000} hours, in steps of half an hour`,
        ),
      ];
}

function approvalProblems(r: Extract<Rule, { kind: 'approval' }>): readonly Refusal[] {
  if (r.mode === 'noApproval') return [];
  if (r.mode === 'parallel')
    return [problem(r, 'approvalMode', 'stages in parallel are not offered; use SingleStage or Serial')];
  if (r.stages.length === 0) return [problem(r, 'approvalStages', 'approval needs at least one stage')];
  return r.stages.flatMap((stage) => [
    ...(stage.primary.length === 0
      ? [problem(r, 'primaryApprovers', 'approval needs somebody who can approve')]
      : []),
    ...(stage.timeout <= 0 ? [problem(r, 'approvalStageTimeOutInDays', 'it must be at least one day')] : []),
    ...(stage.escalationEnabled
      ? [problem(r, 'isEscalationEnabled', 'escalation is not offered; it must be false')]
      : []),
  ]);
}

function conflicts(rules: readonly Rule[]): readonly Refusal[] {
  const target = { caller: 'endUser', level: 'assignment' } as const;
  const mfa = ruleOf(rules, 'enablement', target)?.enabled.includes('mfa');
  const context = ruleOf(rules, 'authenticationContext', target)?.enabled;
  return mfa && context ? [{ code: 'mfaAndContext' }] : [];
}
