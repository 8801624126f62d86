import type { AccessView } from '../../src/core/access.ts';
import { check } from '../../src/core/access.ts';
import { SYSTEM } from '../../src/core/actor.ts';
import type { Command } from '../../src/core/command.ts';
import { decide } from '../../src/core/decide/index.ts';
import { accept, type Decision } from '../../src/core/decision.ts';
import type { Event } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Facts } from '../../src/core/facts.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import type { PrincipalId } from '../../src/core/values.ts';
import { after, hours, instant, scheduleId } from '../../src/core/values.ts';
import { ANIKA, person } from './estate.ts';
import type { Parts } from './history.ts';
import { ONCE, PURE } from './history.ts';
import type { Law } from './law.ts';
import { LAWS } from './laws.ts';
import { SAID } from './timeLaws.ts';

/** A fault as somebody might make it, and the one law that is asked whether it sees it. */
export interface CoreFault {
  readonly law: Law;
  readonly fault: string;
  readonly parts: Partial<Parts>;
}

const law = (id: string, words = ''): Law => {
  const found = LAWS.find((l) => l.id === id && l.says.includes(words));
  if (!found) throw new Error(`no law ${id} about "${words}"`);
  return found;
};

type Type = Command['type'];
/** What is decided of one kind of command, with something done to the events. */
const tells = (
  type: Type,
  change: (events: readonly Event[], facts: Facts) => readonly Event[],
): Partial<Parts> => ({
  decide: (facts, cmd, now) => {
    const decision = decide(facts, cmd, now);
    return decision.ok && cmd.type === type ? accept(...change(decision.events, facts)) : decision;
  },
});
const without = (type: Type, unwanted: (e: Event) => boolean): Partial<Parts> =>
  tells(type, (events) => events.filter((e) => !unwanted(e)));

/** What is decided of one kind of command with its facts seen differently. */
const sees = (type: Type, look: (facts: Facts, cmd: Command) => Facts): Partial<Parts> => ({
  decide: (facts, cmd, now) => decide(cmd.type === type ? look(facts, cmd) : facts, cmd, now),
});
const schedulesAs = (facts: Facts, change: (s: Schedule) => Schedule | undefined): Facts => {
  const seen = [...facts.world.schedule.values()].flatMap((s) => change(s) ?? []);
  return { ...facts, world: { ...facts.world, schedule: new Map(seen.map((s) => [s.id, s])) } };
};
const requestsWithout = (facts: Facts, id: string): Facts => {
  const request = new Map(facts.world.request);
  request.delete(id);
  return { ...facts, world: { ...facts.world, request } };
};

/** Where it was refused for one reason, it is decided as if somebody else had ordered it, and told of who really did. */
const insteadOf = (code: string, who: (cmd: Command) => PrincipalId): Partial<Parts> => ({
  decide: (facts, cmd, now): Decision => {
    const decision = decide(facts, cmd, now);
    if (decision.ok || decision.refusals[0]?.code !== code) return decision;
    const other = decide(facts, { ...cmd, actor: person(who(cmd)) }, now);
    return other.ok ? accept(...other.events.map((e) => signed(e, cmd.actor.id))) : other;
  },
});
const signed = (e: Event, by: PrincipalId): Event =>
  e.type === 'voted'
    ? { ...e, vote: { ...e.vote, by } }
    : e.type === 'requested'
      ? { ...e, request: { ...e.request, requestor: by } }
      : e;

const holds = (change: (view: AccessView) => AccessView): Partial<Parts> => ({
  check: (view, q, t) => check(change(view), q, t),
});
const unendingEligibilities = (facts: Facts) =>
  schedulesAs(facts, (s) => (s.kind === 'eligibility' ? { ...s, end: null } : s));
const end = (e: Event) => e.type === 'accessEnded';
const move = (e: Event) => e.type === 'requestMoved';

const cuts = (e: Event, facts: Facts): boolean =>
  e.type === 'scheduleRescheduled' && facts.world.schedule.get(e.schedule)?.activatedFrom !== null;

export const CORE_FAULTS: readonly CoreFault[] = [
  {
    law: law('T1'),
    fault: 'an end that still counts (t <= end instead of t < end)',
    parts: { check: (view, q, t) => check(view, q, instant(t - 1)) },
  },
  {
    law: law('T5', 'no later'),
    fault: 'an activation that is not cut to the end of its eligibility',
    parts: sees('selfActivate', unendingEligibilities),
  },
  {
    law: law('T5', 'no later'),
    fault: 'a late yes that stretches the window',
    parts: tells('review', (events) =>
      events.map((e) =>
        e.type === 'scheduleCreated' && e.schedule.end !== null
          ? { ...e, schedule: { ...e.schedule, end: after(e.schedule.end, hours(1)) } }
          : e,
      ),
    ),
  },
  { law: law('T5', 'later'), fault: 'a second activation that prolongs the first', parts: prolongs() },
  {
    law: law('T6'),
    fault: 'an update that does not cut what was activated',
    parts: tells('adminUpdate', (events, facts) => events.filter((e) => !cuts(e, facts))),
  },
  {
    law: law('T6'),
    fault: 'a removal that forgets what was activated',
    parts: without(
      'adminRemove',
      (e) => end(e) && e.type === 'accessEnded' && e.reason === 'eligibilityEnded',
    ),
  },
  { law: SAID, fault: 'a tick that announces no end', parts: without('tick', end) },
  { law: SAID, fault: 'a tick that forgets who waited too long', parts: without('tick', move) },
  {
    law: law('T8'),
    fault: 'an end that is announced a millisecond early',
    parts: {
      decide: (facts, cmd, now) =>
        decide(
          facts,
          cmd.type === 'tick'
            ? { ...cmd, schedules: [...facts.world.schedule.values()].map((s) => s.id) }
            : cmd,
          cmd.type === 'tick' ? instant(now + 1) : now,
        ),
    },
  },
  { law: law('L3'), fault: 'a yes said again that grants again', parts: grantsAgain() },
  {
    law: law('L4'),
    fault: 'an activation that does not look at what runs',
    parts: sees('selfActivate', (facts) =>
      schedulesAs(facts, (s) => (s.kind === 'assignment' && s.activatedFrom !== null ? undefined : s)),
    ),
  },
  {
    law: law('L5'),
    fault: 'a request repeated that is made again',
    parts: sees('adminRemove', (facts, cmd) => ('id' in cmd ? requestsWithout(facts, cmd.id) : facts)),
  },
  {
    law: law('L5'),
    fault: 'a name that two requests share',
    parts: sees('selfActivate', (facts, cmd) =>
      'id' in cmd
        ? requestsWithout(
            schedulesAs(facts, (s) => (s.id === (cmd.id as string) ? undefined : s)),
            cmd.id,
          )
        : facts,
    ),
  },
  {
    law: law('L7', 'whichever'),
    fault: 'a check that stops at the first ground',
    parts: {
      check: (view, q, t) => ({ ...check(view, q, t), because: check(view, q, t).because.slice(0, 1) }),
    },
  },
  {
    law: law('L7', 'every other'),
    fault: 'the end of one schedule that ends its neighbors',
    parts: endsNeighbors(),
  },
  {
    law: law('L8'),
    fault: 'disabling somebody without closing what waits',
    parts: without('putPrincipal', move),
  },
  {
    law: law('L8'),
    fault: 'a check that does not look whether the principal is enabled',
    parts: holds((view) => ({ ...view, principal: (id) => ({ ...view.principal(id)!, enabled: true }) })),
  },
  {
    law: law('L9'),
    fault: 'an activation for somebody else',
    parts: insteadOf('notForSomebodyElse', (cmd) =>
      'holding' in cmd ? cmd.holding.principal : cmd.actor.id,
    ),
  },
  {
    law: law('A1'),
    fault: 'a review that does not ask whose request it is',
    parts: insteadOf('selfApproval', () => ANIKA),
  },
  {
    law: law('A2'),
    fault: 'a review by somebody who is no approver',
    parts: insteadOf('notAnApprover', () => ANIKA),
  },
  {
    law: law('U1'),
    fault: 'a change that forgets one of its events',
    parts: { evolve: (world, e) => (e.type === 'requestMoved' ? undefined : evolve(world, e)) },
  },
  {
    law: law('U1'),
    fault: 'a row that is written without its event',
    parts: {
      evolve: (world, e) => {
        evolve(world, e);
        if (e.type === 'accessBegan')
          evolve(world, { ...e, type: 'scheduleAmended', note: null, condition: null, by: SYSTEM.id });
      },
    },
  },
  {
    law: ONCE,
    fault: 'a tick that forgets what it said',
    parts: sees('tick', (facts) =>
      schedulesAs(facts, (s) => (s.announced === 'begin' ? { ...s, announced: 'nothing' } : s)),
    ),
  },
  {
    law: PURE,
    fault: 'a decision that writes into its facts',
    parts: {
      decide: (facts, cmd, now) => {
        facts.world.policy.delete([...facts.world.policy.keys()][0] ?? '');
        return decide(facts, cmd, now);
      },
    },
  },
];

function prolongs(): Partial<Parts> {
  return {
    decide: (facts, cmd, now) => {
      const decision = decide(facts, cmd, now);
      const running = [...facts.world.schedule.values()].find(
        (s) => s.activatedFrom !== null && s.endedAt === null && s.end !== null && now < s.end,
      );
      if (decision.ok || cmd.type !== 'selfActivate' || !running?.end) return decision;
      return accept({
        type: 'scheduleCreated',
        schedule: { ...running, end: after(running.end, hours(1)), version: running.version + 1 },
        at: now,
      });
    },
  };
}

function grantsAgain(): Partial<Parts> {
  return {
    decide: (facts, cmd, now) => {
      const decision = decide(facts, cmd, now);
      const made = cmd.type === 'review' ? facts.world.schedule.get(cmd.request) : undefined;
      if (decision.ok || !made) return decision;
      return accept({
        type: 'scheduleCreated',
        schedule: { ...made, id: scheduleId(`${made.id} again ${now}`), version: 1 },
        at: now,
      });
    },
  };
}

function endsNeighbors(): Partial<Parts> {
  return {
    evolve: (world, e) => {
      evolve(world, e);
      if (e.type !== 'accessEnded') return;
      const principal = world.schedule.get(e.schedule)?.principal;
      for (const s of world.schedule.values())
        if (s.principal === principal) world.schedule.set(s.id, { ...s, endedAt: s.endedAt ?? e.at });
    },
  };
}
