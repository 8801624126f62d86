import type { AzureRole } from './roles.ts';

/** Who said something about an activation, how many minutes after it was asked for, and what. */
export type Word = readonly [who: string, minutesLater: number, what: string];

/** One activation and what became of it. Without an ending it runs out by itself, or its request does. */
export interface Story {
  /** Day of the demo, 1 to 30 (31 is today), and the time in UTC; or minutes before the demo was first started. */
  readonly when: readonly [day: number, time: string] | { readonly minutesAgo: number };
  readonly who: string;
  readonly role: AzureRole;
  readonly scope: string;
  readonly length: string;
  readonly why: string;
  readonly ticket?: string;
  readonly approved?: Word;
  readonly denied?: Word;
  /** Taken back by the requestor before anybody answered, after so many minutes. */
  readonly canceledAfter?: number;
  /** Given back before the end, after so many minutes. */
  readonly returnedAfter?: number;
}

type Rest = Pick<Story, 'ticket' | 'approved' | 'denied' | 'canceledAfter' | 'returnedAfter'>;
export const story = (
  when: Story['when'],
  who: string,
  role: AzureRole,
  scope: string,
  length: string,
  why: string,
  rest: Rest = {},
): Story => ({ when, who, role, scope, length, why, ...rest });
