import { ADMINISTRATOR } from './applications.ts';
import { upnOf } from './directoryOrders.ts';
import { FACES, ON_CALL, OPERATOR } from './people.ts';
import type { Tenant } from './tenant.ts';

export interface SignIn {
  readonly upn: string;
  readonly password: string;
}

/** What one signs in with in the demo: the administrating application, the programs' people, and some to try it as. */
export interface DemoSecrets {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly user: SignIn;
  readonly approver: SignIn;
  readonly people: readonly (SignIn & { readonly name: string })[];
}

/** All people of the demo share one password: there is nobody to keep it from. */
export function secretsOf(tenant: Tenant, clientSecret: string, password: string): DemoSecrets {
  return {
    clientId: ADMINISTRATOR.appId,
    clientSecret,
    user: { upn: upnOf(OPERATOR, tenant), password },
    approver: { upn: upnOf(ON_CALL, tenant), password },
    people: FACES.map(({ name, login }) => ({ name, upn: upnOf({ login }, tenant), password })),
  };
}
