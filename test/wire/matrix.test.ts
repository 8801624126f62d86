import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerProcess, serverProcess } from '../serverProcess.ts';
import { type Json, replyOf, type WireClient, wireClient } from '../wireClient.ts';
import { matrix, type Row } from './matrix.ts';

let server: ServerProcess;
let client: WireClient;
let operations: readonly string[];
let rows: Readonly<Record<string, Row>>;

beforeAll(async () => {
  server = await serverProcess({ POSTERN_CLOCK: 'manual' });
  client = wireClient(server.env());
  const document = await (await fetch(`${server.url}/_postern/openapi.json`)).json();
  operations = Object.values(
    (document as { paths: Record<string, Record<string, { operationId: string }>> }).paths,
  ).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  rows = matrix(await policyName());
});
afterAll(() => server?.remove());

async function policyName(): Promise<string> {
  const at =
    '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-security/providers/Microsoft.Authorization';
  const filter = "$filter=roleDefinitionId eq 'acdd72a7-3385-48ef-bd42-f606fba81ae7'";
  const found = await client.as('admin')(
    'GET',
    `${at}/roleManagementPolicies?api-version=2020-10-01&${filter}`,
  );
  return String(found.body['value']?.['0' as keyof Json]?.['name']);
}

test('INV-Z1: the route table, the OpenAPI document and the authorization matrix name the same operations', () => {
  expect([...operations].sort()).toEqual(Object.keys(rows).sort());
  expect(new Set(operations).size).toBe(operations.length);
});

describe('INV-Z1: every operation answers nobody, a stranger and the administrator as the matrix says', () => {
  test.for(['nobody', 'user', 'admin'] as const)('%s', async (who) => {
    const column = ['nobody', 'user', 'admin'].indexOf(who);
    const expected = Object.entries(rows).map(([operation, { expected }]) => [operation, expected[column]]);
    const seen: (readonly [string, number])[] = [];
    for (const [operation, row] of Object.entries(rows)) seen.push([operation, await statusFor(who, row)]);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(expected));
  });
});

async function statusFor(who: 'nobody' | 'user' | 'admin', { method, path, body }: Row): Promise<number> {
  if (who !== 'nobody') return (await client.as(who)(method, path, body)).status;
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  return (
    await replyOf(
      await fetch(server.url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
  ).status;
}
