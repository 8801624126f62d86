import { SYSTEM } from '../core/actor.ts';
import type { PutPrincipal, PutScope } from '../core/command.ts';
import { ADMINISTRATOR, APPLICATIONS, type Application } from './applications.ts';
import { estate } from './estate.ts';
import { GROUPS, type Group, PROGRAMS_GROUP } from './groups.ts';
import { ON_CALL, OPERATOR, PEOPLE, type Person } from './people.ts';
import type { Tenant } from './tenant.ts';

/** Everybody and everything that can hold a role. */
export const principalOrders = (tenant: Tenant): readonly PutPrincipal[] => [
  ...[...PEOPLE, OPERATOR, ON_CALL].map((p) => person(p, tenant)),
  ...[...GROUPS, PROGRAMS_GROUP].map(group),
  ...[...APPLICATIONS, ADMINISTRATOR].map(application),
];

/** The scopes, layer by layer. */
export const scopeOrders = (tenant: Tenant): readonly (readonly PutScope[])[] =>
  estate(tenant).map((layer) =>
    layer.map(({ scope }) => ({ type: 'putScope', actor: SYSTEM, plane: 'azure', scope })),
  );

/** How a person signs in. */
export const upnOf = ({ login }: Pick<Person, 'login'>, { domain }: Tenant): string => `${login}@${domain}`;

function person(p: Person, tenant: Tenant): PutPrincipal {
  const upn = upnOf(p, tenant);
  const about = { ...namesIn(p.displayName), jobTitle: p.jobTitle, department: p.department };
  return put({ ...BLANK, id: p.id, kind: 'person', displayName: p.displayName, upn, mail: upn, about });
}

// A name of two words is a given name and a surname; a name of one word is only itself.
function namesIn(displayName: string): Readonly<Record<string, string>> {
  const [givenName, surname] = displayName.split(' ');
  return givenName && surname ? { givenName, surname } : {};
}

const group = ({ id, name, displayName, description, roleAssignable }: Group): PutPrincipal =>
  put({
    ...BLANK,
    id,
    kind: 'group',
    displayName,
    roleAssignable,
    about: { description, mailNickname: name },
  });

const application = ({ id, appId, displayName, description }: Application): PutPrincipal =>
  put({ ...BLANK, id, kind: 'workload', displayName, appId, about: { description } });

const BLANK = { upn: null, mail: null, appId: null, enabled: true, roleAssignable: false } as const;
const put = (principal: PutPrincipal['principal']): PutPrincipal => ({
  type: 'putPrincipal',
  actor: SYSTEM,
  principal,
});
