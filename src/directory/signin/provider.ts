import type { Configuration, Provider, ResourceServer } from 'oidc-provider';
import type { SignInStore } from '../../engine/ports.ts';
import { adapters } from './adapter.ts';
import { delegated, indicatorOf, resourceOf } from './audiences.ts';
import { accessTokenClaims, IDENTITY_CLAIMS, identityClaims } from './claims.ts';
import { PROVEN } from './drive.ts';
import type { Ring } from './keys.ts';
import { PASSWORD_PARAMETERS, passwordGrant } from './passwordGrant.ts';
import type { Accounts, Audience } from './ports.ts';
import { Refused } from './refusals.ts';

export interface ProviderFacts {
  readonly tenant: string;
  readonly accounts: Accounts;
  readonly store: SignInStore;
  readonly resources: ReadonlyMap<string, readonly Audience[]>;
  /** Persons may sign in by name and password without a page: the demo only. */
  readonly passwordGrant: boolean;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const ttl = {
  AccessToken: HOUR,
  ClientCredentials: HOUR,
  IdToken: HOUR,
  RefreshToken: 14 * DAY,
  Grant: 90 * DAY,
  Session: DAY,
  Interaction: HOUR,
};

/** The provider of one issuer. Everything it would choose for itself is chosen here, so that it has nothing to warn of. */
export async function buildProvider(issuer: string, ring: Ring, facts: ProviderFacts): Promise<Provider> {
  const oidc = await import('oidc-provider');
  const provider = new oidc.Provider(issuer, configuration(ring, facts));
  verifyByDirectory(provider, facts.accounts, () => oidc.Provider.ctx?.get(PROVEN) === 'yes');
  if (facts.passwordGrant) {
    const indicators = [...facts.resources.keys()].map(indicatorOf);
    const grantFacts = { ...facts, indicators, resourceServer: resourceServer(facts.resources) };
    provider.registerGrantType('password', passwordGrant(provider, grantFacts), PASSWORD_PARAMETERS);
  }
  return provider;
}

const configuration = (ring: Ring, facts: ProviderFacts): Configuration => ({
  adapter: adapters(facts.store, facts.accounts),
  jwks: { keys: [...ring.keys] },
  ttl,
  scopes: ['openid', 'profile', 'offline_access'],
  claims: { openid: IDENTITY_CLAIMS },
  responseTypes: [],
  clientAuthMethods: ['client_secret_post', 'none'],
  rotateRefreshToken: true,
  findAccount: (_ctx, id) => findPerson(facts, id),
  formats: { customizers: { jwt: accessTokenClaims(facts) } },
  features: {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    dPoP: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_ctx, indicator) => resourceServer(facts.resources)(indicator),
    },
  },
});

const resourceServer =
  (resources: ProviderFacts['resources']) =>
  (indicator: string): ResourceServer => {
    const audience = resourceOf(indicator);
    const opens = resources.get(audience);
    if (!opens) throw new Refused({ code: 'resourceUnknown', resource: audience });
    return {
      audience,
      scope: delegated(opens),
      accessTokenTTL: HOUR,
      accessTokenFormat: 'jwt',
      jwt: { sign: { alg: 'RS256' } },
    };
  };

async function findPerson({ accounts, tenant }: ProviderFacts, id: string) {
  const account = await accounts.byId(id);
  if (!account) return undefined;
  if (!account.enabled) throw new Refused({ code: 'personDisabled' });
  return { accountId: account.id, claims: () => identityClaims(account, tenant) };
}

// Client secrets are stored hashed and an application may have several: the directory says whether one fits.
function verifyByDirectory(provider: Provider, accounts: Accounts, proven: () => boolean): void {
  provider.Client.prototype.compareClientSecret = async function (secret) {
    if (proven()) return true;
    const account = await accounts.byAppId(this.clientId);
    return account !== null && accounts.verify(account, secret);
  };
}
