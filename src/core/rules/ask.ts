import type { Actor } from '../actor.ts';
import type { CallerSide } from '../policy.ts';
import type { Ticket } from '../request.ts';
import type { Kind } from '../schedule.ts';
import type { Instant, PrincipalId } from '../values.ts';

/** What a policy is asked about. */
export interface RuleAsk {
  readonly caller: CallerSide;
  readonly level: Kind;
  readonly proof: Pick<Actor, 'mfa' | 'contexts'>;
  readonly start: Instant;
  readonly end: Instant | null;
  readonly justification: string | null;
  readonly ticket: Ticket;
  /** Who will hold it, with every group it is in: rules may except some of them. */
  readonly holders: ReadonlySet<PrincipalId>;
}

export const blank = (text: string | null): boolean => text === null || text.trim() === '';
