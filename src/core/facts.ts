import type { Planes } from './plane.ts';
import type { RoleDefinition } from './role.ts';
import type { Plane } from './target.ts';
import type { Duration, RoleKey } from './values.ts';
import type { World } from './world.ts';

/** What a server's operator chose. */
export interface Settings {
  /** Shortest time between a start and a removal or deactivation. */
  readonly removalFloor: Duration;
}

/** All that a decision may know, besides the command and the time. */
export interface Facts {
  readonly world: World;
  readonly planes: Planes;
  /** The roles that come with a plane; those the tenant defined are in the world. */
  readonly role: (plane: Plane, key: RoleKey) => RoleDefinition | undefined;
  readonly settings: Settings;
}
