import { identities } from '../core/access.ts';
import type { Permission } from '../core/role.ts';
import { live } from '../core/schedule.ts';
import type { Answer, Route } from '../http/route.ts';
import { type Arm, type Asked, atScope, PLANE } from './asked.ts';
import { readFilter } from './filter.ts';
import { listAnswer } from './paging.ts';
import { containersOf } from './place.ts';

const TYPE = 'permissions';

/** What the caller's own roles allow at a scope. */
export const permissionRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.list`,
    summary:
      'What the roles of the caller allow at a scope, one entry for each permission of each role held.',
    authorization: 'signedIn',
    handle: atScope(arm, TYPE, list),
  },
];

async function list(asked: Asked): Promise<Answer> {
  readFilter(asked.call.query.get('$filter'), []);
  return listAnswer(asked.call, held(asked).map(view));
}

// A role held in several ways is one role; under a condition it is another than without.
function held({ engine, place, call }: Asked): readonly Permission[] {
  const [now, above] = [engine.now(), containersOf(engine, place.key)];
  const schedules = identities(engine.access, call.caller.actor.id, now)
    .flatMap(({ principal }) => [...engine.access.assignmentsOf(principal)])
    .filter((s) => s.plane === PLANE && above.includes(s.scope) && live(s, now));
  const roles = new Map(schedules.map((s) => [`${s.role} ${s.condition?.text ?? ''}`, s]));
  return [...roles.values()].flatMap(({ role, condition }) =>
    (engine.access.role(PLANE, role)?.permissions ?? []).map((p) =>
      condition === null ? p : { ...p, condition: condition.text, conditionVersion: condition.version },
    ),
  );
}

const view = ({
  actions,
  notActions,
  dataActions,
  notDataActions,
  condition,
  conditionVersion,
}: Permission) => ({
  actions,
  notActions,
  dataActions,
  notDataActions,
  ...(condition === undefined ? {} : { condition, conditionVersion }),
});
