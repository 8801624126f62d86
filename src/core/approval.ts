import { type Duration, days, duration, type Instant, type PrincipalId } from './values.ts';

/** A principal who may vote, or a group whose members may. */
export interface Approver {
  readonly id: PrincipalId;
  readonly of: 'person' | 'group';
  readonly backup: boolean;
  readonly description: string | null;
}

/** One step of an approval as a policy asks for it. */
export interface StageRule {
  readonly timeout: Duration;
  readonly approverJustification: boolean;
  readonly primary: readonly Approver[];
  readonly escalationEnabled: boolean;
  readonly escalateAfter: Duration;
  readonly escalation: readonly Approver[];
}

export type Verdict = 'approve' | 'deny';

export interface Vote {
  readonly by: PrincipalId;
  readonly verdict: Verdict;
  readonly justification: string;
  readonly at: Instant;
}

/** A step of one request's approval: the rule as it was when asked, and the votes so far. */
export interface Stage extends StageRule {
  readonly votes: readonly Vote[];
  /** Set where no policy names anybody: whoever administers the target decides. */
  readonly decidedBy?: 'administrators';
}

/** The one stage of a request that administrators decide. */
export const ADMINISTRATORS_DECIDE: Stage = {
  decidedBy: 'administrators',
  timeout: days(30),
  approverJustification: false,
  primary: [],
  escalationEnabled: false,
  escalateAfter: duration(0),
  escalation: [],
  votes: [],
};

/** Whether the person is named by the stage, directly or through a group. Only live memberships count. (A2) */
export const namedBy = (stage: StageRule, person: PrincipalId, groups: ReadonlySet<PrincipalId>): boolean =>
  stage.primary.some((a) => a.id === person || groups.has(a.id));
