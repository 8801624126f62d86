import { beforeAll, describe, test } from 'vitest';
import { type ArmTenant, fresh, IDS, OTHER_RG, roleId } from './armTenant.ts';
import {
  activate,
  assign,
  assignment,
  type Case,
  eligibility,
  lasting,
  POLICY_FAILED,
  prepared,
  put,
  refused,
  refuses,
} from './refusing.ts';

const more = (requestType: string, given: object = {}) =>
  assign({
    principalId: IDS.ravi,
    roleDefinitionId: roleId('contributor'),
    requestType,
    ...lasting('P60D'),
    ...given,
  });
const reader = { roleDefinitionId: roleId('reader') };
const ADMINISTRATORS = ['AdminUpdate', 'AdminExtend', 'AdminRenew'];
const SELF = ['SelfExtend', 'SelfRenew'];

const OF_EACH: readonly Case[] = [...ADMINISTRATORS, ...SELF].flatMap((type): readonly Case[] => {
  const who = SELF.includes(type) ? ('ravi' as const) : ('omar' as const);
  return [
    put(
      `${type} of a role that does not exist`,
      more(type, { roleDefinitionId: fresh() }),
      '400 RoleDefinitionDoesNotExist',
      /does not exist/,
      { who },
    ),
    put(
      `${type} of a schedule by a name that is none`,
      more(type, { targetRoleEligibilityScheduleId: 'mine' }),
      '400 InvalidRoleAssignmentRequest',
      /targetRoleEligibilityScheduleId/,
      { who },
    ),
    put(
      `${type} of another schedule than there is`,
      more(type, { targetRoleEligibilityScheduleId: fresh(), ...(type.endsWith('Renew') ? reader : {}) }),
      '400 RoleAssignmentDoesNotExist',
      /The Role assignment does not exist/,
      { who },
    ),
    put(
      `${type} for a year as P1Y`,
      more(type, lasting('P1Y')),
      '400 InvalidRoleAssignmentRequestSchedule',
      /P365D/,
      { who },
    ),
    put(
      `${type} by somebody else`,
      more(type),
      SELF.includes(type) ? '400 InsufficientPermissions' : '403 AuthorizationFailed',
      /principal itself|does not have authorization/,
      { who: 'anika' },
    ),
  ];
});

const PERIODS: readonly Case[] = [
  put(
    'an update to no end',
    more('AdminUpdate', { scheduleInfo: { expiration: { type: 'NoExpiration' } } }),
    `400 ${POLICY_FAILED}`,
    /P365D/,
  ),
  put('an update beyond the policy', more('AdminUpdate', lasting('P400D')), `400 ${POLICY_FAILED}`, /P365D/),
  put(
    'an update that starts what has begun again',
    more('AdminUpdate', {
      scheduleInfo: {
        startDateTime: '2026-03-20T00:00:00Z',
        expiration: { type: 'AfterDuration', duration: 'P5D' },
      },
    }),
    '400 InvalidRoleAssignmentRequestSchedule',
    /has begun.*AdminRemove/,
  ),
  put(
    'an update that ends in the past',
    more('AdminUpdate', {
      scheduleInfo: { expiration: { type: 'AfterDateTime', endDateTime: '2026-03-03T08:30:00Z' } },
    }),
    '400 InvalidRoleAssignmentRequestSchedule',
    /end must lie after/,
  ),
  put(
    'an extension that ends sooner',
    more('AdminExtend', lasting('P3D')),
    '400 InvalidRoleAssignmentRequestSchedule',
    /AdminUpdate/,
  ),
  put(
    'an extension beyond the policy',
    more('AdminExtend', lasting('P400D')),
    `400 ${POLICY_FAILED}`,
    /P365D/,
  ),
  put('a renewal of what has not ended', more('AdminRenew'), '400 RoleAssignmentExists', /AdminExtend/),
  put(
    'a renewal beyond the policy',
    more('AdminRenew', { ...reader, ...lasting('P400D') }),
    `400 ${POLICY_FAILED}`,
    /P365D/,
  ),
  put(
    'a renewal of nothing',
    more('AdminRenew', { principalId: IDS.mina }),
    '400 RoleAssignmentDoesNotExist',
    /30 days/,
  ),
  put(
    'asking too early for more',
    more('SelfExtend'),
    '400 InvalidRoleAssignmentRequest',
    /14 days.*2026-03-19T/,
    { who: 'ravi' },
  ),
  put('asking again for what has not ended', more('SelfRenew'), '400 RoleAssignmentExists', /SelfExtend/, {
    who: 'ravi',
  }),
  put(
    'asking again for more than the policy gives',
    more('SelfRenew', { ...reader, ...lasting('P400D') }),
    `400 ${POLICY_FAILED}`,
    /P365D/,
    { who: 'ravi' },
  ),
  put(
    'a workload that asks',
    more('SelfExtend', { principalId: IDS.bot }),
    '400 RoleAssignmentRequestNotEligible',
    /person who signs in/,
    { who: 'bot' },
  ),
];

refused('an update, an extension or a renewal is told what is wrong with it', [...OF_EACH, ...PERIODS]);

describe('what somebody activated', () => {
  let t: ArmTenant;
  beforeAll(async () => {
    t = await prepared();
    await t.call('ravi', 'PUT', assignment(), activate());
  });
  test.each(['AdminUpdate', 'AdminExtend', 'SelfExtend'])('INV-T5: is not moved by %s', (requestType) =>
    refuses(t, {
      wrong: '',
      method: 'PUT',
      who: requestType === 'SelfExtend' ? 'ravi' : 'omar',
      target: assignment(),
      body: activate({ requestType, ...lasting('PT4H') }),
      answer: '400 InvalidRoleAssignmentRequest',
      says: /keeps its period.*activate again/,
    }),
  );
});

describe('a second word', () => {
  test('while one waits is told which', async () => {
    const t = await prepared();
    const target = eligibility(fresh(), OTHER_RG);
    await t.pass('P20D');
    await t.call('ravi', 'PUT', target, more('SelfExtend'));
    await refuses(t, {
      wrong: '',
      method: 'PUT',
      who: 'ravi',
      target: eligibility(fresh(), OTHER_RG),
      body: more('SelfExtend'),
      answer: '400 PendingRoleAssignmentRequest',
      says: /Wait for the decision/,
    });
  });
});
