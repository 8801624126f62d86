import { randomUUID } from 'node:crypto';
import { drive } from '../callers.ts';
import { WrongAnswer } from '../wrongAnswer.ts';
import type { DemoServer } from './demoServer.ts';
import type { Answer, HttpsClient } from './httpsClient.ts';

/** Somebody with a token who is eligible for Reader at each of these resource groups. */
export interface Tenant {
  activate(group: string): Promise<void>;
  deactivate(group: string): Promise<void>;
  /** Whether the check endpoint says that the person may read there. */
  mayRead(group: string): Promise<boolean>;
}

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';
const READER = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
/** The first-party application with which az signs people in. */
const AZ = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const CALLERS = 32;

export const groupPath = (n: number): string => `${SUBSCRIPTION}/resourceGroups/rg-bench-${n}`;

export async function tenant(server: DemoServer, groups: readonly string[]): Promise<Tenant> {
  const { client } = server;
  const environment = await server.environment();
  const [admin, person] = [await adminToken(client, environment), await personToken(client, environment)];
  const principal = principalIn(person);
  await drive(CALLERS, groups, async (group) => {
    const body = { location: 'westeurope', tags: {} };
    must(await client.call('PUT', `${group}?api-version=2021-04-01`, { token: admin, body }), 200, 201);
    await ask(client, 'Eligibility', 'AdminAssign', group, admin, principal);
  });
  return {
    activate: (group) => ask(client, 'Assignment', 'SelfActivate', group, person, principal),
    deactivate: (group) => ask(client, 'Assignment', 'SelfDeactivate', group, person, principal),
    mayRead: async (scope) => {
      const body = { principalId: principal, action: 'Microsoft.Compute/virtualMachines/read', scope };
      const answer = must(await client.call('POST', '/_postern/check', { token: admin, body }), 200);
      return (JSON.parse(answer.body) as { readonly allowed: boolean }).allowed;
    },
  };
}

async function ask(
  client: HttpsClient,
  kind: 'Eligibility' | 'Assignment',
  requestType: string,
  group: string,
  token: string,
  principalId: string,
): Promise<void> {
  const duration = kind === 'Eligibility' ? 'P30D' : 'PT1H';
  const properties = {
    principalId,
    roleDefinitionId: READER,
    requestType,
    justification: 'Incident 4711: the payment queue stands',
    ticketInfo: { ticketNumber: 'INC0004711', ticketSystem: 'desk' },
    ...(requestType === 'SelfDeactivate'
      ? {}
      : { scheduleInfo: { startDateTime: null, expiration: { type: 'AfterDuration', duration } } }),
  };
  const path = `${group}/providers/Microsoft.Authorization/role${kind}ScheduleRequests/${randomUUID()}`;
  const answer = await client.call('PUT', `${path}?api-version=2020-10-01`, { token, body: { properties } });
  const status = statusOf(must(answer, 201));
  const right = requestType === 'SelfDeactivate' ? 'Revoked' : 'Provisioned';
  if (status !== right)
    throw new WrongAnswer(`${requestType} at ${group} is ${status}, and it should be ${right}`);
}

const statusOf = ({ body }: Answer): string =>
  (JSON.parse(body) as { readonly properties: { readonly status: string } }).properties.status;

function must(answer: Answer, ...allowed: readonly number[]): Answer {
  if (!allowed.includes(answer.status))
    throw new WrongAnswer(`the server answered ${answer.status}: ${answer.body}`);
  return answer;
}

type Environment = ReadonlyMap<string, string>;

const adminToken = (client: HttpsClient, environment: Environment): Promise<string> =>
  token(client, environment, {
    grant_type: 'client_credentials',
    client_id: named(environment, 'POSTERN_CLIENT_ID'),
    client_secret: named(environment, 'POSTERN_CLIENT_SECRET'),
  });

const personToken = (client: HttpsClient, environment: Environment): Promise<string> =>
  token(client, environment, {
    grant_type: 'password',
    client_id: AZ,
    username: named(environment, 'POSTERN_USER_UPN'),
    password: named(environment, 'POSTERN_USER_PASSWORD'),
  });

async function token(
  client: HttpsClient,
  environment: Environment,
  grant: Readonly<Record<string, string>>,
): Promise<string> {
  const form = { ...grant, scope: `https://localhost:${client.port}/.default` };
  const path = `/${named(environment, 'POSTERN_TENANT_ID')}/oauth2/v2.0/token`;
  const { body } = must(await client.call('POST', path, { form }), 200);
  return (JSON.parse(body) as { readonly access_token: string }).access_token;
}

function named(environment: Environment, name: string): string {
  const value = environment.get(name);
  if (value === undefined) throw new Error(`demo.env does not say ${name}`);
  return value;
}

const principalIn = (token: string): string => {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims) as { readonly oid: string }).oid;
};
