import type { Rule } from './policy.ts';
import type { Scope } from './scope.ts';
import type { Plane, Target } from './target.ts';
import type { Duration, PrincipalId, RoleKey, ScopeKey } from './values.ts';

/** How somebody comes to administer a target: by an action at a scope of a plane, or by holding a role. */
export type Authority =
  | { readonly by: 'action'; readonly plane: Plane; readonly action: string; readonly scope: ScopeKey }
  | { readonly by: 'holding'; readonly target: Target };

/** What a plane must say; everything else is the same for all of them. */
export interface PlaneSemantics {
  readonly plane: Plane;
  /** The scope and all that contain it, nearest first. */
  containers(scope: ScopeKey, parentOf: (scope: ScopeKey) => ScopeKey | null): readonly ScopeKey[];
  /** Whether an activation may name a smaller scope than its eligibility. */
  readonly narrowing: boolean;
  /** The policy that governs a target. */
  policyOf(target: Target): { readonly role: RoleKey; readonly scope: ScopeKey };
  /** Shortest and longest activation. */
  readonly activation: { readonly floor: Duration; readonly ceiling: Duration };
  /** Who may change schedules of a target, or its policy. */
  administeredBy(target: Target, what: 'schedules' | 'policy'): readonly Authority[];
  /** Who may make or change a named scope; nobody but the server where the list is empty. */
  scopeWrittenBy(scope: Pick<Scope, 'kind' | 'parent'>): readonly Authority[];
  /** Who may make, change or remove a custom role that can be given at a scope. */
  roleWrittenBy(scope: ScopeKey, what: 'write' | 'delete'): readonly Authority[];
  /** The roles that let their holder give roles: somebody has to keep one of them. */
  readonly administrators: readonly RoleKey[];
  /** The group whose member the holder of this target is, if holding it makes one a member. */
  membershipOf(target: Target): PrincipalId | null;
  /** The rules of a policy nobody has changed. */
  readonly defaultRules: readonly Rule[];
}

export type Planes = Readonly<Record<Plane, PlaneSemantics>>;
