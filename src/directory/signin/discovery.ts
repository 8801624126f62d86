import type { Ring } from './keys.ts';

/** The OpenID document. `authority` is the path the client took: its tenant as it wrote it, or `adfs`. */
export function openIdConfiguration(
  origin: string,
  authority: string,
  tenant: string,
  grants: readonly string[],
) {
  const base = `${origin}/${authority}`;
  const adfs = authority === 'adfs';
  const oauth = adfs ? `${base}/oauth2` : `${base}/oauth2/v2.0`;
  return {
    issuer: issuerOf(origin, tenant),
    authorization_endpoint: `${oauth}/authorize`,
    token_endpoint: `${oauth}/token`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    jwks_uri: adfs ? `${base}/discovery/keys` : `${base}/discovery/v2.0/keys`,
    grant_types_supported: grants,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256'],
    response_types_supported: ['code', 'id_token', 'code id_token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'name',
      'preferred_username',
      'oid',
      'tid',
      'ver',
    ],
    cloud_instance_name: new URL(origin).host,
  };
}

/** What may stand in a path for the one tenant, besides its id. */
export const TENANT_WORDS = ['organizations', 'common'];

/** Every way to write the token endpoint of an origin, and its issuer: what an application may sign its assertion for. */
export const tokenEndpoints = (origin: string, tenant: string): readonly string[] => [
  ...[tenant, ...TENANT_WORDS].map((written) => `${origin}/${written}/oauth2/v2.0/token`),
  `${origin}/adfs/oauth2/token`,
  issuerOf(origin, tenant),
];

export const issuerOf = (origin: string, tenant: string): string => `${origin}/${tenant}/v2.0`;

/** Where the documents of an authority are, for a client that does not know the host yet; the newer version adds the host's other names. */
export function instanceDiscovery(origin: string, authority: string) {
  const { host } = new URL(origin);
  return {
    tenant_discovery_endpoint: `${origin}/${authority}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

/** How a person of this name signs in. It tells nobody whether the person exists. */
export function userRealm(origin: string, upn: string) {
  const domain = upn.split('@')[1] ?? '';
  return {
    ver: '1.0',
    account_type: domain === '' ? 'Unknown' : 'Managed',
    domain_name: domain,
    cloud_instance_name: new URL(origin).host,
    cloud_audience_urn: 'urn:federation:MicrosoftOnline',
  };
}

/** The public halves of the signing keys, the one in use first. */
export const publicKeySet = (ring: Ring) => ({
  keys: ring.keys.map(({ kty, use, kid, alg, n, e }) => ({ kty, use, kid, alg, n, e })),
});
