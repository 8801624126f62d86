import { printInstant, scopeKey } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import type { Endpoint } from './endpoint.ts';
import { collection, entity } from './envelope.ts';
import { objectNotFound } from './failure.ts';

/** The tenant this server is for. */
export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
}

export const organizationEndpoints = (engine: Engine, tenant: Tenant): readonly Endpoint[] => [
  {
    method: 'GET',
    path: '/organization',
    operation: 'organization.list',
    summary: 'The tenant, as a list of one',
    handle: async (call, version) =>
      collection(call, version, { set: 'organization' }, { value: [view(engine, tenant)] }),
  },
  {
    method: 'GET',
    path: '/organization/:id',
    operation: 'organization.get',
    summary: 'The tenant by its id',
    handle: async (call, version) => {
      const id = call.params['id'] ?? '';
      if (id.toLowerCase() !== tenant.id.toLowerCase()) throw objectNotFound(id);
      return entity(call, version, { set: 'organization' }, view(engine, tenant));
    },
  },
];

function view(engine: Engine, { id, displayName, domain }: Tenant): object {
  const since = engine.access.scope(scopeKey('/'))?.createdAt;
  return {
    id,
    deletedDateTime: null,
    displayName,
    createdDateTime: since === undefined ? null : printInstant(since),
    businessPhones: [],
    countryLetterCode: null,
    onPremisesSyncEnabled: null,
    preferredLanguage: 'en',
    technicalNotificationMails: [],
    tenantType: 'AAD',
    verifiedDomains: [{ capabilities: '', isDefault: true, isInitial: true, name: domain, type: 'Managed' }],
  };
}
