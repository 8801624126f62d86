import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  BOT,
  consent,
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  MINA,
  named,
  ONCALL,
  person,
  RAVI,
  RESOURCE,
  SUBSCRIPTION,
  schedule,
  T0,
  TARGETS,
  withPolicy,
} from '../../../test/sim/estate.ts';
import { activate, forGood, lasting, until } from '../../../test/sim/orders.ts';
import { SYSTEM } from '../actor.ts';
import type { ExpirationRule } from '../policy.ts';
import type { Schedule } from '../schedule.ts';
import {
  type Duration,
  days,
  duration,
  hours,
  instant,
  minutes,
  after as plus,
  principalId,
  roleKey,
  scheduleId,
  written,
} from '../values.ts';

const HOUR = lasting(hours(1));
const at = (ms: number) => plus(T0, duration(ms));
const limit = (maximum: Duration): ExpirationRule => ({
  caller: 'endUser',
  level: 'assignment',
  kind: 'expiration',
  required: true,
  maximum: written(maximum),
  exceptions: [],
});

describe.each(EVERY_PLANE)('activating on $plane', ({ plane, target }) => {
  const worldOf = (...more: Schedule[]) => factsOf(estate(eligible(target, RAVI), ...more));

  test('INV-L3: begins at once, and the schedule has the name of the request that granted it', () => {
    const facts = worldOf();
    const cmd = activate(RAVI, target, HOUR);
    expect(told(apply(facts, cmd, T0))).toEqual([
      'requested',
      'scheduleCreated',
      'accessBegan',
      'requestMoved provisioned',
    ]);
    const uses = [...facts.world.schedule.values()].find((s) => s.kind === 'eligibility')?.id;
    expect(facts.world.schedule.get(cmd.id)).toMatchObject({
      ...target,
      principal: RAVI,
      start: T0,
      end: at(hours(1)),
      activatedFrom: uses,
      createdBy: cmd.id,
    });
    expect(facts.world.request.get(cmd.id)).toMatchObject({ state: 'provisioned', uses, usesAsked: null });
  });

  const refused: [name: string, given: Partial<ReturnType<typeof activate>>, codes: string[]][] = [
    [
      'INV-L9: a workload identity',
      { actor: person(BOT), holding: { ...target, principal: BOT } },
      ['interactiveSignInRequired'],
    ],
    [
      'INV-L9: the server',
      { actor: SYSTEM, holding: { ...target, principal: RAVI } },
      ['interactiveSignInRequired'],
    ],
    ['INV-L9: somebody for somebody else', { actor: person(ANIKA) }, ['notForSomebodyElse']],
    [
      'INV-L9: a member for the eligible group',
      { holding: { ...target, principal: ONCALL } },
      ['notForSomebodyElse'],
    ],
    [
      'a role nobody knows',
      { holding: { ...target, principal: RAVI, role: roleKey('none') } },
      ['roleNotFound'],
    ],
    [
      'a person nobody knows',
      { actor: person(principalId('gone')), holding: { ...target, principal: principalId('gone') } },
      ['principalNotFound'],
    ],
    [
      'what one is not eligible for',
      { actor: person(MINA), holding: { ...target, principal: MINA } },
      ['eligibilityNotFound'],
    ],
    ['by an eligibility of another name', { uses: scheduleId('other') }, ['eligibilityNotFound']],
    ['without end', { period: forGood }, ['endRequired']],
    ['for no time', { period: lasting(duration(0)) }, ['periodEmpty']],
    ['to an end before the start', { period: until(at(1), at(2)) }, ['periodEmpty']],
    ['for a millisecond less than the floor', { period: lasting(duration(minutes(5) - 1)) }, ['endsTooSoon']],
    [
      'for a millisecond more than the policy allows',
      { period: lasting(duration(hours(8) + 1)) },
      ['endsTooLate'],
    ],
    [
      'too long and without a reason, told at once',
      { period: lasting(hours(9)), justification: ' ' },
      ['endsTooLate', 'justificationRequired'],
    ],
  ];
  test.each(refused)('is refused: %s', (_name, given, expected) => {
    expect(codes(apply(worldOf(), activate(RAVI, target, HOUR, given), T0))).toEqual(expected);
  });

  test.each([minutes(5), hours(8)])('is allowed for exactly %d ms', (length) => {
    expect(codes(apply(worldOf(), activate(RAVI, target, lasting(length)), T0))).toEqual([]);
  });

  test('INV-T5: lasts no longer than the plane allows, whatever the policy says and whoever is excepted', () => {
    const exceptions = [{ id: RAVI, of: 'person' as const, backup: false, description: null }];
    const facts = factsOf(
      withPolicy(estate(eligible(target, RAVI)), target, { ...limit(hours(1)), exceptions }),
    );
    expect(codes(apply(facts, activate(RAVI, target, lasting(duration(hours(24) + 1))), T0))).toEqual([
      'endsTooLate',
    ]);
    expect(codes(apply(facts, activate(RAVI, target, forGood), T0))).toEqual(['endRequired']);
    expect(codes(apply(facts, activate(RAVI, target, lasting(hours(24))), T0))).toEqual([]);
  });

  test('INV-T5: is cut to the end of the eligibility, to the millisecond', () => {
    const facts = factsOf(estate(eligible(target, RAVI, { end: at(minutes(1)) })));
    const cmd = activate(RAVI, target, HOUR);
    apply(facts, cmd, T0);
    expect(facts.world.schedule.get(cmd.id)?.end).toBe(at(minutes(1)));
  });

  test('INV-T5: is refused when it would begin at or after the end of the eligibility', () => {
    const facts = factsOf(estate(eligible(target, RAVI, { end: at(hours(2)) })));
    expect(codes(apply(facts, activate(RAVI, target, lasting(hours(1), at(hours(2)))), T0))).toEqual([
      'periodEmpty',
    ]);
    expect(codes(apply(facts, activate(RAVI, target, lasting(hours(1), at(hours(9)))), T0))).toEqual([
      'periodEmpty',
    ]);
    expect(codes(apply(facts, activate(RAVI, target, lasting(hours(1), at(hours(2) - 1))), T0))).toEqual([]);
  });

  test.each<[string, number, string[]]>([
    ['a millisecond before the eligibility begins', -1, ['eligibilityNotFound']],
    ['when it begins', 0, []],
    ['a millisecond before it ends', hours(2) - 1, []],
    ['when it ends', hours(2), ['eligibilityNotFound']],
  ])('INV-T6: %s: %j', (_name, ms, expected) => {
    const facts = factsOf(estate(eligible(target, RAVI, { start: T0, end: at(hours(2)) })));
    expect(codes(apply(facts, activate(RAVI, target, HOUR), at(ms)))).toEqual(expected);
  });

  test('is for the member, not for the group, when the group is eligible', () => {
    const facts = factsOf(estate(eligible(target, ONCALL)));
    const cmd = activate(RAVI, target, HOUR);
    expect(codes(apply(facts, cmd, T0))).toEqual([]);
    expect(facts.world.schedule.get(cmd.id)).toMatchObject({ principal: RAVI });
    expect(codes(apply(facts, activate(MINA, target, HOUR), T0))).toEqual(['eligibilityNotFound']);
  });

  test('INV-L8: is refused to a disabled person', () => {
    const facts = worldOf();
    facts.world.principal.set(RAVI, { ...facts.world.principal.get(RAVI)!, enabled: false });
    expect(codes(apply(facts, activate(RAVI, target, HOUR), T0))).toEqual(['principalDisabled']);
  });

  const minute = minutes(1);
  const second: [
    name: string,
    there: [from: number, to: number],
    asked: [from: number, to: number],
    codes: string[],
  ][] = [
    ['while it runs', [-hours(1), hours(1)], [0, hours(1)], ['alreadyAssigned']],
    ['for later, while it runs', [-hours(1), hours(1)], [hours(5), hours(6)], ['alreadyAssigned']],
    ['at the end of the other', [-hours(1), 0], [0, hours(1)], []],
    ['far from one that is to come', [hours(3), hours(4)], [0, hours(1)], []],
    ['into one that is to come', [minutes(30), hours(4)], [0, hours(1)], ['overlapsPending']],
    ['to the very minute in which one begins', [hours(1), hours(4)], [0, hours(1)], ['overlapsPending']],
    ['to the minute before', [hours(1) + minute, hours(4)], [0, hours(1)], []],
    ['to the last millisecond of the minute before', [hours(1), hours(4)], [0, hours(1) - 1], []],
    [
      'from the minute in which one ends',
      [minutes(30), hours(1)],
      [hours(1) + 59_999, hours(3)],
      ['overlapsPending'],
    ],
    ['from the minute after', [minutes(30), hours(1)], [hours(1) + minute, hours(3)], []],
  ];
  test.each(second)('INV-L4: a second time %s: %j', (_name, [from, to], [start, end], expected) => {
    const there = schedule({
      ...target,
      principal: RAVI,
      start: at(from),
      end: at(to),
      announced: from > 0 ? 'nothing' : 'begin',
    });
    expect(codes(apply(worldOf(there), activate(RAVI, target, until(at(end), at(start))), T0))).toEqual(
      expected,
    );
  });

  test('INV-L4: waits for a yes only once', () => {
    const facts = factsOf(withPolicy(estate(eligible(target, RAVI)), target, consent(named(ANIKA))));
    expect(told(apply(facts, activate(RAVI, target, HOUR), T0))).toEqual(['requested']);
    expect(codes(apply(facts, activate(RAVI, target, HOUR), T0))).toEqual(['pendingRequest']);
  });

  test('carries the condition of the eligibility, and takes another one only where there is none', () => {
    const condition = { text: 'only blobs', version: '2.0' };
    const facts = factsOf(estate(eligible(target, RAVI, { condition })));
    const other = { condition: { text: 'all', version: '2.0' } };
    expect(codes(apply(facts, activate(RAVI, target, HOUR, other), T0))).toEqual(['conditionDiffers']);
    const cmd = activate(RAVI, target, HOUR);
    apply(facts, cmd, T0);
    expect(facts.world.schedule.get(cmd.id)?.condition).toEqual(condition);
    expect(codes(apply(worldOf(), activate(RAVI, target, HOUR, other), T0))).toEqual([]);
    expect(apply(facts, cmd, T0)).toEqual({ ok: true, events: [] });
  });

  test(`goes below the eligibility only where the plane narrows (${plane === 'azure' ? 'here' : 'not here'})`, () => {
    const below = { ...target, scope: plane === 'azure' ? RESOURCE : SUBSCRIPTION };
    expect(codes(apply(worldOf(), activate(RAVI, below, HOUR), T0))).toEqual(
      plane === 'azure' ? [] : ['eligibilityNotFound'],
    );
  });
});

describe('of several eligibilities', () => {
  const target = TARGETS.azure;
  const near = (end: number | null, id: string) =>
    eligible(target, RAVI, { end: end === null ? null : at(end), id: scheduleId(id) });
  const far = eligible({ ...target, scope: SUBSCRIPTION }, RAVI, { id: scheduleId('far') });
  test.each<[string, Schedule[], string | null, string]>([
    ['the nearest is used', [far, near(hours(1), 'near')], null, 'near'],
    [
      'of equally near ones the one that lasts longest',
      [near(hours(1), 'a'), eligible(target, ONCALL, { end: at(hours(3)), id: scheduleId('b') })],
      null,
      'b',
    ],
    [
      'one without end lasts longest',
      [near(days(400), 'a'), eligible(target, ONCALL, { id: scheduleId('b') })],
      null,
      'b',
    ],
    ['the named one is used', [far, near(hours(1), 'near')], 'far', 'far'],
  ])('%s', (_name, there, uses, expected) => {
    const facts = factsOf(estate(...there));
    const cmd = activate(RAVI, target, HOUR, { uses: uses === null ? null : scheduleId(uses) });
    apply(facts, cmd, T0);
    expect(facts.world.schedule.get(cmd.id)?.activatedFrom).toBe(expected);
  });
  test('one above the scope is not used for the scope above', () => {
    const facts = factsOf(estate(near(null, 'near')));
    expect(codes(apply(facts, activate(RAVI, { ...target, scope: SUBSCRIPTION }, HOUR), T0))).toEqual([
      'eligibilityNotFound',
    ]);
  });
  test('a start that has passed is now', () => {
    const facts = factsOf(estate(near(null, 'near')));
    const cmd = activate(RAVI, target, lasting(hours(1), instant(T0 - hours(3))));
    apply(facts, cmd, T0);
    expect(facts.world.schedule.get(cmd.id)).toMatchObject({ start: T0, end: at(hours(1)) });
  });
});
