import { parseCondition } from '../core/condition/parse.ts';
import type { Permission, RoleDraft } from '../core/role.ts';
import type { RoleKey } from '../core/values.ts';
import type { Asked } from './asked.ts';
import { PLANE } from './asked.ts';
import { type Bag, badValue, bags, neededText, propertiesOf, text, texts } from './bag.ts';
import { placeOf } from './place.ts';
import { invalidCondition } from './problems.ts';
import { conditionProblem } from './scheduleRequestBody.ts';

const NAME_MAX = 512;
const DESCRIPTION_MAX = 2_048;
const PERMISSIONS_MAX = 64;
const ACTIONS_MAX = 2_048;
const SCOPES_MAX = 2_000;

/** What a body says a custom role is. Without assignable scopes it can be given where it was put. */
export function draftOf(asked: Asked, id: RoleKey): RoleDraft {
  const properties = propertiesOf(asked.call, 'InvalidRoleDefinition');
  const scopes = texts(properties, 'assignableScopes') ?? [asked.place.path];
  if (scopes.length > SCOPES_MAX)
    throw badValue(properties, `'assignableScopes' has more than ${SCOPES_MAX} entries.`);
  const paths = scopes.map((scope) => placeOf(asked.engine, scope).path);
  return {
    id,
    plane: PLANE,
    name: short(properties, 'roleName', neededText(properties, 'roleName').trim(), NAME_MAX),
    description: short(properties, 'description', text(properties, 'description') ?? '', DESCRIPTION_MAX),
    permissions: permissionsOf(properties),
    assignableScopes: [...new Map(paths.map((path) => [path.toLowerCase(), path])).values()],
  };
}

function short(properties: Bag, name: string, value: string, max: number): string {
  if (name === 'roleName' && value === '') throw badValue(properties, `'${name}' is required.`);
  if (value.length <= max) return value;
  throw badValue(properties, `'${name}' is longer than ${max} characters.`);
}

function permissionsOf(properties: Bag): readonly Permission[] {
  const given = bags(properties, 'permissions') ?? [];
  if (given.length > PERMISSIONS_MAX)
    throw badValue(properties, `'permissions' has more than ${PERMISSIONS_MAX} entries.`);
  const permissions = given.map(permissionOf);
  const actions = permissions.flatMap((p) => [
    ...p.actions,
    ...p.notActions,
    ...p.dataActions,
    ...p.notDataActions,
  ]);
  if (actions.length > ACTIONS_MAX)
    throw badValue(properties, `'permissions' names more than ${ACTIONS_MAX} actions.`);
  if (permissions.some((p) => p.actions.length + p.dataActions.length > 0)) return permissions;
  throw badValue(properties, "'permissions' must allow something: an entry with actions or dataActions.");
}

const permissionOf = (given: Bag): Permission => ({
  actions: actionsOf(given, 'actions'),
  notActions: actionsOf(given, 'notActions'),
  dataActions: actionsOf(given, 'dataActions'),
  notDataActions: actionsOf(given, 'notDataActions'),
  ...conditionIn(given),
});

// An action, or a pattern of actions: Microsoft.Compute/virtualMachines/*/read, */read, *.
const ACTION = /^(\*|[A-Za-z0-9*][A-Za-z0-9.*_-]*(\/[A-Za-z0-9.*_$-]+)+)$/;
const ACTION_MAX = 256;

function actionsOf(given: Bag, name: string): readonly string[] {
  const actions = texts(given, name) ?? [];
  const bad = actions.find((action) => action.length > ACTION_MAX || !ACTION.test(action));
  if (bad === undefined) return actions;
  throw badValue(
    given,
    `'${name}' has '${bad.slice(0, ACTION_MAX)}', which is no action. One reads like Microsoft.Compute/virtualMachines/read, with * for any text.`,
  );
}

function conditionIn(given: Bag): Pick<Permission, 'condition' | 'conditionVersion'> {
  const [condition, version] = [text(given, 'condition'), text(given, 'conditionVersion')];
  if (condition === null) return {};
  if (!['1.0', '2.0'].includes(version ?? ''))
    throw badValue(given, "'conditionVersion' must come with 'condition'. Allowed is 2.0.");
  const parsed = parseCondition(condition);
  if (!parsed.ok) throw invalidCondition(conditionProblem(parsed));
  return { condition, conditionVersion: version ?? '2.0' };
}
