import type { Route } from '../http/route.ts';
import type { Arm } from './asked.ts';
import { denyAssignmentRoutes } from './denyAssignments.ts';
import { eligibleChildResourceRoutes } from './eligibleChildResources.ts';
import { managementGroupMemberRoutes } from './managementGroupMembers.ts';
import { managementGroupRoutes } from './managementGroups.ts';
import { managementGroupWriteRoutes } from './managementGroupWrites.ts';
import { permissionRoutes } from './permissions.ts';
import { providerOperationRoutes } from './providerOperations.ts';
import { providerRoutes } from './providers.ts';
import { resourceGroupRoutes } from './resourceGroups.ts';
import { resourceRoutes } from './resources.ts';
import { roleAssignmentApprovalRoutes } from './roleAssignmentApprovals.ts';
import { roleAssignmentRoutes } from './roleAssignments.ts';
import { roleDefinitionRoutes } from './roleDefinitions.ts';
import { roleManagementPolicyRoutes } from './roleManagementPolicies.ts';
import { roleManagementPolicyAssignmentRoutes } from './roleManagementPolicyAssignments.ts';
import { scheduleRequestRoutes } from './scheduleRequests.ts';
import { scheduleRoutes } from './schedules.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { tagRoutes } from './tags.ts';
import { tenantRoutes } from './tenants.ts';
import { throttled } from './throttle.ts';
import { unknownRoutes } from './unknownRoutes.ts';
import { usageMetricRoutes } from './usageMetrics.ts';

export { tokenBuckets } from './tokenBuckets.ts';
export { armErrors } from './wireErrors.ts';

/** Everything this server has of Azure Resource Manager. */
export function armRoutes(arm: Arm): readonly Route[] {
  const authorization = [
    ...scheduleRequestRoutes(arm),
    ...scheduleRoutes(arm),
    ...roleAssignmentRoutes(arm),
    ...roleDefinitionRoutes(arm),
    ...denyAssignmentRoutes(arm),
    ...permissionRoutes(arm),
    ...providerOperationRoutes(),
    ...usageMetricRoutes(arm),
    ...roleManagementPolicyRoutes(arm),
    ...roleManagementPolicyAssignmentRoutes(arm),
    ...roleAssignmentApprovalRoutes(arm),
    ...eligibleChildResourceRoutes(arm),
  ];
  const routes = [
    ...subscriptionRoutes(arm),
    ...tenantRoutes(arm),
    ...resourceGroupRoutes(arm),
    ...managementGroupRoutes(arm),
    ...managementGroupWriteRoutes(arm),
    ...managementGroupMemberRoutes(arm),
    ...providerRoutes(arm),
    ...resourceRoutes(arm),
    ...tagRoutes(arm),
    ...authorization,
    ...unknownRoutes(authorization),
  ];
  return arm.throttle ? routes.map(throttled(arm.throttle)) : routes;
}
