import type { AccessToken, ClientCredentials, JWTStructured, KoaContextWithOIDC } from 'oidc-provider';
import { delegated } from './audiences.ts';
import type { Account, Accounts, Audience } from './ports.ts';

/** The header field by which the sign-in tells its own provider what the client understands. */
export const CAPABILITIES = 'postern-capabilities';

export interface ClaimFacts {
  readonly tenant: string;
  readonly accounts: Accounts;
  readonly resources: ReadonlyMap<string, readonly Audience[]>;
}

/** Replaces what the provider would write into an access token by what Azure's clients read. No role is in it, ever. (Z7) */
export function accessTokenClaims({ tenant, accounts, resources }: ClaimFacts) {
  return async (
    ctx: KoaContextWithOIDC,
    token: AccessToken | ClientCredentials,
    parts: JWTStructured,
  ): Promise<void> => {
    const { aud, iss, iat, exp, jti, client_id: appid } = parts.payload;
    const account = await accountOf(accounts, token);
    const permission = delegated(resources.get(String(aud)) ?? []);
    const amr = ctx.oidc.entities.RefreshToken?.amr ?? [];
    parts.payload = {
      ...{ aud, iss, iat, nbf: iat, exp, tid: tenant, oid: account.id, sub: account.id, appid, ver: '2.0' },
      ...(account.kind === 'person' ? personClaims(account, permission, amr) : { idtyp: 'app', roles: [] }),
      ...(ctx.get(CAPABILITIES) === 'cp1' ? { xms_cc: ['cp1'] } : {}),
      uti: jti,
    };
  };
}

async function accountOf(accounts: Accounts, token: AccessToken | ClientCredentials): Promise<Account> {
  const account =
    'accountId' in token
      ? await accounts.byId(token.accountId)
      : await accounts.byAppId(token.clientId ?? '');
  if (!account) throw new Error('bug: a token for nobody');
  return account;
}

// azuread takes a token for a person's when `scp` has the word openid.
const personClaims = (account: Account, permission: string, amr: readonly string[]) => ({
  idtyp: 'user',
  scp: `openid profile ${permission}`,
  name: account.displayName,
  upn: account.upn,
  amr,
});

/** What an id token says besides issuer, audience and times. */
export const identityClaims = (account: Account, tenant: string) => ({
  sub: account.id,
  oid: account.id,
  tid: tenant,
  ver: '2.0',
  name: account.displayName,
  preferred_username: account.upn,
});
export const IDENTITY_CLAIMS = ['sub', 'oid', 'tid', 'ver', 'name', 'preferred_username'];
