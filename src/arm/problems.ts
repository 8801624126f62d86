import type { Caller } from '../http/route.ts';
import { ArmError } from './armError.ts';

// What can be wrong with a call before there is a command; what a command is refused for stands in errors.ts.

export const missingApiVersion = () =>
  new ArmError(
    400,
    'MissingApiVersionParameter',
    'The api-version query parameter (?api-version=) is required for all requests.',
  );

export const invalidApiVersion = (version: string) =>
  new ArmError(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. It must be a date, optionally with '-preview': 2022-12-01.`,
  );

export const unsupportedApiVersion = (type: string, version: string, supported: readonly string[]) =>
  new ArmError(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace 'Microsoft.Authorization' for api version '${version}'. The supported api-versions are '${supported.join(',')}'.`,
  );

export const unknownResourceType = (type: string, known: readonly string[]) =>
  new ArmError(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace 'Microsoft.Authorization'. This server has: ${known.join(', ')}.`,
  );

export const methodNotAllowed = (method: string, allow: readonly string[]) =>
  new ArmError(
    405,
    'MethodNotAllowed',
    `The requested resource does not support http method '${method}'. It supports ${allow.join(', ')}.`,
    { headers: { Allow: allow.join(', ') } },
  );

const SCOPES =
  'Allowed are /, /providers/Microsoft.Management/managementGroups/{name}, /subscriptions/{guid}, /subscriptions/{guid}/resourceGroups/{name}, and resources below these.';
export const invalidScope = (scope: string, why: string) =>
  new ArmError(400, 'InvalidScope', `The scope '${scope}' is not valid: ${why}. ${SCOPES}`);

export const missingSubscription = (scope: string) =>
  new ArmError(
    400,
    'MissingSubscription',
    `The scope '${scope}' does not name a subscription. Write /subscriptions/{guid}.`,
  );

export const subscriptionNotFound = (id: string) =>
  new ArmError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);

export const resourceGroupNotFound = (name: string) =>
  new ArmError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);

export const managementGroupNotFound = (name: string) =>
  new ArmError(404, 'ManagementGroupNotFound', `The management group '${name}' cannot be found.`);

export const resourceNotFound = (path: string) =>
  new ArmError(
    404,
    'ResourceNotFound',
    `The Resource '${path}' was not found. PUT it to name it, or look where it was made.`,
  );

export const parentUnknown = (parent: string) =>
  new ArmError(
    400,
    'InvalidRequestContent',
    `The parent '${parent}' is no management group. Send /providers/Microsoft.Management/managementGroups/{name}, or the name alone.`,
  );

export const unknownNamespace = (namespace: string) =>
  new ArmError(
    404,
    'InvalidResourceNamespace',
    `The resource namespace '${namespace}' is invalid. GET /subscriptions/{id}/providers lists those there are.`,
  );

export const tooManyRequests = (kind: string, perMinute: number, seconds: number) =>
  new ArmError(
    429,
    'TooManyRequests',
    `The number of ${kind} of this caller is over the limit of ${perMinute} a minute. Try again after ${seconds} seconds; who runs the server can set POSTERN_RATE_LIMIT.`,
    { headers: { 'Retry-After': String(seconds) }, settled: true },
  );

/** The bodies whose mistakes have a code of their own. */
export type BodyCode =
  | 'InvalidRequestContent'
  | 'InvalidRoleAssignmentRequest'
  | 'InvalidRoleAssignmentRequestSchedule'
  | 'InvalidRoleDefinition'
  | 'InvalidPolicy';
export const invalidBody = (code: BodyCode, message: string) => new ArmError(400, code, message);

export const invalidPrincipalId = (id: string) =>
  new ArmError(
    400,
    'InvalidPrincipalId',
    `The principal ID '${id}' is not valid. The principal ID must be a GUID: the object id of a user, group or service principal.`,
  );

export const invalidRoleDefinitionId = (id: string) =>
  new ArmError(
    400,
    'InvalidRoleDefinitionId',
    `The role definition ID '${id}' is not valid. Allowed are {scope}/providers/Microsoft.Authorization/roleDefinitions/{guid} and the GUID alone.`,
  );

export const invalidRoleAssignmentId = (id: string) =>
  new ArmError(
    400,
    'InvalidRoleAssignmentId',
    `The role assignment ID '${id}' is not valid. The role assignment ID must be a GUID.`,
  );

export const invalidFilter = (problem: string, supported: readonly string[]) =>
  new ArmError(
    400,
    'InvalidFilter',
    `The filter cannot be used: ${problem}. Supported here${supported.length > 0 ? `, joined with 'and': ${supported.join('; ')}` : ' is none'}.`,
  );

export const invalidSkipToken = () =>
  new ArmError(
    400,
    'InvalidSkipToken',
    'The $skiptoken is not one this server gave out. Follow the nextLink of the page before, unchanged.',
  );

export const invalidLocation = (name: string, location: string) =>
  new ArmError(
    409,
    'InvalidResourceGroupLocation',
    `The resource group '${name}' already exists in location '${location}', and a resource group cannot move. Send that location.`,
  );

export const requestNameTaken = (name: string) =>
  new ArmError(
    409,
    'RoleAssignmentRequestExists',
    `A role assignment request with Id: ${name} already exists.`,
  );

export const inputPolicyNotFound = (name: string) =>
  new ArmError(
    400,
    'InputPolicyNotFound',
    `There is no policy '${name}' at this scope. List roleManagementPolicyAssignments with $filter=roleDefinitionId eq '{id}' to find the policy of a role.`,
  );

export const roleDefinitionLimitExceeded = (limit: number) =>
  new ArmError(
    400,
    'RoleDefinitionLimitExceeded',
    `The tenant has ${limit} custom roles, and no more can be made. Remove one that nobody needs.`,
  );

export const roleAssignmentLimitExceeded = (limit: number, where: string) =>
  new ArmError(
    400,
    'RoleAssignmentLimitExceeded',
    `No more role assignments can be created: '${where}' has the ${limit} it may have. Give roles to groups instead of to each of their members, or remove assignments nobody needs.`,
  );

export const invalidCondition = (problem: string) =>
  new ArmError(400, 'InvalidCondition', `The condition is not valid: ${problem}`);

export const notAtThisScope = (type: string, allowed: string) =>
  new ArmError(400, 'InvalidScope', `${type} is not offered at this scope. Ask at ${allowed}.`);

export const invalidExpand = (value: string) =>
  new ArmError(400, 'InvalidExpand', `'$expand' is '${value}'. Allowed is resourceTypes.`);

/** What is asked for by name and is not there, or not at this scope. */
const MISSING = {
  request: (id: string) => [
    'RoleAssignmentRequestNotFound',
    `The role assignment request '${id}' is not found.`,
  ],
  schedule: (id: string) => ['ResourceNotFound', `The schedule '${id}' is not found.`],
  roleAssignment: (id: string) => ['RoleAssignmentNotFound', `The role assignment '${id}' is not found.`],
  roleDefinition: (id: string) => [
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${id}' does not exist.`,
  ],
  denyAssignment: (id: string) => ['DenyAssignmentNotFound', `The deny assignment '${id}' is not found.`],
  providerOperations: (id: string) => [
    'ProviderNotFound',
    `No built-in role names an operation of the resource provider '${id}'.`,
  ],
  policy: (id: string) => ['RoleManagementPolicyNotFound', `The policy '${id}' is not found.`],
  policyAssignment: (id: string) => [
    'RoleManagementPolicyNotFound',
    `The policy assignment '${id}' is not found.`,
  ],
  approval: (id: string) => ['ResourceNotFound', `The approval '${id}' is not found.`],
  stage: (id: string) => ['ResourceNotFound', `The approval has no stage '${id}'.`],
} as const satisfies Record<string, (id: string) => readonly [string, string]>;

export function notFound(what: keyof typeof MISSING, id: string): ArmError {
  const [code, message] = MISSING[what](id);
  return new ArmError(404, code, `${message} Look for it at the scope it was made at.`);
}

export const insufficientPermissions = (oid: string) =>
  new ArmError(
    400,
    'InsufficientPermissions',
    `The requestor ${oid} does not have permissions for this request. Please use $filter=asTarget() to filter on the requestor's assignments.`,
  );

/** RBAC's own sentence: clients take it apart, so who can help stands in the details. */
export const authorizationFailed = ({ actor, name }: Caller, action: string, scope: string) =>
  new ArmError(
    403,
    'AuthorizationFailed',
    `The client '${name}' with object id '${actor.id}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    { details: [{ code: 'AuthorizationFailed', target: action, message: whoMay(action) }] },
  );

const whoMay = (action: string): string =>
  action.toLowerCase().startsWith('microsoft.authorization/') && action.toLowerCase().endsWith('/write')
    ? 'Owner and User Access Administrator, at this scope or above, may do this and can give the role that allows it.'
    : 'A role that allows the action, at this scope or above, is needed. An Owner or User Access Administrator of the scope can give it.';
