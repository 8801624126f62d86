import type { Scope } from '../core/scope.ts';
import type { ScopeKey } from '../core/values.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { assertSomeApiVersion } from './apiVersions.ts';
import { type Arm, mayNot } from './asked.ts';
import { listAnswer, pageOfAll } from './paging.ts';
import { placeOf } from './place.ts';
import { sightOf } from './sight.ts';
import { made } from './submit.ts';

export const GROUPS = '/providers/Microsoft.Management/managementGroups';

export const managementGroupRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: GROUPS,
    operation: 'managementGroups.list',
    summary: 'The management groups above or below something that concerns the caller.',
    authorization: 'signedIn',
    handle: (call) => list(arm, call),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: `${GROUPS}/:name`,
    operation: 'managementGroups.get',
    summary: 'One management group; $expand=children shows what is in it, $recurse=true all the way down.',
    authorization:
      'needs to hold, to be able to activate or to have to decide something at, above or below it',
    handle: (call) => get(arm, call),
  },
];

const TYPE = 'Microsoft.Management/managementGroups';
export const nameOf = ({ path }: Scope): string => path.split('/').at(-1) ?? '';

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
  const { group, seen } = await groupSeen(arm, call);
  const deep = call.query.get('$recurse')?.toLowerCase() === 'true';
  const expand = deep || call.query.get('$expand')?.toLowerCase() === 'children';
  const view = groupView(arm, group);
  const properties = {
    ...view.properties,
    ...(expand ? { children: childrenOf(arm, group.key, deep, seen) } : {}),
  };
  return { status: 200, body: { ...view, properties } };
}

/** The management group of a path, if the caller is shown it, and what else they are shown. */
export async function groupSeen(arm: Arm, call: Call) {
  const { key } = placeOf(arm.engine, `${GROUPS}/${call.params['name'] ?? ''}`);
  const seen = await sightOf(arm, call);
  if (!seen(key)) throw mayNot({ ...arm, call }, `${TYPE}/read`, key);
  return { group: made(arm.engine.access.scope(key) ?? null, 'scope'), seen };
}

/** A management group as answers show it. */
export const groupView = (arm: Arm, group: Scope) => ({
  ...head(group),
  properties: {
    tenantId: arm.tenant.id,
    displayName: group.displayName,
    details: { version: group.version, ...parentOf(arm, group) },
  },
});

// The group at the top hangs on the tenant itself, which is no management group.
function parentOf({ engine }: Arm, { parent }: Scope): object {
  const above = parent === null ? undefined : engine.access.scope(parent);
  if (above?.kind !== 'managementGroup') return {};
  return { parent: { id: above.path, name: nameOf(above), displayName: above.displayName } };
}

/** What a child of a management group is called. */
export const typeWord = (s: Scope): string => (s.kind === 'subscription' ? '/subscriptions' : TYPE);

function childrenOf(
  arm: Arm,
  key: ScopeKey,
  deep: boolean,
  seen: (key: ScopeKey) => boolean,
): readonly unknown[] {
  const children = [...arm.engine.access.scopes()].filter((s) => s.parent === key && seen(s.key));
  return children.map((s) => ({
    id: s.path,
    type: typeWord(s),
    name: nameOf(s),
    displayName: s.displayName,
    ...(deep && s.kind === 'managementGroup' ? { children: childrenOf(arm, s.key, deep, seen) } : {}),
  }));
}
