import { at, text } from './json.ts';
import { cleanScope, lastPart } from './scope.ts';
import { dateOf } from './times.ts';
import { arm, type Wire } from './wire.ts';

/** One row of a list: a role at a scope that somebody has, may have, or asked for. */
export interface Holding {
  /** The row as the server sent it. */
  readonly raw: unknown;
  readonly name: string;
  readonly principal: { readonly id: string | undefined; readonly name: string };
  readonly role: { readonly id: string; readonly guid: string; readonly name: string };
  readonly scope: { readonly path: string; readonly name: string };
  readonly end: Date | undefined;
}

/** Everything the caller may activate; with a scope, everything that counts there. */
export async function eligibilities(wire: Wire, scope = '/'): Promise<Holding[]> {
  return (await wire.list(arm(scope, 'roleEligibilityScheduleInstances', 'asTarget()'))).flatMap(holdingOf);
}

export async function assignments(wire: Wire, scope = '/'): Promise<Holding[]> {
  return (await wire.list(arm(scope, 'roleAssignmentScheduleInstances', 'asTarget()'))).flatMap(holdingOf);
}

/** Whether an assignment came by an activation, and can be given back. */
export const isActivated = (held: Holding): boolean =>
  text(held.raw, 'properties', 'assignmentType')?.toLowerCase() === 'activated';

/** A row that names no role or scope is nothing to choose from. */
export function holdingOf(raw: unknown): Holding[] {
  const properties = at(raw, 'properties');
  const expanded = at(properties, 'expandedProperties');
  const id = text(properties, 'roleDefinitionId') ?? text(expanded, 'roleDefinition', 'id');
  const path = text(properties, 'scope') ?? text(expanded, 'scope', 'id');
  if (id === undefined || path === undefined) return [];
  const guid = lastPart(id).toLowerCase();
  const principal = text(properties, 'principalId') ?? text(expanded, 'principal', 'id');
  return [
    {
      raw,
      name: text(raw, 'name') ?? lastPart(text(raw, 'id') ?? ''),
      principal: { id: principal, name: text(expanded, 'principal', 'displayName') ?? principal ?? '?' },
      role: { id, guid, name: text(expanded, 'roleDefinition', 'displayName') ?? guid },
      scope: {
        path: cleanScope(path),
        name: text(expanded, 'scope', 'displayName') ?? (lastPart(path) || '/'),
      },
      end: dateOf(text(properties, 'endDateTime')),
    },
  ];
}
