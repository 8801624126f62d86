import type { Command } from '../core/command.ts';
import type { Instant, RequestId } from '../core/values.ts';
import type { Store } from '../engine/ports.ts';

/** One thing somebody does at an instant. Done is asked of the store, so that a demo cut short goes on where it was. */
export interface Step {
  readonly at: Instant;
  readonly command: Command;
  done(store: Store): Promise<boolean>;
}

/** Whether the request was made. */
export const requestIsThere = (id: RequestId) => async (store: Store) => (await store.request(id)) !== null;

/** Whether the request waits no more. */
export const answered = (id: RequestId) => async (store: Store) =>
  (await store.request(id))?.state !== 'pendingApproval';
