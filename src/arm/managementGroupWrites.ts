import type { Command } from '../core/command.ts';
import type { Scope } from '../core/scope.ts';
import { type ScopeKey, scopeKey } from '../core/values.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { assertSomeApiVersion } from './apiVersions.ts';
import { type Arm, mayDo, mayNot, PLANE } from './asked.ts';
import { type Bag, badValue, bag, bodyOf, text } from './bag.ts';
import { GROUPS, groupView } from './managementGroups.ts';
import { placeOf, scopeOf } from './place.ts';
import { invalidScope, parentUnknown } from './problems.ts';
import { made, submit } from './submit.ts';

const ONE = `${GROUPS}/:name`;
const ACTION = 'Microsoft.Management/managementGroups';

export const managementGroupWriteRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'PUT',
    path: ONE,
    operation: 'managementGroups.create',
    summary: 'Makes a management group, or renames or moves it.',
    authorization: `needs ${ACTION}/write on the parent or, once it is there, on it; to move it see update`,
    handle: (call) => put(arm, call),
  },
  {
    wire: 'arm',
    method: 'PATCH',
    path: ONE,
    operation: 'managementGroups.update',
    summary: 'Renames or moves a management group.',
    authorization: `needs ${ACTION}/write on it; to move it also on both parents, and Microsoft.Authorization/roleAssignments/write on it`,
    handle: (call) => patch(arm, call),
  },
  {
    wire: 'arm',
    method: 'DELETE',
    path: ONE,
    operation: 'managementGroups.delete',
    summary: 'Deletes an empty management group with all that is held on it or asked for on it.',
    authorization: `needs ${ACTION}/delete`,
    handle: (call) => remove(arm, call),
  },
];

const pathIn = ({ params }: Call): string => `${GROUPS}/${params['name'] ?? ''}`;

async function put(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key, segments } = scopeOf(pathIn(call));
  const name = groupName(segments[3] ?? '');
  const body = call.body === undefined ? null : bodyOf(call, 'InvalidRequestContent');
  const properties = body && (bag(body, 'properties') ?? body);
  const given = properties && bag(properties, 'details');
  const parent = given && parentOf(arm, bag(given, 'parent'));
  const displayName = properties && nameIn(properties);
  const there = arm.engine.access.scope(key);
  const answer = await written(
    arm,
    call,
    there
      ? change(call, key, { displayName: displayName ?? there.displayName, parent })
      : fresh(call, key, { name, displayName, parent: parent ?? topOf(arm) }),
  );
  return { status: 200, body: groupView(arm, answer) };
}

// Real names are of these letters; other names could not be told from each other in every client.
function groupName(name: string): string {
  if (/^[\w\-.()]{1,90}$/.test(name)) return name;
  throw invalidScope(name, 'the name of a management group has 1 to 90 letters, digits, and - _ ( ) .');
}

function nameIn(bag: Bag): string | null {
  const given = text(bag, 'displayName');
  if (given === null || (given.trim() !== '' && given.length <= 256)) return given;
  throw badValue(bag, "'displayName' has 1 to 256 characters.");
}

const parentOf = (arm: Arm, given: Bag | null): ScopeKey | null => {
  const id = given && text(given, 'id');
  return id === null ? null : groupKey(arm, id);
};

/** The management group that an id or a name in a body means. */
export function groupKey(arm: Arm, id: string): ScopeKey {
  const scope = scopeOf(id.includes('/') ? id : `${GROUPS}/${id}`);
  if (scope.kind !== 'managementGroup') throw parentUnknown(id);
  return placeOf(arm.engine, `/${scope.segments.join('/')}`).key;
}

/** The management group that all others hang below. */
export function topOf({ engine }: Arm): ScopeKey {
  const top = [...engine.access.scopes()].find(
    (s) => s.kind === 'managementGroup' && s.parent === scopeKey('/'),
  );
  return made(top ?? null, 'root management group').key;
}

const change = (
  { caller }: Call,
  scope: ScopeKey,
  to: { readonly displayName: string | null; readonly parent: ScopeKey | null },
): Command => ({ type: 'changeScope', actor: caller.actor, plane: PLANE, scope, ...to });

const fresh = (
  { caller }: Call,
  key: ScopeKey,
  { name, displayName, parent }: { name: string; displayName: string | null; parent: ScopeKey },
): Command => ({
  type: 'putScope',
  actor: caller.actor,
  plane: PLANE,
  scope: {
    key,
    path: `${GROUPS}/${name}`,
    kind: 'managementGroup',
    displayName: displayName ?? name,
    parent,
    tags: {},
    location: null,
  },
});

async function written(arm: Arm, call: Call, command: Command): Promise<Scope> {
  const { scope } = await submit(arm, call, command);
  return made(scope, 'scope');
}

async function patch(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key } = placeOf(arm.engine, pathIn(call));
  const body = bodyOf(call, 'InvalidRequestContent');
  const displayName = nameIn(body);
  const under = text(body, 'parentGroupId');
  if (displayName === null && under === null)
    throw badValue(body, "'displayName' or 'parentGroupId' is required: there is nothing to change.");
  const parent = under === null ? null : groupKey(arm, under);
  return {
    status: 200,
    body: groupView(arm, await written(arm, call, change(call, key, { displayName, parent }))),
  };
}

// The service answers 204 when it is gone, and when it was gone already.
async function remove(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key } = scopeOf(pathIn(call));
  if (arm.engine.access.scope(key)) {
    await submit(arm, call, { type: 'deleteScope', actor: call.caller.actor, plane: PLANE, scope: key });
  } else if (!mayDo({ ...arm, call }, `${ACTION}/delete`, key))
    throw mayNot({ ...arm, call }, `${ACTION}/delete`, key);
  return { status: 204 };
}
