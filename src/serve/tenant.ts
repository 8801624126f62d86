import { SYSTEM } from '../core/actor.ts';
import type { PutScope } from '../core/command.ts';
import { scopeKey } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';

/** The one tenant a server serves. */
export interface Tenant {
  /** A GUID in lower case. */
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
}

const ROOT = scopeKey('/');

/** The tenant the store knows; null for a fresh store. */
export function tenantIn(engine: Engine): Tenant | null {
  const there = engine.access.scope(ROOT);
  const id = there?.tags['tenantId'];
  return there && id ? { id, displayName: there.displayName, domain: there.tags['domain'] ?? '' } : null;
}

/** Writes the tenant and its root management group. */
export function tenantCommands({ id, displayName, domain }: Tenant): readonly PutScope[] {
  const path = `/providers/Microsoft.Management/managementGroups/${id}`;
  const put = (scope: Omit<PutScope['scope'], 'location'>): PutScope => ({
    type: 'putScope',
    actor: SYSTEM,
    plane: 'azure',
    scope: { ...scope, location: null },
  });
  return [
    put({ key: ROOT, path: '/', kind: 'tenant', displayName, parent: null, tags: { tenantId: id, domain } }),
    put({
      key: scopeKey(path.toLowerCase()),
      path,
      kind: 'managementGroup',
      displayName: 'Tenant Root Group',
      parent: ROOT,
      tags: {},
    }),
  ];
}
