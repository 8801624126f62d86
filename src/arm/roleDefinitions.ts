import type { RoleDefinition } from '../core/role.ts';
import { parseGuid, roleKey } from '../core/values.ts';
import { builtinRoles } from '../engine/builtinRoles.ts';
import type { Answer, Route } from '../http/route.ts';
import { type Arm, type Asked, atScope, PLANE } from './asked.ts';
import { readFilter, type Terms } from './filter.ts';
import { listAnswer } from './paging.ts';
import { notFound } from './problems.ts';
import { typeOf, withoutNulls } from './resourceId.ts';
import { roleIdAt } from './roleId.ts';

const TYPE = 'roleDefinitions';

export const roleDefinitionRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.list`,
    summary: 'The roles that can be given at a scope.',
    authorization: 'signedIn',
    handle: atScope(arm, TYPE, list),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}/:name`,
    operation: `${TYPE}.get`,
    summary: 'One role, by its GUID.',
    authorization: 'signedIn',
    handle: atScope(arm, TYPE, get),
  },
];

// In one answer, as the real service does: az joins assignments with it by exact id.
async function list(asked: Asked): Promise<Answer> {
  const terms = readFilter(asked.call.query.get('$filter'), ['roleName', 'type', 'atScopeAndBelow']);
  const rows = [...builtinRoles().values()].filter((r) => fits(r, terms));
  return listAnswer(
    asked.call,
    rows.map((r) => view(asked, r)),
  );
}

function fits(role: RoleDefinition, { roleName, type }: Terms): boolean {
  const is = (wanted: readonly string[] | undefined, text: string) =>
    wanted?.every((w) => w.toLowerCase() === text.toLowerCase()) ?? true;
  return is(roleName, role.name) && is(type, roleType(role));
}

async function get(asked: Asked): Promise<Answer> {
  const name = asked.call.params['name'] ?? '';
  const guid = parseGuid(name);
  const role = guid === null ? undefined : asked.engine.facts.role(PLANE, roleKey(guid));
  if (!role) throw notFound('roleDefinition', name);
  return { status: 200, body: view(asked, role) };
}

const roleType = ({ builtIn }: RoleDefinition): string => (builtIn ? 'BuiltInRole' : 'CustomRole');

// Clients compare these two with each other, so they must be there; the built-in roles are as old as our copy of them.
const COPIED = '2026-08-22T00:00:00.000Z';

const view = ({ place }: Asked, role: RoleDefinition): unknown => ({
  id: roleIdAt(role.key, place.key),
  name: role.key,
  type: typeOf(TYPE),
  properties: {
    roleName: role.name,
    type: roleType(role),
    description: role.description,
    assignableScopes: role.assignableScopes,
    permissions: role.permissions.map((p) => withoutNulls({ ...p })),
    createdOn: COPIED,
    updatedOn: COPIED,
  },
});
