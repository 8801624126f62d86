import type { RefusalOf } from '../core/refusal.ts';
import type { Told, Worded } from './told.ts';

type RoleCode =
  | 'roleBuiltIn'
  | 'roleNameTaken'
  | 'roleInUse'
  | 'roleHeldElsewhere'
  | 'roleInvalid'
  | 'linkedNotAuthorized'
  | 'lastAdministrator'
  | 'denyAssignmentNotFound';

const quoted = (paths: readonly string[]): string => paths.map((path) => `'${path}'`).join(', ');

/** ARM's words for what is refused about roles, their makers and their last holders. */
export const ROLE_ERRORS = {
  roleBuiltIn: (r: RefusalOf<'roleBuiltIn'>): Worded => ({
    status: 400,
    code: 'InvalidRoleDefinition',
    message: `The role definition '${r.role}' is built in and cannot be changed or removed. Define a custom role under a new GUID; an Owner or User Access Administrator of its assignable scopes can.`,
  }),
  roleNameTaken: (r: RefusalOf<'roleNameTaken'>): Worded => ({
    status: 409,
    code: 'RoleDefinitionWithSameNameExists',
    message: `A role definition with the name '${r.name}' already exists in this directory. Names of roles are compared without regard to case; choose another.`,
  }),
  roleInUse: (r: RefusalOf<'roleInUse'>): Worded => ({
    status: 409,
    code: 'RoleDefinitionHasAssignments',
    message: `There are existing role assignments referencing role '${r.role}' (assigned, eligible, or waiting for approval). Remove these first.`,
  }),
  roleHeldElsewhere: (r: RefusalOf<'roleHeldElsewhere'>, { pathOf }: Told): Worded => ({
    status: 409,
    code: 'RoleDefinitionHasAssignments',
    message: `There are existing role assignments referencing the role at ${quoted(r.scopes.map(pathOf))}, where assignableScopes would no longer allow it. Remove these first, or keep the scope.`,
  }),
  roleInvalid: (r: RefusalOf<'roleInvalid'>): Worded => ({
    status: 400,
    code: 'InvalidRoleDefinition',
    message: `The role definition is not valid. ${r.field}: ${r.problem}.`,
  }),
  linkedNotAuthorized: (r: RefusalOf<'linkedNotAuthorized'>, { caller, pathOf }: Told): Worded => ({
    status: 403,
    code: 'LinkedAuthorizationFailed',
    message: `The client '${caller.name}' with object id '${caller.actor.id}' has permission to perform action '${r.action}' on scope '${pathOf(r.scope)}'; however, it does not have permission to perform action '${r.action}' on the linked scope(s) ${quoted(r.linked.map(pathOf))} or the linked scope(s) are invalid. Whoever changes a role needs this at each of its assignable scopes.`,
  }),
  lastAdministrator: (r: RefusalOf<'lastAdministrator'>, { pathOf }: Told): Worded => ({
    status: 400,
    code: 'CannotDeleteLastRbacAdminAssignment',
    message: `Cannot delete the last RBAC admin assignment at '${pathOf(r.scope)}': nobody else is Owner or User Access Administrator there or above without condition. Give somebody else one of these roles first.`,
  }),
  denyAssignmentNotFound: (r: RefusalOf<'denyAssignmentNotFound'>): Worded => ({
    status: 404,
    code: 'DenyAssignmentNotFound',
    message: `The deny assignment '${r.denyAssignment}' is not found.`,
  }),
} as const satisfies { readonly [C in RoleCode]: (r: RefusalOf<C>, told: Told) => Worded };
