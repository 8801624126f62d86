import type { StageRule } from '../approval.ts';
import type { ApprovalRule, Rule } from '../policy.ts';
import { ruleOf } from '../policy.ts';
import type { Refusal } from '../refusal.ts';
import { blank, type RuleAsk } from './ask.ts';

/** Approval never refuses for want of a yes; it may want a reason to show to the approvers. */
export const approval = (r: ApprovalRule, ask: RuleAsk): readonly Refusal[] =>
  asksConsent(r) && r.requestorJustification && blank(ask.justification)
    ? [{ code: 'justificationRequired' }]
    : [];

const asksConsent = (r: ApprovalRule): boolean => r.required && r.mode !== 'noApproval';

/** The stages somebody must consent in, in order; none when the policy asks for no approval. */
export function stagesFor(
  rules: readonly Rule[],
  target: Pick<RuleAsk, 'caller' | 'level'>,
): readonly StageRule[] {
  const rule = ruleOf(rules, 'approval', target);
  if (!rule || !asksConsent(rule)) return [];
  return rule.mode === 'singleStage' ? rule.stages.slice(0, 1) : rule.stages;
}
