import type { Facts } from '../core/facts.ts';
import type { RoleDefinition } from '../core/role.ts';
import { roleKey } from '../core/values.ts';
import { MEMBER, OWNER } from '../planes/groups.ts';
import { builtinRoles } from './builtinRoles.ts';

const ofGroups = (key: string, name: string): RoleDefinition => ({
  key: roleKey(key),
  name,
  description: `${name} of a group`,
  builtIn: true,
  permissions: [],
  assignableScopes: ['/'],
});

const GROUP_ROLES = new Map([
  [MEMBER, ofGroups(MEMBER, 'Member')],
  [OWNER, ofGroups(OWNER, 'Owner')],
]);

/** The role definitions there are. Directory roles are not offered yet, so the entra plane has none. */
export const role: Facts['role'] = (plane, key) => {
  switch (plane) {
    case 'azure':
      return builtinRoles().get(key);
    case 'groups':
      return GROUP_ROLES.get(key);
    case 'entra':
      return undefined;
  }
};
