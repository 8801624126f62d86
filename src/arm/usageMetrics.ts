import type { Answer, Route } from '../http/route.ts';
import { type Arm, type Asked, atScope, mayDo, mayNot, READ } from './asked.ts';
import { notAtThisScope } from './problems.ts';
import { subscriptionOf } from './scope.ts';

const TYPE = 'roleAssignmentsUsageMetrics';

/** The most role assignments there may be in a subscription, and at a scope above subscriptions. */
export const ASSIGNMENTS_MAX = { subscription: 4_000, above: 500 } as const;

export const usageMetricRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.get`,
    summary: 'How many role assignments a subscription has, and may have.',
    authorization: `needs ${READ}`,
    handle: atScope(arm, TYPE, get),
  },
];

async function get(asked: Asked): Promise<Answer> {
  const { engine, place } = asked;
  if (!mayDo(asked, READ, place.key)) throw mayNot(asked, READ, place.key);
  if (place.kind !== 'subscription') throw notAtThisScope(TYPE, '/subscriptions/{guid}');
  const [limit, count] = [ASSIGNMENTS_MAX.subscription, engine.access.assignmentsIn(place.key)];
  return {
    status: 200,
    body: {
      subscriptionId: subscriptionOf(place.key),
      roleAssignmentsLimit: limit,
      roleAssignmentsCurrentCount: count,
      roleAssignmentsRemainingCount: Math.max(0, limit - count),
    },
  };
}
