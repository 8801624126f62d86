import type { Answer, Route } from '../http/route.ts';
import { type Arm, type Asked, atScope, mayNot, READ } from './asked.ts';
import { readFilter } from './filter.ts';
import { listAnswer } from './paging.ts';
import { mayReadPolicy, policyOf, policyPage } from './policies.ts';
import { roleOfPolicy } from './policyName.ts';
import { policyAssignmentName, policyAssignmentView } from './policyView.ts';
import { notFound } from './problems.ts';

const TYPE = 'roleManagementPolicyAssignments';

export const roleManagementPolicyAssignmentRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.list`,
    summary: 'Which policy governs which role at a scope.',
    authorization: `needs ${READ}, or an eligibility for the role that $filter names`,
    handle: atScope(arm, TYPE, list),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}/:name`,
    operation: `${TYPE}.get`,
    summary: 'The policy of one role, by {policy}_{role}.',
    authorization: `needs ${READ}, or an eligibility for the role`,
    handle: atScope(arm, TYPE, get),
  },
];

async function list(asked: Asked): Promise<Answer> {
  const terms = readFilter(asked.call.query.get('$filter'), ['roleDefinitionId']);
  const { policies, next } = await policyPage(asked, terms);
  return listAnswer(
    asked.call,
    policies.map((p) => policyAssignmentView(asked, p)),
    next,
  );
}

async function get(asked: Asked): Promise<Answer> {
  const name = asked.call.params['name'] ?? '';
  const scope = asked.place.key;
  const role = roleOfPolicy(asked.engine, scope, name.split('_')[0] ?? '');
  if (role === undefined || policyAssignmentName({ scope, role }) !== name.toLowerCase()) {
    throw notFound('policyAssignment', name);
  }
  if (!mayReadPolicy(asked, role)) throw mayNot(asked, READ, scope);
  return { status: 200, body: policyAssignmentView(asked, await policyOf(asked, role)) };
}
