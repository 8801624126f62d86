import type { Row } from './matrix.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';
const ID = SUBSCRIPTION.slice('/subscriptions/'.length);
const GROUPS = '/providers/Microsoft.Management/managementGroups';
const HOME = `${GROUPS}/meridian-production`;
const VM = `${SUBSCRIPTION}/resourceGroups/rg-security/providers/Microsoft.Compute/virtualMachines/matrix`;
const PRICING = `${SUBSCRIPTION}/providers/Microsoft.Security/pricings/matrix`;
const TAGS = `${SUBSCRIPTION}/resourceGroups/rg-clinical-apps/providers/Microsoft.Resources/tags/default`;
const CHILDREN = `${SUBSCRIPTION}/providers/Microsoft.Authorization/eligibleChildResources`;

const row = (
  method: string,
  path: string,
  expected: Row['expected'],
  body?: unknown,
  version = '2021-04-01',
): Row => ({
  method,
  path: `${path}?api-version=${version}`,
  expected,
  ...(body === undefined ? {} : { body }),
});

/** The lines of what changes the tree of scopes. The administrator's run in this order, on what the lines before made. */
export const scopes: Readonly<Record<string, Row>> = {
  'resourceGroups.exists': row('HEAD', `${SUBSCRIPTION}/resourceGroups/rg-security`, [401, 403, 204]),
  'resourceGroups.delete': row('DELETE', `${SUBSCRIPTION}/resourceGroups/rg-matrix`, [401, 404, 200]),
  'managementGroups.create': row('PUT', `${GROUPS}/matrix`, [401, 403, 200], {}),
  'managementGroups.update': row('PATCH', `${HOME}`, [401, 403, 200], { displayName: 'Production' }),
  'managementGroups.delete': row('DELETE', `${GROUPS}/matrix`, [401, 403, 204]),
  'managementGroups.listDescendants': row('GET', `${HOME}/descendants`, [401, 403, 200]),
  'managementGroupSubscriptions.list': row('GET', `${HOME}/subscriptions`, [401, 403, 200]),
  'managementGroupSubscriptions.get': row('GET', `${HOME}/subscriptions/${ID}`, [401, 403, 200]),
  'managementGroupSubscriptions.create': row('PUT', `${HOME}/subscriptions/${ID}`, [401, 403, 200]),
  'managementGroupSubscriptions.delete': row(
    'DELETE',
    `${GROUPS}/meridian-non-production/subscriptions/${ID}`,
    [401, 404, 404],
  ),
  'resources.create': row('PUT', VM, [401, 403, 201], { location: 'westeurope' }),
  'resources.get': row('GET', VM, [401, 404, 200]),
  'resources.delete': row('DELETE', VM, [401, 403, 200]),
  'resources.createInSubscription': row('PUT', PRICING, [401, 403, 201], {}),
  'resources.getInSubscription': row('GET', PRICING, [401, 404, 200]),
  'resources.deleteInSubscription': row('DELETE', PRICING, [401, 403, 200]),
  'tags.get': row('GET', TAGS, [401, 403, 200]),
  'tags.create': row('PUT', TAGS, [401, 403, 200], { properties: { tags: { environment: 'production' } } }),
  'tags.update': row('PATCH', TAGS, [401, 403, 200], {
    operation: 'Merge',
    properties: { tags: { matrix: 'yes' } },
  }),
  'tags.delete': row('DELETE', TAGS, [401, 403, 200]),
  'providers.list': row('GET', `${SUBSCRIPTION}/providers`, [401, 403, 200]),
  'providers.get': row('GET', `${SUBSCRIPTION}/providers/Microsoft.Compute`, [401, 403, 200]),
  'providers.register': row('POST', `${SUBSCRIPTION}/providers/Microsoft.Compute/register`, [401, 403, 200]),
  'providers.registerAuthorization': row(
    'POST',
    `${SUBSCRIPTION}/providers/Microsoft.Authorization/register`,
    [401, 403, 200],
  ),
  'eligibleChildResources.list': row('GET', CHILDREN, [401, 200, 200], undefined, '2020-10-01'),
};
