import { describe, expect, test } from 'vitest';
import { apply } from '../../test/sim/apply.ts';
import {
  ANIKA,
  consent,
  eligible,
  estate,
  factsOf,
  named,
  RAVI,
  T0,
  TARGETS,
  withPolicy,
} from '../../test/sim/estate.ts';
import { activate, lasting } from '../../test/sim/orders.ts';
import { evolve } from './evolve.ts';
import { closed, MOVES, type Request, type RequestState, stageEndsAt } from './request.ts';
import { days, hours, after as plus } from './values.ts';

const STATES = Object.keys(MOVES) as RequestState[];

describe('the moves of a request', () => {
  // What the ARM contract draws, in our words; written here once more so that the table in the code is compared with it.
  const legal: Record<RequestState, string> = {
    pendingApproval: 'granted denied timedOut canceled failed',
    pendingAdminDecision: 'adminApproved adminDenied timedOut canceled failed',
    granted: 'provisioned revoked failed canceled',
    provisioned: '',
    revoked: '',
    denied: '',
    adminApproved: '',
    adminDenied: '',
    timedOut: '',
    canceled: '',
    failed: '',
  };
  test.each(STATES)('INV-L1: from %s go only where the table says', (from) => {
    expect(MOVES[from].join(' ')).toBe(legal[from]);
    expect(closed(from)).toBe(legal[from] === '');
  });

  test.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))(
    'INV-L1: an event that moves one from %s to %s is let through or is a bug',
    (from, to) => {
      const { world, request } = waiting();
      world.request.set(request.id, { ...request, state: from });
      const move = () =>
        evolve(world, { type: 'requestMoved', request: request.id, to, schedule: null, at: T0 });
      if (!MOVES[from].includes(to)) return expect(move).toThrow('bug');
      move();
      expect(world.request.get(request.id)).toMatchObject({
        state: to,
        version: 2,
        closedAt: closed(to) ? T0 : null,
      });
    },
  );

  test('an open stage runs out after its time-out, and a closed request waits for nobody', () => {
    const { request } = waiting();
    expect(stageEndsAt(request)).toBe(plus(T0, days(1)));
    expect(stageEndsAt({ ...request, state: 'denied' })).toBe(null);
    expect(stageEndsAt({ ...request, stages: [] })).toBe(null);
  });
});

function waiting() {
  const target = TARGETS.azure;
  const world = withPolicy(estate(eligible(target, RAVI)), target, consent(named(ANIKA)));
  const cmd = activate(RAVI, target, lasting(hours(1)));
  apply(factsOf(world), cmd, T0);
  return { world, request: world.request.get(cmd.id) as Request };
}
