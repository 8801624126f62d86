import type { Permission } from './role.ts';
import type { Plane } from './target.ts';
import type { Instant, PrincipalId, ScopeKey } from './values.ts';

/** What nobody whom it names may do at a scope, whatever their roles say. */
export interface DenyAssignment {
  /** A GUID in lower case. */
  readonly id: string;
  readonly plane: Plane;
  readonly scope: ScopeKey;
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
  /** Whom it binds: these, and through groups their members; or all there are. */
  readonly principals: 'everyone' | readonly PrincipalId[];
  /** Whom it does not bind although it names them; members of groups too. */
  readonly excluded: readonly PrincipalId[];
  /** Whether it says nothing about what lies below its scope. */
  readonly scopeOnly: boolean;
  /** Whether it was made by the service and is not for people to remove. */
  readonly systemProtected: boolean;
  readonly createdAt: Instant;
  readonly createdBy: PrincipalId;
  readonly updatedAt: Instant;
  readonly updatedBy: PrincipalId;
  readonly removedAt: Instant | null;
  readonly version: number;
}

/** What its maker says of a deny assignment. */
export type DenyDraft = Omit<
  DenyAssignment,
  'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy' | 'removedAt' | 'version'
>;

/** Whether it binds or excludes this principal by name. */
export const names = (list: DenyAssignment['principals'], principal: PrincipalId): boolean =>
  list === 'everyone' || list.includes(principal);
