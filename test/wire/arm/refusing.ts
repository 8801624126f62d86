import { beforeAll, describe, expect, test } from 'vitest';
import {
  type ArmTenant,
  armTenant,
  fresh,
  IDS,
  OTHER_RG,
  type Person,
  PROVIDER,
  RG,
  ROLES,
  roleId,
  V,
} from './armTenant.ts';

/** A call that has to be refused. */
export interface Case {
  /** What is wrong. */
  readonly wrong: string;
  readonly who?: Person;
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly target: string;
  readonly body?: unknown;
  /** Status and code. */
  readonly answer: string;
  /** What the sentence must say is allowed, or what was wrong. */
  readonly says: RegExp;
}
type More = Partial<Case>;

export const eligibility = (name = fresh(), scope = RG) =>
  `${scope}${PROVIDER}/roleEligibilityScheduleRequests/${name}?${V}`;
export const assignment = (name = fresh(), scope = RG) =>
  `${scope}${PROVIDER}/roleAssignmentScheduleRequests/${name}?${V}`;
export const roleAssignment = (name = fresh(), scope = RG) =>
  `${scope}${PROVIDER}/roleAssignments/${name}?api-version=2022-04-01`;
export const list = (type: string, filter: string, scope = RG) =>
  `${scope}${PROVIDER}/${type}?${V}&$filter=${filter}`;
export const lasting = (duration: string) => ({
  scheduleInfo: { expiration: { type: 'AfterDuration', duration } },
});
export const assign = (more: object = {}) => ({
  properties: {
    principalId: IDS.mina,
    roleDefinitionId: roleId('reader'),
    requestType: 'AdminAssign',
    ...lasting('P30D'),
    ...more,
  },
});
export const activate = (more: object = {}) => ({
  properties: {
    principalId: IDS.ravi,
    roleDefinitionId: roleId('contributor'),
    requestType: 'SelfActivate',
    justification: 'on call',
    ...lasting('PT1H'),
    ...more,
  },
});
/** Makes Ravi eligible for what he activates. */
export const eligibleRavi = () => activate({ requestType: 'AdminAssign', ...lasting('P30D') });

export const get = (wrong: string, target: string, answer: string, says: RegExp, more: More = {}): Case => ({
  wrong,
  target,
  answer,
  says,
  ...more,
});
export const put = (wrong: string, body: unknown, answer: string, says: RegExp, more: More = {}): Case => ({
  wrong,
  method: 'PUT',
  target: eligibility(),
  body,
  answer,
  says,
  ...more,
});
export const self = (wrong: string, body: unknown, answer: string, says: RegExp, more: More = {}): Case => ({
  ...put(wrong, body, answer, says),
  who: 'ravi',
  target: assignment(),
  ...more,
});

export const POLICY_FAILED = 'RoleAssignmentRequestPolicyValidationFailed';
/** The names of what the tenant has before the cases. */
export const THERE = { requested: fresh(), pending: fresh(), standing: fresh(), ended: fresh() };

/** Asserts the answer, that the log grew by one refusal of the caller's, and that nothing else changed. */
export async function refuses(
  t: ArmTenant,
  { who = 'omar', method = 'GET', target, body, answer, says }: Case,
): Promise<void> {
  const before = await t.store.everything();
  const told = await t.call(who, method, target, body);
  expect(`${told.status} ${told.body?.error?.code}`).toBe(answer);
  expect(told.body.error.message).toMatch(says);
  expect((await t.store.everything()).world).toEqual(before.world);
  const lines = await t.store.linesAfter(before.seq, 10);
  expect(lines.map(({ event, actor }) => [event.type, actor])).toEqual([['refused', IDS[who]]]);
}

/** One test a case, all in a tenant of their own. */
export function refused(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    let t: ArmTenant;
    beforeAll(async () => {
      t = await prepared();
    });
    test.each(cases)('$wrong', (row) => refuses(t, row));
  });
}

/** The tenant of the cases: Ravi is eligible twice, waits for a yes once, and was eligible for something else. */
export async function prepared(): Promise<ArmTenant> {
  const t = await armTenant();
  const done = async (...call: Parameters<ArmTenant['call']>) =>
    expect((await t.call(...call)).status).toBe(201);
  const forRavi = (role: 'contributor' | 'reader', duration: string) =>
    assign({ principalId: IDS.ravi, roleDefinitionId: roleId(role), ...lasting(duration) });
  await done('omar', 'PUT', eligibility(THERE.requested), forRavi('contributor', 'P30D'));
  await done('omar', 'PUT', eligibility(fresh(), OTHER_RG), forRavi('contributor', 'P30D'));
  await done('omar', 'PUT', eligibility(THERE.ended), forRavi('reader', 'PT1H'));
  await done('omar', 'PUT', roleAssignment(THERE.standing), assign({ principalId: IDS.anika }));
  const policies = await t.call(
    'omar',
    'GET',
    list('roleManagementPolicies', `roleDefinitionId eq '${ROLES.contributor}'`, OTHER_RG),
  );
  const setting = {
    isApprovalRequired: true,
    approvalStages: [{ primaryApprovers: [{ id: IDS.ravi }, { id: IDS.anika }] }],
  };
  const asks = { properties: { rules: [{ id: 'Approval_EndUser_Assignment', setting }] } };
  expect((await t.call('omar', 'PATCH', `${policies.body.value[0].id}?${V}`, asks)).status).toBe(200);
  await done('ravi', 'PUT', assignment(THERE.pending, OTHER_RG), activate());
  await t.pass('PT1H');
  return t;
}
