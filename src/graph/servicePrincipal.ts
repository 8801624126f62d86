import { printInstant } from '../core/values.ts';
import type { EntityType } from './entityType.ts';
import { empty, unset } from './entityType.ts';

const properties: EntityType['properties'] = {
  id: (p) => p.id,
  ...unset('deletedDateTime', 'appOwnerOrganizationId', 'homepage', 'notes', 'preferredSingleSignOnMode'),
  ...unset('verifiedPublisher'),
  ...empty('alternativeNames', 'appRoles', 'keyCredentials', 'oauth2PermissionScopes', 'replyUrls', 'tags'),
  // A secret belongs to the application; its service principal lists none.
  ...empty('passwordCredentials'),
  accountEnabled: (p) => p.enabled,
  appDisplayName: (p) => p.displayName,
  appId: (p) => p.appId,
  appRoleAssignmentRequired: () => false,
  createdDateTime: (p) => printInstant(p.createdAt),
  description: (p) => p.about['description'] ?? null,
  displayName: (p) => p.displayName,
  // az shows the first of the names and fails on an empty list.
  servicePrincipalNames: (p) => [p.appId ?? p.id],
  servicePrincipalType: () => 'Application',
  signInAudience: () => 'AzureADMyOrg',
};

/** A workload identity: the service principal of an application. */
export const SERVICE_PRINCIPAL: EntityType = {
  kind: 'workload',
  set: 'servicePrincipals',
  name: 'servicePrincipal',
  properties,
  usual: Object.keys(properties),
};
