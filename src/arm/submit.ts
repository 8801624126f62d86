import type { Command } from '../core/command.ts';
import type { Outcome } from '../engine/outcome.ts';
import type { Call } from '../http/route.ts';
import type { Arm } from './asked.ts';
import { refusedError, type Told } from './errors.ts';
import { pathOf } from './place.ts';

export type Accepted = Extract<Outcome, { ok: true }>;

/** Gives the command to the engine; a refusal comes back as the error of the wire. */
export async function submit(
  arm: Arm,
  call: Call,
  command: Command,
  about: Told['about'] = 'request',
): Promise<Accepted> {
  return accepted(arm, call, about, await arm.engine.submit(command, call.correlation));
}

/** What the command would come to. A dry run leaves nothing behind, not even its refusal. */
export async function preview(
  arm: Arm,
  call: Call,
  command: Command,
  about: Told['about'] = 'request',
): Promise<Accepted> {
  return accepted(arm, call, about, await arm.engine.preview(command));
}

function accepted(
  { engine, tenant }: Arm,
  { caller, origin }: Call,
  about: Told['about'],
  outcome: Outcome,
): Accepted {
  if (outcome.ok) return outcome;
  const told: Told = { caller, origin, about, tenant: tenant.id, pathOf: (scope) => pathOf(engine, scope) };
  throw refusedError(outcome.refusals, told, true);
}

/** What an accepted command must have left; anything else is our mistake. */
export function made<T>(what: T | null, name: string): T {
  if (what === null) throw new Error(`bug: an accepted command left no ${name}`);
  return what;
}
