import type { AssertionFacts } from './asserted.ts';
import { ASSERTION_TYPE, assertionRefused } from './assertion.ts';
import { indicatorOf } from './audiences.ts';
import { type Client, findClient } from './clients.ts';
import type { TokenCall } from './drive.ts';
import type { Accounts, Audience } from './ports.ts';
import type { Refusal } from './refusals.ts';
import { type AskedScope, askedScope } from './scope.ts';

export interface TokenRequest {
  readonly call: TokenCall;
  readonly scope: AskedScope;
  readonly client: Client;
  readonly clientInfo: boolean;
}
export interface TokenFacts extends AssertionFacts {
  readonly resources: ReadonlyMap<string, readonly Audience[]>;
  readonly grants: readonly string[];
}
type No = { readonly refusal: Refusal };
type Form = Readonly<Record<string, string>>;

const no = (refusal: Refusal): No => ({ refusal });
const missing = (name: string) => no({ code: 'parameterMissing', name });

// What each grant needs besides client and scope; these parameters alone reach the provider.
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  client_credentials: [],
  password: ['username', 'password'],
  refresh_token: ['refresh_token'],
};

/**
 * Reads a token request, sent to an endpoint that may be written in these ways. All is refused here but a wrong secret,
 * password or refresh token, which the provider looks at.
 */
export async function tokenRequest(
  body: Readonly<Record<string, unknown>>,
  endpoints: readonly string[],
  facts: TokenFacts,
): Promise<TokenRequest | No> {
  const repeated = Object.keys(body).find((name) => typeof body[name] !== 'string');
  if (repeated !== undefined) return no({ code: 'parameterRepeated', name: repeated });
  const form = body as Form;
  const grant = form['grant_type'];
  if (!grant) return missing('grant_type');
  if (!facts.grants.includes(grant)) return no({ code: 'grantNotOffered', grant, offered: facts.grants });
  const absent = PARAMETERS[grant]?.find((name) => !form[name]);
  if (absent) return missing(absent);
  const scope = askedScope(form['scope'], form['resource']);
  if ('refusal' in scope) return scope;
  const client = await clientOf(form, facts.accounts);
  if ('refusal' in client) return client;
  const refusal =
    mismatch(grant, client, scope, form, facts) ??
    (await unproven(client, scope.resource, form, endpoints, facts));
  return refusal ? no(refusal) : understood(grant, form, client, scope);
}

async function clientOf(form: Form, accounts: Accounts): Promise<Client | No> {
  const id = form['client_id'];
  if (!id) return missing('client_id');
  const client = await findClient(accounts, id);
  if (!client) return no({ code: 'clientUnknown', client: id });
  return client.account?.enabled === false ? no({ code: 'clientDisabled', client: id }) : client;
}

function mismatch(
  grant: string,
  client: Client,
  scope: AskedScope,
  form: Form,
  facts: TokenFacts,
): Refusal | null {
  const proof = proofRefused(grant, client, form);
  if (proof) return proof;
  if (!facts.resources.has(scope.resource)) return { code: 'resourceUnknown', resource: scope.resource };
  const whole = grant !== 'client_credentials' || scope.whole;
  return whole ? null : { code: 'defaultScopeRequired', scope: scope.words.join(' ') };
}

function proofRefused(grant: string, { id, account }: Client, form: Form): Refusal | null {
  const proves = Boolean(form['client_secret'] || form['client_assertion']);
  if (account === null && (proves || grant === 'client_credentials'))
    return { code: 'secretFromPublicClient', client: id };
  if (account === null || form['client_secret']) return null;
  return form['client_assertion'] ? assertionTypeRefused(form) : { code: 'secretMissing', client: id };
}

function assertionTypeRefused(form: Form): Refusal | null {
  const sent = form['client_assertion_type'];
  if (!sent) return { code: 'parameterMissing', name: 'client_assertion_type' };
  return sent === ASSERTION_TYPE ? null : { code: 'assertionTypeUnknown', sent, offered: ASSERTION_TYPE };
}

// Asked last: what is refused for another reason leaves the assertion unused.
async function unproven(
  { id, account }: Client,
  resource: string,
  form: Form,
  endpoints: readonly string[],
  facts: TokenFacts,
): Promise<Refusal | null> {
  const token = form['client_assertion'];
  if (account === null || form['client_secret'] || !token) return null;
  return assertionRefused({ token, client: { id, account }, endpoints, resource }, facts);
}

function understood(grant: string, form: Form, client: Client, scope: AskedScope): TokenRequest {
  const names = PARAMETERS[grant] ?? [];
  return {
    call: {
      form: {
        ...Object.fromEntries(names.map((name) => [name, form[name] ?? ''])),
        grant_type: grant,
        client_id: client.id,
        resource: indicatorOf(scope.resource),
        ...(form['client_secret'] ? { client_secret: form['client_secret'] } : {}),
      },
      capabilities: understandsChallenges(form['claims']) ? 'cp1' : null,
      proven: client.account !== null && !form['client_secret'],
    },
    scope,
    client,
    clientInfo: form['client_info'] === '1',
  };
}

/** `claims` is JSON: `{"access_token":{"xms_cc":{"values":["cp1"]}}}` from a client that understands claims challenges. */
export function understandsChallenges(claims: string | undefined): boolean {
  if (!claims) return false;
  try {
    const values = JSON.parse(claims)?.access_token?.xms_cc?.values;
    return Array.isArray(values) && values.includes('cp1');
  } catch {
    return false;
  }
}
