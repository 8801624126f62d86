import type { PlaneSemantics } from '../core/plane.ts';
import { type PrincipalId, roleKey, scopeKey } from '../core/values.ts';
import { defaultRules } from './defaults.ts';
import { SERVERS_SCOPES } from './serversScopes.ts';
import type { PlaneSettings } from './settings.ts';

export const MEMBER = roleKey('member');
export const OWNER = roleKey('owner');
const TENANT = scopeKey('/');

/** Groups: the role is membership or ownership, the scope is the group. */
export const groups = (settings: PlaneSettings): PlaneSemantics => ({
  plane: 'groups',
  narrowing: false,
  activation: { floor: settings.activationFloor, ceiling: settings.groupCeiling },
  containers: (scope) => [scope],
  policyOf: ({ role, scope }) => ({ role, scope }),
  administeredBy: ({ scope }) => [
    { by: 'holding', target: { plane: 'groups', role: OWNER, scope } },
    { by: 'action', plane: 'entra', action: 'microsoft.directory/groups/members/update', scope: TENANT },
  ],
  scopes: SERVERS_SCOPES,
  roleWrittenBy: () => [],
  administrators: [],
  membershipOf: ({ role, scope }) => (role === MEMBER ? (scope as string as PrincipalId) : null),
  defaultRules: defaultRules({ adminsMustSetEnd: true, activationNeeds: ['justification'] }),
});
