import type { Principal } from '../core/principal.ts';
import { parseGuid, principalId } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import type { PrincipalQuestion } from '../engine/ports.ts';
import type { Answer, Call } from '../http/route.ts';
import type { Endpoint } from './endpoint.ts';
import type { EntityType } from './entityType.ts';
import { selected, view } from './entityType.ts';
import type { Version } from './envelope.ts';
import { collection, entity } from './envelope.ts';
import { invalidIdentifier, objectNotFound } from './failure.ts';
import { GROUP } from './group.ts';
import { entitySelect, listOptions } from './options.ts';
import { askedBy } from './principalFilter.ts';
import { SERVICE_PRINCIPAL } from './servicePrincipal.ts';
import { withSkipToken } from './target.ts';
import { USER } from './user.ts';

/** The types a principal of this directory can have. */
export const TYPES: readonly EntityType[] = [USER, GROUP, SERVICE_PRINCIPAL];

export const typeOf = ({ kind }: Principal): EntityType => {
  const type = TYPES.find((t) => t.kind === kind);
  if (!type) throw new Error(`bug: no type for a ${kind}`);
  return type;
};

/** The collection of one type and its members by id. */
export const principalEndpoints = (engine: Engine, type: EntityType): readonly Endpoint[] => [
  {
    method: 'GET',
    path: `/${type.set}`,
    operation: `${type.set}.list`,
    summary: `The ${type.set} of the directory, a page at a time`,
    handle: (call, version) => list(engine, type, call, version),
  },
  {
    method: 'GET',
    path: `/${type.set}/:id`,
    operation: `${type.set}.get`,
    summary: `One of the ${type.set} by its id${type.kind === 'person' ? ' or userPrincipalName' : ''}`,
    handle: async (call, version) => {
      const names = selected(type, entitySelect(call));
      const found = await principalOf(engine, type, call.params['id'] ?? '');
      return entity(call, version, { set: type.set, select: names }, view(type, found, names));
    },
  },
];

/** The principal a path names; people may be named by their userPrincipalName too. */
export async function principalOf(engine: Engine, type: EntityType, key: string): Promise<Principal> {
  const id = parseGuid(key);
  if (id === null && type.kind !== 'person') throw invalidIdentifier(key);
  const found = id === null ? await byUpn(engine, key) : engine.access.principal(principalId(id));
  if (found?.kind !== type.kind) throw objectNotFound(key);
  return found;
}

async function byUpn(engine: Engine, upn: string): Promise<Principal | undefined> {
  const page = await engine.store.principals({
    kinds: ['person'],
    is: { field: 'upn', value: upn },
    limit: 1,
  });
  return page.rows[0];
}

async function list(engine: Engine, type: EntityType, call: Call, version: Version): Promise<Answer> {
  const { filter, select, limit, count, after } = listOptions(call);
  const names = selected(type, select);
  const asked = askedBy(type, filter);
  const context = { set: type.set, select: names };
  if (asked === 'nothing') return collection(call, version, context, { value: [], count: count ? 0 : null });
  const question = { kinds: [type.kind], ...asked };
  const page = await engine.store.principals({ ...question, limit, after });
  return collection(call, version, context, {
    value: page.rows.map((p) => view(type, p, names)),
    count: count ? await total(engine, question) : null,
    nextLink: page.next === null ? null : `${call.origin}${withSkipToken(call.target, page.next)}`,
  });
}

const COUNTED_AT_ONCE = 999;
async function total(engine: Engine, question: Omit<PrincipalQuestion, 'limit' | 'after'>): Promise<number> {
  let count = 0;
  let after: string | null = null;
  do {
    const page = await engine.store.principals({ ...question, limit: COUNTED_AT_ONCE, after });
    count += page.rows.length;
    after = page.next;
  } while (after !== null);
  return count;
}
