import type { Answer, Call, Route } from '../http/route.ts';
import { assertSomeApiVersion } from './apiVersions.ts';
import type { Arm } from './asked.ts';

export const tenantRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: '/tenants',
    operation: 'tenants.list',
    summary: 'The one tenant of this server.',
    authorization: 'signedIn',
    handle: (call) => list(arm, call),
  },
];

async function list({ tenant }: Arm, call: Call): Promise<Answer> {
  assertSomeApiVersion(call);
  const { id, displayName, domain } = tenant;
  const row = {
    id: `/tenants/${id}`,
    tenantId: id,
    displayName,
    defaultDomain: domain,
    domains: [domain],
    tenantCategory: 'Home',
    tenantType: 'AAD',
  };
  return { status: 200, body: { value: [row] } };
}
