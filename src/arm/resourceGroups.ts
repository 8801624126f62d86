import type { PutScope } from '../core/command.ts';
import type { Scope } from '../core/scope.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { assertSomeApiVersion } from './apiVersions.ts';
import { type Arm, mayNot, PLANE } from './asked.ts';
import { bodyOf, neededText } from './bag.ts';
import { listAnswer, pageOfAll } from './paging.ts';
import { placeOf, scopeOf } from './place.ts';
import { invalidLocation, invalidScope } from './problems.ts';
import { sightOf } from './sight.ts';
import { made, submit } from './submit.ts';
import { subscriptionIn } from './subscriptions.ts';
import { tagsIn } from './tagsIn.ts';

const ALL = '/subscriptions/:subscription/resourcegroups';
const ONE = `${ALL}/:name`;
const SEEN = 'needs to hold, to be able to activate or to have to decide something in it, above or below it';

export const resourceGroupRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: ALL,
    operation: 'resourceGroups.list',
    summary: 'The resource groups of a subscription that concern the caller.',
    authorization: SEEN,
    handle: (call) => list(arm, call),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: ONE,
    operation: 'resourceGroups.get',
    summary: 'One resource group.',
    authorization: SEEN,
    handle: (call) => get(arm, call),
  },
  {
    wire: 'arm',
    method: 'PUT',
    path: ONE,
    operation: 'resourceGroups.create',
    summary: 'Makes a resource group or changes its tags.',
    authorization: 'needs Microsoft.Resources/subscriptions/resourceGroups/write',
    handle: (call) => put(arm, call),
  },
  {
    wire: 'arm',
    method: 'HEAD',
    path: ONE,
    operation: 'resourceGroups.exists',
    summary: 'Whether a resource group is there: 204, else 404.',
    authorization: SEEN,
    handle: (call) => exists(arm, call),
  },
  {
    wire: 'arm',
    method: 'DELETE',
    path: ONE,
    operation: 'resourceGroups.delete',
    summary: 'Deletes a resource group with all that is in it, held on it or asked for on it.',
    authorization: 'needs Microsoft.Resources/subscriptions/resourceGroups/delete',
    handle: (call) => remove(arm, call),
  },
];

async function list(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key } = await subscriptionIn(arm, call);
  const seen = await sightOf(arm, call);
  const groups = [...arm.engine.access.scopes()].filter(
    (s) => s.kind === 'resourceGroup' && s.parent === key && seen(s.key),
  );
  const { rows, next } = pageOfAll(call, groups, (s) => s.key);
  return listAnswer(call, rows.map(view), next);
}

const pathIn = ({ params }: Call): string =>
  `/subscriptions/${params['subscription'] ?? ''}/resourceGroups/${params['name'] ?? ''}`;

async function get(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key } = placeOf(arm.engine, pathIn(call));
  const seen = await sightOf(arm, call);
  if (!seen(key))
    throw mayNot({ ...arm, call }, 'Microsoft.Resources/subscriptions/resourceGroups/read', key);
  return { status: 200, body: view(made(arm.engine.access.scope(key) ?? null, 'scope')) };
}

async function exists(arm: Arm, call: Call): Promise<Answer> {
  await get(arm, call);
  return { status: 204 };
}

async function remove(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key } = placeOf(arm.engine, pathIn(call));
  await submit(arm, call, { type: 'deleteScope', actor: call.caller.actor, plane: PLANE, scope: key });
  return { status: 200 };
}

async function put(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key: parent, path } = placeOf(arm.engine, `/subscriptions/${call.params['subscription'] ?? ''}`);
  const { key, segments } = scopeOf(pathIn(call));
  const name = segments[3] ?? '';
  if (name.length > 90) throw invalidScope(name, 'the name of a resource group has at most 90 characters');
  const there = arm.engine.access.scope(key);
  const command: PutScope = {
    type: 'putScope',
    actor: call.caller.actor,
    plane: PLANE,
    scope: {
      key,
      path: `${path}/resourceGroups/${name}`,
      kind: 'resourceGroup',
      displayName: there?.displayName ?? name,
      parent,
      ...wantedOf(call, there, name),
    },
  };
  const { scope } = await submit(arm, call, command);
  return { status: there ? 200 : 201, body: view(made(scope, 'scope')) };
}

function wantedOf(call: Call, there: Scope | undefined, name: string): Pick<Scope, 'tags' | 'location'> {
  const body = bodyOf(call, 'InvalidRequestContent');
  const location = neededText(body, 'location').toLowerCase().replaceAll(' ', '');
  if (there?.location && there.location !== location) throw invalidLocation(name, there.location);
  return { location, tags: tagsIn(body) ?? {} };
}

const view = ({ path, location, tags }: Scope): unknown => ({
  id: path,
  name: path.split('/').at(-1),
  type: 'Microsoft.Resources/resourceGroups',
  location: location ?? 'global',
  tags,
  properties: { provisioningState: 'Succeeded' },
});
