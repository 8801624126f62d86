import { type Actor, SYSTEM } from '../../src/core/actor.ts';
import type { AdminAssign, Command, PutPrincipal, PutScope, SelfActivate } from '../../src/core/command.ts';
import { type Holding, holdingOf } from '../../src/core/target.ts';
import { hours, principalId, requestId, roleKey, scheduleId, scopeKey } from '../../src/core/values.ts';
import { type Random, random } from '../estate/random.ts';

/** Somebody who is eligible for one role at one resource group. */
export interface Eligible {
  readonly actor: Actor;
  readonly holding: Holding;
  /** The eligibility's name. */
  readonly uses: string;
}

const READER = roleKey('acdd72a7-3385-48ef-bd42-f606fba81ae7');
const GROUPS = 40;
const SUBSCRIPTION = '/subscriptions/b0000000-0000-4000-8000-000000000001';
const ROOT = scopeKey('/');

export function eligibles(count: number): readonly Eligible[] {
  const chance = random(11);
  return Array.from({ length: count }, (_, n) => {
    const id = principalId(chance.guid());
    const scope = scopeKey(`${SUBSCRIPTION}/resourcegroups/rg-${n % GROUPS}`);
    return {
      actor: { id, kind: 'person', mfa: true, contexts: [] },
      holding: { plane: 'azure', role: READER, scope, principal: id },
      uses: chance.guid(),
    };
  });
}

/** What makes them eligible, in lots: what stands in a later lot needs the earlier ones. */
export const foundation = (all: readonly Eligible[]): readonly (readonly Command[])[] => [
  [putScope('/', 'tenant', null)],
  [putScope(SUBSCRIPTION, 'subscription', ROOT)],
  Array.from({ length: GROUPS }, (_, n) =>
    putScope(`${SUBSCRIPTION}/resourcegroups/rg-${n}`, 'resourceGroup', scopeKey(SUBSCRIPTION)),
  ),
  all.map(putPerson),
  all.map(makeEligible),
];

const putScope = (
  path: string,
  kind: PutScope['scope']['kind'],
  parent: PutScope['scope']['parent'],
): PutScope => ({
  type: 'putScope',
  actor: SYSTEM,
  plane: 'azure',
  scope: { key: scopeKey(path), path, kind, displayName: path, parent, tags: {}, location: null },
});

const putPerson = ({ actor }: Eligible, n: number): PutPrincipal => ({
  type: 'putPrincipal',
  actor: SYSTEM,
  principal: {
    id: actor.id,
    kind: 'person',
    displayName: `person ${n}`,
    upn: `person${n}@bench.local`,
    mail: null,
    appId: null,
    enabled: true,
    roleAssignable: false,
    about: {},
  },
});

const makeEligible = ({ holding, uses }: Eligible): AdminAssign => ({
  type: 'adminAssign',
  actor: SYSTEM,
  id: requestId(uses),
  kind: 'eligibility',
  holding,
  period: { start: null, expiration: { type: 'noExpiration' } },
  justification: null,
  ticket: { number: null, system: null },
  condition: null,
  spelling: null,
});

const PERIOD = {
  start: null,
  expiration: { type: 'afterDuration', text: 'PT1H', length: hours(1) },
} as const;

/** The request of an activation for an hour, with a name of its own. */
export const activation = ({ actor, holding, uses }: Eligible, chance: Random): SelfActivate => ({
  type: 'selfActivate',
  actor,
  id: requestId(chance.guid()),
  kind: 'assignment',
  holding: holdingOf(holding),
  period: PERIOD,
  justification: 'Incident 4711: the payment queue stands',
  ticket: { number: 'INC0004711', system: 'desk' },
  condition: null,
  spelling: null,
  uses: scheduleId(uses),
});
