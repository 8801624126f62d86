import type { Scope } from '../core/scope.ts';
import type { ScopeKey } from '../core/values.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { assertSomeApiVersion } from './apiVersions.ts';
import { type Arm, PLANE } from './asked.ts';
import { GROUPS, groupSeen, nameOf, typeWord } from './managementGroups.ts';
import { topOf } from './managementGroupWrites.ts';
import { listAnswer, pageOfAll } from './paging.ts';
import { containersOf, placeOf } from './place.ts';
import { subscriptionNotFound } from './problems.ts';
import { made, submit } from './submit.ts';

const ONE = `${GROUPS}/:name`;
const SUBSCRIPTION = `${ONE}/subscriptions/:subscription`;
const TYPE = 'Microsoft.Management/managementGroups/subscriptions';
const SEEN = 'needs to hold, to be able to activate or to have to decide something at, above or below it';
const MOVED =
  'needs Microsoft.Management/managementGroups/subscriptions/write on both management groups, and Microsoft.Authorization/roleAssignments/write on the subscription';

/** What is in a management group: all that is below it, and the subscriptions directly in it. */
export const managementGroupMemberRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `${ONE}/descendants`,
    operation: 'managementGroups.listDescendants',
    summary: 'All management groups and subscriptions below a management group that concern the caller.',
    authorization: SEEN,
    handle: (call) => descendants(arm, call),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: `${ONE}/subscriptions`,
    operation: 'managementGroupSubscriptions.list',
    summary: 'The subscriptions directly in a management group that concern the caller.',
    authorization: SEEN,
    handle: (call) => list(arm, call),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: SUBSCRIPTION,
    operation: 'managementGroupSubscriptions.get',
    summary: 'One subscription of a management group.',
    authorization: SEEN,
    handle: (call) => get(arm, call),
  },
  {
    wire: 'arm',
    method: 'PUT',
    path: SUBSCRIPTION,
    operation: 'managementGroupSubscriptions.create',
    summary: 'Moves a subscription into a management group.',
    authorization: MOVED,
    handle: (call) => put(arm, call),
  },
  {
    wire: 'arm',
    method: 'DELETE',
    path: SUBSCRIPTION,
    operation: 'managementGroupSubscriptions.delete',
    summary: 'Moves a subscription out of a management group, to the root management group.',
    authorization: MOVED,
    handle: (call) => remove(arm, call),
  },
];

async function descendants(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { group, seen } = await groupSeen(arm, call);
  const below = [...arm.engine.access.scopes()].filter(
    (s) =>
      ['managementGroup', 'subscription'].includes(s.kind) &&
      s.key !== group.key &&
      seen(s.key) &&
      containersOf(arm.engine, s.key).includes(group.key),
  );
  const { rows, next } = pageOfAll(call, below, (s) => s.key);
  return listAnswer(
    call,
    rows.map((s) => descendant(arm, s)),
    next,
  );
}

const descendant = ({ engine }: Arm, s: Scope): unknown => ({
  id: s.path,
  type: typeWord(s),
  name: nameOf(s),
  properties: {
    displayName: s.displayName,
    parent: { id: (s.parent && engine.access.scope(s.parent)?.path) ?? null },
  },
});

async function list(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { group, seen } = await groupSeen(arm, call);
  const directly = [...arm.engine.access.scopes()].filter(
    (s) => s.kind === 'subscription' && s.parent === group.key && seen(s.key),
  );
  const { rows, next } = pageOfAll(call, directly, (s) => s.key);
  return listAnswer(
    call,
    rows.map((s) => view(arm, s, group)),
    next,
  );
}

const subscriptionKey = (arm: Arm, { params }: Call): ScopeKey =>
  placeOf(arm.engine, `/subscriptions/${params['subscription'] ?? ''}`).key;

async function get(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { group, seen } = await groupSeen(arm, call);
  return { status: 200, body: view(arm, inGroup(arm, call, group.key, seen), group) };
}

function inGroup(arm: Arm, call: Call, group: ScopeKey, seen: (key: ScopeKey) => boolean): Scope {
  const there = arm.engine.access.scope(subscriptionKey(arm, call));
  if (there?.parent !== group || !seen(there.key))
    throw subscriptionNotFound(call.params['subscription'] ?? '');
  return there;
}

const NO_BODY_BEFORE = '2020-05-01';

async function put(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key } = placeOf(arm.engine, `${GROUPS}/${call.params['name'] ?? ''}`);
  const moved = await move(arm, call, subscriptionKey(arm, call), key);
  if ((call.query.get('api-version') ?? '') < NO_BODY_BEFORE) return { status: 204 };
  return { status: 200, body: view(arm, moved, made(arm.engine.access.scope(key) ?? null, 'scope')) };
}

async function remove(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key } = placeOf(arm.engine, `${GROUPS}/${call.params['name'] ?? ''}`);
  const scope = subscriptionKey(arm, call);
  if (arm.engine.access.scope(scope)?.parent !== key)
    throw subscriptionNotFound(call.params['subscription'] ?? '');
  await move(arm, call, scope, topOf(arm));
  return { status: 200 };
}

async function move(arm: Arm, call: Call, scope: ScopeKey, parent: ScopeKey): Promise<Scope> {
  const actor = call.caller.actor;
  const command = { type: 'changeScope', actor, plane: PLANE, scope, displayName: null, parent } as const;
  return made((await submit(arm, call, command)).scope, 'scope');
}

const view = ({ tenant }: Arm, s: Scope, group: Scope): unknown => ({
  id: `${group.path}/subscriptions/${nameOf(s)}`,
  type: TYPE,
  name: nameOf(s),
  properties: { displayName: s.displayName, tenant: tenant.id, parent: { id: group.path }, state: 'Active' },
});
