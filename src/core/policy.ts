import type { Approver, StageRule } from './approval.ts';
import type { Kind } from './schedule.ts';
import type { Plane } from './target.ts';
import type { Instant, PrincipalId, RoleKey, ScopeKey, WrittenDuration } from './values.ts';

export type CallerSide = 'admin' | 'endUser';
export type Enablement = 'mfa' | 'justification' | 'ticketing';
export type ApprovalMode = 'noApproval' | 'singleStage' | 'serial' | 'parallel';

/** Which requests a rule is about: who asks, and for which kind of schedule. */
export interface RuleTarget {
  readonly caller: CallerSide;
  readonly level: Kind;
}

export interface ExpirationRule extends RuleTarget {
  readonly kind: 'expiration';
  readonly required: boolean;
  readonly maximum: WrittenDuration;
  /** Principals the rule does not bind. */
  readonly exceptions: readonly Approver[];
}
export interface EnablementRule extends RuleTarget {
  readonly kind: 'enablement';
  readonly enabled: readonly Enablement[];
}
export interface AuthenticationContextRule extends RuleTarget {
  readonly kind: 'authenticationContext';
  readonly enabled: boolean;
  readonly claim: string | null;
}
export interface ApprovalRule extends RuleTarget {
  readonly kind: 'approval';
  readonly required: boolean;
  readonly requiredForExtension: boolean;
  readonly requestorJustification: boolean;
  readonly mode: ApprovalMode;
  readonly stages: readonly StageRule[];
}
export interface NotificationRule extends RuleTarget {
  readonly kind: 'notification';
  readonly recipient: 'admin' | 'requestor' | 'approver';
  readonly notify: 'none' | 'critical' | 'all';
  readonly defaultRecipients: boolean;
  readonly more: readonly string[];
}

/** One line of a policy. */
export type Rule =
  | ExpirationRule
  | EnablementRule
  | AuthenticationContextRule
  | ApprovalRule
  | NotificationRule;

/** Which policy: one per role and scope, as the plane's policyOf says. */
export interface PolicyKey {
  readonly plane: Plane;
  readonly scope: ScopeKey;
  readonly role: RoleKey;
}

/** The rules that govern a role at a scope. Until changed it is the plane's default, at version 0. */
export interface Policy extends PolicyKey {
  readonly rules: readonly Rule[];
  readonly changedBy: PrincipalId | null;
  readonly changedAt: Instant | null;
  readonly version: number;
}

/** A policy's key as one text, for maps; the parts cannot contain the separator. */
export const policyId = (k: PolicyKey): string => `${k.plane} ${k.role} ${k.scope}`;

/** Two rules with the same name govern the same thing; a policy has each name once. */
export const ruleName = (r: Rule): string =>
  [r.kind, r.caller, r.level, ...(r.kind === 'notification' ? [r.recipient] : [])].join(' ');

/** The policy's rules with some of them replaced by others of the same name. */
export function withRules(rules: readonly Rule[], changes: readonly Rule[]): readonly Rule[] {
  const changed = new Map(changes.map((r) => [ruleName(r), r]));
  return rules.map((r) => changed.get(ruleName(r)) ?? r);
}

/** The rule of a kind for a target, if the policy has it. */
export function ruleOf<K extends Rule['kind']>(
  rules: readonly Rule[],
  kind: K,
  { caller, level }: RuleTarget,
): Extract<Rule, { kind: K }> | undefined {
  return rules.find((r) => r.kind === kind && r.caller === caller && r.level === level) as
    | Extract<Rule, { kind: K }>
    | undefined;
}
