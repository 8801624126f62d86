import { builtinRoles } from '../engine/builtinRoles.ts';
import type { Answer, Call, Route } from '../http/route.ts';
import { assertApiVersion } from './apiVersions.ts';
import { listAnswer } from './paging.ts';
import { invalidExpand, notAtThisScope, notFound } from './problems.ts';
import { resourceId, typeOf } from './resourceId.ts';

const TYPE = 'providerOperations';

/** The operations that can be written into a role, as far as the built-in roles name them. */
export const providerOperationRoutes = (): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.list`,
    summary: 'The operations the built-in roles name, by resource provider.',
    authorization: 'signedIn',
    handle: async (call) => list(call),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}/:name`,
    operation: `${TYPE}.get`,
    summary: 'The operations of one resource provider that the built-in roles name.',
    authorization: 'signedIn',
    handle: async (call) => get(call),
  },
];

function list(call: Call): Answer {
  const expanded = isExpanded(call);
  return listAnswer(
    call,
    [...providers().values()].map((p) => view(p, expanded)),
  );
}

function get(call: Call): Answer {
  const expanded = isExpanded(call);
  const name = call.params['name'] ?? '';
  const provider = providers().get(name.toLowerCase());
  if (!provider) throw notFound('providerOperations', name);
  return { status: 200, body: view(provider, expanded) };
}

function isExpanded(call: Call): boolean {
  assertApiVersion(call, TYPE);
  if ((call.scope ?? '/') !== '/') throw notAtThisScope(TYPE, `/providers/Microsoft.Authorization/${TYPE}`);
  const expand = call.query.get('$expand');
  if (expand === undefined || expand === '') return false;
  if (expand.toLowerCase() !== 'resourcetypes') throw invalidExpand(expand);
  return true;
}

interface Operation {
  readonly name: string;
  readonly isDataAction: boolean;
}
interface Provider {
  readonly name: string;
  /** Operations by the type they are on; those of the provider itself under ''. */
  readonly types: Map<string, Operation[]>;
}

let known: ReadonlyMap<string, Provider> | undefined;

/** All providers by their names in lower case, in the order of these. Computed at the first call. */
function providers(): ReadonlyMap<string, Provider> {
  known ??= grouped(operations());
  return known;
}

// Only what is named whole: a pattern says nothing about which operations there are.
function operations(): readonly Operation[] {
  const permissions = [...builtinRoles().values()].flatMap((r) => r.permissions);
  const named = (lists: readonly string[], isDataAction: boolean) =>
    lists.filter((name) => !name.includes('*')).map((name) => ({ name, isDataAction }));
  const all = permissions.flatMap((p) => [
    ...named([...p.actions, ...p.notActions], false),
    ...named([...p.dataActions, ...p.notDataActions], true),
  ]);
  return [...new Map(all.map((o) => [o.name.toLowerCase(), o])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, operation]) => operation);
}

function grouped(all: readonly Operation[]): ReadonlyMap<string, Provider> {
  const found = new Map<string, Provider>();
  for (const operation of all) {
    const [namespace = '', ...path] = operation.name.split('/');
    const provider = found.get(namespace.toLowerCase()) ?? { name: namespace, types: new Map() };
    found.set(namespace.toLowerCase(), provider);
    const type = typeIn(path);
    provider.types.set(type, [...(provider.types.get(type) ?? []), operation]);
  }
  return found;
}

// Microsoft.Compute/virtualMachines/start/action is start/action on the type virtualMachines.
const typeIn = (path: readonly string[]): string =>
  path.slice(0, path.at(-1)?.toLowerCase() === 'action' ? -2 : -1).join('/');

const view = ({ name, types }: Provider, expanded: boolean): unknown => ({
  id: resourceId('/', TYPE, name),
  name,
  type: typeOf(TYPE),
  displayName: name,
  resourceTypes: expanded
    ? [...types]
        .filter(([type]) => type !== '')
        .map(([type, operations]) => ({ name: type, displayName: type, operations: operations.map(shown) }))
    : [],
  operations: (types.get('') ?? []).map(shown),
});

const shown = ({ name, isDataAction }: Operation) => ({ name, displayName: name, isDataAction });
