import type { Holding } from './target.ts';
import type { Instant, PrincipalId, RequestId, ScheduleId } from './values.ts';

/** Eligibility allows activating; an assignment gives access. */
export type Kind = 'eligibility' | 'assignment';

/** An ABAC condition on a holding; only some planes' wires have it. */
export interface Condition {
  readonly text: string;
  readonly version: string;
}

export type EndReason =
  | 'expired'
  | 'removed'
  | 'deactivated'
  | 'canceled'
  | 'eligibilityEnded'
  | 'principalDisabled'
  | 'scopeDeleted';

/** A holding with kind, start and end. It stands until its end; an instance is a schedule that is live. */
export interface Schedule extends Holding {
  readonly id: ScheduleId;
  readonly kind: Kind;
  readonly start: Instant;
  /** When it ends by itself; null is never. */
  readonly end: Instant | null;
  /** When somebody ended it before its end. */
  readonly endedAt: Instant | null;
  readonly endReason: EndReason | null;
  /** The eligibility it was activated from; null for what was assigned. */
  readonly activatedFrom: ScheduleId | null;
  /** The request that granted it; null for what was made outside PIM. */
  readonly createdBy: RequestId | null;
  readonly createdAt: Instant;
  /** Who gave it or asked for it; null for what was written before this was kept. */
  readonly maker: PrincipalId | null;
  readonly updatedAt: Instant;
  /** Who changed its remark or condition last; null when nobody did. */
  readonly amendedBy: PrincipalId | null;
  readonly condition: Condition | null;
  /** A remark its maker left; null for none. */
  readonly note: string | null;
  /** How the maker spelled the role, where the wire has to repeat it; null for the canonical spelling. */
  readonly spelling: string | null;
  /** What the log has been told so far. No permission asks it. */
  readonly announced: 'nothing' | 'begin' | 'end';
  readonly version: number;
}

/** Whether the schedule is in force at t. Periods are half-open: at its end it is not. (T1) */
export const live = (s: Schedule, t: Instant): boolean =>
  s.start <= t && (s.end === null || t < s.end) && (s.endedAt === null || t < s.endedAt);

/** Whether the schedule is in force at t or will be. */
export const standing = (s: Schedule, t: Instant): boolean =>
  (s.end === null || t < s.end) && s.endedAt === null && (s.end === null || s.start < s.end);

/** The instant at which the tick has something to say about it; null when all is said. */
export const dueAt = (s: Schedule): Instant | null =>
  s.announced === 'end' ? null : s.endedAt !== null ? s.endedAt : s.announced === 'nothing' ? s.start : s.end;
