import type { PrincipalKind } from '../core/principal.ts';
import type { PrincipalId } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';

const TYPES: { readonly [K in PrincipalKind]: string } = {
  person: 'User',
  group: 'Group',
  workload: 'ServicePrincipal',
};

/** What a caller may say a principal is. The last two never exist here, which the core finds out. */
export const PRINCIPAL_KINDS: { readonly [word: string]: string } = {
  User: 'person',
  Group: 'group',
  ServicePrincipal: 'workload',
  ForeignGroup: 'foreignGroup',
  Device: 'device',
};

/** The wire's word for what a principal is. */
export const principalType = (engine: Engine, id: PrincipalId): string | null => {
  const kind = engine.access.principal(id)?.kind;
  return kind === undefined ? null : TYPES[kind];
};

/** The wire's word for one of the core's, or of those a caller may use. */
export const principalWord = (kind: string): string =>
  Object.entries(PRINCIPAL_KINDS).find(([, k]) => k === kind)?.[0] ?? 'unknown';
