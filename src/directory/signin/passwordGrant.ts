import type { Provider, ResourceServer, TokenEndpointGrantContext } from 'oidc-provider';
import { identityClaims } from './claims.ts';
import type { Account, Accounts } from './ports.ts';
import { Refused } from './refusals.ts';

export interface PasswordGrantFacts {
  readonly tenant: string;
  readonly accounts: Accounts;
  /** All resources a later refresh may ask for, as indicators. */
  readonly indicators: readonly string[];
  readonly resourceServer: (indicator: string) => ResourceServer;
}

interface Parameters {
  readonly username: string;
  readonly password: string;
  readonly resource: string;
}
type Context = TokenEndpointGrantContext<Parameters>;

export const PASSWORD_PARAMETERS = ['username', 'password', 'resource'];
const SCOPE = 'openid profile offline_access';

/** The resource owner password grant: what programs without a browser use in the demo. */
export const passwordGrant = (provider: Provider, facts: PasswordGrantFacts) => async (ctx: Context) => {
  const { username, password, resource } = ctx.oidc.params;
  const person = await personOf(facts.accounts, username, password);
  const grantId = await grantOf(provider, ctx, person, facts);
  const source = { client: ctx.oidc.client, accountId: person.id, grantId, gty: 'password' };
  const signedIn = { amr: ['pwd'], authTime: Math.floor(Date.now() / 1000) };
  const refresh = new provider.RefreshToken({
    ...source,
    ...signedIn,
    scope: SCOPE,
    resource: [...facts.indicators],
    rotations: 0,
  });
  ctx.oidc.entity('Account', { accountId: person.id, claims: () => identityClaims(person, facts.tenant) });
  ctx.oidc.entity('RefreshToken', refresh);
  const access = new provider.AccessToken(source);
  access.resourceServer = new provider.ResourceServer(resource, facts.resourceServer(resource));
  ctx.body = {
    access_token: await access.save(),
    expires_in: access.expiration,
    id_token: await idToken(provider, ctx, person, facts.tenant),
    refresh_token: await refresh.save(),
    token_type: 'Bearer',
  };
};

async function personOf(accounts: Accounts, upn: string, password: string): Promise<Account> {
  const account = await accounts.byUpn(upn);
  if (account?.kind !== 'person') throw new Refused({ code: 'personUnknown', upn });
  if (!(await accounts.verify(account, password))) throw new Refused({ code: 'passwordWrong' });
  if (!account.enabled) throw new Refused({ code: 'personDisabled' });
  return account;
}

function grantOf(provider: Provider, ctx: Context, person: Account, facts: PasswordGrantFacts) {
  const grant = new provider.Grant({ accountId: person.id, clientId: ctx.oidc.client.clientId });
  grant.addOIDCScope(SCOPE);
  for (const indicator of facts.indicators)
    grant.addResourceScope(indicator, facts.resourceServer(indicator).scope);
  return grant.save();
}

function idToken(provider: Provider, ctx: Context, person: Account, tenant: string): Promise<string> {
  const token = new provider.IdToken({}, { ctx });
  for (const [claim, value] of Object.entries(identityClaims(person, tenant))) token.set(claim, value);
  return token.issue({ use: 'idtoken' });
}
