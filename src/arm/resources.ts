import type { Scope } from '../core/scope.ts';
import type { ScopeKey } from '../core/values.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { assertSomeApiVersion } from './apiVersions.ts';
import { type Arm, mayDo, mayNot, PLANE } from './asked.ts';
import { badValue, bodyOf, text } from './bag.ts';
import { labelOf, placeOf, resourceType, scopeOf } from './place.ts';
import { resourceNotFound } from './problems.ts';
import type { ArmScope } from './scope.ts';
import { sightOf } from './sight.ts';
import { made, submit } from './submit.ts';
import { tagsIn } from './tagsIn.ts';

const IN_GROUP = '/subscriptions/:subscription/resourceGroups/:group/providers/*';
const IN_SUBSCRIPTION = '/subscriptions/:subscription/providers/*';
const SEEN = 'needs to hold, to be able to activate or to have to decide something at, above or below it';

/** Resources of any type and depth, as named scopes: what was put is kept and shown, and does nothing. */
export const resourceRoutes = (arm: Arm): readonly Route[] =>
  [
    { path: IN_GROUP, where: '' },
    { path: IN_SUBSCRIPTION, where: 'InSubscription' },
  ].flatMap(({ path, where }): readonly Route[] => [
    {
      wire: 'arm',
      method: 'GET',
      path,
      operation: `resources.get${where}`,
      summary: 'One resource, as it was put.',
      authorization: SEEN,
      handle: (call) => get(arm, call),
    },
    {
      wire: 'arm',
      method: 'PUT',
      path,
      operation: `resources.create${where}`,
      summary: 'Names a resource, or writes over it.',
      authorization: 'needs {type}/write',
      handle: (call) => put(arm, call),
    },
    {
      wire: 'arm',
      method: 'DELETE',
      path,
      operation: `resources.delete${where}`,
      summary: 'Deletes a resource with all that is in it, held on it or asked for on it.',
      authorization: 'needs {type}/delete',
      handle: (call) => remove(arm, call),
    },
  ]);

const pathIn = ({ params: { subscription = '', group, '*': rest = '' } }: Call): string =>
  `/subscriptions/${subscription}${group === undefined ? '' : `/resourceGroups/${group}`}/providers/${rest}`;

async function get(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key, path } = placeOf(arm.engine, pathIn(call));
  const resource = arm.engine.access.scope(key);
  if (!resource) throw resourceNotFound(path);
  const seen = await sightOf(arm, call);
  if (!seen(key)) throw mayNot({ ...arm, call }, `${resourceType(path)}/read`, key);
  return { status: 200, body: view(arm, resource) };
}

async function put(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const scope = scopeOf(pathIn(call));
  const parent = holderOf(arm, scope);
  const there = arm.engine.access.scope(scope.key);
  const name = scope.segments.at(-1) ?? '';
  const { scope: written } = await submit(arm, call, {
    type: 'putScope',
    actor: call.caller.actor,
    plane: PLANE,
    scope: {
      key: scope.key,
      path: pathUnder(parent, scope),
      kind: 'resource',
      displayName: name,
      parent: parent.key,
      ...wantedOf(call),
    },
  });
  return { status: there ? 200 : 201, body: view(arm, made(written, 'scope')) };
}

// A resource hangs on its resource group, or on its subscription: those have to be there, a resource above it need not.
function holderOf(arm: Arm, { segments }: ArmScope): Scope {
  const depth = segments[2] === 'resourceGroups' ? 4 : 2;
  const { key } = placeOf(arm.engine, `/${segments.slice(0, depth).join('/')}`);
  return made(arm.engine.access.scope(key) ?? null, 'scope');
}

const pathUnder = (parent: Scope, { segments }: ArmScope): string =>
  [parent.path, ...segments.slice(parent.key.split('/').length - 1)].join('/');

// The log takes no longer text. (U7)
const BODY_BYTES_MAX = 65_535;
const OWN = ['id', 'name', 'type', 'tags', 'location'];

function wantedOf(call: Call): Pick<Scope, 'tags' | 'location' | 'body'> {
  const given = bodyOf(call, 'InvalidRequestContent');
  if (Buffer.byteLength(JSON.stringify(call.body)) > BODY_BYTES_MAX)
    throw badValue(given, `The body of a resource has at most ${BODY_BYTES_MAX} bytes.`);
  const kept = Object.entries(call.body as object).filter(([name]) => !OWN.includes(name.toLowerCase()));
  return { location: text(given, 'location'), tags: tagsIn(given) ?? {}, body: Object.fromEntries(kept) };
}

async function remove(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const scope = scopeOf(pathIn(call));
  holderOf(arm, scope);
  if (!arm.engine.access.scope(scope.key))
    return absent(arm, call, scope.key, `/${scope.segments.join('/')}`);
  await submit(arm, call, { type: 'deleteScope', actor: call.caller.actor, plane: PLANE, scope: scope.key });
  return { status: 200 };
}

// What is not there is gone already: 204, for those who could have deleted it.
function absent(arm: Arm, call: Call, key: ScopeKey, path: string): Answer {
  const action = `${resourceType(path)}/delete`;
  if (!mayDo({ ...arm, call }, action, key)) throw mayNot({ ...arm, call }, action, key);
  return { status: 204 };
}

function view({ engine }: Arm, { key, path, displayName, body, tags, location }: Scope): unknown {
  const { type } = labelOf(engine, key);
  return { ...body, id: path, name: displayName, type, ...(location === null ? {} : { location }), tags };
}
