import { fresh, GROUP_PATH, PROVIDER, RG, ROLES, SUB_PATH, TENANT } from './armTenant.ts';
import { assign, type Case, get, put, refused, roleAssignment } from './refusing.ts';

const V = 'api-version=2022-05-01-preview';
const role = (name = fresh(), scope = SUB_PATH) => `${scope}${PROVIDER}/roleDefinitions/${name}?${V}`;
const ROOT_GROUP = `/providers/Microsoft.Management/managementGroups/${TENANT}`;
const body = (more: object = {}) => ({
  properties: {
    roleName: 'Crew',
    permissions: [{ actions: ['*/read'] }],
    assignableScopes: [SUB_PATH],
    ...more,
  },
});
const bad = (wrong: string, more: object, answer: string, says: RegExp, name = fresh()): Case =>
  put(wrong, body(more), answer, says, { target: role(name) });
const INVALID = '400 InvalidRoleDefinition';
const at = (type: string, more = '', scope = SUB_PATH) => `${scope}${PROVIDER}/${type}?${more}`;

const CASES: readonly Case[] = [
  bad('a role without a name', { roleName: null }, INVALID, /'roleName' is required/),
  bad('a role with a blank name', { roleName: '  ' }, INVALID, /'roleName' is required/),
  bad('a role with a very long name', { roleName: 'x'.repeat(600) }, INVALID, /512 characters/),
  bad('a role that allows nothing', { permissions: [] }, INVALID, /must allow something/),
  bad('a role without permissions', { permissions: null }, INVALID, /must allow something/),
  bad('permissions that are no list', { permissions: {} }, INVALID, /must be a list/),
  bad('an action with blanks', { permissions: [{ actions: ['a b/c'] }] }, INVALID, /is no action/),
  bad('an action that is a word', { permissions: [{ actions: ['read'] }] }, INVALID, /virtualMachines\/read/),
  bad('an action that is a number', { permissions: [{ actions: [7] }] }, INVALID, /must be a text/),
  bad(
    'a condition without its version',
    { permissions: [{ actions: ['*'], condition: "ActionMatches{'x'}" }] },
    INVALID,
    /conditionVersion/,
  ),
  bad(
    'a condition that is none',
    { permissions: [{ actions: ['*'], condition: 'x', conditionVersion: '2.0' }] },
    '400 InvalidCondition',
    /ends too early, at character 2/,
  ),
  bad('a role for everywhere', { assignableScopes: ['/'] }, INVALID, /management groups or below/),
  bad('a role for nowhere', { assignableScopes: [] }, INVALID, /at least one scope/),
  bad(
    'a role for two management groups',
    { assignableScopes: [GROUP_PATH, ROOT_GROUP] },
    INVALID,
    /only one management group/,
  ),
  bad(
    'data actions at a management group',
    { assignableScopes: [GROUP_PATH], permissions: [{ dataActions: ['a/b'] }] },
    INVALID,
    /data actions/,
  ),
  bad(
    'a scope that is not there',
    { assignableScopes: [`/subscriptions/${fresh()}`] },
    '404 SubscriptionNotFound',
    /could not be found/,
  ),
  bad('a scope that is none', { assignableScopes: ['nowhere'] }, '400 InvalidScope', /Allowed are/),
  bad(
    'the name of a built-in role',
    { roleName: 'reader' },
    '409 RoleDefinitionWithSameNameExists',
    /choose another/,
  ),
  bad('a built-in role', { roleName: 'My reader' }, INVALID, /is built in/, ROLES.reader),
  put('a role named by no GUID', body(), '400 InvalidRoleDefinitionId', /\{guid\}/, { target: role('x') }),
  put('a role without the right to', body(), '403 AuthorizationFailed', /roleDefinitions\/write/, {
    who: 'mina',
    target: role(),
  }),
  put('a built-in role removed', undefined, INVALID, /is built in/, {
    method: 'DELETE',
    target: role(ROLES.reader),
  }),
  put('a role removed by nobody who may', undefined, '403 AuthorizationFailed', /roleDefinitions\/delete/, {
    who: 'mina',
    method: 'DELETE',
    target: role(),
  }),
  get('a role that is not there', role(), '404 RoleDefinitionDoesNotExist', /does not exist/),
  get(
    'deny assignments of nobody who may',
    at('denyAssignments', 'api-version=2022-04-01'),
    '403 AuthorizationFailed',
    /denyAssignments\/read/,
    { who: 'mina' },
  ),
  get(
    'a deny assignment that is not there',
    at(`denyAssignments/${fresh()}`, 'api-version=2022-04-01'),
    '404 DenyAssignmentNotFound',
    /not found/,
  ),
  get(
    'deny assignments by an unknown filter',
    at('denyAssignments', "api-version=2022-04-01&$filter=scope eq 'x'"),
    '400 InvalidFilter',
    /gdprExportPrincipalId/,
  ),
  get(
    'deny assignments of a name for a principal',
    at('denyAssignments', "api-version=2022-04-01&$filter=principalId eq 'x'"),
    '400 InvalidFilter',
    /no value/,
  ),
  get(
    'permissions by a filter',
    at('permissions', 'api-version=2022-04-01&$filter=atScope()'),
    '400 InvalidFilter',
    /Supported here is none/,
  ),
  get(
    'operations at a scope',
    at('providerOperations', 'api-version=2022-04-01'),
    '400 InvalidScope',
    /not offered at this scope/,
  ),
  get(
    'operations expanded otherwise',
    at('providerOperations', 'api-version=2022-04-01&$expand=all', ''),
    '400 InvalidExpand',
    /resourceTypes/,
  ),
  get(
    'metrics of a resource group',
    at('roleAssignmentsUsageMetrics', 'api-version=2019-08-01-preview', RG),
    '400 InvalidScope',
    /subscriptions/,
  ),
  get(
    'metrics by nobody who may',
    at('roleAssignmentsUsageMetrics', 'api-version=2019-08-01-preview'),
    '403 AuthorizationFailed',
    /roleAssignments\/read/,
    { who: 'mina' },
  ),
  put(
    'an assignment under a condition that is none',
    assign({ condition: '(x', conditionVersion: '2.0' }),
    '400 InvalidCondition',
    /It reads like/,
    { target: roleAssignment() },
  ),
  put(
    'an assignment under a condition of another version',
    assign({ condition: "ActionMatches{'x'}", conditionVersion: '3.0' }),
    '400 InvalidRequestContent',
    /Allowed is 2.0/,
    { target: roleAssignment() },
  ),
  put('a validation of something that is no GUID', assign(), '400 InvalidRoleAssignmentId', /GUID/, {
    method: 'POST',
    target: roleAssignment('x').replace('?', '/validate?'),
  }),
];

refused('roles, deny assignments and what is asked about them', CASES);
