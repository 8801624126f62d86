import type { JWTPayload } from 'jose';
import type { Federation } from '../../core/credential.ts';
import type { Assertion, AssertionFacts } from './asserted.ts';
import type { Refusal } from './refusals.ts';
import { verifiedClaims } from './verifiedClaims.ts';

const ALGORITHMS = ['RS256', 'PS256', 'ES256'];

/**
 * Whether an outside issuer that is registered for the application vouches for a subject that is. Nobody is asked for keys
 * whom no application names; issuer, subject and audience are compared letter by letter.
 */
export async function federatedAssertion(
  { token, client }: Assertion,
  issuer: string,
  { accounts, issuerKeys, issuerFailed }: AssertionFacts,
): Promise<Refusal | null> {
  const registered = (await accounts.federations(client.account)).filter((f) => f.issuer === issuer);
  if (registered.length === 0)
    return issuer.startsWith('https://')
      ? { code: 'issuerUnknown', issuer }
      : { code: 'assertionOfAnother', client: client.id };
  const keys = await issuerKeys(issuer).catch((error: Error) => {
    issuerFailed(issuer, error);
    return null;
  });
  if (!keys) return { code: 'issuerAway', issuer };
  const verified = await verifiedClaims(token, keys, ALGORITHMS);
  return 'refusal' in verified ? verified.refusal : unmatched(verified.claims, registered);
}

function unmatched({ aud, sub = '' }: JWTPayload, registered: readonly Federation[]): Refusal | null {
  const audiences = [aud ?? []].flat();
  const meant = registered.filter((f) => f.audiences.some((audience) => audiences.includes(audience)));
  if (meant.length === 0) return { code: 'exchangeAudienceUnknown', audience: audiences.join(', ') };
  return meant.some((f) => f.subject === sub) ? null : { code: 'subjectUnknown', subject: sub };
}
