import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  BOT,
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  memberOf,
  OMAR,
  ONCALL,
  person,
  RAVI,
  schedule,
  T0,
  TARGETS,
  withPolicy,
  yearly,
} from '../../../test/sim/estate.ts';
import {
  activate,
  cancel,
  change,
  forGood,
  lasting,
  remove,
  review,
  until,
  wish,
} from '../../../test/sim/orders.ts';
import { days, hours, after as plus } from '../values.ts';

const in_ = (n: number) => plus(T0, days(n));

describe.each(EVERY_PLANE)('extending on $plane', ({ target }) => {
  const there = (endsAfter = 10) => {
    const held = eligible(target, RAVI, { end: in_(endsAfter) });
    const facts = factsOf(withPolicy(estate(held), target, yearly));
    return { held, facts, now: () => facts.world.schedule.get(held.id) };
  };

  test('an administrator moves the end later, and nothing else', () => {
    const { held, facts, now } = there();
    const cmd = change('adminExtend', RAVI, target, lasting(days(60)));
    expect(told(apply(facts, cmd, T0))).toEqual(['requested', 'scheduleRescheduled']);
    expect(now()).toEqual({ ...held, end: in_(60), updatedAt: T0, version: 2 });
    expect(facts.world.request.get(cmd.id)).toMatchObject({
      state: 'provisioned',
      schedule: held.id,
      closedAt: T0,
    });
  });

  test('INV-T5: the end of an activation stays where it is', () => {
    const { facts } = there();
    apply(facts, activate(RAVI, target, lasting(hours(2))), T0);
    const more = { kind: 'assignment' } as const;
    for (const cmd of [
      change('adminExtend', RAVI, target, lasting(hours(4)), more),
      change('adminUpdate', RAVI, target, lasting(hours(1)), more),
      wish('selfExtend', RAVI, target, lasting(hours(4)), more),
    ])
      expect(codes(apply(facts, cmd, T0))).toEqual(['activationNotMoved']);
    apply(facts, change('adminExtend', RAVI, target, lasting(days(60))), T0);
    const [activated] = [...facts.world.schedule.values()].filter((s) => s.activatedFrom !== null);
    expect(activated?.end).toBe(plus(T0, hours(2)));
  });

  test.each([
    ['an end that is not later', lasting(days(10)), 'endsNotLater'],
    ['an end that is nearer', lasting(days(3)), 'endsNotLater'],
    ['no end where the policy wants one', forGood, 'endRequired'],
    ['more than the policy allows from now on', lasting(days(366)), 'endsTooLate'],
    ['that by a start far ahead', until(in_(380), in_(300)), 'endsTooLate'],
  ])('refuses %s', (_name, period, code) => {
    const { facts } = there();
    expect(codes(apply(facts, change('adminExtend', RAVI, target, period), T0))).toEqual([code]);
  });

  test('refuses what has no end, what has ended, and who does not administer', () => {
    const permanent = factsOf(estate(eligible(target, RAVI)));
    const cmd = () => change('adminExtend', RAVI, target, lasting(days(60)));
    expect(codes(apply(permanent, cmd(), T0))).toEqual(['endsNotLater']);
    const { facts } = there();
    expect(codes(apply(facts, cmd(), in_(10)))).toEqual(['scheduleNotFound']);
    expect(codes(apply(facts, { ...cmd(), actor: person(ANIKA) }, T0))).toEqual(['notAuthorized']);
  });

  test('INV-L1: the principal asks, waits, and an administrator answers by doing it', () => {
    const { held, facts, now } = there();
    const asked = wish('selfExtend', RAVI, target, lasting(days(60)));
    expect(told(apply(facts, asked, T0))).toEqual(['requested']);
    expect(facts.world.request.get(asked.id)).toMatchObject({
      state: 'pendingAdminDecision',
      schedule: held.id,
    });
    expect(now()).toEqual(held);
    const again = wish('selfExtend', RAVI, target, lasting(days(20)));
    expect(codes(apply(facts, again, T0))).toEqual(['pendingRequest']);
    const done = apply(facts, change('adminExtend', RAVI, target, lasting(days(30))), T0);
    expect(told(done)).toEqual(['requested', 'scheduleRescheduled', 'requestMoved adminApproved']);
    expect(facts.world.request.get(asked.id)).toMatchObject({ state: 'adminApproved', closedAt: T0 });
    expect(codes(apply(facts, cancel(RAVI, asked.id), T0))).toEqual(['notCancelable']);
  });

  test('INV-A1, INV-A2: administrators decide, neither strangers nor the principal, even as administrator', () => {
    const owner = schedule({ ...target, principal: ONCALL, kind: 'eligibility', end: in_(10) });
    const { facts, now } = there();
    facts.world.schedule.set(owner.id, owner);
    const asked = wish('selfExtend', RAVI, target, lasting(days(60)));
    apply(facts, asked, T0);
    expect(codes(apply(facts, review(RAVI, asked.id, 'approve'), T0))).toEqual(['selfApproval']);
    expect(codes(apply(facts, review(ANIKA, asked.id, 'approve'), T0))).toEqual(['notAnApprover']);
    expect(told(apply(facts, review(OMAR, asked.id, 'approve', { justification: '' }), T0))).toEqual([
      'voted',
      'scheduleRescheduled',
      'requestMoved adminApproved',
    ]);
    expect(now()?.end).toEqual(in_(60));
    const own = factsOf(estate(eligible(target, OMAR, { end: in_(10) })));
    const omars = wish('selfExtend', OMAR, target, lasting(days(60)));
    apply(own, omars, T0);
    expect(codes(apply(own, change('adminExtend', OMAR, target, lasting(days(60))), T0))).toEqual([
      'selfApproval',
    ]);
  });

  test('INV-L2: denied, canceled, timed out after 30 days, or void because the schedule is gone', () => {
    const ask = () => wish('selfExtend', RAVI, target, lasting(days(60)));
    const state = (
      what: (f: ReturnType<typeof there>['facts'], id: ReturnType<typeof ask>['id']) => void,
    ) => {
      const { facts } = there();
      const asked = ask();
      apply(facts, asked, T0);
      what(facts, asked.id);
      return facts.world.request.get(asked.id)?.state;
    };
    expect(state((f, id) => apply(f, review(OMAR, id, 'deny'), T0))).toBe('adminDenied');
    expect(state((f, id) => apply(f, cancel(RAVI, id), T0))).toBe('canceled');
    expect(state((f) => apply(f, remove(RAVI, target), T0))).toBe('failed');
  });

  test('can be asked in the last 14 days, by the principal in person, not for a group', () => {
    const { facts } = there(14);
    const ask = () => wish('selfExtend', RAVI, target, lasting(days(60)));
    expect(
      codes(apply(factsOf(estate(eligible(target, RAVI, { end: plus(in_(14), hours(1)) }))), ask(), T0)),
    ).toEqual(['tooEarlyToExtend']);
    expect(codes(apply(facts, { ...ask(), actor: person(ANIKA) }, T0))).toEqual(['notForSomebodyElse']);
    expect(codes(apply(facts, wish('selfExtend', BOT, target, lasting(days(60))), T0))).toEqual([
      'interactiveSignInRequired',
    ]);
    const byGroup = factsOf(estate(eligible(target, ONCALL, { end: in_(3) }), memberOf(ONCALL, RAVI)));
    expect(codes(apply(byGroup, ask(), T0))).toEqual(['heldThroughGroup']);
    expect(codes(apply(factsOf(estate()), ask(), T0))).toEqual(['scheduleNotFound']);
    expect(told(apply(facts, ask(), T0))).toEqual(['requested']);
  });
});

test('an assigned assignment may not be moved into another of the same holding', () => {
  const target = TARGETS.azure;
  const ahead = schedule({ ...target, principal: RAVI, start: in_(4), end: in_(5), announced: 'nothing' });
  const now = schedule({ ...target, principal: RAVI, end: in_(3) });
  const facts = factsOf(estate(now, ahead));
  const cmd = change('adminExtend', RAVI, target, lasting(days(6)), { kind: 'assignment' });
  expect(codes(apply(facts, cmd, T0))).toEqual(['overlapsPending']);
});
