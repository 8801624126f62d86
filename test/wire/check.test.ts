import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerProcess, serverProcess } from '../serverProcess.ts';
import { type WireClient, wireClient } from '../wireClient.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';
const USER = '11111111-1111-1111-1111-111111111111';
const AUTHORIZATION = `${SUBSCRIPTION}/providers/Microsoft.Authorization`;
const RESTART = 'Microsoft.Compute/virtualMachines/restart/action';

let server: ServerProcess;
let client: WireClient;
beforeAll(async () => {
  server = await serverProcess();
  client = wireClient(server.env());
});
afterAll(() => server?.remove());

test('a check names the role that allows it, a custom one too, and answers a list in its order', async () => {
  const role = randomUUID();
  const admin = client.as('admin');
  await admin('PUT', `${AUTHORIZATION}/roleDefinitions/${role}?api-version=2022-04-01`, {
    properties: {
      roleName: 'VM Restarter',
      permissions: [{ actions: [RESTART] }],
      assignableScopes: [SUBSCRIPTION],
    },
  });
  await admin('PUT', `${AUTHORIZATION}/roleAssignments/${randomUUID()}?api-version=2022-04-01`, {
    properties: { principalId: USER, roleDefinitionId: `${AUTHORIZATION}/roleDefinitions/${role}` },
  });
  const about = { principalId: USER, scope: SUBSCRIPTION };
  const answer = await client.as('user')('POST', '/_postern/check', [
    { ...about, action: RESTART },
    { ...about, action: 'Microsoft.Compute/virtualMachines/delete' },
  ]);
  expect(answer.body).toMatchObject([
    { allowed: true, until: null, because: [{ roleName: 'VM Restarter', scope: SUBSCRIPTION }] },
    { allowed: false, because: [] },
  ]);
});
