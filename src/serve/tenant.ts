import type { Engine } from '../engine/engine.ts';
import { SYSTEM } from '../core/actor.ts';
import { scopeKey } from '../core/values.ts';

/** The one tenant a server serves. */
export interface Tenant {
  /** A GUID in lower case. */
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
}

const ROOT = scopeKey('/');

/** The tenant the store knows, or else the one given, written into it with its root management group. */
export async function tenantOf(engine: Engine, fresh: () => Tenant): Promise<Tenant> {
  const there = engine.access.scope(ROOT);
  const id = there?.tags['tenantId'];
  if (there && id) return { id, displayName: there.displayName, domain: there.tags['domain'] ?? '' };
  const tenant = fresh();
  const { displayName, domain } = tenant;
  const common = { tags: {}, location: null, displayName };
  const put = async (scope: Parameters<typeof command>[0]) => {
    await engine.submit(command(scope), engine.ids.guid());
  };
  const path = `/providers/Microsoft.Management/managementGroups/${tenant.id}`;
  await put({ ...common, key: ROOT, path: '/', kind: 'tenant', parent: null, tags: { tenantId: tenant.id, domain } });
  await put({ ...common, key: scopeKey(path.toLowerCase()), path, kind: 'managementGroup', displayName: 'Tenant Root Group', parent: ROOT });
  return tenant;
}

const command = (scope: Extract<Parameters<Engine['submit']>[0], { type: 'putScope' }>['scope']) =>
  ({ type: 'putScope', actor: SYSTEM, plane: 'azure', scope }) as const;
