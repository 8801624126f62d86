import { GRAPH_APP, loginOrigin } from './audiences.ts';
import type { KeyRing } from './keys.ts';
import type { Account, Accounts, Audience, Authenticated, SignIn, Unauthenticated } from './ports.ts';
import { parseClaims, type TokenClaims } from './tokenClaims.ts';
import { VerifiedTokens } from './verifiedTokens.ts';

export interface AuthenticateFacts {
  readonly tenant: string;
  readonly origins: readonly string[];
  readonly issuers: ReadonlySet<string>;
  readonly resources: ReadonlyMap<string, readonly Audience[]>;
  readonly accounts: Accounts;
  readonly ring: KeyRing;
}
type No = Omit<Unauthenticated, 'wwwAuthenticate'>;

const NOT_BEFORE_LEEWAY_S = 5;
const TOKENS_MAX = 10_000;
const BEARER = /^bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const TOKEN_LENGTH_MAX = 8_192;

/** Who calls, by the token they send. Only what this server signed for the face that is asked passes. (Z7) */
export function authenticator(facts: AuthenticateFacts): SignIn['authenticate'] {
  const verified = new VerifiedTokens<TokenClaims>(TOKENS_MAX);
  const claimsOf = async (token: string) => {
    const known = verified.get(token);
    if (known) return known;
    const claims = await verify(token, facts);
    if (claims) verified.set(token, claims);
    return claims;
  };
  return async (authorization, origin, audience) => {
    const outcome = await decide(authorization, audience, claimsOf, facts);
    return outcome.ok
      ? outcome
      : { ...outcome, wwwAuthenticate: challenge(outcome, origin, audience, facts) };
  };
}

async function decide(
  authorization: string | undefined,
  audience: Audience,
  claimsOf: (token: string) => Promise<TokenClaims | null>,
  facts: AuthenticateFacts,
): Promise<Authenticated | No> {
  if (!authorization) return no('AuthenticationFailed', 'The Authorization header is missing.');
  const token = BEARER.exec(authorization)?.[1];
  if (!token || token.length > TOKEN_LENGTH_MAX)
    return no('AuthenticationFailed', 'The Authorization header is not a bearer token.');
  const claims = await claimsOf(token);
  if (!claims) return invalid('The access token is not one this server has signed.');
  const refusal = outOfPlace(claims, audience, facts) ?? outOfTime(claims, Date.now() / 1000);
  if (refusal) return refusal;
  const account = await facts.accounts.byId(claims.oid);
  return account?.enabled && kindOf(claims) === account.kind
    ? { ok: true, caller: callerOf(claims, account) }
    : invalid('The identity of the access token is disabled or gone.');
}

const no = (code: Unauthenticated['code'], reason: string): No => ({ ok: false, code, reason });
const invalid = (reason: string) => no('InvalidAuthenticationToken', reason);
const kindOf = (claims: TokenClaims) => (claims.idtyp === 'app' ? 'workload' : 'person');

/** Signature, header and form. The key is one of ours by its id: nothing in the token may bring or name another. */
async function verify(token: string, { ring }: AuthenticateFacts): Promise<TokenClaims | null> {
  if (!canonical(token)) return null;
  const { compactVerify } = await import('jose');
  try {
    const { payload, protectedHeader } = await compactVerify(
      token,
      async (header) => {
        const key = header.kid ? await ring.publicKey(header.kid) : null;
        if (!key) throw new UnknownKey();
        return key;
      },
      { algorithms: ['RS256'] },
    );
    const plain = Object.keys(protectedHeader).every((name) => ['alg', 'kid', 'typ'].includes(name));
    // An id token has another type, so that none is ever taken for an access token.
    return plain && protectedHeader.typ === 'at+jwt' ? parseClaims(payload) : null;
  } catch (error) {
    if (error instanceof UnknownKey || (error instanceof Error && 'code' in error && isJose(error.code)))
      return null;
    throw error;
  }
}

class UnknownKey extends Error {}
const isJose = (code: unknown) => typeof code === 'string' && code.startsWith('ERR_J');

// The last character of a signature has bits that mean nothing: one signature, one spelling.
function canonical(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

function outOfPlace(claims: TokenClaims, audience: Audience, facts: AuthenticateFacts): No | null {
  if (claims.tid !== facts.tenant || !facts.issuers.has(claims.iss))
    return invalid('The access token is from another issuer.');
  return facts.resources.get(claims.aud)?.includes(audience)
    ? null
    : invalid('The access token is for another audience.');
}

function outOfTime(claims: TokenClaims, now: number): No | null {
  if (claims.exp <= now) return no('ExpiredAuthenticationToken', 'The access token has expired.');
  return claims.nbf > now + NOT_BEFORE_LEEWAY_S ? invalid('The access token is not valid yet.') : null;
}

const callerOf = (claims: TokenClaims, account: Account): Authenticated['caller'] => ({
  id: account.id,
  appId: claims.appid,
  kind: account.kind,
  name: account.displayName,
  ...(claims.uti === undefined ? {} : { tokenId: claims.uti }),
  amr: claims.amr,
  acrs: claims.acrs,
});

function challenge(
  { code, reason }: No,
  origin: string,
  audience: Audience,
  facts: AuthenticateFacts,
): string {
  const authority = `${loginOrigin(origin, facts.origins)}/${facts.tenant}`;
  const error =
    code === 'AuthenticationFailed' ? '' : `, error="invalid_token", error_description="${reason}"`;
  return audience === 'arm'
    ? `Bearer authorization_uri="${authority}"${error}`
    : `Bearer realm="", authorization_uri="${authority}/oauth2/v2.0/authorize", client_id="${GRAPH_APP}"${error}`;
}
