import { randomUUID } from 'node:crypto';
import { roleRows } from './roleRows.ts';
import { scopes } from './scopeMatrix.ts';

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
const USER = '11111111-1111-1111-1111-111111111111';
const SOMEBODY = '33333333-3333-3333-3333-333333333333';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-security`;
const AT = `${GROUP}/providers/Microsoft.Authorization`;
const ROLE = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${READER}`;
const PIM = 'api-version=2020-10-01';
const APPROVALS = 'api-version=2021-01-01-preview';

/** One line of the authorization matrix: a call, and what three callers get for it. */
export interface Row {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** Status for nobody, for a person who holds nothing, and for the administrator (Owner at the root). */
  readonly expected: readonly [nobody: number, stranger: number, administrator: number];
}

const row = (method: string, path: string, expected: Row['expected'], body?: unknown): Row => ({
  method,
  path,
  expected,
  ...(body === undefined ? {} : { body }),
});
const list = (type: string): Row => row('GET', `${AT}/${type}?${PIM}`, [401, 400, 200]);
const absent = (type: string): Row => row('GET', `${AT}/${type}/${randomUUID()}?${PIM}`, [401, 404, 404]);
const asking = (requestType: string, principalId: string) => ({
  properties: {
    requestType,
    principalId,
    roleDefinitionId: ROLE,
    scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'P1D' } },
    justification: 'matrix',
  },
});
const request = (type: string, expected: Row['expected'], suffix = '', method = 'PUT'): Row =>
  row(
    method,
    `${AT}/${type}/${randomUUID()}${suffix}?${PIM}`,
    expected,
    suffix === '/cancel' ? undefined : asking('AdminAssign', SOMEBODY),
  );
const NOTHING_CHANGES = {
  properties: {
    rules: [
      {
        id: 'Enablement_EndUser_Assignment',
        ruleType: 'RoleManagementPolicyEnablementRule',
        enabledRules: ['Justification'],
        target: { caller: 'EndUser', operations: ['All'], level: 'Assignment' },
      },
    ],
  },
};
const stage = `${AT}/roleAssignmentApprovals/${randomUUID()}/stages/${randomUUID()}?${APPROVALS}`;
const REVIEW = { properties: { reviewResult: 'Approve', justification: 'matrix' } };

function both(types: (kind: 'Eligibility' | 'Assignment') => Record<string, Row>): Record<string, Row> {
  return { ...types('Eligibility'), ...types('Assignment') };
}

/** A line for every operation of the route table; one that is missing here fails the test. (Z1) */
export const matrix = (policy: string): Readonly<Record<string, Row>> => ({
  ...PLACES,
  ...REQUESTS,
  ...ROLES,
  ...policies(policy),
  ...APPROVAL,
  ...graph('', '/v1.0'),
  ...graph('beta.', '/beta'),
  ...OWN,
});

const PLACES: Record<string, Row> = {
  'subscriptions.list': row('GET', '/subscriptions?api-version=2022-12-01', [401, 200, 200]),
  'subscriptions.get': row('GET', `/subscriptions/${SUBSCRIPTION}?api-version=2022-12-01`, [401, 403, 200]),
  'tenants.list': row('GET', '/tenants?api-version=2022-12-01', [401, 200, 200]),
  'resourceGroups.list': row(
    'GET',
    `/subscriptions/${SUBSCRIPTION}/resourcegroups?api-version=2021-04-01`,
    [401, 403, 200],
  ),
  'resourceGroups.get': row('GET', `${GROUP}?api-version=2021-04-01`, [401, 403, 200]),
  'resourceGroups.create': row(
    'PUT',
    `/subscriptions/${SUBSCRIPTION}/resourcegroups/rg-matrix?api-version=2021-04-01`,
    [401, 403, 201],
    { location: 'westeurope' },
  ),
  'managementGroups.list': row(
    'GET',
    '/providers/Microsoft.Management/managementGroups?api-version=2021-04-01',
    [401, 200, 200],
  ),
  'managementGroups.get': row(
    'GET',
    '/providers/Microsoft.Management/managementGroups/meridian-production?api-version=2021-04-01',
    [401, 403, 200],
  ),
  ...scopes,
};

const REQUESTS: Record<string, Row> = {
  ...both((kind) => {
    const type = `role${kind}ScheduleRequests`;
    return {
      [`${type}.create`]: request(type, [401, 403, 201]),
      [`${type}.get`]: absent(type),
      [`${type}.list`]: list(type),
      [`${type}.cancel`]: request(type, [401, 404, 404], '/cancel', 'POST'),
      [`${type}.validate`]: request(type, [401, 403, 400], '/validate', 'POST'),
      [`role${kind}Schedules.list`]: list(`role${kind}Schedules`),
      [`role${kind}Schedules.get`]: absent(`role${kind}Schedules`),
      [`role${kind}ScheduleInstances.list`]: list(`role${kind}ScheduleInstances`),
      [`role${kind}ScheduleInstances.get`]: absent(`role${kind}ScheduleInstances`),
    };
  }),
};

const ROLES: Record<string, Row> = {
  'roleAssignments.list': row('GET', `${AT}/roleAssignments?api-version=2022-04-01`, [401, 403, 200]),
  'roleAssignments.get': row(
    'GET',
    `${AT}/roleAssignments/${randomUUID()}?api-version=2022-04-01`,
    [401, 404, 404],
  ),
  'roleAssignments.create': row(
    'PUT',
    `${AT}/roleAssignments/${randomUUID()}?api-version=2022-04-01`,
    [401, 403, 201],
    { properties: { roleDefinitionId: ROLE, principalId: '22222222-2222-2222-2222-222222222222' } },
  ),
  'roleAssignments.delete': row(
    'DELETE',
    `${AT}/roleAssignments/${randomUUID()}?api-version=2022-04-01`,
    [401, 403, 204],
  ),
  'roleDefinitions.list': row('GET', `${AT}/roleDefinitions?api-version=2022-04-01`, [401, 200, 200]),
  'roleDefinitions.get': row(
    'GET',
    `${AT}/roleDefinitions/${READER}?api-version=2022-04-01`,
    [401, 200, 200],
  ),
  ...roleRows(row),
};

const policies = (policy: string): Record<string, Row> => ({
  'roleManagementPolicies.list': row('GET', `${AT}/roleManagementPolicies?${PIM}`, [401, 403, 200]),
  'roleManagementPolicies.get': row('GET', `${AT}/roleManagementPolicies/${policy}?${PIM}`, [401, 403, 200]),
  'roleManagementPolicies.update': row(
    'PATCH',
    `${AT}/roleManagementPolicies/${policy}?${PIM}`,
    [401, 403, 200],
    NOTHING_CHANGES,
  ),
  'roleManagementPolicies.put': row(
    'PUT',
    `${AT}/roleManagementPolicies/${policy}?${PIM}`,
    [401, 403, 200],
    NOTHING_CHANGES,
  ),
  'roleManagementPolicyAssignments.list': row(
    'GET',
    `${AT}/roleManagementPolicyAssignments?${PIM}`,
    [401, 403, 200],
  ),
  'roleManagementPolicyAssignments.get': row(
    'GET',
    `${AT}/roleManagementPolicyAssignments/${policy}_${READER}?${PIM}`,
    [401, 403, 200],
  ),
});

const APPROVAL: Record<string, Row> = {
  'roleAssignmentApprovals.list': row(
    'GET',
    `${AT}/roleAssignmentApprovals?${APPROVALS}&$filter=asApprover()`,
    [401, 200, 200],
  ),
  'roleAssignmentApprovals.get': row(
    'GET',
    `${AT}/roleAssignmentApprovals/${randomUUID()}?${APPROVALS}`,
    [401, 404, 404],
  ),
  'roleAssignmentApprovals.listStages': row(
    'GET',
    `${AT}/roleAssignmentApprovals/${randomUUID()}/stages?${APPROVALS}`,
    [401, 404, 404],
  ),
  'roleAssignmentApprovals.getStage': row('GET', stage, [401, 404, 404]),
  'roleAssignmentApprovals.review': row('PATCH', stage, [401, 404, 404], REVIEW),
  'roleAssignmentApprovals.putReview': row('PUT', stage, [401, 404, 404], REVIEW),
  ...Object.fromEntries(
    ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'].map((method) => [
      `unknown.${method.toLowerCase()}`,
      row(method, `${AT}/nothingOfTheKind?${PIM}`, [401, 404, 404]),
    ]),
  ),
};

const OWN: Record<string, Row> = {
  'metadata.get': row('GET', '/metadata/endpoints?api-version=2022-09-01', [200, 200, 200]),
  'health.get': row('GET', '/healthz', [200, 200, 200]),
  'readiness.get': row('GET', '/readyz', [200, 200, 200]),
  'metrics.get': row('GET', '/metrics', [200, 200, 200]),
  'openapi.get': row('GET', '/_postern/openapi.json', [200, 200, 200]),
  'access.check': row('POST', '/_postern/check', [401, 403, 200], {
    principalId: SOMEBODY,
    action: 'Microsoft.Compute/virtualMachines/read',
    scope: GROUP,
  }),
  'clock.get': row('GET', '/_postern/clock', [401, 200, 200]),
  'clock.advance': row('POST', '/_postern/clock', [401, 200, 200], { advance: 'PT1S' }),
};

// Whoever signs in may read names, as in the real directory.
function graph(prefix: string, version: string): Record<string, Row> {
  const get = (path: string): Row => row('GET', version + path, [401, 200, 200]);
  const post = (path: string, body: unknown): Row => row('POST', version + path, [401, 200, 200], body);
  const memberships = (name: string, path: string) => ({
    [`${prefix}${name}.getMemberGroups`]: post(`${path}/getMemberGroups`, { securityEnabledOnly: false }),
    [`${prefix}${name}.checkMemberGroups`]: post(`${path}/checkMemberGroups`, {
      groupIds: ['22222222-2222-2222-2222-222222222222'],
    }),
  });
  const group = '22222222-2222-2222-2222-222222222222';
  return {
    [`${prefix}users.list`]: get('/users'),
    [`${prefix}users.get`]: get(`/users/${USER}`),
    [`${prefix}groups.list`]: get('/groups'),
    [`${prefix}groups.get`]: get(`/groups/${group}`),
    [`${prefix}servicePrincipals.list`]: get('/servicePrincipals'),
    [`${prefix}servicePrincipals.get`]: row(
      'GET',
      `${version}/servicePrincipals/${randomUUID()}`,
      [401, 404, 404],
    ),
    [`${prefix}directoryObjects.get`]: get(`/directoryObjects/${group}`),
    [`${prefix}directoryObjects.getByIds`]: post('/directoryObjects/getByIds', { ids: [USER] }),
    ...memberships('directoryObjects', `/directoryObjects/${USER}`),
    ...memberships('users', `/users/${USER}`),
    ...memberships('groups', `/groups/${group}`),
    [`${prefix}servicePrincipals.getMemberGroups`]: row(
      'POST',
      `${version}/servicePrincipals/${randomUUID()}/getMemberGroups`,
      [401, 404, 404],
      { securityEnabledOnly: false },
    ),
    [`${prefix}servicePrincipals.checkMemberGroups`]: row(
      'POST',
      `${version}/servicePrincipals/${randomUUID()}/checkMemberGroups`,
      [401, 404, 404],
      { groupIds: [group] },
    ),
    ...memberships('me', '/me'),
    [`${prefix}organization.list`]: get('/organization'),
    [`${prefix}organization.get`]: row('GET', `${version}/organization/${randomUUID()}`, [401, 404, 404]),
    [`${prefix}me.get`]: row('GET', `${version}/me`, [401, 200, 400]),
  };
}
