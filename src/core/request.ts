import type { Stage } from './approval.ts';
import type { Condition, Kind } from './schedule.ts';
import type { Holding } from './target.ts';
import type { Duration, Instant, PrincipalId, RequestId, ScheduleId } from './values.ts';

/** What a request can ask. */
export type Action =
  | 'adminAssign'
  | 'adminUpdate'
  | 'adminExtend'
  | 'adminRenew'
  | 'adminRemove'
  | 'selfActivate'
  | 'selfDeactivate'
  | 'selfExtend'
  | 'selfRenew';

/** The period as the requestor wrote it; the schedule has what it came to. */
export interface Period {
  /** null means: at once. */
  readonly start: Instant | null;
  readonly expiration: Expiration;
}
export type Expiration =
  | { readonly type: 'afterDuration'; readonly text: string; readonly length: Duration }
  | { readonly type: 'afterDateTime'; readonly end: Instant }
  | { readonly type: 'noExpiration' }
  | { readonly type: 'notSpecified' };

export interface Ticket {
  readonly number: string | null;
  readonly system: string | null;
}

export type RequestState =
  | 'pendingApproval'
  | 'pendingAdminDecision'
  | 'granted'
  | 'provisioned'
  | 'revoked'
  | 'denied'
  | 'adminApproved'
  | 'adminDenied'
  | 'timedOut'
  | 'canceled'
  | 'failed';

/** The only moves a request makes; what is closed stays as it is. (L1) */
export const MOVES: { readonly [S in RequestState]: readonly RequestState[] } = {
  pendingApproval: ['granted', 'denied', 'timedOut', 'canceled', 'failed'],
  pendingAdminDecision: ['adminApproved', 'adminDenied', 'timedOut', 'canceled', 'failed'],
  granted: ['provisioned', 'revoked', 'failed', 'canceled'],
  provisioned: [],
  revoked: [],
  denied: [],
  adminApproved: [],
  adminDenied: [],
  timedOut: [],
  canceled: [],
  failed: [],
};

export const closed = (state: RequestState): boolean => MOVES[state].length === 0;

/** Whether somebody's word is waited for: approvers that a policy names, or the administrators of the target. */
export const waits = ({ state }: Pick<Request, 'state'>): boolean =>
  state === 'pendingApproval' || state === 'pendingAdminDecision';

/** What the requestor's sign-in had proven when the request was made. */
export interface Proof {
  readonly mfa: boolean;
  readonly contexts: readonly string[];
}

/** The ticket that asked for a change; frozen once closed. */
export interface Request extends Holding {
  readonly id: RequestId;
  readonly action: Action;
  readonly kind: Kind;
  readonly state: RequestState;
  readonly requestor: PrincipalId;
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
  readonly period: Period;
  /** When what was asked begins and ends, as resolved when it was asked. */
  readonly start: Instant;
  readonly end: Instant | null;
  /** The eligibility an activation uses. */
  readonly uses: ScheduleId | null;
  /** The eligibility the requestor named, if any; the same in a repeated request. */
  readonly usesAsked: ScheduleId | null;
  /** The schedule it made, moved or ended, once there is one; while it waits to extend or renew one, that one. */
  readonly schedule: ScheduleId | null;
  readonly justification: string | null;
  readonly ticket: Ticket;
  readonly condition: Condition | null;
  readonly spelling: string | null;
  readonly proof: Proof;
  readonly stages: readonly Stage[];
  readonly stage: number;
  readonly stageSince: Instant;
  readonly version: number;
}

/** When the stage that is open now runs out; null when nobody is waited for. */
export const stageEndsAt = (r: Request): Instant | null => {
  const stage = r.stages[r.stage];
  return waits(r) && stage ? ((r.stageSince + stage.timeout) as Instant) : null;
};
