import type { ExpirationRule } from '../policy.ts';
import type { Refusal } from '../refusal.ts';
import type { PrincipalId } from '../values.ts';
import { after } from '../values.ts';
import type { RuleAsk } from './ask.ts';

/** Whether the rule limits these holders: where permanence is allowed any end is, and some may be excepted. */
export const binds = (r: ExpirationRule, holders: ReadonlySet<PrincipalId>): boolean =>
  r.required && !r.exceptions.some((x) => holders.has(x.id));

/** A required end must be there and not lie beyond the maximum. */
export function expiration(r: ExpirationRule, ask: RuleAsk): readonly Refusal[] {
  if (!binds(r, ask.holders)) return [];
  if (ask.end === null) return [{ code: 'endRequired', maximum: r.maximum }];
  const latest = after(ask.start, r.maximum.length);
  return ask.end > latest ? [{ code: 'endsTooLate', maximum: r.maximum, latest }] : [];
}
