import { createHash, X509Certificate } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Certificate } from '../../core/credential.ts';
import type { Assertion, AssertionFacts } from './asserted.ts';
import type { Refusal } from './refusals.ts';
import { SKEW_S, verifiedClaims } from './verifiedClaims.ts';

// MSAL signs RS256 with x5t, and in its newer versions PS256 with x5t#S256.
const ALGORITHMS = ['RS256', 'PS256'];
const LIFETIME_MAX_S = 86_400;
const ID_LENGTH_MAX = 256;

/** Whether the application signed this for itself, with the key of a certificate that is registered for it. */
export async function certificateAssertion(
  asked: Assertion,
  { accounts, store }: AssertionFacts,
): Promise<Refusal | null> {
  const registered = await accounts.certificates(asked.client.account);
  const certificate = named(await headerOf(asked.token), registered);
  if (!certificate) return { code: 'assertionUnknown', client: asked.client.id };
  if (!current(certificate, Date.now()))
    return { code: 'certificateOutOfTime', thumbprint: certificate.thumbprint };
  const { publicKey } = new X509Certificate(Buffer.from(certificate.der, 'base64'));
  const verified = await verifiedClaims(asked.token, publicKey, ALGORITHMS);
  if ('refusal' in verified) return verified.refusal;
  return misplaced(verified.claims, asked) ?? (await usedBefore(verified.claims, asked, store));
}

async function headerOf(token: string): Promise<Readonly<Record<string, unknown>>> {
  const { decodeProtectedHeader } = await import('jose');
  try {
    return { ...decodeProtectedHeader(token) };
  } catch {
    return {};
  }
}

// A header that names a certificate by both digests has to mean the same one by both.
function named(
  header: Readonly<Record<string, unknown>>,
  registered: readonly Certificate[],
): Certificate | undefined {
  const [sha1, sha256] = [digest(header['x5t']), digest(header['x5t#S256'])];
  if (sha1 === null && sha256 === null) return undefined;
  return registered.find(
    (c) => (sha1 ?? c.thumbprint) === c.thumbprint && (sha256 ?? c.thumbprint256) === c.thumbprint256,
  );
}

// Older MSALs leave the padding on.
const digest = (value: unknown): string | null =>
  typeof value === 'string' ? Buffer.from(value, 'base64url').toString('hex') : null;

const current = ({ notBefore, notAfter }: Certificate, now: number) => notBefore <= now && now < notAfter;

function misplaced(claims: JWTPayload, { client, endpoints }: Assertion): Refusal | null {
  const { sub, aud, exp = 0, jti } = claims;
  if (sub?.toLowerCase() !== client.id) return { code: 'assertionOfAnother', client: client.id };
  const audiences = [aud ?? []].flat();
  if (!audiences.some((audience) => endpoints.includes(audience.toLowerCase())))
    return { code: 'assertionAudience', audience: audiences.join(', '), expected: endpoints[0] ?? '' };
  if (exp > Date.now() / 1000 + LIFETIME_MAX_S) return { code: 'assertionOutOfTime' };
  return typeof jti === 'string' && jti.length > 0 && jti.length <= ID_LENGTH_MAX
    ? null
    : { code: 'assertionMalformed', problem: "its claim 'jti' is missing or too long" };
}

// MSAL sends one assertion for as many resources as it is asked for within ten minutes: each of them is opened once.
async function usedBefore(
  { jti = '', exp = 0 }: JWTPayload,
  { client, resource }: Assertion,
  store: AssertionFacts['store'],
): Promise<Refusal | null> {
  const id = createHash('sha256')
    .update(JSON.stringify([client.id, jti, resource]))
    .digest('base64url');
  await store.put(MODEL, id, {}, new Date((exp + SKEW_S + 1) * 1000));
  return (await store.consume(MODEL, id, new Date())) ? null : { code: 'assertionUsed' };
}
const MODEL = 'ClientAssertion';
