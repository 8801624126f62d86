import { type RawBuilder, sql } from 'kysely';
import type { ScopeFilter } from '../../engine/ports.ts';

// '0' is the character after '/': between the two lies all that is below, and an index finds it. (Z3: whole segments)
const below = (root: string): RawBuilder<boolean> =>
  root === '/'
    ? sql<boolean>`true`
    : sql<boolean>`(scope = ${root} or (scope >= ${`${root}/`} and scope < ${`${root}0`}))`;

/** Whether a row lies at one of the scopes, or at or below one of the roots. */
export function within({ at = [], below: roots = [] }: ScopeFilter): RawBuilder<boolean> {
  const ways = [sql<boolean>`scope = any(${at})`, ...roots.map(below)];
  return sql<boolean>`(${sql.join(ways, sql` or `)})`;
}
