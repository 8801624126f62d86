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
export interface TokenFacts {
  readonly accounts: Accounts;
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

/** Reads a token request; everything that can be refused without proving anything is refused here. */
export async function tokenRequest(
  body: Readonly<Record<string, unknown>>,
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
  const refusal = mismatch(grant, client, scope, form, facts);
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
  return { code: form['client_assertion'] ? 'assertionUnknown' : 'secretMissing', client: id };
}

function understood(grant: string, form: Form, client: Client, scope: AskedScope): TokenRequest {
  const names = [...(PARAMETERS[grant] ?? []), ...(form['client_secret'] ? ['client_secret'] : [])];
  return {
    call: {
      form: {
        ...Object.fromEntries(names.map((name) => [name, form[name] ?? ''])),
        grant_type: grant,
        client_id: client.id,
        resource: indicatorOf(scope.resource),
      },
      capabilities: understandsChallenges(form['claims']) ? 'cp1' : null,
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
