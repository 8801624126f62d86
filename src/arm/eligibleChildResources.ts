import { live } from '../core/schedule.ts';
import type { ScopeKey } from '../core/values.ts';
import type { Answer, Route } from '../http/route.ts';
import { type Arm, type Asked, atScope, PLANE, selves } from './asked.ts';
import { readFilter } from './filter.ts';
import { listAnswer, pageOfAll } from './paging.ts';
import { containersOf, labelOf } from './place.ts';

const TYPE = 'eligibleChildResources';

export const eligibleChildResourceRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.list`,
    summary:
      'The scopes directly in a scope where the caller may activate something; all below it with $getAllChildren=true.',
    authorization: 'signedIn',
    handle: atScope(arm, TYPE, list),
  },
];

async function list(asked: Asked): Promise<Answer> {
  const { engine, call, place } = asked;
  const types = readFilter(call.query.get('$filter'), ['resourceType']).resourceType;
  const deep = call.query.get('$getallchildren')?.toLowerCase() === 'true';
  const mine = eligibleScopes(asked);
  const found = [...new Set([...[...engine.access.scopes()].map((s) => s.key), ...mine])].filter(
    (key) => isIn(asked, key, deep) && containersOf(engine, key).some((above) => mine.has(above)),
  );
  const labels = found.map((key) => ({ key, ...labelOf(engine, key, place) }));
  const wanted = labels.filter(({ type }) => types?.includes(type.toLowerCase()) ?? true);
  const { rows, next } = pageOfAll(call, wanted, (row) => row.key);
  const value = rows.map(({ id, displayName, type }) => ({ id, name: displayName, type }));
  return listAnswer(call, value, next);
}

function eligibleScopes({ engine, call }: Asked): ReadonlySet<ScopeKey> {
  const now = engine.now();
  const held = selves({ engine, call }).flatMap((id) => [...engine.access.eligibilitiesOf(id)]);
  return new Set(held.filter((s) => s.plane === PLANE && live(s, now)).map((s) => s.scope));
}

// Directly in a scope is what has no scope between that somebody could be shown.
function isIn({ engine, place }: Asked, key: ScopeKey, deep: boolean): boolean {
  const above = containersOf(engine, key).filter((k) => k !== key);
  return deep
    ? above.includes(place.key)
    : above.find((k) => k === place.key || engine.access.scope(k)) === place.key;
}
