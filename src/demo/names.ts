import type { PrincipalId, ScopeKey } from '../core/values.ts';
import { ADMINISTRATOR, APPLICATIONS } from './applications.ts';
import { estate } from './estate.ts';
import { GROUPS } from './groups.ts';
import { PEOPLE } from './people.ts';
import type { Tenant } from './tenant.ts';

/** Finds what the tables call by a short name. A name that nothing has is a mistake in a table. */
export interface Names {
  /** A person, group or application. */
  who(name: string): PrincipalId;
  where(name: string): ScopeKey;
}

export function namesOf(tenant: Tenant): Names {
  const principals = new Map<string, PrincipalId>([
    ...PEOPLE.map((p) => [p.login, p.id] as const),
    ...[...GROUPS, ...APPLICATIONS, ADMINISTRATOR].map((p) => [p.name, p.id] as const),
  ]);
  const scopes = new Map(estate(tenant).flatMap((layer) => layer.map((p) => [p.name, p.scope.key] as const)));
  return { who: (name) => known(principals, name), where: (name) => known(scopes, name) };
}

function known<T>(all: ReadonlyMap<string, T>, name: string): T {
  const found = all.get(name);
  if (found === undefined) throw new Error(`bug: a table of the demo names '${name}', which is not in it`);
  return found;
}
