import { randomUUID } from 'node:crypto';
import https from 'node:https';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/store/connect.ts';
import { type PostgresStore, postgresStore } from '../../src/store/postgres.ts';
import { type ServerProcess, serverProcess } from '../serverProcess.ts';
import { type WireClient, wireClient } from '../wireClient.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';
const AT = `${SUBSCRIPTION}/resourceGroups/rg-security/providers/Microsoft.Authorization`;
const request = () => `${AT}/roleEligibilityScheduleRequests/${randomUUID()}?api-version=2020-10-01`;
const JSON_TYPE = { 'content-type': 'application/json' };

let server: ServerProcess;
let client: WireClient;
let store: PostgresStore;

beforeAll(async () => {
  server = await serverProcess();
  client = wireClient(server.env());
  store = postgresStore(
    connect({ connection: { host: path.join(server.folder, 'run'), user: 'postern', database: 'postern' } }),
  );
});
afterAll(async () => {
  await store?.close();
  await server?.remove();
});

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
interface Answered {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

// By node:https, because fetch would repair the targets that are wrong on purpose.
function send({ method, target, headers = {}, body }: Sent, token: string | null): Promise<Answered> {
  const { hostname, port } = new URL(server.url);
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const options = {
    method,
    hostname,
    port,
    path: target,
    headers: { ...authorization, ...headers },
    servername: hostname,
    ca: tls.getCACertificates('default'),
  };
  return new Promise((resolve, reject) => {
    const call = https.request(options, (answer) => {
      let text = '';
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve(read(answer.statusCode ?? 0, text)));
    });
    call.on('error', reject);
    call.end(body);
  });
}

function read(status: number, text: string): Answered {
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string } };
    return { status, code: error.code, message: error.message };
  } catch {
    return { status, code: '', message: text };
  }
}

const state = async () => {
  const { world, seq } = await store.everything();
  return {
    seq,
    world: JSON.stringify(Object.entries(world).map(([kind, rows]) => [kind, [...rows.values()]])),
  };
};

const REFUSED: readonly (readonly [string, () => Sent, number, string, RegExp])[] = [
  [
    'half a JSON body',
    () => ({ method: 'PUT', target: request(), headers: JSON_TYPE, body: '{"properties":' }),
    400,
    'InvalidRequestContent',
    /JSON/,
  ],
  [
    'a body that would change prototypes',
    () => ({ method: 'PUT', target: request(), headers: JSON_TYPE, body: '{"__proto__":{}}' }),
    400,
    'InvalidRequestContent',
    /__proto__/,
  ],
  [
    'a text that no database keeps',
    () => ({
      method: 'PUT',
      target: request(),
      headers: JSON_TYPE,
      body: '{"properties":{"justification":"\\u0000"}}',
    }),
    400,
    'InvalidRequestContent',
    /NUL/,
  ],
  [
    'a body that is no JSON',
    () => ({ method: 'PUT', target: request(), headers: { 'content-type': 'text/xml' }, body: '<a/>' }),
    415,
    'UnsupportedMediaType',
    /application\/json/,
  ],
  [
    'a body of two megabytes',
    () => ({ method: 'PUT', target: request(), headers: JSON_TYPE, body: `"${'x'.repeat(2 << 20)}"` }),
    413,
    'RequestContentTooLarge',
    /1048576/,
  ],
  [
    'a slash in disguise',
    () => ({
      method: 'PUT',
      target: request().replace('/rg-security', '%2frg-security'),
      headers: JSON_TYPE,
      body: '{}',
    }),
    400,
    'BadRequest',
    /./,
  ],
  [
    'a backslash in disguise',
    () => ({
      method: 'PUT',
      target: request().replace('rg-security', 'rg%5csecurity'),
      headers: JSON_TYPE,
      body: '{}',
    }),
    400,
    'BadRequest',
    /./,
  ],
  [
    'a step upwards',
    () => ({
      method: 'PUT',
      target: request().replace('rg-security', 'x/../rg-security'),
      headers: JSON_TYPE,
      body: '{}',
    }),
    400,
    'BadRequest',
    /./,
  ],
  [
    'the inner prefix',
    () => ({
      method: 'PUT',
      target: `/~arm/roleEligibilityScheduleRequests/${randomUUID()}?api-version=2020-10-01`,
      headers: JSON_TYPE,
      body: '{}',
    }),
    400,
    'BadRequest',
    /./,
  ],
  [
    'a whole URL as target',
    () => ({
      method: 'PUT',
      target: `https://elsewhere.example${request()}`,
      headers: JSON_TYPE,
      body: '{}',
    }),
    400,
    'BadRequest',
    /./,
  ],
  [
    'a path that only begins with the word',
    () => ({
      method: 'PUT',
      target: request().replace('/subscriptions/', '/subscriptionsX/'),
      headers: JSON_TYPE,
      body: '{}',
    }),
    400,
    'InvalidScope',
    /./,
  ],
];

describe('bad calls change nothing, are told why, and leave one line each', () => {
  test.for(REFUSED)('%s', async ([, sent, status, code, message]) => {
    const before = await state();
    const answer = await send(sent(), await client.token('admin'));
    const after = await state();
    expect(answer).toMatchObject({ status, code });
    expect(answer.message).toMatch(message);
    expect(after.world).toBe(before.world);
    const lines = await store.linesAfter(before.seq, 10);
    expect(lines.map(({ event }) => event.type)).toEqual(['refused']);
  });
});

describe('INV-Z7: without a token of this server nothing is said and nothing is kept', () => {
  test.for([
    ['no token', null],
    ['nonsense', 'abc'],
    [
      'a token of nobody',
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`,
    ],
  ] as const)('%s', async ([, token]) => {
    const before = await state();
    const answer = await send({ method: 'PUT', target: request(), headers: JSON_TYPE, body: '{' }, token);
    expect(answer.status).toBe(401);
    expect(await state()).toEqual(before);
  });

  test('a token of another plane', async () => {
    const form = {
      grant_type: 'client_credentials',
      client_id: server.env()['POSTERN_CLIENT_ID'] ?? '',
      client_secret: server.env()['POSTERN_CLIENT_SECRET'] ?? '',
      scope: 'https://graph.microsoft.com/.default',
    };
    const answer = await fetch(`${server.url}/${server.env()['POSTERN_TENANT_ID']}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect(
      (await send({ method: 'GET', target: `${SUBSCRIPTION}?api-version=2022-12-01` }, token)).status,
    ).toBe(401);
  });
});

test('a name that is not ours gets 421, whatever it asks', async () => {
  const answer = await send(
    { method: 'GET', target: '/healthz', headers: { host: 'management.azure.com.evil.example' } },
    null,
  );
  expect(answer.status).toBe(421);
});
