import type { AdminExtend, AdminRenew } from '../command.ts';
import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Action, Request } from '../request.ts';
import type { Instant, ScheduleId } from '../values.ts';
import { undecided } from './meant.ts';

const askedFor = (
  facts: Facts,
  cmd: AdminExtend | AdminRenew,
  what: Action,
  now: Instant,
): readonly Request[] => undecided(facts, cmd, now).filter((r) => r.action === what);

/** Doing what somebody asked for is a yes to them, and nobody says yes to their own request. (A1) */
export const answerRefusals = (
  facts: Facts,
  cmd: AdminExtend | AdminRenew,
  what: Action,
  now: Instant,
): readonly Refusal[] =>
  askedFor(facts, cmd, what, now).some((r) => r.requestor === cmd.actor.id || r.principal === cmd.actor.id)
    ? [{ code: 'selfApproval' }]
    : [];

/** The requests that an administrator answers by doing what they ask for. */
export const answer = (
  facts: Facts,
  cmd: AdminExtend | AdminRenew,
  what: Action,
  schedule: ScheduleId,
  now: Instant,
): readonly Event[] =>
  askedFor(facts, cmd, what, now).map((r) => ({
    type: 'requestMoved',
    request: r.id,
    to: 'adminApproved',
    schedule,
    at: now,
  }));
