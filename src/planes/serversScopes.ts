import type { ScopeSemantics } from '../core/plane.ts';

/** A plane whose scopes nobody but the server changes. */
export const SERVERS_SCOPES: ScopeSemantics = {
  writtenBy: () => [],
  taggedBy: () => [],
  deletedBy: () => [],
  movedBy: () => [],
  levels: 0,
};
