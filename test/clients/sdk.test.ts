import { randomUUID } from 'node:crypto';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ManagementGroupsAPI } from '@azure/arm-managementgroups';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { ClientSecretCredential, UsernamePasswordCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerProcess, serverProcess } from '../serverProcess.ts';

const AZ_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
const USER = '11111111-1111-1111-1111-111111111111';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const scope = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-clinical-apps`;
const roleDefinitionId = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${READER}`;
const about = { principalId: USER, roleDefinitionId };
const lasting = (duration: string) => ({ scheduleInfo: { expiration: { type: 'AfterDuration', duration } } });

let server: ServerProcess;
let env: Readonly<Record<string, string>>;
let admin: AuthorizationManagementClient;
let user: AuthorizationManagementClient;
let secret: ClientSecretCredential;

beforeAll(async () => {
  server = await serverProcess({ POSTERN_ACTIVATION_FLOOR: 'PT0S' });
  env = server.env();
  const options = { authorityHost: server.url, disableInstanceDiscovery: true };
  const of = (name: string) => env[`POSTERN_${name}`] ?? '';
  secret = new ClientSecretCredential(of('TENANT_ID'), of('CLIENT_ID'), of('CLIENT_SECRET'), options);
  const person = new UsernamePasswordCredential(
    of('TENANT_ID'),
    AZ_CLI,
    of('USER_UPN'),
    of('USER_PASSWORD'),
    options,
  );
  const arm = { endpoint: server.url, credentialScopes: [`${server.url}/.default`] };
  admin = new AuthorizationManagementClient(secret, SUBSCRIPTION, arm);
  user = new AuthorizationManagementClient(person, SUBSCRIPTION, arm);
});
afterAll(() => server?.remove());

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const rows: T[] = [];
  for await (const row of pages) rows.push(row);
  return rows;
}

test('the Azure SDK sees subscriptions, management groups and roles', async () => {
  const arm = { endpoint: server.url, credentialScopes: [`${server.url}/.default`] };
  const subscriptions = await all(new SubscriptionClient(secret, arm).subscriptions.list());
  expect(subscriptions.map((s) => s.subscriptionId)).toContain(SUBSCRIPTION);
  const groups = await all(
    new ManagementGroupsAPI(secret, { ...arm, $host: server.url }).managementGroups.list(),
  );
  expect(groups.length).toBeGreaterThan(2);
  const readers = await all(admin.roleDefinitions.list(scope, { filter: "roleName eq 'Reader'" }));
  expect(readers.map((r) => r.name)).toEqual([READER]);
});

test('INV-L6: the Azure SDK makes somebody eligible, who holds nothing until they activate, and nothing again after', async () => {
  const eligible = await admin.roleEligibilityScheduleRequests.create(scope, randomUUID(), {
    ...about,
    requestType: 'AdminAssign',
    ...lasting('P30D'),
  });
  expect(eligible.status).toBe('Provisioned');
  const held = () => all(admin.roleAssignments.listForScope(scope, { filter: `principalId eq '${USER}'` }));
  expect(await held()).toEqual([]);
  const activate = (justification?: string) =>
    user.roleAssignmentScheduleRequests.create(scope, randomUUID(), {
      ...about,
      requestType: 'SelfActivate',
      ...lasting('PT1H'),
      ...(justification ? { justification } : {}),
    });
  await expect(activate()).rejects.toMatchObject({
    statusCode: 400,
    code: 'RoleAssignmentRequestPolicyValidationFailed',
  });
  expect((await activate('because')).status).toBe('Provisioned');
  expect((await held()).length).toBe(1);
  const ended = await user.roleAssignmentScheduleRequests.create(scope, randomUUID(), {
    ...about,
    requestType: 'SelfDeactivate',
  });
  expect(ended.status).toBe('Revoked');
  expect(await held()).toEqual([]);
  const removed = await admin.roleEligibilityScheduleRequests.create(scope, randomUUID(), {
    ...about,
    requestType: 'AdminRemove',
  });
  expect(removed.status).toBe('Revoked');
});

test('the Graph client reads names', async () => {
  const client = Client.init({
    baseUrl: `${server.url}/`,
    customHosts: new Set(['localhost']),
    authProvider: (done) => {
      secret.getToken(`${server.url}/.default`).then(
        ({ token }) => done(null, token),
        (error: unknown) => done(error, null),
      );
    },
  });
  const found = await client.api(`/users/${USER}`).get();
  expect(found).toMatchObject({ id: USER, displayName: 'Payments Operator' });
});
