import { armErrors, armRoutes } from '../../../src/arm/index.ts';
import type { Throttle } from '../../../src/arm/throttle.ts';
import { SYSTEM } from '../../../src/core/actor.ts';
import type { Command } from '../../../src/core/command.ts';
import type { PrincipalKind } from '../../../src/core/principal.ts';
import type { RoleDefinition } from '../../../src/core/role.ts';
import type { Scope } from '../../../src/core/scope.ts';
import {
  after,
  hours,
  type Instant,
  instant,
  minutes,
  parseDuration,
  principalId,
  roleKey,
  scheduleId,
  scopeKey,
} from '../../../src/core/values.ts';
import { builtinRoles } from '../../../src/engine/builtinRoles.ts';
import { type Engine, engine } from '../../../src/engine/engine.ts';
import type { Store } from '../../../src/engine/ports.ts';
import { rewriteTarget } from '../../../src/http/rewrite.ts';
import type { Answer, Call, Route } from '../../../src/http/route.ts';
import { planes } from '../../../src/planes/index.ts';
import { modelStore } from '../../sim/modelStore.ts';

export const TENANT = '7e000000-0000-4000-8000-000000000001';
export const SUB = '50000000-0000-4000-8000-000000000001';
export const SUB_PATH = `/subscriptions/${SUB}`;
export const RG = `${SUB_PATH}/resourceGroups/rg-Payments`;
export const OTHER_RG = `${SUB_PATH}/resourceGroups/rg-other`;
export const GROUP_PATH = '/providers/Microsoft.Management/managementGroups/platform';
export const ROOT_GROUP_PATH = `/providers/Microsoft.Management/managementGroups/${TENANT}`;
export const PROVIDER = '/providers/Microsoft.Authorization';
export const V = 'api-version=2020-10-01';
export const T0: Instant = instant(Date.UTC(2026, 2, 3, 8));

/** The people of the tenant, by their names. */
export const IDS = {
  omar: 'a0000000-0000-4000-8000-000000000001',
  ravi: 'a0000000-0000-4000-8000-000000000002',
  anika: 'a0000000-0000-4000-8000-000000000003',
  mina: 'a0000000-0000-4000-8000-000000000004',
  bot: 'a0000000-0000-4000-8000-000000000005',
  oncall: 'a0000000-0000-4000-8000-000000000006',
} as const;
export type Person = Exclude<keyof typeof IDS, 'oncall'>;
const KINDS: { readonly [N in keyof typeof IDS]: PrincipalKind } = {
  omar: 'person',
  ravi: 'person',
  anika: 'person',
  mina: 'person',
  bot: 'workload',
  oncall: 'group',
};

export const ROLES = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  /** Can be given in the other resource group only. */
  local: '10ca1000-0000-4000-8000-000000000001',
} as const;
export const roleId = (role: keyof typeof ROLES): string =>
  `${SUB_PATH}${PROVIDER}/roleDefinitions/${ROLES[role]}`;

const LOCAL: RoleDefinition = {
  key: roleKey(ROLES.local),
  name: 'Local',
  description: '',
  builtIn: false,
  permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
  assignableScopes: [OTHER_RG],
};

interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is asserted, not typed
  readonly body: any;
}

/** A tenant in memory behind the handlers of the wire: everything but HTTP is the real thing. */
export interface ArmTenant {
  readonly engine: Engine;
  readonly store: Store;
  /** One call, by a person with a second factor unless told otherwise. */
  call(
    who: Person,
    method: Call['method'],
    target: string,
    body?: unknown,
    proof?: { mfa?: boolean },
  ): Promise<Told>;
  submit(command: Command): Promise<void>;
  /** Moves time by an ISO 8601 duration and lets the tick speak. */
  pass(duration: string): Promise<void>;
  now(): Instant;
}

let names = 0;
/** A GUID nobody used. */
export const fresh = (): string => `f0000000-0000-4000-8000-${(++names).toString(16).padStart(12, '0')}`;

export async function armTenant(
  given: { profile?: 'friendly' | 'strict'; removalFloor?: string; throttle?: Throttle } = {},
): Promise<ArmTenant> {
  let now = T0;
  const store = modelStore();
  const here = await engine({
    store,
    clock: { now: () => now },
    ids: { guid: fresh },
    facts: {
      planes: planes({ activationFloor: minutes(5), groupCeiling: hours(24) }),
      role: (plane, key) =>
        plane === 'azure'
          ? key === LOCAL.key
            ? LOCAL
            : builtinRoles().get(key)
          : { ...LOCAL, key, assignableScopes: ['/'] },
      settings: { removalFloor: lengthOf(given.removalFloor ?? 'PT0S') },
    },
  });
  const submit = async (command: Command) => {
    const outcome = await here.submit(command, fresh());
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals));
  };
  await populate(submit);
  const routes = armRoutes({
    engine: here,
    tenant: { id: TENANT, displayName: 'Example', domain: 'example.com' },
    profile: given.profile ?? 'friendly',
    ...(given.throttle ? { throttle: given.throttle } : {}),
  });
  return {
    engine: here,
    store,
    submit,
    now: () => now,
    call: (who, method, target, body, proof) =>
      ask(here, routes, { who, method, target, body, mfa: proof?.mfa ?? true }),
    pass: async (length) => {
      now = after(now, lengthOf(length));
      await here.tick();
    },
  };
}

function lengthOf(text: string) {
  const parsed = parseDuration(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed.length;
}

async function populate(submit: (command: Command) => Promise<void>): Promise<void> {
  const actor = SYSTEM;
  const put = (path: string, kind: Scope['kind'], parent: string | null) =>
    submit({
      type: 'putScope',
      actor,
      plane: 'azure',
      scope: {
        key: scopeKey(path.toLowerCase()),
        path,
        kind,
        displayName: path === '/' ? 'Tenant' : (path.split('/').at(-1) ?? ''),
        parent: parent === null ? null : scopeKey(parent.toLowerCase()),
        tags: {},
        location: kind === 'resourceGroup' ? 'westeurope' : null,
      },
    });
  await put('/', 'tenant', null);
  await put(ROOT_GROUP_PATH, 'managementGroup', '/');
  await put(GROUP_PATH, 'managementGroup', ROOT_GROUP_PATH);
  await put(SUB_PATH, 'subscription', GROUP_PATH);
  await put(RG, 'resourceGroup', SUB_PATH);
  await put(OTHER_RG, 'resourceGroup', SUB_PATH);
  for (const [name, id] of Object.entries(IDS)) {
    const kind = KINDS[name as keyof typeof IDS];
    await submit({
      type: 'putPrincipal',
      actor,
      principal: {
        id: principalId(id),
        kind,
        displayName: name,
        upn: kind === 'person' ? `${name}@example.com` : null,
        mail: null,
        appId: kind === 'workload' ? id : null,
        enabled: true,
        roleAssignable: false,
        about: {},
      },
    });
  }
  const grant = (principal: string, plane: 'azure' | 'groups', role: string, scope: string) =>
    submit({
      type: 'grant',
      actor,
      schedule: scheduleId(fresh()),
      holding: {
        plane,
        role: roleKey(role),
        scope: scopeKey(scope.toLowerCase()),
        principal: principalId(principal),
      },
      principalKind: null,
      note: null,
      condition: null,
    });
  await grant(IDS.omar, 'azure', ROLES.owner, '/');
  await grant(IDS.ravi, 'groups', 'member', IDS.oncall);
}

interface Asking {
  readonly who: Person;
  readonly method: Call['method'];
  readonly target: string;
  readonly body: unknown;
  readonly mfa: boolean;
}

// The server around the handlers writes down what they refuse, unless it is written already.
async function ask(
  here: Engine,
  routes: readonly Route[],
  { who, method, target, body, mfa }: Asking,
): Promise<Told> {
  const [correlation, origin] = [fresh(), 'https://localhost:8443'];
  const id = principalId(IDS[who]);
  const kind = KINDS[who] === 'workload' ? 'workload' : 'person';
  const caller = { actor: { id, kind, mfa, contexts: [] }, name: who, appId: 'app' } as const;
  try {
    const { route, params, scope, query } = routed(routes, method, target);
    return told(
      await route.handle({ caller, method, params, query, scope, body, origin, target, correlation }),
    );
  } catch (error) {
    const reason = armErrors.reason(error);
    if (!reason) throw error;
    if (!armErrors.recorded(error)) await here.refused(id, method, [reason], correlation);
    return told(armErrors.answer(error, { correlation, origin }));
  }
}

// As it would go over the wire: what JSON cannot say is gone.
const told = ({ status, headers = {}, body }: Answer): Told => ({
  status,
  headers,
  body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)),
});

function routed(routes: readonly Route[], method: string, target: string) {
  const rewritten = rewriteTarget(encodeURI(target).replaceAll('%25', '%'));
  if ('refused' in rewritten) throw armErrors.make.badTarget(rewritten.refused);
  const url = new URL(rewritten.url, 'https://localhost');
  const asked = url.pathname
    .split('/')
    .filter((s) => s !== '')
    .map(decodeURIComponent);
  const query = new Map([...url.searchParams].map(([k, v]) => [k.toLowerCase(), v]));
  for (const route of routes.filter((r) => r.method === method)) {
    const params = match(route.path, asked);
    if (params) return { route, params, query, scope: rewritten.scope };
  }
  throw armErrors.make.notFound(target);
}

function match(path: string, asked: readonly string[]): Record<string, string> | null {
  const own = path.split('/').filter((s) => s !== '');
  const params: Record<string, string> = {};
  for (const [i, segment] of own.entries()) {
    if (segment === '*') return { ...params, '*': asked.slice(i).join('/') };
    const has = asked[i];
    if (has === undefined) return null;
    if (segment.startsWith(':')) params[segment.slice(1)] = has;
    else if (segment.toLowerCase() !== has.toLowerCase()) return null;
  }
  return own.length === asked.length ? params : null;
}
