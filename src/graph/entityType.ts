import type { Principal, PrincipalKind } from '../core/principal.ts';
import { badRequest } from './failure.ts';

/** How one kind of principal looks on this wire. */
export interface EntityType {
  readonly kind: PrincipalKind;
  /** The name of its collection. */
  readonly set: string;
  /** Its type's name, as in `#microsoft.graph.user`. */
  readonly name: string;
  readonly properties: Readonly<Record<string, (p: Principal) => unknown>>;
  /** What is printed when nothing was selected. */
  readonly usual: readonly string[];
}

/**
 * The properties that the type has and this directory does not know: null, as Graph prints what was never set.
 * docs/divergences.md: graph-unset
 */
export const unset = (...names: readonly string[]): EntityType['properties'] =>
  Object.fromEntries(names.map((name) => [name, () => null]));

/** The same for lists, which Graph prints empty. */
export const empty = (...names: readonly string[]): EntityType['properties'] =>
  Object.fromEntries(names.map((name) => [name, () => []]));

/** The names as the type spells them; the wire does not tell `displayname` from `displayName`. */
export function selected(type: EntityType, select: readonly string[] | null): readonly string[] | null {
  return select?.map((asked) => spelled(type, asked)) ?? null;
}

function spelled({ name, properties }: EntityType, asked: string): string {
  const found = Object.keys(properties).find((p) => p.toLowerCase() === asked.toLowerCase());
  if (found !== undefined) return found;
  throw badRequest(`Could not find a property named '${asked}' on type 'microsoft.graph.${name}'.`);
}

/** The principal as an object of its type, with the selected properties or the usual ones. */
export const view = (
  type: EntityType,
  p: Principal,
  names: readonly string[] | null,
): Record<string, unknown> =>
  Object.fromEntries((names ?? type.usual).map((name) => [name, type.properties[name]?.(p)]));

/** The same where the declared type is the base of several: then the object says which it is. */
export const typedView = (
  type: EntityType,
  p: Principal,
  names: readonly string[] | null = null,
): object => ({
  '@odata.type': `#microsoft.graph.${type.name}`,
  ...view(type, p, names),
});
