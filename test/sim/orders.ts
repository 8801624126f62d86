import type { Actor } from '../../src/core/actor.ts';
import type { Verdict } from '../../src/core/approval.ts';
import type {
  AdminAssign,
  AdminExtend,
  AdminRemove,
  AdminRenew,
  AdminUpdate,
  Cancel,
  Grant,
  Review,
  SelfActivate,
  SelfDeactivate,
  SelfExtend,
  SelfRenew,
} from '../../src/core/command.ts';
import type { Period } from '../../src/core/request.ts';
import type { Target } from '../../src/core/target.ts';
import {
  type Duration,
  type Instant,
  type PrincipalId,
  type RequestId,
  requestId,
  type ScheduleId,
  scheduleId,
  written,
} from '../../src/core/values.ts';
import { guid, OMAR, person } from './estate.ts';

let asked = 0;
/** A new name for a request. */
export const name = (): RequestId => requestId(guid(++asked, 0xd));

export const lasting = (length: Duration, start: Instant | null = null): Period => ({
  start,
  expiration: { type: 'afterDuration', ...written(length) },
});
export const until = (end: Instant, start: Instant | null = null): Period => ({
  start,
  expiration: { type: 'afterDateTime', end },
});
export const forGood: Period = { start: null, expiration: { type: 'noExpiration' } };

const asking = (actor: Actor, target: Target, principal: PrincipalId) => ({
  id: name(),
  actor,
  holding: { ...target, principal },
  justification: 'ticket 42',
  ticket: { number: null, system: null },
  condition: null,
  spelling: null,
});

export const activate = (
  by: PrincipalId,
  target: Target,
  period: Period,
  given: Partial<SelfActivate> = {},
): SelfActivate => ({
  ...asking(person(by), target, by),
  type: 'selfActivate',
  kind: 'assignment',
  uses: null,
  period,
  ...given,
});
export const deactivate = (
  by: PrincipalId,
  target: Target,
  given: Partial<SelfDeactivate> = {},
): SelfDeactivate => ({
  ...asking(person(by), target, by),
  type: 'selfDeactivate',
  kind: 'assignment',
  schedule: null,
  period: forGood,
  ...given,
});
export const assign = (
  principal: PrincipalId,
  target: Target,
  period: Period,
  given: Partial<AdminAssign> = {},
): AdminAssign => ({
  ...asking(person(OMAR), target, principal),
  type: 'adminAssign',
  kind: 'eligibility',
  period,
  ...given,
});
export const remove = (
  principal: PrincipalId,
  target: Target,
  given: Partial<AdminRemove> = {},
): AdminRemove => ({
  ...asking(person(OMAR), target, principal),
  type: 'adminRemove',
  kind: 'eligibility',
  schedule: null,
  period: forGood,
  ...given,
});
type Changing = AdminUpdate | AdminExtend | AdminRenew;
/** An administrator updates, extends or renews. */
export const change = <T extends Changing['type']>(
  type: T,
  principal: PrincipalId,
  target: Target,
  period: Period,
  given: Partial<Changing> = {},
) =>
  ({
    ...asking(person(OMAR), target, principal),
    type,
    kind: 'eligibility',
    schedule: null,
    period,
    ...given,
  }) as Extract<Changing, { type: T }>;
/** Somebody asks the administrators to extend or renew. */
export const wish = <T extends 'selfExtend' | 'selfRenew'>(
  type: T,
  by: PrincipalId,
  target: Target,
  period: Period,
  given: Partial<SelfExtend | SelfRenew> = {},
) =>
  ({
    ...asking(person(by), target, by),
    type,
    kind: 'eligibility',
    schedule: null,
    period,
    ...given,
  }) as Extract<SelfExtend | SelfRenew, { type: T }>;
export const review = (
  by: PrincipalId,
  request: RequestId,
  verdict: Verdict,
  given: Partial<Review> = {},
): Review => ({
  type: 'review',
  actor: person(by),
  request,
  stage: 0,
  verdict,
  justification: 'seen',
  ...given,
});
export const cancel = (by: PrincipalId, request: RequestId): Cancel => ({
  type: 'cancel',
  actor: person(by),
  request,
});
export const give = (
  principal: PrincipalId,
  target: Target,
  schedule: ScheduleId = scheduleId(name()),
): Grant => ({
  type: 'grant',
  actor: person(OMAR),
  schedule,
  holding: { ...target, principal },
  principalKind: null,
  note: null,
  condition: null,
});
