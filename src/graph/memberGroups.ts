import { Type } from 'typebox';
import type { PrincipalId } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import type { Call } from '../http/route.ts';
import { textsOf } from './body.ts';
import { idOf } from './directoryObjects.ts';
import type { Endpoint } from './endpoint.ts';
import { collection } from './envelope.ts';
import { badRequest, objectNotFound } from './failure.ts';
import { principalOf, TYPES } from './principals.ts';

const ASKED_MAX = 20;
const SET = 'Collection(Edm.String)';
type Named = (call: Call) => Promise<PrincipalId>;

/** Which groups somebody is in now, also through other groups. What one may activate does not count. */
export const memberGroupEndpoints = (engine: Engine): readonly Endpoint[] =>
  ways(engine).flatMap(([path, operation, named]) => [
    {
      method: 'POST',
      path: `${path}/getMemberGroups`,
      operation: `${operation}.getMemberGroups`,
      summary: 'The ids of all groups it is a member of now',
      body: Type.Object({ securityEnabledOnly: Type.Optional(Type.Boolean()) }),
      handle: async (call, version) =>
        collection(call, version, { set: SET }, { value: [...engine.groupsOf(await named(call))].sort() }),
    },
    {
      method: 'POST',
      path: `${path}/checkMemberGroups`,
      operation: `${operation}.checkMemberGroups`,
      summary: 'Which of up to 20 groups it is a member of now',
      body: Type.Object({ groupIds: Type.Array(Type.String(), { maxItems: ASKED_MAX }) }),
      handle: async (call, version) => {
        const asked = groupIdsOf(call.body);
        const groups = engine.groupsOf(await named(call));
        return collection(call, version, { set: SET }, { value: asked.filter((id) => groups.has(id)) });
      },
    },
  ]);

const ways = (engine: Engine): readonly (readonly [path: string, operation: string, named: Named])[] => [
  ['/me', 'me', async ({ caller }) => caller.actor.id],
  ['/directoryObjects/:id', 'directoryObjects', async (call) => anyOf(engine, call.params['id'] ?? '')],
  ...TYPES.map((type): readonly [string, string, Named] => [
    `/${type.set}/:id`,
    type.set,
    async (call) => (await principalOf(engine, type, call.params['id'] ?? '')).id,
  ]),
];

function anyOf(engine: Engine, key: string): PrincipalId {
  const found = engine.access.principal(idOf(key));
  if (!found) throw objectNotFound(key);
  return found.id;
}

function groupIdsOf(body: unknown): readonly PrincipalId[] {
  const ids = textsOf(body, 'groupIds');
  if (ids === null || ids.length === 0 || ids.length > ASKED_MAX) {
    throw badRequest(`The property 'groupIds' must be a list of 1 to ${ASKED_MAX} object ids.`);
  }
  return ids.map(idOf);
}
