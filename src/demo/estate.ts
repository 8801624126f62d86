import type { PutScope } from '../core/command.ts';
import type { Scope } from '../core/scope.ts';
import { type ScopeKey, scopeKey } from '../core/values.ts';
import { nameGuid } from './nameGuid.ts';
import type { Tenant } from './tenant.ts';

/** A scope of the demo and the short name that the other tables call it by. */
export interface Place {
  readonly name: string;
  readonly scope: PutScope['scope'];
}

type Environment = 'production' | 'test' | 'dev';
const GROUPS = '/providers/Microsoft.Management/managementGroups';
const LOCATION = 'westeurope';

/** The subscription of the conformance programs. */
const PLATFORM = '00000000-0000-0000-0000-000000000000';

type SubscriptionRow = readonly [
  name: string,
  id: string,
  displayName: string,
  above: string,
  Environment | null,
];
const SUBSCRIPTIONS: readonly SubscriptionRow[] = [
  ['platform', PLATFORM, 'Platform Production', 'production', 'production'],
  ['payments', nameGuid('subscription', 'payments'), 'Payments Production', 'production', 'production'],
  // Without a tag of its own: production, as the management group above says.
  ['clinical', nameGuid('subscription', 'clinical'), 'Clinical Production', 'production', null],
  ['development', nameGuid('subscription', 'development'), 'Development and Test', 'non-production', 'test'],
];

type ResourceGroupRow = readonly [name: string, subscription: string, Environment];
const RESOURCE_GROUPS: readonly ResourceGroupRow[] = [
  ['rg-payments-prod', 'platform', 'production'],
  ['rg-security', 'platform', 'production'],
  ['rg-clinical-apps', 'platform', 'production'],

  ['rg-payments-api-prod', 'payments', 'production'],
  ['rg-payments-data-prod', 'payments', 'production'],
  ['rg-payments-batch-prod', 'payments', 'production'],
  ['rg-payments-network-prod', 'payments', 'production'],

  ['rg-clinical-portal-prod', 'clinical', 'production'],
  ['rg-clinical-records-prod', 'clinical', 'production'],
  ['rg-clinical-integration-prod', 'clinical', 'production'],
  ['rg-clinical-analytics-prod', 'clinical', 'production'],

  ['rg-payments-dev', 'development', 'dev'],
  ['rg-payments-test', 'development', 'test'],
  ['rg-clinical-dev', 'development', 'dev'],
  ['rg-clinical-test', 'development', 'test'],
];

/** All scopes of a tenant in layers: what lies above comes before what lies below. */
export function estate(tenant: Tenant): readonly (readonly Place[])[] {
  const root = group('root', tenant.id, 'Tenant Root Group', ROOT.scope.key);
  const company = group('company', 'meridian-health', 'Meridian Health', root.scope.key);
  const production = group(
    'production',
    'meridian-production',
    'Production',
    company.scope.key,
    'production',
  );
  const rest = group('non-production', 'meridian-non-production', 'Non-production', company.scope.key);
  const above = new Map([production, rest].map((p) => [p.name, p.scope.key]));
  const subscriptions = SUBSCRIPTIONS.map((row) => subscription(row, keyIn(above, row[3])));
  const holders = new Map(subscriptions.map((p) => [p.name, p.scope]));
  const resourceGroups = RESOURCE_GROUPS.map((row) => resourceGroup(row, holders.get(row[1])));
  return [[tenantPlace(tenant)], [root], [company], [production, rest], subscriptions, resourceGroups];
}

const ROOT = place('tenant', 'tenant', '/', '', null, null);
// The server finds its tenant again by these tags of the root.
const tenantPlace = ({ id, displayName, domain }: Tenant): Place => ({
  ...ROOT,
  scope: { ...ROOT.scope, displayName, tags: { tenantId: id, domain } },
});

const group = (
  name: string,
  id: string,
  displayName: string,
  parent: ScopeKey,
  env: Environment | null = null,
) => place(name, 'managementGroup', `${GROUPS}/${id}`, displayName, parent, env);

const subscription = ([name, id, displayName, , env]: SubscriptionRow, parent: ScopeKey): Place =>
  place(name, 'subscription', `/subscriptions/${id}`, displayName, parent, env);

function resourceGroup([name, , env]: ResourceGroupRow, parent: Place['scope'] | undefined): Place {
  if (!parent) throw new Error(`bug: ${name} lies in no subscription`);
  const made = place(name, 'resourceGroup', `${parent.path}/resourceGroups/${name}`, name, parent.key, env);
  return { ...made, scope: { ...made.scope, location: LOCATION } };
}

function place(
  name: string,
  kind: Scope['kind'],
  path: string,
  displayName: string,
  parent: ScopeKey | null,
  environment: Environment | null,
): Place {
  const tags = environment === null ? {} : { environment };
  const key = scopeKey(path.toLowerCase());
  return { name, scope: { key, path, kind, displayName, parent, tags, location: null } };
}

function keyIn(keys: ReadonlyMap<string, ScopeKey>, name: string): ScopeKey {
  const key = keys.get(name);
  if (key === undefined) throw new Error(`bug: the demo has no scope ${name}`);
  return key;
}
