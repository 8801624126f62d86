import type { TagScope } from '../core/command.ts';
import type { Scope } from '../core/scope.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { assertSomeApiVersion } from './apiVersions.ts';
import { type Arm, mayDo, mayNot, PLANE } from './asked.ts';
import { badValue, bodyOf, propertiesOf, word } from './bag.ts';
import { placeOf } from './place.ts';
import { resourceNotFound } from './problems.ts';
import { made, submit } from './submit.ts';
import { tagsIn } from './tagsIn.ts';

const READ = 'Microsoft.Resources/tags/read';
const WRITE = 'needs Microsoft.Resources/tags/write';

type Operation = TagScope['operation'];

/** The tags of a scope, as one resource of their own: {scope}/providers/Microsoft.Resources/tags/default. */
export const tagRoutes = (arm: Arm): readonly Route[] => {
  const route = (
    method: Route['method'],
    operation: string,
    summary: string,
    handle: Route['handle'],
  ): Route => ({
    wire: 'arm',
    method,
    path: '/~tags',
    operation: `tags.${operation}`,
    summary,
    authorization: method === 'GET' ? `needs ${READ}` : WRITE,
    handle,
  });
  return [
    route('GET', 'get', 'The tags of a scope.', (call) => get(arm, call)),
    route('PUT', 'create', 'Gives a scope these tags and no others.', (call) => put(arm, call)),
    route('PATCH', 'update', 'Merges tags into those of a scope, replaces them, or deletes some.', (call) =>
      patch(arm, call),
    ),
    route('DELETE', 'delete', 'Takes all tags from a scope.', (call) => remove(arm, call)),
  ];
};

// A resource nobody named is a scope to give roles at, but there is nothing to tag.
function taggedAt(arm: Arm, call: Call): Scope {
  assertSomeApiVersion(call);
  const { key, path } = placeOf(arm.engine, call.scope);
  const scope = arm.engine.access.scope(key);
  if (!scope) throw resourceNotFound(path);
  return scope;
}

async function get(arm: Arm, call: Call): Promise<Answer> {
  const scope = taggedAt(arm, call);
  if (!mayDo({ ...arm, call }, READ, scope.key)) throw mayNot({ ...arm, call }, READ, scope.key);
  return { status: 200, body: view(scope) };
}

async function put(arm: Arm, call: Call): Promise<Answer> {
  return change(arm, call, 'replace', tagsOf(call));
}

const OPERATIONS: { readonly [word: string]: Operation } = {
  Merge: 'merge',
  Replace: 'replace',
  Delete: 'delete',
};

async function patch(arm: Arm, call: Call): Promise<Answer> {
  const body = bodyOf(call, 'InvalidRequestContent');
  const operation = word(body, 'operation', OPERATIONS);
  if (operation === null) throw badValue(body, "'operation' is required: Merge, Replace or Delete.");
  return change(arm, call, operation, tagsOf(call));
}

function tagsOf(call: Call): Scope['tags'] {
  const properties = propertiesOf(call, 'InvalidRequestContent');
  const tags = tagsIn(properties);
  if (tags === null)
    throw badValue(properties, "'properties.tags' is required: an object of names and values.");
  return tags;
}

async function remove(arm: Arm, call: Call): Promise<Answer> {
  await change(arm, call, 'replace', {});
  return { status: 200 };
}

async function change(arm: Arm, call: Call, operation: Operation, tags: Scope['tags']): Promise<Answer> {
  const { key } = taggedAt(arm, call);
  const command = {
    type: 'tagScope',
    actor: call.caller.actor,
    plane: PLANE,
    scope: key,
    operation,
    tags,
  } as const;
  const { scope } = await submit(arm, call, command);
  return { status: 200, body: view(made(scope, 'scope')) };
}

const view = ({ path, tags }: Scope): unknown => ({
  id: `${path}/providers/Microsoft.Resources/tags/default`,
  name: 'default',
  type: 'Microsoft.Resources/tags',
  properties: { tags },
});
