import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  consent,
  eligible,
  estate,
  factsOf,
  MINA,
  named,
  OMAR,
  person,
  RAVI,
  SUBSCRIPTION,
  T0,
  TARGETS,
  withPolicy,
} from '../../../test/sim/estate.ts';
import { activate, lasting } from '../../../test/sim/orders.ts';
import { SYSTEM } from '../actor.ts';
import type { PutPrincipal, PutScope } from '../command.ts';
import type { Principal } from '../principal.ts';
import { duration, hours, after as plus, principalId, scopeKey } from '../values.ts';

const put = (id: typeof RAVI, given: Partial<Principal>, facts = factsOf(estate())): PutPrincipal => {
  const { createdAt: _, version: __, ...there } = facts.world.principal.get(id) as Principal;
  return { type: 'putPrincipal', actor: SYSTEM, principal: { ...there, ...given } };
};
const group = (given: Partial<PutScope['scope']> = {}, by = person(OMAR)): PutScope => ({
  type: 'putScope',
  actor: by,
  plane: 'azure',
  scope: {
    key: scopeKey(`${SUBSCRIPTION}/resourcegroups/new`),
    path: `${SUBSCRIPTION}/resourceGroups/New`,
    kind: 'resourceGroup',
    displayName: 'New',
    parent: SUBSCRIPTION,
    tags: {},
    location: null,
    ...given,
  },
});

describe('a principal', () => {
  test('INV-L8: that is disabled has all that waits for it closed in the same decision', () => {
    const target = TARGETS.azure;
    const facts = factsOf(withPolicy(estate(eligible(target, RAVI)), target, consent(named(ANIKA))));
    const cmd = activate(RAVI, target, lasting(hours(1)));
    apply(facts, cmd, T0);
    expect(told(apply(facts, put(RAVI, { enabled: false }, facts), T0))).toEqual([
      'principalPut',
      'requestMoved canceled',
    ]);
    expect(facts.world.request.get(cmd.id)?.state).toBe('canceled');
  });
  test('written again as it is changes nothing', () => {
    expect(apply(factsOf(estate()), put(RAVI, {}), T0)).toEqual({ ok: true, events: [] });
  });
  test('keeps the instant it was made at, and counts its versions', () => {
    const facts = factsOf(estate());
    apply(facts, put(RAVI, { displayName: 'R' }), plus(T0, duration(5)));
    expect(facts.world.principal.get(RAVI)).toMatchObject({ displayName: 'R', createdAt: T0, version: 2 });
  });
  test('is written by nobody but the server, and so are credentials', () => {
    const facts = factsOf(estate());
    expect(codes(apply(facts, { ...put(RAVI, {}), actor: person(OMAR) }, T0))).toEqual(['notAuthorized']);
    const secret = {
      type: 'addCredential',
      id: 'x',
      principal: RAVI,
      kind: 'password',
      verifier: 'v',
    } as const;
    expect(codes(apply(facts, { ...secret, actor: person(RAVI) }, T0))).toEqual(['notAuthorized']);
    expect(codes(apply(facts, { ...secret, actor: SYSTEM, principal: principalId('gone') }, T0))).toEqual([
      'principalNotFound',
    ]);
    const made = apply(facts, { ...secret, actor: SYSTEM }, T0);
    expect(told(made)).toEqual(['credentialAdded']);
    expect(JSON.stringify(made)).not.toContain('verifier');
  });
});

describe('a scope', () => {
  test('is made by whoever may, below one that is there', () => {
    const facts = factsOf(estate());
    expect(told(apply(facts, group(), T0))).toEqual(['scopePut']);
    expect(apply(facts, group(), T0)).toEqual({ ok: true, events: [] });
    expect(codes(apply(facts, group({}, person(MINA)), T0))).toEqual(['notAuthorized']);
    expect(codes(apply(facts, group({ parent: scopeKey('/nowhere') }), T0))).toEqual(['scopeNotFound']);
  });
  test('keeps the case of the first writing of its path', () => {
    const facts = factsOf(estate());
    apply(facts, group(), T0);
    apply(facts, group({ path: 'NEW', tags: { environment: 'test' } }), T0);
    expect(facts.world.scope.get(`${SUBSCRIPTION}/resourcegroups/new`)).toMatchObject({
      path: `${SUBSCRIPTION}/resourceGroups/New`,
      tags: { environment: 'test' },
      version: 2,
    });
  });
});

test('INV-T2: a manual clock is moved forward and never back', () => {
  const move = (ms: number) =>
    apply(factsOf(estate()), { type: 'advanceClock', actor: SYSTEM, to: plus(T0, duration(ms)) }, T0);
  expect(codes(move(-1))).toEqual(['clockGoesForward']);
  expect(told(move(0))).toEqual(['clockAdvanced']);
  expect(told(move(1))).toEqual(['clockAdvanced']);
});
