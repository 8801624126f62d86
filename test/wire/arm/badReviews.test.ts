import { beforeAll, describe, test } from 'vitest';
import { type ArmTenant, PROVIDER, SUB } from './armTenant.ts';
import { type Case, prepared, refuses, THERE } from './refusing.ts';

let t: ArmTenant;
beforeAll(async () => {
  t = await prepared();
});

describe('deciding', () => {
  const approval = `${PROVIDER}/roleAssignmentApprovals/${THERE.pending}`;
  const version = 'api-version=2021-01-01-preview';
  const stage = async () =>
    (await t.call('anika', 'GET', `${approval}/stages?${version}`)).body.value[0].name as string;
  const yes = { reviewResult: 'Approve', justification: 'ok' };
  const cases: readonly (Pick<Case, 'wrong' | 'who' | 'body' | 'answer' | 'says'> & {
    readonly stage?: string;
  })[] = [
    {
      wrong: 'INV-A1: one’s own request',
      who: 'ravi',
      body: yes,
      answer: '403 AuthorizationFailed',
      says: /Another approver/,
    },
    {
      wrong: 'INV-A2: without being an approver',
      who: 'mina',
      body: yes,
      answer: '403 AuthorizationFailed',
      says: /approvers named in the policy/,
    },
    {
      wrong: 'INV-L9: as a service principal',
      who: 'bot',
      body: yes,
      answer: '400 RoleAssignmentRequestNotEligible',
      says: /person/,
    },
    {
      wrong: 'without a reason',
      who: 'anika',
      body: { properties: { reviewResult: 'Deny' } },
      answer: '400 JustificationRequired',
      says: /why/,
    },
    {
      wrong: 'neither yes nor no',
      who: 'anika',
      body: { reviewResult: 'NotReviewed' },
      answer: '400 InvalidRequestContent',
      says: /Approve, Deny/,
    },
    {
      wrong: 'nothing',
      who: 'anika',
      body: {},
      answer: '400 InvalidRequestContent',
      says: /Approve, Deny/,
    },
    {
      wrong: 'a stage that is not there',
      who: 'anika',
      body: yes,
      answer: '404 ResourceNotFound',
      says: /no stage/,
      stage: SUB,
    },
  ];
  test.each(cases)('$wrong', async (row) => {
    const target = `${approval}/stages/${row.stage ?? (await stage())}?${version}`;
    await refuses(t, { ...row, method: 'PATCH', target });
  });
});
