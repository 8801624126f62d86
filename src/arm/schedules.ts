import type { Kind, Schedule } from '../core/schedule.ts';
import { live, standing } from '../core/schedule.ts';
import { parseGuid, scheduleId } from '../core/values.ts';
import type { Answer, Route } from '../http/route.ts';
import type { ResourceType } from './apiVersions.ts';
import { type Arm, type Asked, atScope, isHere, mayNot, PLANE, READ } from './asked.ts';
import { KINDS, type Shown, WORDS } from './kindWords.ts';
import { notFound } from './problems.ts';
import { mayRead } from './reading.ts';
import { listSchedules } from './scheduleLists.ts';
import { instanceView, memberType, scheduleView } from './scheduleView.ts';

/** The four collections: schedules and instances, of eligibilities and of assignments. */
export const scheduleRoutes = (arm: Arm): readonly Route[] =>
  KINDS.flatMap((kind) =>
    (['schedules', 'instances'] as const).flatMap((shown) => routesOf(arm, kind, shown)),
  );

function routesOf(arm: Arm, kind: Kind, shown: Shown): readonly Route[] {
  const type: ResourceType = WORDS[kind][shown];
  return [
    {
      wire: 'arm',
      method: 'GET',
      path: `/~arm/${type}`,
      operation: `${type}.list`,
      summary: `What ${shown === 'schedules' ? 'stands now or later' : 'is in force now'} at, above and below a scope, as $filter says.`,
      authorization: `needs ${READ}, except for asTarget()`,
      handle: atScope(arm, type, (asked) => listSchedules(asked, kind, shown)),
    },
    {
      wire: 'arm',
      method: 'GET',
      path: `/~arm/${type}/:name`,
      operation: `${type}.get`,
      summary: 'One of them, by its name.',
      authorization: `needs ${READ}, or to be its principal`,
      handle: atScope(arm, type, (asked) => get(asked, kind, shown)),
    },
  ];
}

async function get(asked: Asked, kind: Kind, shown: Shown): Promise<Answer> {
  const name = asked.call.params['name'] ?? '';
  const guid = parseGuid(name);
  const schedule = guid === null ? null : await asked.engine.store.schedule(scheduleId(guid));
  if (!schedule || !isShown(asked, schedule, kind, shown)) throw notFound('schedule', name);
  if (!mayRead(asked, schedule)) throw mayNot(asked, READ, schedule.scope);
  const view = shown === 'schedules' ? scheduleView : instanceView;
  return { status: 200, body: view(asked, schedule, memberType(asked, schedule, false)) };
}

function isShown(asked: Asked, s: Schedule, kind: Kind, shown: Shown): boolean {
  const now = asked.engine.now();
  const inTime = shown === 'schedules' ? standing(s, now) : live(s, now);
  return inTime && s.plane === PLANE && s.kind === kind && isHere(asked, s.scope);
}
