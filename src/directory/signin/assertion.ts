import type { JWTPayload } from 'jose';
import type { Assertion, AssertionFacts } from './asserted.ts';
import { certificateAssertion } from './certificateAssertion.ts';
import { federatedAssertion } from './federatedAssertion.ts';
import type { Refusal } from './refusals.ts';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const LENGTH_MAX = 16_384;

/** Why an assertion proves nothing; null when it proves that the application sent it. */
export async function assertionRefused(asked: Assertion, facts: AssertionFacts): Promise<Refusal | null> {
  const claims = asked.token.length > LENGTH_MAX ? null : await claimed(asked.token);
  if (!claims) return { code: 'assertionMalformed', problem: 'it is no signed JWT' };
  const { iss } = claims;
  if (typeof iss !== 'string') return { code: 'assertionMalformed', problem: "it has no claim 'iss'" };
  return iss.toLowerCase() === asked.client.id
    ? certificateAssertion(asked, facts)
    : federatedAssertion(asked, iss, facts);
}

// Only to know whose keys to try: nothing of it is believed.
async function claimed(token: string): Promise<JWTPayload | null> {
  const { decodeJwt } = await import('jose');
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}
