import { IDS, RG, ROLES, SUB_PATH } from './armTenant.ts';
import { assign, type Case, eligibility, put, refused, roleAssignment, THERE } from './refusing.ts';

const OTHERS: readonly Case[] = [
  put('a role assignment named by no GUID', assign(), '400 InvalidRoleAssignmentId', /must be a GUID/, {
    target: roleAssignment('x'),
  }),
  put(
    'a role assignment of nobody',
    assign({ principalId: ROLES.reader }),
    '400 PrincipalNotFound',
    / does not exist in the directory /,
    { target: roleAssignment() },
  ),
  put(
    'a role assignment of another kind of principal',
    assign({ principalType: 'Group' }),
    '400 UnmatchedPrincipalType',
    /'User'.*'Group'/,
    { target: roleAssignment() },
  ),
  put(
    'a principal type nobody has',
    assign({ principalType: 'Robot' }),
    '400 InvalidRequestContent',
    /User, Group/,
    { target: roleAssignment() },
  ),
  put(
    'a role assignment that is there under another name',
    assign({ principalId: IDS.anika }),
    '409 RoleAssignmentExists',
    /role assignment already exists/,
    { target: roleAssignment() },
  ),
  put(
    'another principal under a used name',
    assign(),
    '400 RoleAssignmentUpdateNotPermitted',
    /not allowed to be updated/,
    { target: roleAssignment(THERE.standing) },
  ),
  put('a name that was used', assign(), '400 RoleAssignmentUpdateNotPermitted', /new GUID/, {
    target: roleAssignment(THERE.requested),
  }),
  put('a resource group without a location', {}, '400 InvalidRequestContent', /'location' is required/, {
    target: `${SUB_PATH}/resourcegroups/rg-new?api-version=2021-04-01`,
  }),
  put(
    'a resource group that would move',
    { location: 'eastus' },
    '409 InvalidResourceGroupLocation',
    /westeurope/,
    { target: `${RG}?api-version=2021-04-01` },
  ),
  put(
    'a resource group without the right to',
    { location: 'eastus' },
    '403 AuthorizationFailed',
    /resourceGroups\/write/,
    { who: 'mina', target: `${SUB_PATH}/resourcegroups/rg-new?api-version=2021-04-01` },
  ),
  put(
    'a role assignment taken by nobody who may',
    undefined,
    '403 AuthorizationFailed',
    /roleAssignments\/write/,
    { who: 'mina', method: 'DELETE', target: roleAssignment(THERE.standing) },
  ),
  put('cancelling what is done', undefined, '400 RequestCannotBeCancelled', /Granted, PendingApproval/, {
    method: 'POST',
    target: eligibility(THERE.requested).replace('?', '/cancel?'),
  }),
  put('cancelling what is not there', undefined, '404 RoleAssignmentRequestNotFound', /not found/, {
    method: 'POST',
    target: eligibility().replace('?', '/cancel?'),
  }),
];

refused('role assignments, resource groups and cancelling', OTHERS);
