import type { Event } from './event.ts';
import type { Refusal } from './refusal.ts';

/** What is decided: what happened, or why not. No events and ok means: it already is so. */
export type Decision =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

export const accept = (...events: readonly Event[]): Decision => ({ ok: true, events });
export const refuse = (...refusals: readonly Refusal[]): Decision => ({ ok: false, refusals });
