import type { Authority, PlaneSemantics } from '../core/plane.ts';
import type { ScopeKey } from '../core/values.ts';
import { hours, roleKey, scopeKey } from '../core/values.ts';
import { azureScopes } from './azureScopes.ts';
import { defaultRules } from './defaults.ts';
import type { PlaneSettings } from './settings.ts';

const ROOT = scopeKey('/');
const may = (action: string, scope: ScopeKey): Authority => ({
  by: 'action',
  plane: 'azure',
  action: `Microsoft.Authorization/${action}`,
  scope,
});
const write = (type: string, scope: ScopeKey): Authority => may(`${type}/write`, scope);
// Owner and User Access Administrator.
const ADMINISTRATORS = ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'];

/** Azure resources: a tree of management groups, below them subscriptions, resource groups and resources by path. */
export const azure = (settings: PlaneSettings): PlaneSemantics => ({
  plane: 'azure',
  narrowing: true,
  activation: { floor: settings.activationFloor, ceiling: hours(24) },
  containers,
  policyOf: ({ role, scope }) => ({ role, scope }),
  administeredBy: ({ scope }, what) => [
    write(what === 'policy' ? 'roleManagementPolicies' : 'roleAssignments', scope),
  ],
  scopes: azureScopes,
  roleWrittenBy: (scope, what) => [may(`roleDefinitions/${what}`, scope)],
  administrators: ADMINISTRATORS.map(roleKey),
  membershipOf: () => null,
  defaultRules: defaultRules({ adminsMustSetEnd: true, activationNeeds: ['justification'] }),
});

/** The scope and all above it. Below a subscription the path says what contains what; above it the data does. */
function containers(scope: ScopeKey, parentOf: (s: ScopeKey) => ScopeKey | null): readonly ScopeKey[] {
  const found: ScopeKey[] = [];
  for (
    let at: ScopeKey | null = scope;
    at !== null && !found.includes(at);
    at = pathParent(at) ?? parentOf(at)
  )
    found.push(at);
  return found.includes(ROOT) ? found : [...found, ROOT];
}

/** The scope above one that lies in a subscription; null for a subscription and for all that is not in one. */
export function pathParent(scope: ScopeKey): ScopeKey | null {
  const segments = scope.split('/').slice(1);
  if (segments[0] !== 'subscriptions' || segments.length <= 2) return null;
  const up = (n: number) => scopeKey(`/${segments.slice(0, n).join('/')}`);
  const provider = segments.lastIndexOf('providers');
  if (provider < 0) return up(2);
  const depth = segments.length - provider - 2;
  return depth > 2 ? up(segments.length - 2) : up(provider);
}
