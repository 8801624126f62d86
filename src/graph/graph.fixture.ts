import type { Actor } from '../core/actor.ts';
import { SYSTEM } from '../core/actor.ts';
import type { Command } from '../core/command.ts';
import type { Facts } from '../core/facts.ts';
import type { Principal } from '../core/principal.ts';
import { days, instant, minutes, principalId, scheduleId, scopeKey } from '../core/values.ts';
import { settableClock } from '../engine/clock.ts';
import { engine } from '../engine/engine.ts';
import type { Store } from '../engine/ports.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { MEMBER } from '../planes/groups.ts';
import { planes } from '../planes/index.ts';
import { graphErrors } from './errors.ts';
import { graphRoutes } from './routes.ts';

export const TENANT = {
  id: '9a4c1e52-0d5b-4f0e-8d77-5f3d0c1b2a90',
  displayName: 'Meridian Health',
  domain: 'demo.example',
};
export const guid = (n: number) => principalId(`00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`);
export const [RAVI, ANIKA, TEAM, INNER, DEPLOYER] = [guid(1), guid(2), guid(10), guid(11), guid(20)];
export const APP_ID = 'aaaaaaaa-0000-4000-8000-00000000000a';

const principal = (p: Partial<Principal> & Pick<Principal, 'id' | 'kind' | 'displayName'>): Command => ({
  type: 'putPrincipal',
  actor: SYSTEM,
  principal: { upn: null, mail: null, appId: null, enabled: true, roleAssignable: false, about: {}, ...p },
});
const person = (id: Principal['id'], displayName: string, upn: string) =>
  principal({ id, kind: 'person', displayName, upn, mail: upn, about: { jobTitle: 'Engineer' } });
const membership = (n: number, member: Principal['id'], group: Principal['id']): Command => ({
  type: 'grant',
  actor: SYSTEM,
  schedule: scheduleId(guid(n)),
  holding: { plane: 'groups', role: MEMBER, scope: scopeKey(group), principal: member },
  principalKind: null,
  note: null,
  condition: null,
});
const DIRECTORY: readonly Command[] = [
  person(RAVI, 'Ravi Patel', 'Ravi.Patel@demo.example'),
  person(ANIKA, "Anika O'Hara", 'anika@demo.example'),
  ...Array.from({ length: 5 }, (_, i) => person(guid(0x100 + i), `Crowd ${i}`, `crowd${i}@demo.example`)),
  principal({ id: TEAM, kind: 'group', displayName: 'Payments Engineering', roleAssignable: true }),
  principal({ id: INNER, kind: 'group', displayName: 'Payments Contractors' }),
  principal({ id: DEPLOYER, kind: 'workload', displayName: 'payments-deployer', appId: APP_ID }),
  membership(50, INNER, TEAM),
  membership(51, RAVI, INNER),
];

const AS_RAVI: Actor = { id: RAVI, kind: 'person', mfa: false, contexts: [] };

/** The routes over a directory of a few people, groups and one application. */
export async function graphOver(store: Store, role: Facts['role']): Promise<readonly Route[]> {
  const facts = {
    planes: planes({ activationFloor: minutes(5), groupCeiling: days(1) }),
    role,
    settings: { removalFloor: minutes(0) },
  };
  let made = 0;
  const ids = { guid: () => guid(0x1000 + made++) };
  const clock = settableClock(instant(Date.UTC(2026, 10, 21)));
  const running = await engine({ store, clock, ids, facts });
  for (const command of DIRECTORY) {
    const outcome = await running.submit(command, ids.guid());
    if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusals)}`);
  }
  return graphRoutes({ engine: running, tenant: TENANT });
}

export interface Sent {
  readonly actor?: Actor;
  readonly body?: unknown;
  readonly origin?: string;
}
export const ORIGIN = 'https://localhost:8443';

export type Told = Answer & { readonly body: Record<string, unknown> };

/** The answer to one call, errors included, as the server around the routes would give it. */
export async function askOf(
  routes: readonly Route[],
  method: 'GET' | 'POST',
  target: string,
  sent: Sent = {},
): Promise<Told> {
  const { actor = AS_RAVI, body, origin = ORIGIN } = sent;
  const found = routes
    .map((route) => ({ route, params: paramsOf(route, method, target) }))
    .find(({ params }) => params !== null);
  if (!found?.params) throw new Error(`no route for ${method} ${target}`);
  const query = new Map(
    [...new URLSearchParams(target.split('?')[1] ?? '')].map(([k, v]) => [k.toLowerCase(), v]),
  );
  const caller = { actor, name: '', appId: '' };
  const call: Call = {
    caller,
    method,
    params: found.params,
    query,
    scope: null,
    body,
    origin,
    target,
    correlation: guid(9),
  };
  const answer = await found.route
    .handle(call)
    .catch((error: unknown) => graphErrors.answer(error, { correlation: guid(9), origin }));
  return answer as Told;
}

function paramsOf(route: Route, method: string, target: string): Record<string, string> | null {
  const [wanted, asked] = [route.path, target.split('?')[0] ?? ''].map((p) => p.split('/').slice(1));
  if (route.method !== method || wanted?.length !== asked?.length || !wanted || !asked) return null;
  const fits = wanted.every((s, i) => s.startsWith(':') || s.toLowerCase() === asked[i]?.toLowerCase());
  const named = wanted.flatMap((s, i) =>
    s.startsWith(':') ? [[s.slice(1), decodeURIComponent(asked[i] ?? '')]] : [],
  );
  return fits ? Object.fromEntries(named) : null;
}
export const values = (answer: Told) => answer.body['value'] as Record<string, unknown>[];
export const ids = (answer: Told) => values(answer).map((v) => v['id']);
export const filter = (set: string, text: string) => `/v1.0/${set}?$filter=${encodeURIComponent(text)}`;
