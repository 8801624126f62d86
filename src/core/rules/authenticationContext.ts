import type { AuthenticationContextRule } from '../policy.ts';
import type { Refusal } from '../refusal.ts';
import type { RuleAsk } from './ask.ts';

/** The sign-in must carry the context the policy names. */
export const authenticationContext = (r: AuthenticationContextRule, ask: RuleAsk): readonly Refusal[] =>
  r.enabled && r.claim !== null && !ask.proof.contexts.includes(r.claim)
    ? [{ code: 'authenticationContextRequired', claim: r.claim }]
    : [];
