import { Type } from 'typebox';
import { parseGuid, principalId } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import { textsOf } from './body.ts';
import type { Endpoint } from './endpoint.ts';
import { selected, typedView } from './entityType.ts';
import { collection, entity } from './envelope.ts';
import { badRequest, invalidIdentifier, objectNotFound } from './failure.ts';
import { entitySelect } from './options.ts';
import { TYPES, typeOf } from './principals.ts';

const IDS_MAX = 1_000;
const SET = 'directoryObjects';

/** Objects of any type by their ids: how az learns the names and types behind the ids ARM gives it. */
export const directoryObjectEndpoints = (engine: Engine): readonly Endpoint[] => [
  {
    method: 'GET',
    path: '/directoryObjects/:id',
    operation: 'directoryObjects.get',
    summary: 'A user, group or service principal by its id',
    handle: async (call, version) => {
      const key = call.params['id'] ?? '';
      const found = engine.access.principal(idOf(key));
      if (!found) throw objectNotFound(key);
      const type = typeOf(found);
      const names = selected(type, entitySelect(call));
      return entity(call, version, { set: SET, select: names }, typedView(type, found, names));
    },
  },
  {
    method: 'POST',
    path: '/directoryObjects/getByIds',
    operation: 'directoryObjects.getByIds',
    summary: 'Those of up to 1,000 ids that are in the directory, each with its type',
    body: Type.Object({
      ids: Type.Array(Type.String(), { maxItems: IDS_MAX }),
      types: Type.Optional(Type.Array(Type.String())),
    }),
    handle: async (call, version) => {
      const ids = idsOf(call.body);
      const kinds = kindsOf(call.body);
      const found = ids.map((id) => engine.access.principal(id)).filter((p) => p !== undefined);
      const value = found.filter((p) => kinds.has(p.kind)).map((p) => typedView(typeOf(p), p));
      return collection(call, version, { set: SET }, { value });
    },
  },
];

/** The object id a path or body gives. */
export function idOf(text: string) {
  const id = parseGuid(text);
  if (id === null) throw invalidIdentifier(text);
  return principalId(id);
}

function idsOf(body: unknown) {
  const ids = textsOf(body, 'ids');
  if (ids === null || ids.length === 0 || ids.length > IDS_MAX) {
    throw badRequest(`The property 'ids' must be a list of 1 to ${IDS_MAX} object ids.`);
  }
  return [...new Set(ids.map(idOf))];
}

// A type that nothing here has (device, application, directoryObjectPartnerReference) is understood and matches nothing.
function kindsOf(body: unknown): ReadonlySet<string> {
  const asked = textsOf(body, 'types')?.map((t) => t.toLowerCase()) ?? [];
  const every = asked.length === 0 || asked.includes('directoryobject');
  return new Set(TYPES.filter((t) => every || asked.includes(t.name.toLowerCase())).map((t) => t.kind));
}
