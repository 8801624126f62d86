import type { EntityKind } from '../core/event.ts';
import type { Entities, World } from '../core/world.ts';
import { emptyWorld } from '../core/world.ts';
import { fromRow, type Row } from './columns.ts';

/** One row of one of the tables of state, as the questions that ask for several of them return it. */
export interface KindRow {
  readonly kind: EntityKind;
  readonly id: string;
  readonly row: Row;
}

/** The entities of rows, by kind and id. */
export function worldOf(rows: readonly KindRow[]): World {
  const world = emptyWorld();
  for (const { kind, id, row } of rows) {
    (world[kind] as Map<string, Entities[EntityKind]>).set(id, Object.freeze(fromRow(kind, row)));
  }
  return world;
}
