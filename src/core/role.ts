import type { Plane } from './target.ts';
import type { Instant, PrincipalId, RoleKey, ScopeKey } from './values.ts';
import { scopeKey } from './values.ts';

export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  readonly condition?: string;
  readonly conditionVersion?: string;
}

/** What a role lets its holder do, and where it may be given. */
export interface RoleDefinition {
  readonly key: RoleKey;
  readonly name: string;
  readonly description: string;
  readonly builtIn: boolean;
  readonly permissions: readonly Permission[];
  readonly assignableScopes: readonly string[];
}

/** A role that somebody of the tenant defined. One that was removed keeps its row; its id and name are free again. */
export interface CustomRole {
  readonly id: RoleKey;
  readonly plane: Plane;
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
  /** Paths of the scopes at or below which it may be given, as they are shown. */
  readonly assignableScopes: readonly string[];
  readonly createdAt: Instant;
  readonly createdBy: PrincipalId;
  readonly updatedAt: Instant;
  readonly updatedBy: PrincipalId;
  readonly removedAt: Instant | null;
  readonly version: number;
}

/** What its maker says of a custom role. */
export type RoleDraft = Pick<
  CustomRole,
  'id' | 'plane' | 'name' | 'description' | 'permissions' | 'assignableScopes'
>;

/** Where a role may be given, as keys. */
export const assignableAt = ({ assignableScopes }: Pick<RoleDefinition, 'assignableScopes'>) =>
  assignableScopes.map((path): ScopeKey => scopeKey(path.toLowerCase()));

/** How names of roles are compared: nobody should tell two roles apart by the case of a letter. */
export const roleNameKey = (name: string): string => name.toLowerCase();

type BuiltIn = (plane: Plane, key: RoleKey) => RoleDefinition | undefined;

/** The role of this key: one that comes with the plane, or one that the tenant defined and has not removed. */
export function roleIn(
  builtIn: BuiltIn,
  custom: ReadonlyMap<string, CustomRole>,
  plane: Plane,
  key: RoleKey,
): RoleDefinition | undefined {
  return builtIn(plane, key) ?? definitionOf(custom.get(key), plane);
}

function definitionOf(role: CustomRole | undefined, plane: Plane): RoleDefinition | undefined {
  if (role?.plane !== plane || role.removedAt !== null) return undefined;
  const { id, name, description, permissions, assignableScopes } = role;
  return { key: id, name, description, builtIn: false, permissions, assignableScopes };
}
