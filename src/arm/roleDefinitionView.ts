import type { CustomRole, RoleDefinition } from '../core/role.ts';
import { printInstant } from '../core/values.ts';
import type { Asked } from './asked.ts';
import { typeOf, withoutNulls } from './resourceId.ts';
import { roleIdAt } from './roleId.ts';

export const roleType = (builtIn: boolean): string => (builtIn ? 'BuiltInRole' : 'CustomRole');

// Clients compare these two with each other, so they must be there; the built-in roles are as old as our copy of them.
const COPIED = '2026-08-22T00:00:00.000Z';

export const builtInView = (asked: Asked, role: RoleDefinition): unknown =>
  view(asked, role.key, { ...role, type: roleType(true), createdOn: COPIED, updatedOn: COPIED });

export const customView = (asked: Asked, role: CustomRole): unknown =>
  view(asked, role.id, {
    ...role,
    type: roleType(false),
    createdOn: printInstant(role.createdAt),
    updatedOn: printInstant(role.updatedAt),
    createdBy: role.createdBy,
    updatedBy: role.updatedBy,
  });

interface Shown extends Pick<RoleDefinition, 'name' | 'description' | 'assignableScopes' | 'permissions'> {
  readonly type: string;
  readonly createdOn: string;
  readonly updatedOn: string;
  readonly createdBy?: string;
  readonly updatedBy?: string;
}

const view = ({ place }: Asked, key: CustomRole['id'], role: Shown): unknown => ({
  id: roleIdAt(key, place.key),
  name: key,
  type: typeOf('roleDefinitions'),
  properties: withoutNulls({
    roleName: role.name,
    type: role.type,
    description: role.description,
    assignableScopes: role.assignableScopes,
    permissions: role.permissions.map((p) => withoutNulls({ ...p })),
    createdOn: role.createdOn,
    updatedOn: role.updatedOn,
    createdBy: role.createdBy,
    updatedBy: role.updatedBy,
  }),
});
