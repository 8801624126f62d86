import type { Enablement, EnablementRule } from '../policy.ts';
import type { Refusal } from '../refusal.ts';
import { blank, type RuleAsk } from './ask.ts';

const MISSING: { readonly [E in Enablement]: (ask: RuleAsk) => Refusal | null } = {
  mfa: (ask) => (ask.proof.mfa ? null : { code: 'mfaRequired' }),
  justification: (ask) => (blank(ask.justification) ? { code: 'justificationRequired' } : null),
  ticketing: (ask) => (blank(ask.ticket.number) ? { code: 'ticketRequired' } : null),
};

/** Everything the policy wants to be given must be given. */
export const enablement = (r: EnablementRule, ask: RuleAsk): readonly Refusal[] =>
  r.enabled.map((what) => MISSING[what](ask)).filter((refusal) => refusal !== null);
