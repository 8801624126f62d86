import type { SignInStore } from '../../engine/ports.ts';
import type { AssertionFacts } from './asserted.ts';
import { resources } from './audiences.ts';
import { authenticator } from './authenticate.ts';
import {
  instanceDiscovery,
  issuerOf,
  openIdConfiguration,
  publicKeySet,
  TENANT_WORDS,
  tokenEndpoints,
  userRealm,
} from './discovery.ts';
import { type Driven, driver, type TokenCall } from './drive.ts';
import { issuerKeys } from './issuerKeys.ts';
import { type KeyRing, keyRing, type Ring } from './keys.ts';
import { type SignInRoute, signInRoute } from './paths.ts';
import type { Accounts, SignIn, SignInAnswer, SignInRequest } from './ports.ts';
import { buildProvider, type ProviderFacts } from './provider.ts';
import { type Refusal, refused, traces } from './refusals.ts';
import { refusalOf, tokenAnswer } from './tokenAnswer.ts';
import { tokenRequest } from './tokenRequest.ts';

export interface SignInOptions {
  /** The tenant's id: a GUID in lower case. */
  readonly tenant: string;
  /** Every public origin, `https://host[:port]`, those of Microsoft's names included. Nothing else is ever an issuer. */
  readonly origins: readonly string[];
  readonly accounts: Accounts;
  readonly store: SignInStore;
  /** Offer the password grant: the demo only. */
  readonly passwordGrant: boolean;
  /** Where the keys of outside issuers come from; without it none of them is asked, and none is believed. */
  readonly outside?: Outside;
}

export interface Outside {
  /** Reads an https address. */
  readonly ask: (url: URL) => Promise<string>;
  /** Told why an issuer's keys could not be had: whoever runs the server may know, whoever asks for a token may not. */
  readonly failed: (issuer: string, error: Error) => void;
}
const NOBODY: Outside = {
  ask: async () => {
    throw new Error('this server asks no outside issuer');
  },
  failed: () => {},
};

interface Facts extends SignInOptions, ProviderFacts, AssertionFacts {
  readonly ring: KeyRing;
  readonly grants: readonly string[];
  readonly drive: (origin: string, call: TokenCall) => Promise<Driven>;
}

type Outcome = { readonly refusal: Refusal } | { readonly body: unknown };

/** Tokens and discovery on every public origin, in Entra's URL layout. */
export function signIn(options: SignInOptions): SignIn {
  const facts = factsOf(options);
  const issuers = new Set(options.origins.map((origin) => issuerOf(origin, options.tenant)));
  return {
    handle: (request, origin) => handle(request, origin, facts),
    authenticate: authenticator({ ...facts, issuers }),
  };
}

function factsOf(options: SignInOptions): Facts {
  const ring = keyRing(options.store);
  const outside = options.outside ?? NOBODY;
  const providerFacts = { ...options, resources: resources(options.origins) };
  return {
    ...providerFacts,
    issuerKeys: issuerKeys(outside.ask),
    issuerFailed: outside.failed,
    ring,
    grants: ['client_credentials', ...(options.passwordGrant ? ['password'] : []), 'refresh_token'],
    drive: drivers(ring, providerFacts),
  };
}

// One provider per origin, made when it is first asked and again when the keys have changed.
function drivers(ring: KeyRing, facts: ProviderFacts): Facts['drive'] {
  const made = new Map<
    string,
    { readonly of: Ring; readonly drive: Promise<(call: TokenCall) => Promise<Driven>> }
  >();
  return async (origin, call) => {
    const current = await ring.current();
    let entry = made.get(origin);
    if (entry?.of !== current) {
      const provider = buildProvider(issuerOf(origin, facts.tenant), current, facts);
      entry = { of: current, drive: provider.then((built) => driver(built, new URL(origin).host)) };
      made.set(origin, entry);
    }
    return (await entry.drive)(call);
  };
}

async function handle(request: SignInRequest, origin: string, facts: Facts): Promise<SignInAnswer> {
  if (!facts.origins.includes(origin)) throw new Error('bug: an origin that is not on the list');
  const [path = '', query = ''] = request.url.split('?', 2);
  const parameters = new URLSearchParams(query);
  const sent = request.headers['client-request-id'] ?? parameters.get('client-request-id') ?? undefined;
  const ids = traces(sent);
  const outcome = await answer(signInRoute(path), request, parameters, origin, facts);
  const { status, headers, body } =
    'refusal' in outcome
      ? refused(outcome.refusal, ids, new Date())
      : { status: 200, headers: {}, body: outcome.body };
  return { status, headers: { ...HEADERS, ...headers, ...echoed(ids, sent) }, body };
}

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store, no-cache',
  pragma: 'no-cache',
};
const echoed = (ids: ReturnType<typeof traces>, sent: string | undefined): Record<string, string> => ({
  'x-ms-request-id': ids.traceId,
  ...(ids.correlationId === sent ? { 'client-request-id': sent } : {}),
});

async function answer(
  route: SignInRoute | null,
  request: SignInRequest,
  parameters: URLSearchParams,
  origin: string,
  facts: Facts,
): Promise<Outcome> {
  if (!route) return { refusal: { code: 'malformed' } };
  const { endpoint, tenant, rest } = route;
  if (tenant !== null && !speaksOfTenant(tenant, facts.tenant))
    return { refusal: { code: 'tenantNotFound', tenant } };
  const wrong = wrongMethod(endpoint, request.method);
  if (wrong) return { refusal: wrong };
  switch (endpoint) {
    case 'configuration':
      return { body: openIdConfiguration(origin, tenant ?? 'adfs', facts.tenant, facts.grants) };
    case 'keys':
      return { body: publicKeySet(await facts.ring.current()) };
    case 'instances':
      return instances(parameters.get('authorization_endpoint'), origin, facts);
    case 'userRealm':
      return userRealmOf(origin, rest);
    case 'deviceCode':
      return { refusal: { code: 'grantNotOffered', grant: 'device_code', offered: facts.grants } };
    case 'authorize':
      return { refusal: { code: 'pagesNotOffered', offered: facts.grants } };
    case 'token':
      return token(request, origin, facts);
  }
}

const speaksOfTenant = (written: string, tenant: string): boolean =>
  [tenant, ...TENANT_WORDS].includes(written.toLowerCase());

const METHODS: Readonly<Partial<Record<SignInRoute['endpoint'], readonly string[]>>> = {
  token: ['POST'],
  deviceCode: ['POST'],
  authorize: ['GET', 'POST'],
};
function wrongMethod(endpoint: SignInRoute['endpoint'], method: string): Refusal | null {
  const allowed = METHODS[endpoint] ?? ['GET', 'HEAD'];
  return allowed.includes(method) ? null : { code: 'methodNotAllowed', method, allowed: allowed.join(', ') };
}

// The endpoint asked about may be of any host. Ours is answered as itself, every other one by the host that was asked.
function instances(endpoint: string | null, origin: string, facts: Facts): Outcome {
  if (!endpoint) return { refusal: { code: 'parameterMissing', name: 'authorization_endpoint' } };
  const url = URL.parse(endpoint);
  if (!url) return { refusal: { code: 'malformed' } };
  const authority = url.pathname.split('/')[1] ?? '';
  if (!speaksOfTenant(authority, facts.tenant))
    return { refusal: { code: 'tenantNotFound', tenant: authority } };
  return { body: instanceDiscovery(facts.origins.includes(url.origin) ? url.origin : origin, authority) };
}

function userRealmOf(origin: string, segment: string): Outcome {
  try {
    return { body: userRealm(origin, decodeURIComponent(segment)) };
  } catch {
    return { refusal: { code: 'malformed' } };
  }
}

async function token(request: SignInRequest, origin: string, facts: Facts): Promise<Outcome> {
  const asked = await tokenRequest(request.form, tokenEndpoints(origin, facts.tenant), facts);
  if ('refusal' in asked) return asked;
  const driven = await facts.drive(origin, asked.call);
  if (driven.failure) return { refusal: refusalOf(driven.failure, asked) };
  return { body: tokenAnswer(driven, asked, facts.resources, facts.tenant) };
}
