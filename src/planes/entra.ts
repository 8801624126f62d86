import type { PlaneSemantics } from '../core/plane.ts';
import { hours, scopeKey } from '../core/values.ts';
import { defaultRules } from './defaults.ts';
import { SERVERS_SCOPES } from './serversScopes.ts';
import type { PlaneSettings } from './settings.ts';

const TENANT = scopeKey('/');

/** Entra directory roles: the tenant, and in it units and applications. One policy a role, for the whole tenant. */
export const entra = (settings: PlaneSettings): PlaneSemantics => ({
  plane: 'entra',
  narrowing: false,
  activation: { floor: settings.activationFloor, ceiling: hours(24) },
  containers: (scope) => (scope === TENANT ? [TENANT] : [scope, TENANT]),
  policyOf: ({ role }) => ({ role, scope: TENANT }),
  administeredBy: () => [
    {
      by: 'action',
      plane: 'entra',
      action: 'microsoft.directory/roleAssignments/allProperties/allTasks',
      scope: TENANT,
    },
  ],
  scopes: SERVERS_SCOPES,
  roleWrittenBy: () => [],
  administrators: [],
  membershipOf: () => null,
  defaultRules: defaultRules({ adminsMustSetEnd: false, activationNeeds: ['mfa', 'justification'] }),
});
