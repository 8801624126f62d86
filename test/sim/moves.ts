import { SYSTEM } from '../../src/core/actor.ts';
import type { Command, Grant } from '../../src/core/command.ts';
import type { Rule } from '../../src/core/policy.ts';
import type { Principal } from '../../src/core/principal.ts';
import { stageEndsAt, waits } from '../../src/core/request.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import { standing } from '../../src/core/schedule.ts';
import type { Target } from '../../src/core/target.ts';
import {
  after,
  type Duration,
  duration,
  hours,
  type Instant,
  instant,
  later,
  minutes,
  type PrincipalId,
  requestId,
  roleKey,
  scheduleId,
  scopeKey,
  written,
} from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import { type Chance, percent, pick } from './chance.ts';
import {
  ANIKA,
  APPROVERS,
  BOT,
  consent,
  EVERY_PLANE,
  guid,
  MINA,
  named,
  OMAR,
  ONCALL,
  person,
  RAVI,
  RESOURCE,
  stage,
  T0,
  VAULT,
} from './estate.ts';
import {
  activate,
  assign,
  cancel,
  change,
  deactivate,
  give,
  lasting,
  remove,
  review,
  until,
  wish,
} from './orders.ts';

const PEOPLE = [RAVI, ANIKA, MINA];
const LENGTHS: readonly Duration[] = [minutes(5), hours(1), hours(2), hours(8)];
const STARTS: readonly (Duration | null)[] = [null, null, null, minutes(30), hours(1)];

/** What the generator knows: the state it may point into, the time, and how names are made. */
export interface Situation {
  readonly world: World;
  readonly now: Instant;
  readonly chance: Chance;
  /** The number of the step: requests are named after it. */
  readonly step: number;
  /** The target that most of this history is about. */
  readonly focus: Target;
}
type Move = (s: Situation, target: Target) => Command;

const name = (s: Situation) => requestId(guid(s.step, 0xe));
const period = (s: Situation) => {
  const wait = pick(s.chance, STARTS);
  const start = wait === null ? null : after(s.now, wait);
  const length = pick(s.chance, LENGTHS);
  return percent(s.chance, 70) ? lasting(length, start) : until(after(start ?? s.now, length), start);
};
const byAdministrator = (s: Situation) => ({
  id: name(s),
  actor: person(percent(s.chance, 90) ? OMAR : pick(s.chance, PEOPLE)),
});
const aRequest = (s: Situation) => {
  const waiting = [...s.world.request.values()].filter(waits);
  const among = waiting.length > 0 && percent(s.chance, 80) ? waiting : [...s.world.request.values()];
  return among.length > 0 ? pick(s.chance, among) : { id: requestId('none'), stage: 0 };
};

const membership = (s: Situation): Grant => {
  const group = pick(s.chance, [APPROVERS, ONCALL, VAULT]);
  const target = { plane: 'groups', role: roleKey('member'), scope: scopeKey(group) } as const;
  return give(pick(s.chance, [...PEOPLE, ONCALL]), target, scheduleId(name(s)));
};

const limit = (length: Duration): Rule => ({
  caller: 'endUser',
  level: 'assignment',
  kind: 'expiration',
  required: true,
  maximum: written(length),
  exceptions: [],
});
const RULES: readonly Rule[] = [
  consent(named(APPROVERS)),
  consent(named(ANIKA)),
  consent(named(APPROVERS)),
  consent(stage({ timeout: hours(1) })),
  consent(named(ANIKA, RAVI), named(APPROVERS, MINA)),
  { ...consent(), required: false },
  limit(hours(1)),
  limit(hours(8)),
];

const disabledOrNot = (s: Situation): Command => {
  const off = PEOPLE.filter((id) => s.world.principal.get(id)?.enabled === false);
  const id = off.length > 0 && percent(s.chance, 70) ? pick(s.chance, off) : pick(s.chance, PEOPLE);
  const { createdAt: _at, version: _version, ...there } = s.world.principal.get(id) as Principal;
  return { type: 'putPrincipal', actor: SYSTEM, principal: { ...there, enabled: !there.enabled } };
};

/** Mostly something that stands, so that orders hit; sometimes nothing in particular. */
function standingOne(s: Situation, wanted: (x: Schedule) => boolean): Schedule | undefined {
  const found = [...s.world.schedule.values()].filter(
    (x) => x.principal !== OMAR && standing(x, s.now) && wanted(x),
  );
  return found.length > 0 && percent(s.chance, 85) ? pick(s.chance, found) : undefined;
}
const targetOf = ({ plane, role, scope }: Target): Target => ({ plane, role, scope });

function activation(s: Situation, focus: Target): Command {
  const eligibility = standingOne(s, (x) => x.kind === 'eligibility');
  if (!eligibility && percent(s.chance, 80)) return assignment(s, focus);
  const target = narrowed(s, eligibility ? targetOf(eligibility) : focus);
  const holder =
    eligibility?.principal === ONCALL
      ? pick(s.chance, [RAVI, ANIKA])
      : (eligibility?.principal ?? pick(s.chance, [RAVI, RAVI, MINA, ANIKA, BOT]));
  const wrong = percent(s.chance, 5) ? { actor: person(ANIKA) } : {};
  const reason = percent(s.chance, 5) ? { justification: null } : {};
  return activate(holder, target, period(s), { id: name(s), ...wrong, ...reason });
}

function deactivation(s: Situation, focus: Target): Command {
  const running = standingOne(s, (x) => x.activatedFrom !== null);
  return deactivate(running?.principal ?? RAVI, running ? targetOf(running) : focus, { id: name(s) });
}

function removal(s: Situation, focus: Target): Command {
  const kind = percent(s.chance, 70) ? 'eligibility' : 'assignment';
  const there = standingOne(s, (x) => x.kind === kind);
  return remove(there?.principal ?? RAVI, there ? targetOf(there) : focus, { ...byAdministrator(s), kind });
}

const assignment = (s: Situation, target: Target): Command =>
  percent(s.chance, 80)
    ? assign(
        pick(s.chance, [RAVI, RAVI, RAVI, MINA, MINA, ONCALL, ONCALL, BOT]),
        target,
        lasting(pick(s.chance, [hours(3), hours(48), hours(480)])),
        byAdministrator(s),
      )
    : assign(pick(s.chance, PEOPLE), target, period(s), { ...byAdministrator(s), kind: 'assignment' });

const MORE: readonly Duration[] = [minutes(30), hours(2), hours(24), hours(480)];
const longer = (s: Situation) =>
  lasting(pick(s.chance, MORE), percent(s.chance, 15) ? after(s.now, hours(1)) : null);

/** What an administrator moves is mostly there; what is renewed mostly was. */
function changed(s: Situation, focus: Target): Command {
  const type = pick(s.chance, ['adminUpdate', 'adminUpdate', 'adminExtend', 'adminRenew'] as const);
  const there = type === 'adminRenew' ? expiredOne(s) : standingOne(s, () => true);
  const kind = there?.kind ?? 'eligibility';
  const by = { ...byAdministrator(s), kind, justification: 'more' };
  return change(type, there?.principal ?? RAVI, there ? targetOf(there) : focus, longer(s), by);
}

function wished(s: Situation, focus: Target): Command {
  const type = pick(s.chance, ['selfExtend', 'selfRenew'] as const);
  const there = type === 'selfRenew' ? expiredOne(s) : standingOne(s, (x) => x.activatedFrom === null);
  const kind = there?.kind ?? 'eligibility';
  return wish(type, there?.principal ?? RAVI, there ? targetOf(there) : focus, longer(s), {
    id: name(s),
    kind,
  });
}

function expiredOne(s: Situation): Schedule | undefined {
  const found = [...s.world.schedule.values()].filter(
    (x) => x.endReason === 'expired' && x.activatedFrom === null,
  );
  return found.length > 0 ? pick(s.chance, found) : undefined;
}

/** All that anybody can order, likelier what makes something happen. */
const MOVES: readonly (readonly [weight: number, move: Move])[] = [
  [5, assignment],
  [4, activation],
  [2, deactivation],
  [3, removal],
  [3, changed],
  [2, wished],
  [14, reviewed],
  [2, (s) => cancel(pick(s.chance, [RAVI, ANIKA, OMAR, MINA]), aRequest(s).id)],
  [4, (s, t) => ({ type: 'setPolicy', actor: person(OMAR), target: t, rules: [pick(s.chance, RULES)] })],
  [1, membership],
  [
    1,
    (s) => ({
      type: 'withdraw',
      actor: person(OMAR),
      schedule: standingOne(s, () => true)?.id ?? scheduleId(name(s)),
    }),
  ],
  [1, disabledOrNot],
];

function narrowed(s: Situation, target: Target): Target {
  return target.plane === 'azure' && percent(s.chance, 20) ? { ...target, scope: RESOURCE } : target;
}

function reviewed(s: Situation, focus: Target): Command {
  const request = aRequest(s);
  if (!('stages' in request && request.stages.length > 0) && percent(s.chance, 90))
    return activation(s, focus);
  const administrators = 'state' in request && request.state === 'pendingAdminDecision';
  const by = pick(s.chance, administrators ? [OMAR, OMAR, OMAR, RAVI] : [ANIKA, ANIKA, ANIKA, RAVI, MINA]);
  return review(by, request.id, percent(s.chance, 70) ? 'approve' : 'deny', { stage: request.stage });
}

const BAG = MOVES.flatMap(([weight, move]) => Array.from({ length: weight }, () => move));

/** What a history is mostly about. */
export const anyFocus = (chance: Chance): Target => pick(chance, EVERY_PLANE).target;

/** Something that somebody orders. */
export const anyCommand = (s: Situation): Command =>
  pick(s.chance, BAG)(s, percent(s.chance, 70) ? s.focus : pick(s.chance, EVERY_PLANE).target);

/** Forward to some instant; half of the time to one at which something begins, ends or runs out, a millisecond around it. */
export function anyInstant({ world, now, chance }: Situation): Instant {
  const boundaries = boundariesOf(world).filter((t) => t >= now - 1);
  if (boundaries.length === 0 || percent(chance, 50)) return after(now, duration(chance.below(minutes(20))));
  const near = boundaries.sort((a, b) => a - b).slice(0, 3);
  return later(now, instant(pick(chance, near) + chance.below(3) - 1));
}

const boundariesOf = (world: World): Instant[] =>
  [
    ...[...world.schedule.values()].flatMap((s) => [s.start, s.end]).filter((t) => t !== null && t > T0),
    ...[...world.request.values()].map(stageEndsAt).filter((t) => t !== null),
  ] as Instant[];

/** Everybody whose access is asked after every step. */
export const ASKED: readonly PrincipalId[] = [RAVI, ANIKA, MINA];
