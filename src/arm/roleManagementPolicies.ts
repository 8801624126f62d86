import type { SetPolicy } from '../core/command.ts';
import type { RoleKey } from '../core/values.ts';
import type { Answer, Route } from '../http/route.ts';
import { type Arm, type Asked, atScope, mayNot, READ } from './asked.ts';
import { propertiesOf } from './bag.ts';
import { readFilter } from './filter.ts';
import { listAnswer } from './paging.ts';
import { mayReadPolicy, policyOf, policyPage, targetOf } from './policies.ts';
import { roleOfPolicy } from './policyName.ts';
import { rulesOf } from './policyRuleBody.ts';
import { policyView } from './policyView.ts';
import { inputPolicyNotFound, notFound } from './problems.ts';
import { submit } from './submit.ts';

const TYPE = 'roleManagementPolicies';
const ONE = `/~arm/${TYPE}/:name`;

// PUT does what PATCH does, so that tools which only know how to put a resource can write policies.
export const roleManagementPolicyRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.list`,
    summary: 'The policies of the roles at a scope.',
    authorization: `needs ${READ}, or an eligibility for the role that $filter names`,
    handle: atScope(arm, TYPE, list),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: ONE,
    operation: `${TYPE}.get`,
    summary: 'One policy.',
    authorization: `needs ${READ}, or an eligibility for its role`,
    handle: atScope(arm, TYPE, get),
  },
  ...(['PATCH', 'PUT'] as const).map(
    (method): Route => ({
      wire: 'arm',
      method,
      path: ONE,
      operation: `${TYPE}.${method === 'PATCH' ? 'update' : 'put'}`,
      summary: 'Changes the rules that are given; the others stay.',
      authorization: 'needs Microsoft.Authorization/roleManagementPolicies/write',
      handle: atScope(arm, TYPE, change),
    }),
  ),
];

async function list(asked: Asked): Promise<Answer> {
  const terms = readFilter(asked.call.query.get('$filter'), ['roleDefinitionId']);
  const { policies, next } = await policyPage(asked, terms);
  return listAnswer(
    asked.call,
    policies.map((p) => policyView(asked, p)),
    next,
  );
}

const nameIn = ({ call }: Asked): string => call.params['name'] ?? '';
const roleIn = (asked: Asked): RoleKey | undefined =>
  roleOfPolicy(asked.engine, asked.place.key, nameIn(asked));

async function get(asked: Asked): Promise<Answer> {
  const role = roleIn(asked);
  if (role === undefined) throw notFound('policy', nameIn(asked));
  if (!mayReadPolicy(asked, role)) throw mayNot(asked, READ, asked.place.key);
  return { status: 200, body: policyView(asked, await policyOf(asked, role)) };
}

async function change(asked: Asked): Promise<Answer> {
  const role = roleIn(asked);
  if (role === undefined) throw inputPolicyNotFound(nameIn(asked));
  const { rules } = await policyOf(asked, role);
  const command: SetPolicy = {
    type: 'setPolicy',
    actor: asked.call.caller.actor,
    target: targetOf(asked, role),
    rules: rulesOf(propertiesOf(asked.call, 'InvalidPolicy'), rules),
  };
  const { policy } = await submit(asked, asked.call, command);
  return { status: 200, body: policyView(asked, policy ?? (await policyOf(asked, role))) };
}
