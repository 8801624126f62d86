import fc from 'fast-check';
import { SYSTEM } from '../../src/core/actor.ts';
import type { Command } from '../../src/core/command.ts';
import { roleKey } from '../../src/core/values.ts';
import * as the from './samples.ts';

const one = <T>(...of: readonly T[]) => fc.constantFrom(...of);

const withdraw: fc.Arbitrary<Command> = fc
  .record({ id: fc.integer({ min: 500, max: 540 }).map(the.schedule) })
  .map(({ id }) => ({ type: 'withdraw', schedule: id, actor: SYSTEM }));

const defineRole: fc.Arbitrary<Command> = fc
  .record({
    id: one(the.CUSTOM, roleKey('custom-2')),
    name: one('Crew', 'crew', 'Other'),
    scope: one(the.SUBSCRIPTION, the.RESOURCES),
  })
  .map(({ id, name, scope }) => ({
    type: 'defineRole',
    role: {
      id,
      plane: 'azure',
      name,
      description: '',
      permissions: [the.READS],
      assignableScopes: [scope],
    },
    at: scope,
    actor: SYSTEM,
  }));
const removeRole: fc.Arbitrary<Command> = fc
  .record({ role: one(the.CUSTOM, roleKey('custom-2')) })
  .map(({ role }) => ({ type: 'removeRole', plane: 'azure', role, at: the.ROOT, actor: SYSTEM }));

const putDenyAssignment: fc.Arbitrary<Command> = fc
  .record({ name: one('a', 'b'), scope: one(the.SUBSCRIPTION, the.RESOURCES), scopeOnly: fc.boolean() })
  .map(({ name, scope, scopeOnly }) => ({
    type: 'putDenyAssignment',
    denyAssignment: { ...the.denial(1, scope), name, scopeOnly },
    actor: SYSTEM,
  }));
const removeDenyAssignment: fc.Arbitrary<Command> = fc.constant({
  type: 'removeDenyAssignment',
  denyAssignment: the.denial(1, the.ROOT).id,
  actor: SYSTEM,
});

/** Orders about roles, deny assignments and what was given by name, and how often they come. */
export const roleCommands = [
  { weight: 2, arbitrary: withdraw },
  { weight: 2, arbitrary: defineRole },
  { weight: 1, arbitrary: removeRole },
  { weight: 1, arbitrary: putDenyAssignment },
  { weight: 1, arbitrary: removeDenyAssignment },
];
