import type { CryptoKey, JWTPayload, JWTVerifyGetKey, KeyObject } from 'jose';
import type { Refusal } from './refusals.ts';

/** Clocks of clients differ from ours by as much. */
export const SKEW_S = 300;

export type Verified = { readonly claims: JWTPayload } | { readonly refusal: Refusal };

/** The claims of a token whose signature and times hold. Nothing in the token may bring a key of its own. */
export async function verifiedClaims(
  token: string,
  key: CryptoKey | KeyObject | JWTVerifyGetKey,
  algorithms: readonly string[],
): Promise<Verified> {
  const { errors, jwtVerify } = await import('jose');
  const get: JWTVerifyGetKey = typeof key === 'function' ? key : async () => key;
  try {
    const { payload } = await jwtVerify(token, get, {
      algorithms: [...algorithms],
      clockTolerance: SKEW_S,
      requiredClaims: ['exp'],
    });
    return { claims: payload };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { refusal: { code: 'assertionOutOfTime' } };
    if (error instanceof errors.JWTClaimValidationFailed) return { refusal: claimRefused(error.claim) };
    if (error instanceof errors.JOSEError) return { refusal: { code: 'assertionSignature' } };
    throw error;
  }
}

const claimRefused = (claim: string): Refusal =>
  claim === 'nbf'
    ? { code: 'assertionOutOfTime' }
    : { code: 'assertionMalformed', problem: `its claim '${claim}' is missing or is not one` };
