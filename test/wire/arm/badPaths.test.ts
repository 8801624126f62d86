import { fresh, GROUP_PATH, IDS, OTHER_RG, PROVIDER, RG, ROLES, SUB_PATH, V } from './armTenant.ts';
import { assignment, type Case, eligibility, get, list, refused, roleAssignment, THERE } from './refusing.ts';

const PATHS: readonly Case[] = [
  get(
    'no api-version',
    `${RG}${PROVIDER}/roleAssignments`,
    '400 MissingApiVersionParameter',
    /required for all requests/,
  ),
  get(
    'an api-version nobody serves',
    `${RG}${PROVIDER}/roleAssignments?api-version=1999-01-01`,
    '404 InvalidResourceType',
    /supported api-versions are '.*2022-04-01/,
  ),
  get(
    'an api-version of another type',
    roleAssignment('', RG).replace('/?', '?').replace('2022-04-01', '2021-01-01-preview'),
    '404 InvalidResourceType',
    /supported api-versions/,
  ),
  get(
    'an api-version that is none',
    '/subscriptions?api-version=latest',
    '400 InvalidApiVersionParameter',
    /2022-12-01/,
  ),
  get(
    'an unknown type',
    `${RG}${PROVIDER}/roleWishes?${V}`,
    '404 InvalidResourceType',
    /'roleWishes'.*roleAssignments/,
  ),
  get('an unknown path', `/widgets?${V}`, '404 ResourceNotFound', /\/subscriptions/),
  get(
    'a method the type has not',
    `${RG}${PROVIDER}/roleManagementPolicies/x?${V}`,
    '405 MethodNotAllowed',
    /'DELETE'.*GET, PATCH, PUT/,
    { method: 'DELETE' },
  ),
  get(
    'an unknown subscription',
    list('roleAssignments', '', `/subscriptions/${ROLES.owner}`).replace(V, 'api-version=2022-04-01'),
    '404 SubscriptionNotFound',
    new RegExp(ROLES.owner),
  ),
  get(
    'an unknown resource group',
    list('roleEligibilitySchedules', '', `${SUB_PATH}/resourceGroups/rg-Nowhere`),
    '404 ResourceGroupNotFound',
    /rg-Nowhere/,
  ),
  get(
    'a resource in an unknown resource group',
    list('roleEligibilitySchedules', '', `${SUB_PATH}/resourceGroups/rg-Nowhere/providers/a.b/c/d`),
    '404 ResourceGroupNotFound',
    /rg-Nowhere/,
  ),
  get(
    'an unknown management group',
    list('roleEligibilitySchedules', '', `${GROUP_PATH}s`),
    '404 ManagementGroupNotFound',
    /platforms/,
  ),
  get(
    'a subscription id that is no GUID',
    list('roleEligibilitySchedules', '', '/subscriptions/payments'),
    '400 InvalidScope',
    /GUID/,
  ),
  get(
    'no subscription id',
    list('roleEligibilitySchedules', '', '/subscriptions'),
    '400 MissingSubscription',
    /\/subscriptions\/\{guid\}/,
  ),
  get(
    'a scope that begins with something else',
    list('roleEligibilitySchedules', '', '/resourceGroups/x'),
    '400 InvalidScope',
    /Allowed are/,
  ),
  get(
    'half a resource',
    list('roleEligibilitySchedules', '', `${RG}/providers/Microsoft.Compute/virtualMachines`),
    '400 InvalidScope',
    /namespace/,
  ),
  get('a scope with an encoded slash', `${RG}%2fx${PROVIDER}/roleAssignments?${V}`, '400 BadRequest', /%2f/),
  get('a scope with dots', `${RG}/../x${PROVIDER}/roleAssignments?${V}`, '400 BadRequest', /'\.\.'/),
  get(
    'a target in absolute form',
    `https://localhost${RG}${PROVIDER}/roleAssignments?${V}`,
    '400 BadRequest',
    /without scheme/,
  ),
  get('a path with the name of the inner prefix', `/~arm/roleAssignments?${V}`, '400 BadRequest', /'~'/),
  get(
    'a letter that only looks like k',
    list('roleEligibilitySchedules', '', `${SUB_PATH}/resourceGroups/rg-\u212a`),
    '400 InvalidScope',
    /cannot be part/,
  ),
  get('a request nobody made', eligibility(), '404 RoleAssignmentRequestNotFound', /not found/),
  get(
    'a request at another scope than its own',
    eligibility(THERE.requested, OTHER_RG),
    '404 RoleAssignmentRequestNotFound',
    /scope it was made at/,
  ),
  get(
    'a request of the other kind',
    assignment(THERE.requested),
    '404 RoleAssignmentRequestNotFound',
    /not found/,
  ),
  get('a request named by no GUID', eligibility('latest'), '404 RoleAssignmentRequestNotFound', /'latest'/),
  get(
    'a role nobody knows',
    `${RG}${PROVIDER}/roleDefinitions/${IDS.omar}?api-version=2022-04-01`,
    '404 RoleDefinitionDoesNotExist',
    /does not exist/,
  ),
  get('a role assignment nobody made', roleAssignment(), '404 RoleAssignmentNotFound', /is not found/),
  get(
    'an approval nobody needs',
    `${PROVIDER}/roleAssignmentApprovals/${fresh()}?api-version=2021-01-01-preview`,
    '404 ResourceNotFound',
    /approval/,
  ),
];

refused('a path is told what is wrong with it', PATHS);
