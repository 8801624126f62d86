import { durationOf, HOUR } from './duration.ts';
import { Failure } from './failure.ts';
import { at, items, text } from './json.ts';
import { lastPart } from './scope.ts';
import { arm, type Wire } from './wire.ts';

/** What an activation needs to know of the policy of its role. */
export interface Policy {
  /** The longest activation, in milliseconds. */
  readonly longest: number | undefined;
  /** Who may approve, as the policy names them. */
  readonly approvers: readonly string[];
}

/** The policy that governs a role at a scope, or undefined when the caller may not read it. */
export async function policyOf(wire: Wire, scope: string, role: string): Promise<Policy | undefined> {
  try {
    const rows = await wire.list(
      arm(scope, 'roleManagementPolicyAssignments', `roleDefinitionId eq '${role}'`),
    );
    const guid = lastPart(role).toLowerCase();
    const mine = rows.find(
      (row) => lastPart(text(row, 'properties', 'roleDefinitionId') ?? '').toLowerCase() === guid,
    );
    return mine === undefined ? undefined : read(items(mine, 'properties', 'effectiveRules'));
  } catch (thrown) {
    if (thrown instanceof Failure && [400, 403, 404].includes(thrown.status ?? 0)) return undefined;
    throw thrown;
  }
}

/** One hour, or what the policy allows when that is less. */
export const usualDuration = (policy: Policy | undefined): number => Math.min(HOUR, policy?.longest ?? HOUR);

function read(rules: readonly unknown[]): Policy {
  const rule = (id: string) => rules.find((candidate) => text(candidate, 'id') === id);
  const maximum = text(rule('Expiration_EndUser_Assignment'), 'maximumDuration');
  const setting = at(rule('Approval_EndUser_Assignment'), 'setting');
  const people = items(setting, 'approvalStages').flatMap((stage) => items(stage, 'primaryApprovers'));
  const names = people.flatMap((person) => text(person, 'description') ?? text(person, 'id') ?? []);
  return {
    longest: durationOf(maximum ?? ''),
    // EasyPIM writes this as a string.
    approvers: String(at(setting, 'isApprovalRequired')).toLowerCase() === 'true' ? [...new Set(names)] : [],
  };
}
