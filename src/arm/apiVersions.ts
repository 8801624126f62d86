import type { Call } from '../http/route.ts';
import { invalidApiVersion, missingApiVersion, unsupportedApiVersion } from './problems.ts';

// The versions the real service answers to, and those it has in its specification only: tools recommend them.
const REQUESTS = [
  '2020-10-01-preview',
  '2020-10-01',
  '2022-04-01-preview',
  '2024-02-01-preview',
  '2024-09-01-preview',
];
const ASSIGNMENTS = [
  '2015-07-01',
  '2017-10-01-preview',
  '2018-01-01-preview',
  '2018-09-01-preview',
  '2020-03-01-preview',
  '2020-04-01-preview',
  '2020-08-01-preview',
  '2020-10-01-preview',
  '2021-04-01-preview',
  '2022-01-01-preview',
  '2022-04-01',
  '2026-08-01',
];
const DEFINITIONS = ['2015-07-01', '2018-01-01-preview', '2018-07-01', '2022-04-01', '2022-05-01-preview'];

/**
 * The api-versions of every type this server has under Microsoft.Authorization.
 * docs/divergences.md: arm-api-versions
 */
export const API_VERSIONS = {
  roleEligibilityScheduleRequests: REQUESTS,
  roleAssignmentScheduleRequests: REQUESTS,
  roleEligibilitySchedules: REQUESTS,
  roleEligibilityScheduleInstances: REQUESTS,
  roleAssignmentSchedules: REQUESTS,
  roleAssignmentScheduleInstances: REQUESTS,
  eligibleChildResources: REQUESTS,
  roleManagementPolicies: REQUESTS,
  roleManagementPolicyAssignments: REQUESTS,
  roleAssignments: ASSIGNMENTS,
  roleDefinitions: DEFINITIONS,
  denyAssignments: ['2018-07-01-preview', '2022-04-01', '2024-07-01-preview', '2026-09-01'],
  permissions: DEFINITIONS,
  providerOperations: ['2015-07-01', '2018-01-01-preview', '2022-04-01'],
  roleAssignmentsUsageMetrics: ['2019-08-01-preview'],
  roleAssignmentApprovals: ['2021-01-01-preview', '2020-10-01'],
} as const satisfies Record<string, readonly string[]>;

export type ResourceType = keyof typeof API_VERSIONS;

export function assertApiVersion(call: Call, type: ResourceType): void {
  const version = versionOf(call);
  const supported: readonly string[] = API_VERSIONS[type];
  if (!supported.includes(version.toLowerCase())) throw unsupportedApiVersion(type, version, supported);
}

/** Types outside Microsoft.Authorization: their clients send many versions, and the shape is the same in all. */
export function assertSomeApiVersion(call: Call): void {
  const version = versionOf(call);
  if (!/^\d{4}-\d\d-\d\d(-preview)?$/i.test(version)) throw invalidApiVersion(version);
}

function versionOf({ query }: Call): string {
  const version = query.get('api-version')?.trim();
  if (!version) throw missingApiVersion();
  return version;
}
