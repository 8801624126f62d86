import type { Scope } from '../core/scope.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { assertSomeApiVersion } from './apiVersions.ts';
import type { Arm } from './asked.ts';
import { mayNot } from './asked.ts';
import { listAnswer, pageOfAll } from './paging.ts';
import { placeOf } from './place.ts';
import { sightOf } from './sight.ts';

export const subscriptionRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: '/subscriptions',
    operation: 'subscriptions.list',
    summary: 'The subscriptions in which the caller holds, may activate or has to decide something.',
    authorization: 'signedIn',
    handle: (call) => list(arm, call),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: '/subscriptions/:subscription',
    operation: 'subscriptions.get',
    summary: 'One subscription.',
    authorization:
      'needs to hold, to be able to activate or to have to decide something in it, above or below it',
    handle: (call) => get(arm, call),
  },
];

async function list(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const seen = await sightOf(arm, call);
  const rows = [...arm.engine.access.scopes()].filter((s) => s.kind === 'subscription' && seen(s.key));
  const page = pageOfAll(call, rows, (s) => s.key);
  const shown = page.rows.map((s) => view(arm, s));
  const { body, ...answer } = listAnswer(call, shown, page.next);
  return { ...answer, body: { ...(body as object), count: { type: 'Total', value: rows.length } } };
}

async function get(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const scope = await subscriptionIn(arm, call);
  return { status: 200, body: view(arm, scope) };
}

/** The subscription of a path, if the caller is shown it. */
export async function subscriptionIn(arm: Arm, call: Call): Promise<Scope> {
  const { key } = placeOf(arm.engine, `/subscriptions/${call.params['subscription'] ?? ''}`);
  const scope = arm.engine.access.scope(key);
  if (!scope) throw new Error('bug: a subscription that is there is not');
  const seen = await sightOf(arm, call);
  if (!seen(key)) throw mayNot({ ...arm, call }, 'Microsoft.Resources/subscriptions/read', key);
  return scope;
}

function view({ tenant }: Arm, { path, displayName, tags }: Scope): unknown {
  const subscriptionId = path.split('/').at(-1) ?? '';
  return {
    id: path,
    subscriptionId,
    tenantId: tenant.id,
    displayName,
    state: 'Enabled',
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    tags,
    subscriptionPolicies: {
      locationPlacementId: 'Internal_2014-09-01',
      quotaId: 'Internal_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}
