import type { Command } from '../core/command.ts';
import { policyFor } from '../core/decide/asking.ts';
import type { Facts } from '../core/facts.ts';
import type { Policy } from '../core/policy.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Request } from '../core/request.ts';
import type { CustomRole } from '../core/role.ts';
import type { Schedule } from '../core/schedule.ts';
import type { Scope } from '../core/scope.ts';
import type { Instant } from '../core/values.ts';

/** What came of a command: the entities it is about as they are now, or why not. */
export type Outcome =
  | {
      readonly ok: true;
      /** True when it already was so and nothing was written. */
      readonly replayed: boolean;
      readonly now: Instant;
      readonly request: Request | null;
      readonly schedule: Schedule | null;
      readonly policy: Policy | null;
      readonly scope: Scope | null;
      readonly role: CustomRole | null;
    }
  | { readonly ok: false; readonly now: Instant; readonly refusals: readonly Refusal[] };

/** What a command is about, as the world has it now. */
export function outcomeOf(facts: Facts, cmd: Command, now: Instant, replayed: boolean): Outcome {
  const { world } = facts;
  const request = world.request.get(requestName(cmd) ?? '') ?? null;
  const schedule = world.schedule.get(scheduleName(cmd) ?? request?.schedule ?? request?.id ?? '') ?? null;
  const policy = cmd.type === 'setPolicy' ? policyFor(facts, cmd.target) : null;
  const scope = world.scope.get(scopeName(cmd) ?? '') ?? null;
  const role = cmd.type === 'defineRole' ? (world.role.get(cmd.role.id) ?? null) : null;
  return { ok: true, replayed, now, request, schedule, policy, scope, role };
}

function requestName(cmd: Command): string | undefined {
  if (cmd.type === 'cancel' || cmd.type === 'review') return cmd.request;
  return 'period' in cmd ? cmd.id : undefined;
}

function scopeName(cmd: Command): string | undefined {
  if (cmd.type === 'putScope') return cmd.scope.key;
  return cmd.type === 'changeScope' || cmd.type === 'tagScope' || cmd.type === 'deleteScope'
    ? cmd.scope
    : undefined;
}

const scheduleName = (cmd: Command): string | undefined =>
  cmd.type === 'grant' || cmd.type === 'withdraw' ? cmd.schedule : undefined;
