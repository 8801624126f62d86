import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Reply, Who, WireClient } from '../wireClient.ts';

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
export const USER = '11111111-1111-1111-1111-111111111111';
const APPROVER = '33333333-3333-3333-3333-333333333333';
export const SCOPE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-security`;
const AT_SCOPE = `${SCOPE}/providers/Microsoft.Authorization`;
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const ROLE = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${READER}`;
const PIM = 'api-version=2020-10-01';
const APPROVALS = 'api-version=2021-01-01-preview';
const ACTION = 'Microsoft.Compute/virtualMachines/read';

/** The calls of one life, each safe to repeat: a request keeps its name, and a server that is away is asked again. */
export function armLife(client: () => WireClient) {
  const calls = armCalls(client);
  return { ...asking(calls), ...looking(calls), ...setting(calls) };
}

type Calls = ReturnType<typeof armCalls>;

function armCalls(client: () => WireClient) {
  const call = async (who: Who, method: string, path: string, body?: unknown): Promise<Reply> => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const reply = await client()
        .as(who)(method, path, body)
        .catch(() => null);
      if (reply !== null && reply.status !== 503) return reply;
      if (Date.now() > deadline) throw new Error(`${method} ${path} was not answered in time`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const once = (name: string) =>
    client().as('user')('PUT', `${AT_SCOPE}/roleAssignmentScheduleRequests/${name}?${PIM}`, activation());
  const put = (who: Who, type: 'Eligibility' | 'Assignment', properties: object, name = randomUUID()) =>
    call(who, 'PUT', `${AT_SCOPE}/role${type}ScheduleRequests/${name}?${PIM}`, {
      properties: { principalId: USER, roleDefinitionId: ROLE, ...properties },
    });
  const lasting = (duration: string) => ({
    scheduleInfo: { expiration: { type: 'AfterDuration', duration } },
  });
  return { call, once, put, lasting };
}

const asking = ({ call, once, put, lasting }: Calls) => ({
  assign: (name = randomUUID()) =>
    put('admin', 'Eligibility', { requestType: 'AdminAssign', ...lasting('P30D') }, name),
  remove: (name = randomUUID()) => put('admin', 'Eligibility', { requestType: 'AdminRemove' }, name),
  activate: (name = randomUUID()) =>
    call('user', 'PUT', `${AT_SCOPE}/roleAssignmentScheduleRequests/${name}?${PIM}`, activation()),
  /** Sent once: the answer may be lost. */
  activateOnce: once,
  deactivate: (name = randomUUID()) => put('user', 'Assignment', { requestType: 'SelfDeactivate' }, name),
  request: (name: string) => call('user', 'GET', `${AT_SCOPE}/roleAssignmentScheduleRequests/${name}?${PIM}`),
});

const looking = ({ call }: Calls) => ({
  async allowed(): Promise<boolean> {
    const reply = await call('admin', 'POST', '/_postern/check', {
      principalId: USER,
      action: ACTION,
      scope: SCOPE,
    });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    return Boolean(reply.body['allowed']);
  },
  /** How many role assignments and live activations the user has at the scope. */
  async held(): Promise<number> {
    const assignments = await call(
      'admin',
      'GET',
      `${AT_SCOPE}/roleAssignments?api-version=2022-04-01&$filter=principalId eq '${USER}'`,
    );
    const instances = await call(
      'user',
      'GET',
      `${AT_SCOPE}/roleAssignmentScheduleInstances?${PIM}&$filter=asTarget()`,
    );
    expect(instances.body['value']?.['length']).toBe(assignments.body['value']?.['length']);
    return Number(assignments.body['value']?.['length']);
  },
});

const setting = ({ call }: Calls) => ({
  async advance(by: string): Promise<void> {
    const reply = await call('admin', 'POST', '/_postern/clock', { advance: by });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  },
  async approvalRequired(required: boolean): Promise<void> {
    const filter = `$filter=roleDefinitionId eq '${ROLE}'`;
    const found = await call('admin', 'GET', `${AT_SCOPE}/roleManagementPolicies?${PIM}&${filter}`);
    const reply = await call('admin', 'PATCH', `${found.body['value']?.[0]?.['id']}?${PIM}`, {
      properties: { rules: [approvalRule(required)] },
    });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  },
  async approve(approvalId: string): Promise<Reply> {
    const approval = await call('approver', 'GET', `${approvalId}?${APPROVALS}`);
    const stage = approval.body['properties']?.['stages']?.[0]?.['id'];
    return call('approver', 'PATCH', `${stage}?${APPROVALS}`, {
      properties: { reviewResult: 'Approve', justification: 'seen' },
    });
  },
});

const activation = () => ({
  properties: {
    principalId: USER,
    roleDefinitionId: ROLE,
    requestType: 'SelfActivate',
    justification: 'a life',
    scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT1H' } },
  },
});

const approvalRule = (required: boolean) => ({
  id: 'Approval_EndUser_Assignment',
  ruleType: 'RoleManagementPolicyApprovalRule',
  target: { caller: 'EndUser', operations: ['All'], level: 'Assignment' },
  setting: {
    isApprovalRequired: required,
    isApprovalRequiredForExtension: false,
    isRequestorJustificationRequired: true,
    approvalMode: 'SingleStage',
    approvalStages: [
      {
        approvalStageTimeOutInDays: 1,
        isApproverJustificationRequired: true,
        escalationTimeInMinutes: 0,
        isEscalationEnabled: false,
        primaryApprovers: required ? [{ id: APPROVER, userType: 'User', isBackup: false }] : [],
      },
    ],
  },
});
