import type { Scope } from '../core/scope.ts';
import type { ScopeKey } from '../core/values.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { assertSomeApiVersion } from './apiVersions.ts';
import { type Arm, mayNot } from './asked.ts';
import { listAnswer, pageOfAll } from './paging.ts';
import { placeOf } from './place.ts';
import { sightOf } from './sight.ts';
import { made } from './submit.ts';

const ALL = '/providers/Microsoft.Management/managementGroups';

export const managementGroupRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: ALL,
    operation: 'managementGroups.list',
    summary: 'The management groups above or below something that concerns the caller.',
    authorization: 'signedIn',
    handle: (call) => list(arm, call),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: `${ALL}/:name`,
    operation: 'managementGroups.get',
    summary: 'One management group; $expand=children shows what is in it, $recurse=true all the way down.',
    authorization:
      'needs to hold, to be able to activate or to have to decide something at, above or below it',
    handle: (call) => get(arm, call),
  },
];

const TYPE = 'Microsoft.Management/managementGroups';
const nameOf = ({ path }: Scope): string => path.split('/').at(-1) ?? '';

async function list(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const seen = await sightOf(arm, call);
  const groups = [...arm.engine.access.scopes()].filter((s) => s.kind === 'managementGroup' && seen(s.key));
  const { rows, next } = pageOfAll(call, groups, (s) => s.key);
  return listAnswer(
    call,
    rows.map((s) => ({ ...head(s), properties: { tenantId: arm.tenant.id, displayName: s.displayName } })),
    next,
  );
}

const head = (s: Scope) => ({ id: s.path, type: TYPE, name: nameOf(s) });

async function get(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { key } = placeOf(arm.engine, `${ALL}/${call.params['name'] ?? ''}`);
  const seen = await sightOf(arm, call);
  if (!seen(key)) throw mayNot({ ...arm, call }, `${TYPE}/read`, key);
  const group = made(arm.engine.access.scope(key) ?? null, 'scope');
  const deep = call.query.get('$recurse')?.toLowerCase() === 'true';
  const expand = deep || call.query.get('$expand')?.toLowerCase() === 'children';
  const properties = {
    tenantId: arm.tenant.id,
    displayName: group.displayName,
    details: { version: group.version, ...parentOf(arm, group) },
    ...(expand ? { children: childrenOf(arm, key, deep, seen) } : {}),
  };
  return { status: 200, body: { ...head(group), properties } };
}

// The group at the top hangs on the tenant itself, which is no management group.
function parentOf({ engine }: Arm, { parent }: Scope): object {
  const above = parent === null ? undefined : engine.access.scope(parent);
  if (above?.kind !== 'managementGroup') return {};
  return { parent: { id: above.path, name: nameOf(above), displayName: above.displayName } };
}

function childrenOf(
  arm: Arm,
  key: ScopeKey,
  deep: boolean,
  seen: (key: ScopeKey) => boolean,
): readonly unknown[] {
  const children = [...arm.engine.access.scopes()].filter((s) => s.parent === key && seen(s.key));
  return children.map((s) => ({
    id: s.path,
    type: s.kind === 'subscription' ? '/subscriptions' : TYPE,
    name: nameOf(s),
    displayName: s.displayName,
    ...(deep && s.kind === 'managementGroup' ? { children: childrenOf(arm, s.key, deep, seen) } : {}),
  }));
}
