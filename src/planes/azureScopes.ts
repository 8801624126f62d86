import type { Authority, ScopePlace, ScopeSemantics } from '../core/plane.ts';
import type { Scope } from '../core/scope.ts';
import type { ScopeKey } from '../core/values.ts';

const may = (action: string, scope: ScopeKey | null): readonly Authority[] =>
  scope === null ? [] : [{ by: 'action', plane: 'azure', action, scope }];

const GROUPS = 'Microsoft.Management/managementGroups';
/** The action on a scope of each kind, without its verb; null where nobody but the server has it. */
const ACTIONS: { readonly [K in Scope['kind']]: (scope: ScopePlace) => string | null } = {
  tenant: () => null,
  managementGroup: () => GROUPS,
  subscription: () => null,
  resourceGroup: () => 'Microsoft.Resources/subscriptions/resourceGroups',
  resource: ({ key }) => resourceType(key),
};

// microsoft.compute/virtualmachines/extensions of …/providers/microsoft.compute/virtualmachines/vm/extensions/x
function resourceType(key: ScopeKey): string {
  const segments = key.split('/');
  const [namespace = '', ...rest] = segments.slice(segments.lastIndexOf('providers') + 1);
  return [namespace, ...rest.filter((_, i) => i % 2 === 0)].join('/');
}

// Whoever may do it where it hangs, may do it before it is there.
function having(verb: 'write' | 'delete', scope: ScopePlace): readonly Authority[] {
  const action = ACTIONS[scope.kind](scope);
  return action === null
    ? []
    : [...may(`${action}/${verb}`, scope.key), ...may(`${action}/${verb}`, scope.parent)];
}

/** What each kind of scope needs at its old and its new parent; of other kinds nothing moves. */
const PARENTS: { readonly [K in Scope['kind']]?: string } = {
  managementGroup: `${GROUPS}/write`,
  subscription: `${GROUPS}/subscriptions/write`,
};

/** Management groups, resource groups and resources by their own actions; subscriptions are made by the server. */
export const azureScopes: ScopeSemantics = {
  levels: 6,
  writtenBy: (scope) => having('write', scope),
  deletedBy: (scope) => having('delete', scope),
  taggedBy: ({ key }) => may('Microsoft.Resources/tags/write', key),
  movedBy: ({ key, kind, parent }, to) => {
    const action = PARENTS[kind];
    if (action === undefined) return [];
    const at = kind === 'managementGroup' ? [may(action, key)] : [];
    return [
      may('Microsoft.Authorization/roleAssignments/write', key),
      ...at,
      may(action, parent),
      may(action, to),
    ];
  },
};
