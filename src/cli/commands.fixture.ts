import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run } from './commands.ts';
import type { Io } from './io.ts';

// A small PIM on loopback that answers as the ARM contract says: one person, their eligibilities, a policy, one approver.
export const ME = '11111111-1111-1111-1111-111111111111';
export const SUB = '/subscriptions/aaaaaaaa-0000-0000-0000-000000000001';
export const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
export const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const NAMES: Record<string, string> = { [READER]: 'Reader', [CONTRIBUTOR]: 'Contributor' };
const HOUR = 3_600_000;

type Json = Record<string, unknown>;
interface Row extends Json {
  name: string;
  properties: Json & { scope: string; roleDefinitionId: string; status?: string };
}

export interface Pim {
  readonly url: string;
  readonly asked: { method: string; url: string; authorization: string | undefined; body: Json }[];
  eligible: Row[];
  active: Row[];
  requests: Row[];
  /** Roles whose activation waits for the approver. */
  approved: Set<string>;
  /** Answers the next request whose path has the word, instead of the usual answer. */
  instead: { word: string; status: number; body: unknown; headers?: Record<string, string> }[];
  close(): Promise<void>;
}

export const tokenOf = (who: string): string =>
  ['e30', Buffer.from(JSON.stringify({ oid: ME, who })).toString('base64url'), 'sig'].join('.');

export function row(role: string, scope: string, scopeName: string, more: Json = {}): Row {
  const roleDefinitionId = `${SUB}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const expandedProperties = {
    principal: { id: ME, displayName: 'Ravi' },
    roleDefinition: { id: roleDefinitionId, displayName: NAMES[role] },
    scope: { id: scope, displayName: scopeName },
  };
  const schedule = `${scope}/providers/Microsoft.Authorization/roleEligibilitySchedules/${role}`;
  const properties = { scope, roleDefinitionId, principalId: ME, memberType: 'Direct', expandedProperties };
  return {
    name: crypto.randomUUID(),
    properties: { ...properties, roleEligibilityScheduleId: schedule, ...more },
  };
}

export async function startPim(): Promise<Pim> {
  const server = createServer((request, response) => void serve(pim, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pim: Pim = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    eligible: [],
    active: [],
    requests: [],
    approved: new Set(),
    instead: [],
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
  return pim;
}

async function serve(pim: Pim, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = decodeURIComponent(request.url ?? '');
  const form = url.endsWith('/token');
  const body: Json = form
    ? Object.fromEntries(new URLSearchParams(text))
    : text === ''
      ? {}
      : JSON.parse(text);
  pim.asked.push({ method: request.method ?? '', url, authorization: request.headers.authorization, body });
  const forced = pim.instead.findIndex(({ word }) => url.includes(word));
  const [status, content, headers = {}] =
    forced >= 0
      ? overridden(pim.instead.splice(forced, 1)[0]!)
      : answer(pim, request.method ?? '', url, body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(content));
}

type Answer = [status: number, body: unknown, headers?: Record<string, string>];
const overridden = ({ status, body, headers }: Pim['instead'][number]): Answer => [
  status,
  body,
  headers ?? {},
];
const refusal = (status: number, code: string, message: string, details: Json[] = []): Answer => [
  status,
  { error: { code, message, details } },
];

function answer(pim: Pim, method: string, url: string, body: Json): Answer {
  const path = url.split('?')[0] ?? '';
  const name = path.split('/').at(-1) ?? '';
  if (path.endsWith('/token')) return token(body);
  if (path.endsWith('/roleEligibilityScheduleInstances')) return page(pim, url, pim.eligible);
  if (path.endsWith('/roleAssignmentScheduleInstances')) return [200, { value: pim.active }];
  if (path.endsWith('/roleManagementPolicyAssignments')) return [200, { value: [policy(url)] }];
  if (path.endsWith('/roleAssignmentScheduleRequests')) return [200, { value: waiting(pim, url) }];
  if (path.endsWith('/validate')) return ask(pim, path.replace('/validate', ''), body, false);
  if (path.includes('/roleAssignmentScheduleRequests/') && method === 'PUT')
    return ask(pim, path, body, true);
  if (path.includes('/roleAssignmentScheduleRequests/'))
    return [200, pim.requests.find((r) => r.name === name)];
  if (path.endsWith('/stages')) return [200, { value: [stage()] }];
  if (path.includes('/stages/') && method === 'PATCH') return reviewed(pim, path, body);
  if (path === '/subscriptions') {
    return [200, { value: [{ subscriptionId: SUB.split('/')[2], displayName: 'Payments Production' }] }];
  }
  if (path === '/_postern/check') {
    return [
      200,
      {
        allowed: body['action'] === 'A/read',
        until: null,
        because: [{ roleName: 'Reader', scope: '/subscriptions/x', through: 'Ops' }],
      },
    ];
  }
  if (path.startsWith('/v1.0/users/')) return [200, { id: ME }];
  return refusal(404, 'ResourceNotFound', `there is nothing at ${path}`);
}

const PEOPLE: Record<string, string> = { 'user@demo': 'user-secret', 'approver@demo': 'approver-secret' };

function token(form: Json): Answer {
  const person = form['grant_type'] === 'password' && PEOPLE[String(form['username'])] === form['password'];
  const app = form['grant_type'] === 'client_credentials' && form['client_secret'] === 'admin-secret';
  if (!person && !app)
    return [400, { error: 'invalid_grant', error_description: 'AADSTS50126: wrong password' }];
  return [200, { access_token: tokenOf(String(form['username'] ?? 'admin')) }];
}

function page(pim: Pim, url: string, rows: Row[]): Answer {
  const from = Number(/skiptoken=(\d+)/.exec(url)?.[1] ?? 0);
  const plain = url.replace(/&\$skiptoken=\d+/, '').replaceAll(' ', '%20');
  const more = from + 2 < rows.length ? { nextLink: `${pim.url}${plain}&$skiptoken=${from + 2}` } : {};
  return [200, { value: rows.slice(from, from + 2), ...more }];
}

function policy(url: string): Json {
  const id = /roleDefinitionId eq '([^']+)'/.exec(url)?.[1];
  const stages = [{ primaryApprovers: [{ id: 'x', description: 'Anika' }] }];
  const effectiveRules = [
    { id: 'Expiration_EndUser_Assignment', maximumDuration: 'PT2H' },
    { id: 'Approval_EndUser_Assignment', setting: { isApprovalRequired: true, approvalStages: stages } },
  ];
  return { properties: { roleDefinitionId: id, effectiveRules } };
}

const waiting = (pim: Pim, url: string): Row[] =>
  pim.requests.filter((r) => !url.includes('asApprover') || r.properties.status === 'PendingApproval');

const stage = (): Json => ({
  name: 'stage-1',
  properties: { status: 'InProgress', reviewResult: 'NotReviewed', assignedToMe: true },
});

function ask(pim: Pim, path: string, body: Json, store: boolean): Answer {
  const given = body['properties'] as Json;
  const scope = path.split('/providers/Microsoft.Authorization/')[0] ?? '';
  const role = String(given['roleDefinitionId']).split('/').at(-1) ?? '';
  const same = (r: Row) => r.properties.scope === scope && r.properties.roleDefinitionId.endsWith(role);
  if (given['requestType'] === 'SelfDeactivate') {
    pim.active = pim.active.filter((r) => !same(r));
    return [201, row(role, scope, scope, { status: 'Revoked' })];
  }
  const duration = (given['scheduleInfo'] as { expiration: { duration: string } }).expiration.duration;
  const failed = [
    ...(/^PT[12]H|^PT\d+M/.test(duration) ? [] : ['ExpirationRule']),
    ...(given['justification'] ? [] : ['JustificationRule']),
  ];
  if (failed.length > 0) {
    const message = `The following policy rules failed: ${JSON.stringify(failed)}`;
    return refusal(400, 'RoleAssignmentRequestPolicyValidationFailed', message, [
      { code: 'Policy', message: 'see Priya' },
    ]);
  }
  const status = pim.approved.has(role) ? 'PendingApproval' : 'Provisioned';
  const name = path.split('/').at(-1) ?? '';
  const approvalId = `/providers/Microsoft.Authorization/roleAssignmentApprovals/${name.replace(/^./, 'f')}`;
  const request = { ...row(role, scope, scope, { ...given, status, approvalId }), name };
  if (store) pim.requests.push(request);
  if (store && status === 'Provisioned') provision(pim, role, scope);
  return [store ? 201 : 200, request];
}

function provision(pim: Pim, role: string, scope: string): void {
  const endDateTime = new Date(NOW.getTime() + HOUR).toISOString();
  pim.active.push(
    row(role, scope, scope.split('/').at(-1) ?? '', { assignmentType: 'Activated', endDateTime }),
  );
}

function reviewed(pim: Pim, path: string, body: Json): Answer {
  const approval = path.split('/roleAssignmentApprovals/')[1]?.split('/')[0];
  const request = pim.requests.find((r) => String(r.properties['approvalId']).endsWith(`/${approval}`));
  const { reviewResult } = body['properties'] as { reviewResult: string };
  if (request) request.properties.status = reviewResult === 'Approve' ? 'Provisioned' : 'Denied';
  return [200, { ...stage(), properties: { reviewResult } }];
}

export const NOW = new Date('2026-11-22T12:00:00Z');

export interface Seen {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One run of the CLI against the server, signed in as the demo's user. */
export async function postern(pim: Pim, argv: string[], more: Partial<Io> = {}): Promise<Seen> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    env: {
      POSTERN_URL: pim.url,
      POSTERN_TENANT_ID: 'tenant',
      POSTERN_CLIENT_ID: 'app',
      POSTERN_CLIENT_SECRET: 'admin-secret',
      POSTERN_USER_UPN: 'user@demo',
      POSTERN_USER_PASSWORD: 'user-secret',
      POSTERN_APPROVER_UPN: 'approver@demo',
      POSTERN_APPROVER_PASSWORD: 'approver-secret',
    },
    color: false,
    fetch,
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    run: async () => ({ code: 127, stdout: '' }),
    readFile: async () => undefined,
    trust: () => {},
    sleep: async () => {},
    interrupted: () => new AbortController().signal,
    newId: () => crypto.randomUUID(),
    now: () => NOW,
    exit: () => {},
    ...more,
  };
  const code = await run(argv, io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
