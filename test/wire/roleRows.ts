import { randomUUID } from 'node:crypto';
import type { Row } from './matrix.ts';

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-security`;
const AT = `${GROUP}/providers/Microsoft.Authorization`;
const ROLE = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${READER}`;

type MakeRow = (method: string, path: string, expected: Row['expected'], body?: unknown) => Row;

/** The lines of roles, deny assignments and what is asked about them. */
export const roleRows = (row: MakeRow): Readonly<Record<string, Row>> => ({
  'roleDefinitions.put': row(
    'PUT',
    `${AT}/roleDefinitions/${randomUUID()}?api-version=2022-04-01`,
    [401, 403, 201],
    { properties: { roleName: 'Matrix', permissions: [{ actions: ['*/read'] }], assignableScopes: [GROUP] } },
  ),
  'roleDefinitions.delete': row(
    'DELETE',
    `${AT}/roleDefinitions/${randomUUID()}?api-version=2022-04-01`,
    [401, 403, 204],
  ),
  'roleAssignments.validate': row(
    'POST',
    `${AT}/roleAssignments/${randomUUID()}/validate?api-version=2020-10-01-preview`,
    [401, 403, 200],
    { properties: { roleDefinitionId: ROLE, principalId: '22222222-2222-2222-2222-222222222222' } },
  ),
  'denyAssignments.list': row('GET', `${AT}/denyAssignments?api-version=2022-04-01`, [401, 403, 200]),
  'denyAssignments.get': row(
    'GET',
    `${AT}/denyAssignments/${randomUUID()}?api-version=2022-04-01`,
    [401, 403, 404],
  ),
  'permissions.list': row('GET', `${AT}/permissions?api-version=2022-04-01`, [401, 200, 200]),
  'providerOperations.list': row(
    'GET',
    '/providers/Microsoft.Authorization/providerOperations?api-version=2022-04-01',
    [401, 200, 200],
  ),
  'providerOperations.get': row(
    'GET',
    '/providers/Microsoft.Authorization/providerOperations/Microsoft.Compute?api-version=2022-04-01',
    [401, 200, 200],
  ),
  'roleAssignmentsUsageMetrics.get': row(
    'GET',
    `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignmentsUsageMetrics?api-version=2019-08-01-preview`,
    [401, 403, 200],
  ),
});
