import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { evaluate, type RuleAsk } from '../rules/index.ts';
import type { Target } from '../target.ts';
import { rulesFor } from './asking.ts';

/** What the policy of a target says of an activation: the same question when it is asked for and when it is granted. (A7) */
export const activationRules = (
  facts: Facts,
  target: Target,
  given: Omit<RuleAsk, 'caller' | 'level'>,
): readonly Refusal[] =>
  evaluate(rulesFor(facts, target), { caller: 'endUser', level: 'assignment', ...given });
