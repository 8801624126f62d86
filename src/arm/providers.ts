import { builtinRoles } from '../engine/builtinRoles.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { API_VERSIONS, assertSomeApiVersion } from './apiVersions.ts';
import { type Arm, mayDo, mayNot } from './asked.ts';
import { listAnswer, pageOfAll } from './paging.ts';
import { unknownNamespace } from './problems.ts';
import { subscriptionIn } from './subscriptions.ts';

const ALL = '/subscriptions/:subscription/providers';
const SEEN = 'needs to hold, to be able to activate or to have to decide something in it, above or below it';
const REGISTER = 'needs {namespace}/register/action';

/** The namespaces that built-in roles speak of. Nothing has to be registered here, so all of them are. */
export const providerRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: ALL,
    operation: 'providers.list',
    summary: 'The resource providers of a subscription.',
    authorization: SEEN,
    handle: (call) => list(arm, call),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: `${ALL}/:namespace`,
    operation: 'providers.get',
    summary: 'One resource provider.',
    authorization: SEEN,
    handle: (call) => get(arm, call),
  },
  {
    wire: 'arm',
    method: 'POST',
    path: `${ALL}/:namespace/register`,
    operation: 'providers.register',
    summary: 'Says that a resource provider is registered, as all are.',
    authorization: REGISTER,
    handle: (call) => register(arm, call),
  },
  {
    wire: 'arm',
    method: 'POST',
    // Whatever follows /providers/Microsoft.Authorization/ is cut off with its scope: here the subscription.
    path: '/~arm/register',
    operation: 'providers.registerAuthorization',
    summary: 'The same for Microsoft.Authorization.',
    authorization: REGISTER,
    handle: (call) => register(arm, authorizationCall(call)),
  },
];

const namespaces = new Map<string, string>();

/** The namespaces there are, by their names in lower case. Read out of the roles at the first call. */
function known(): ReadonlyMap<string, string> {
  if (namespaces.size > 0) return namespaces;
  for (const { permissions } of builtinRoles().values()) {
    for (const action of permissions.flatMap((p) => [...p.actions, ...p.dataActions])) {
      const [name = ''] = action.split('/');
      if (/^[a-z][a-z0-9.]+$/i.test(name) && !namespaces.has(name.toLowerCase()))
        namespaces.set(name.toLowerCase(), name);
    }
  }
  return namespaces;
}

async function list(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { path } = await subscriptionIn(arm, call);
  const { rows, next } = pageOfAll(call, [...known().values()], (name) => name);
  return listAnswer(
    call,
    rows.map((name) => view(path, name)),
    next,
  );
}

async function get(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { path } = await subscriptionIn(arm, call);
  return { status: 200, body: view(path, namespaceIn(call)) };
}

function namespaceIn({ params }: Call): string {
  const asked = params['namespace'] ?? '';
  const found = known().get(asked.toLowerCase());
  if (found === undefined) throw unknownNamespace(asked);
  return found;
}

async function register(arm: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { path, key } = await subscriptionIn(arm, call);
  const namespace = namespaceIn(call);
  const action = `${namespace}/register/action`;
  if (!mayDo({ ...arm, call }, action, key)) throw mayNot({ ...arm, call }, action, key);
  return { status: 200, body: view(path, namespace) };
}

function authorizationCall(call: Call): Call {
  const subscription = /\/subscriptions\/([^/]+)$/i.exec(call.scope ?? '')?.[1] ?? '';
  return { ...call, params: { subscription, namespace: 'Microsoft.Authorization' } };
}

const view = (subscription: string, namespace: string): unknown => ({
  id: `${subscription}/providers/${namespace}`,
  namespace,
  registrationPolicy: 'RegistrationFree',
  registrationState: 'Registered',
  resourceTypes: namespace === 'Microsoft.Authorization' ? TYPES : [],
});

const TYPES = Object.entries(API_VERSIONS).map(([resourceType, apiVersions]) => ({
  resourceType,
  locations: [],
  apiVersions,
}));
