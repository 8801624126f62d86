import type { CustomRole } from '../core/role.ts';
import { assignableAt } from '../core/role.ts';
import { live } from '../core/schedule.ts';
import { parseGuid, type RoleKey, roleKey, type ScopeKey } from '../core/values.ts';
import { builtinRoles } from '../engine/builtinRoles.ts';
import type { Answer, Route } from '../http/route.ts';
import { ArmError } from './armError.ts';
import { type Arm, type Asked, atScope, mayDo, mayNot, PLANE, selves } from './asked.ts';
import { readFilter, type Terms } from './filter.ts';
import { listAnswer } from './paging.ts';
import { containersOf } from './place.ts';
import { invalidRoleDefinitionId, notFound, roleDefinitionLimitExceeded } from './problems.ts';
import { draftOf } from './roleDefinitionBody.ts';
import { builtInView, customView, roleType } from './roleDefinitionView.ts';
import { ROLE_ERRORS } from './roleErrors.ts';
import { made, submit } from './submit.ts';

const TYPE = 'roleDefinitions';
const ONE = `/~arm/${TYPE}/:name`;
const READ = 'Microsoft.Authorization/roleDefinitions/read';
const DELETE = 'Microsoft.Authorization/roleDefinitions/delete';

export const roleDefinitionRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.list`,
    summary:
      'The roles that can be given at a scope: built-in ones, and custom ones the caller may read or hold.',
    authorization: 'signedIn',
    handle: atScope(arm, TYPE, list),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: ONE,
    operation: `${TYPE}.get`,
    summary: 'One role, by its GUID.',
    authorization: 'signedIn',
    handle: atScope(arm, TYPE, get),
  },
  {
    wire: 'arm',
    method: 'PUT',
    path: ONE,
    operation: `${TYPE}.put`,
    summary: 'Makes or changes a custom role.',
    authorization: `needs Microsoft.Authorization/roleDefinitions/write at every assignable scope; to change what an existing one allows, Microsoft.Authorization/roleAssignments/write too`,
    handle: atScope(arm, TYPE, put),
  },
  {
    wire: 'arm',
    method: 'DELETE',
    path: ONE,
    operation: `${TYPE}.delete`,
    summary: 'Removes a custom role that nobody holds or waits for.',
    authorization: `needs ${DELETE} at every assignable scope`,
    handle: atScope(arm, TYPE, remove),
  },
];

// In one answer, as the real service does: az joins assignments with it by exact id.
async function list(asked: Asked): Promise<Answer> {
  const terms = readFilter(asked.call.query.get('$filter'), ['roleName', 'type', 'atScopeAndBelow']);
  const builtIn = [...builtinRoles().values()].filter((r) => fits(r, true, terms));
  const custom = [...asked.engine.access.roles()].filter(
    (r) => r.plane === PLANE && fits(r, false, terms) && isOffered(asked, r, terms) && sees(asked, r),
  );
  return listAnswer(asked.call, [
    ...builtIn.map((r) => builtInView(asked, r)),
    ...custom.map((r) => customView(asked, r)),
  ]);
}

function fits({ name }: { readonly name: string }, builtIn: boolean, { roleName, type }: Terms): boolean {
  const is = (wanted: readonly string[] | undefined, text: string) =>
    wanted?.every((w) => w.toLowerCase() === text.toLowerCase()) ?? true;
  return is(roleName, name) && is(type, roleType(builtIn));
}

// At a scope the roles that can be given there; with atScopeAndBelow() also those that can be given further down; for the
// tenant as a whole, all there are.
function isOffered({ engine, place }: Asked, role: CustomRole, terms: Terms): boolean {
  if (place.kind === 'tenant') return true;
  const [scopes, above] = [assignableAt(role), containersOf(engine, place.key)];
  if (scopes.some((s) => above.includes(s))) return true;
  return (
    terms.atScopeAndBelow !== undefined && scopes.some((s) => containersOf(engine, s).includes(place.key))
  );
}

// Readers of the scope or of one where it can be given, and those who hold it or may activate it.
function sees(asked: Asked, role: CustomRole): boolean {
  const { engine, place } = asked;
  if ([place.key, ...assignableAt(role)].some((scope) => mayDo(asked, READ, scope))) return true;
  const now = engine.now();
  return selves(asked)
    .flatMap((id) => [...engine.access.assignmentsOf(id), ...engine.access.eligibilitiesOf(id)])
    .some((s) => s.plane === PLANE && s.role === role.id && live(s, now));
}

async function get(asked: Asked): Promise<Answer> {
  const key = keyOf(asked);
  const builtIn = key === null ? undefined : asked.engine.facts.role(PLANE, key);
  if (builtIn?.builtIn) return { status: 200, body: builtInView(asked, builtIn) };
  const role = customRole(asked);
  if (!role || !sees(asked, role)) throw notFound('roleDefinition', nameIn(asked));
  return { status: 200, body: customView(asked, role) };
}

const nameIn = ({ call }: Asked): string => call.params['name'] ?? '';
const keyOf = (asked: Asked): RoleKey | null => {
  const guid = parseGuid(nameIn(asked));
  return guid === null ? null : roleKey(guid);
};

/** The custom role of the path's name, where it can be given at the path's scope or below. */
const customRole = (asked: Asked): CustomRole | undefined =>
  [...asked.engine.access.roles()].find(
    (r) => r.plane === PLANE && r.id === keyOf(asked) && isOffered(asked, r, { atScopeAndBelow: [] }),
  );

const CUSTOM_ROLES_MAX = 5_000;

async function put(asked: Asked): Promise<Answer> {
  const key = keyOf(asked);
  if (key === null) throw invalidRoleDefinitionId(nameIn(asked));
  const { engine, call, place } = asked;
  const role = draftOf(asked, key);
  assertNameIsFree(role.name, key);
  const all = [...engine.access.roles()];
  if (all.length >= CUSTOM_ROLES_MAX && !all.some((r) => r.id === key))
    throw roleDefinitionLimitExceeded(CUSTOM_ROLES_MAX);
  const command = { type: 'defineRole', actor: call.caller.actor, role, at: place.key } as const;
  const outcome = await submit(asked, call, command, 'roleDefinition');
  return { status: 201, body: customView(asked, made(outcome.role, 'role')) };
}

// Built-in roles are no facts of a decision but of this copy of the service: their names never change hands.
function assertNameIsFree(name: string, key: RoleKey): void {
  const taken = [...builtinRoles().values()].some(
    (r) => r.key !== key && r.name.toLowerCase() === name.toLowerCase(),
  );
  if (!taken) return;
  const { status, code, message } = ROLE_ERRORS.roleNameTaken({ code: 'roleNameTaken', name });
  throw new ArmError(status, code, message);
}

// What is not there is gone already: 204, for those who could have removed it.
async function remove(asked: Asked): Promise<Answer> {
  const { call, place } = asked;
  const key = keyOf(asked);
  const role = customRole(asked);
  const builtIn = key !== null && asked.engine.facts.role(PLANE, key)?.builtIn === true;
  if (!role && !builtIn) return mayRemoveAt(asked, place.key);
  const name = role?.id ?? (key as RoleKey);
  const command = {
    type: 'removeRole',
    actor: call.caller.actor,
    plane: PLANE,
    role: name,
    at: place.key,
  } as const;
  await submit(asked, call, command, 'roleDefinition');
  return role ? { status: 200, body: customView(asked, role) } : { status: 204 };
}

function mayRemoveAt(asked: Asked, scope: ScopeKey): Answer {
  if (!mayDo(asked, DELETE, scope)) throw mayNot(asked, DELETE, scope);
  return { status: 204 };
}
