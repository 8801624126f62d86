import type { Rule } from '../policy.ts';
import type { Refusal } from '../refusal.ts';
import { approval } from './approval.ts';
import type { RuleAsk } from './ask.ts';
import { authenticationContext } from './authenticationContext.ts';
import { enablement } from './enablement.ts';
import { expiration } from './expiration.ts';

export { stagesFor } from './approval.ts';
export type { RuleAsk } from './ask.ts';
export { binds } from './expiration.ts';

// A new kind of rule does not compile until it has its line here.
const EVALUATORS: {
  readonly [K in Rule['kind']]: (rule: Extract<Rule, { kind: K }>, ask: RuleAsk) => readonly Refusal[];
} = {
  expiration,
  enablement,
  authenticationContext,
  approval,
  notification: () => [],
};

function evaluateOne<K extends Rule['kind']>(
  rule: Extract<Rule, { kind: K }>,
  ask: RuleAsk,
): readonly Refusal[] {
  return EVALUATORS[rule.kind as K](rule, ask);
}

/** Asks every rule that is about this, so that all that is missing is told at once; the same thing is told once. */
export function evaluate(rules: readonly Rule[], ask: RuleAsk): readonly Refusal[] {
  const all = rules
    .filter((r) => r.caller === ask.caller && r.level === ask.level)
    .flatMap((r) => evaluateOne(r, ask));
  return all.filter((refusal, i) => all.findIndex((x) => x.code === refusal.code) === i);
}
