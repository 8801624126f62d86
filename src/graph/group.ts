import { printInstant } from '../core/values.ts';
import type { EntityType } from './entityType.ts';
import { empty, unset } from './entityType.ts';

const properties: EntityType['properties'] = {
  id: (p) => p.id,
  ...unset('deletedDateTime', 'classification', 'expirationDateTime', 'isManagementRestricted'),
  ...unset('membershipRule', 'membershipRuleProcessingState', 'onPremisesSecurityIdentifier'),
  ...unset('onPremisesSyncEnabled', 'preferredDataLocation', 'preferredLanguage', 'securityIdentifier'),
  ...unset('theme', 'uniqueName', 'visibility'),
  ...empty('groupTypes', 'proxyAddresses', 'resourceBehaviorOptions', 'resourceProvisioningOptions'),
  createdDateTime: (p) => printInstant(p.createdAt),
  description: (p) => p.about['description'] ?? null,
  displayName: (p) => p.displayName,
  isAssignableToRole: (p) => p.roleAssignable,
  mail: (p) => p.mail,
  mailEnabled: (p) => p.mail !== null,
  mailNickname: (p) => p.about['mailNickname'] ?? p.id.slice(0, 9),
  renewedDateTime: (p) => printInstant(p.createdAt),
  // Groups of this directory are made to be given access.
  securityEnabled: () => true,
};

/** A group. */
export const GROUP: EntityType = {
  kind: 'group',
  set: 'groups',
  name: 'group',
  properties,
  usual: Object.keys(properties),
};
