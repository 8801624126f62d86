import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  MINA,
  person,
  RAVI,
  SUBSCRIPTION,
  T0,
} from '../../../test/sim/estate.ts';
import { activate, give, lasting } from '../../../test/sim/orders.ts';
import type { Withdraw } from '../command.ts';
import { duration, hours, after as plus, principalId, scheduleId } from '../values.ts';

const withdraw = (schedule: string, by = give(RAVI, EVERY_PLANE[0]!.target).actor): Withdraw => ({
  type: 'withdraw',
  actor: by,
  schedule: scheduleId(schedule),
});
const later = plus(T0, duration(1));

describe.each(EVERY_PLANE)('standing access on $plane', ({ target }) => {
  test('is given without a request, and taken away by its name', () => {
    const facts = factsOf(estate());
    const cmd = give(RAVI, target);
    expect(told(apply(facts, cmd, T0))).toEqual(['scheduleCreated', 'accessBegan']);
    expect(facts.world.schedule.get(cmd.schedule)).toMatchObject({
      end: null,
      createdBy: null,
      activatedFrom: null,
      announced: 'begin',
      version: 2,
    });
    expect(told(apply(facts, withdraw(cmd.schedule), later))).toEqual(['accessEnded removed']);
    expect(codes(apply(facts, withdraw(cmd.schedule), later))).toEqual(['scheduleNotFound']);
  });

  test('INV-L5: the same again changes nothing, a remark may change, and nothing else', () => {
    const facts = factsOf(estate());
    const cmd = give(RAVI, target);
    apply(facts, cmd, T0);
    expect(apply(facts, cmd, later)).toEqual({ ok: true, events: [] });
    expect(told(apply(facts, { ...cmd, note: 'why' }, later))).toEqual(['scheduleAmended']);
    expect(codes(apply(facts, { ...cmd, holding: { ...cmd.holding, principal: MINA } }, later))).toEqual([
      'updateNotPermitted',
    ]);
    expect(codes(apply(facts, give(RAVI, target), later))).toEqual(['alreadyAssigned']);
    apply(facts, withdraw(cmd.schedule), later);
    expect(told(apply(facts, cmd, later))).toEqual(['scheduleCreated', 'accessBegan']);
  });

  test.each<[string, Partial<ReturnType<typeof give>>, string[]]>([
    ['without the right to', { actor: person(MINA) }, ['notAuthorized']],
    ['to nobody', { holding: { ...target, principal: principalId('gone') } }, ['principalNotFound']],
    ['to another kind than meant', { principalKind: 'group' }, ['principalKindDiffers']],
  ])('is refused %s', (_name, given, expected) => {
    expect(codes(apply(factsOf(estate()), { ...give(RAVI, target), ...given }, T0))).toEqual(expected);
  });

  test('does not take a name that a request has', () => {
    const facts = factsOf(estate(eligible(target, RAVI)));
    const asked = activate(RAVI, target, lasting(hours(1), plus(T0, hours(1))));
    apply(facts, asked, T0);
    facts.world.schedule.delete(asked.id);
    expect(codes(apply(facts, give(MINA, target, scheduleId(asked.id)), T0))).toEqual(['nameTaken']);
  });

  test('is not withdrawn by others, and an eligibility not at all', () => {
    const facts = factsOf(
      estate(
        eligible(target, RAVI, { id: scheduleId('e') }),
        eligible({ ...target, scope: SUBSCRIPTION }, MINA),
      ),
    );
    const cmd = give(RAVI, target);
    apply(facts, cmd, T0);
    expect(codes(apply(facts, withdraw(cmd.schedule, person(MINA)), T0))).toEqual(['notAuthorized']);
    expect(codes(apply(facts, withdraw('e'), T0))).toEqual(['scheduleNotFound']);
  });
});
