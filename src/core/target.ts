import type { PrincipalId, RoleKey, ScopeKey } from './values.ts';

/** The three kinds of thing that roles are held on; what differs between them stands in PlaneSemantics. */
export type Plane = 'azure' | 'entra' | 'groups';
export const PLANES: readonly Plane[] = ['azure', 'entra', 'groups'];

/** A role at a scope in a plane. */
export interface Target {
  readonly plane: Plane;
  readonly role: RoleKey;
  readonly scope: ScopeKey;
}

/** A principal with a target. */
export interface Holding extends Target {
  readonly principal: PrincipalId;
}

/** Whether two targets are the same role at the same scope. (Z4: canonical keys, never names) */
export const sameTarget = (a: Target, b: Target): boolean =>
  a.plane === b.plane && a.role === b.role && a.scope === b.scope;

export const sameHolding = (a: Holding, b: Holding): boolean =>
  a.principal === b.principal && sameTarget(a, b);

export const holdingOf = ({ plane, role, scope, principal }: Holding): Holding => ({
  plane,
  role,
  scope,
  principal,
});
