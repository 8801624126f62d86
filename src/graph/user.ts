import { printInstant } from '../core/values.ts';
import type { EntityType } from './entityType.ts';
import { empty, unset } from './entityType.ts';

const USUAL = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
] as const;

/** A person. */
export const USER: EntityType = {
  kind: 'person',
  set: 'users',
  name: 'user',
  usual: USUAL,
  properties: {
    ...unset('companyName', 'deletedDateTime', 'employeeId', 'employeeType', 'externalUserState'),
    ...unset(
      'lastPasswordChangeDateTime',
      'onPremisesImmutableId',
      'onPremisesSyncEnabled',
      'passwordProfile',
    ),
    ...unset('securityIdentifier', 'signInActivity', 'signInSessionsValidFromDateTime', 'usageLocation'),
    ...empty('assignedLicenses', 'identities', 'otherMails', 'proxyAddresses'),
    id: (p) => p.id,
    accountEnabled: (p) => p.enabled,
    businessPhones: (p) => (p.about['businessPhone'] === undefined ? [] : [p.about['businessPhone']]),
    createdDateTime: (p) => printInstant(p.createdAt),
    department: (p) => p.about['department'] ?? null,
    displayName: (p) => p.displayName,
    givenName: (p) => p.about['givenName'] ?? null,
    isResourceAccount: () => null,
    jobTitle: (p) => p.about['jobTitle'] ?? null,
    mail: (p) => p.mail,
    mailNickname: (p) => p.about['mailNickname'] ?? p.upn?.split('@')[0] ?? null,
    mobilePhone: (p) => p.about['mobilePhone'] ?? null,
    officeLocation: (p) => p.about['officeLocation'] ?? null,
    preferredLanguage: (p) => p.about['preferredLanguage'] ?? null,
    surname: (p) => p.about['surname'] ?? null,
    userPrincipalName: (p) => p.upn,
    userType: () => 'Member',
  },
};
