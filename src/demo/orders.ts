import type { Actor } from '../core/actor.ts';
import type { AdminAssign, AdminRemove, Grant, SelfActivate, SelfDeactivate } from '../core/command.ts';
import type { Period } from '../core/request.ts';
import type { Holding } from '../core/target.ts';
import {
  type Instant,
  type PrincipalId,
  parseDuration,
  requestId,
  scheduleId,
  type WrittenDuration,
} from '../core/values.ts';
import { nameGuid } from './nameGuid.ts';

/** A person at a keyboard who has signed in with everything their tenant asks for. */
export const signedIn = (id: PrincipalId): Actor => ({ id, kind: 'person', mfa: true, contexts: [] });

/** A duration of a table. */
export function lengthOf(text: string): WrittenDuration {
  const parsed = parseDuration(text);
  if (typeof parsed === 'string') throw new Error(`bug: a table of the demo says '${text}': ${parsed}`);
  return parsed;
}

const forLength = (text: string, start: Instant | null = null): Period => ({
  start,
  expiration: { type: 'afterDuration', ...lengthOf(text) },
});
const NO_PERIOD: Period = { start: null, expiration: { type: 'notSpecified' } };
const NO_TICKET = { number: null, system: null };
const ticketOf = (number: string | undefined) =>
  number === undefined ? NO_TICKET : { number, system: 'Change desk' };

interface About {
  /** What makes this order this one, for its id. */
  readonly name: string;
  readonly holding: Holding;
}

export const makeEligible = (
  actor: Actor,
  { name, holding }: About,
  terms: { readonly length: string; readonly start?: Instant; readonly why: string },
): AdminAssign => ({
  type: 'adminAssign',
  actor,
  id: requestId(nameGuid('request', name)),
  kind: 'eligibility',
  holding,
  period: forLength(terms.length, terms.start ?? null),
  justification: terms.why,
  ticket: NO_TICKET,
  condition: null,
  spelling: null,
});

export const takeEligibility = (actor: Actor, { name, holding }: About, why: string): AdminRemove => ({
  type: 'adminRemove',
  actor,
  id: requestId(nameGuid('request', name)),
  kind: 'eligibility',
  holding,
  schedule: null,
  period: NO_PERIOD,
  justification: why,
  ticket: NO_TICKET,
  condition: null,
  spelling: null,
});

export const activate = (
  { name, holding }: About,
  terms: { readonly length: string; readonly why: string; readonly ticket?: string },
): SelfActivate => ({
  type: 'selfActivate',
  actor: signedIn(holding.principal),
  id: requestId(nameGuid('request', name)),
  kind: 'assignment',
  holding,
  uses: null,
  period: forLength(terms.length),
  justification: terms.why,
  ticket: ticketOf(terms.ticket),
  condition: null,
  spelling: null,
});

export const giveBack = ({ name, holding }: About): SelfDeactivate => ({
  type: 'selfDeactivate',
  actor: signedIn(holding.principal),
  id: requestId(nameGuid('request', name)),
  kind: 'assignment',
  holding,
  schedule: null,
  period: NO_PERIOD,
  justification: null,
  ticket: NO_TICKET,
  condition: null,
  spelling: null,
});

export const grantTo = (actor: Actor, { name, holding }: About, note: string | null = null): Grant => ({
  type: 'grant',
  actor,
  schedule: scheduleId(nameGuid('assignment', name)),
  holding,
  principalKind: null,
  note,
  condition: null,
});
