import type { Rule } from './policy.ts';
import type { Scope } from './scope.ts';
import type { Plane, Target } from './target.ts';
import type { Duration, PrincipalId, RoleKey, ScopeKey } from './values.ts';

/** How somebody comes to administer a target: by an action at a scope of a plane, or by holding a role. */
export type Authority =
  | { readonly by: 'action'; readonly plane: Plane; readonly action: string; readonly scope: ScopeKey }
  | { readonly by: 'holding'; readonly target: Target };

/** Where a named scope hangs. */
export type ScopePlace = Pick<Scope, 'key' | 'kind' | 'parent'>;

/** Who may change named scopes: one of the authorities of a list; nobody but the server where it is empty. */
export interface ScopeSemantics {
  /** Make it, or change it where it hangs. */
  writtenBy(scope: ScopePlace): readonly Authority[];
  taggedBy(scope: ScopePlace): readonly Authority[];
  deletedBy(scope: ScopePlace): readonly Authority[];
  /**
   * Hang it under another parent: one authority out of every list, and nobody but the server where there is no list.
   * What is inherited there then counts at it and below, so one of the lists must let the mover give roles at it. (Z2)
   */
  movedBy(scope: ScopePlace, to: ScopeKey): readonly (readonly Authority[])[];
  /** How many levels of management groups there may be below the one at the top. */
  readonly levels: number;
}

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
  /** Who may change the tree of named scopes. */
  readonly scopes: ScopeSemantics;
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
