import type { Permission, RoleDefinition } from '../../src/core/role.ts';
import { roleKey } from '../../src/core/values.ts';
import type { Random } from './random.ts';

/** Something that can be done: on a resource, or on the data in it. */
interface Ability {
  readonly action: string;
  readonly data: boolean;
}

/** What can be done, and the roles that let it be done. */
export interface Roles {
  readonly abilities: readonly Ability[];
  readonly definitions: readonly RoleDefinition[];
  /** Whether the role with this number lets its holder do the ability with that number. */
  permits(role: number, ability: number): boolean;
}

interface Provider {
  readonly name: string;
  readonly types: readonly string[];
}

const ROLES = 620;
const PROVIDERS = 80;
const TYPES = 24;
const NAMES = ['Compute', 'Network', 'Storage', 'KeyVault', 'Sql', 'Web', 'Authorization', 'Insights'];
const OPERATIONS = ['read', 'write', 'delete', 'start/action', 'listKeys/action', 'sub/read', 'sub/write'];
const DATA_OPERATIONS = ['secrets/read'];

/** Four like the broad roles of Azure and 616 narrow ones: wildcards in most, exceptions in a fifth, data in a tenth. */
export function roles(chance: Random): Roles {
  const providers = Array.from({ length: PROVIDERS }, (_, n) => provider(n));
  const abilities = providers.flatMap(({ types }) => types.flatMap(abilitiesOn));
  const narrow = Array.from({ length: ROLES - BROAD.length }, () => narrowRole(chance, providers));
  const definitions = [...BROAD, ...narrow].map((given, n) => definition(chance.guid(), `role ${n}`, given));
  return { abilities, definitions, permits: permitTable(definitions, abilities) };
}

const provider = (n: number): Provider => {
  const name = `Microsoft.${NAMES[n % NAMES.length]}${n < NAMES.length ? '' : Math.floor(n / NAMES.length)}`;
  return { name, types: Array.from({ length: TYPES }, (_, type) => `${name}/type${type}`) };
};

const abilitiesOn = (type: string): readonly Ability[] => [
  ...OPERATIONS.map((operation) => ({ action: `${type}/${operation}`, data: false })),
  ...DATA_OPERATIONS.map((operation) => ({ action: `${type}/${operation}`, data: true })),
];

const BROAD: readonly Partial<Permission>[] = [
  { actions: ['*'] },
  { actions: ['*'], notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'] },
  { actions: ['*/read'] },
  { actions: ['*/read', 'Microsoft.Authorization/*'] },
];

function narrowRole(chance: Random, providers: readonly Provider[]): Partial<Permission> {
  const actions = Array.from({ length: 1 + chance.below(8) }, () => pattern(chance, chance.pick(providers)));
  const notActions = chance.next() < 0.2 ? [`${chance.pick(providers).name}/*/delete`] : [];
  const dataActions = chance.next() < 0.1 ? [`${chance.pick(providers).name}/*/secrets/read`] : [];
  return { actions, notActions, dataActions };
}

function pattern(chance: Random, { name, types }: Provider): string {
  const kind = chance.next();
  if (kind < 0.25) return `${name}/*`;
  if (kind < 0.45) return `${name}/*/read`;
  return kind < 0.75 ? `${chance.pick(types)}/*` : `${chance.pick(types)}/${chance.pick(OPERATIONS)}`;
}

const definition = (key: string, name: string, given: Partial<Permission>): RoleDefinition => ({
  key: roleKey(key),
  name,
  description: '',
  builtIn: false,
  permissions: [{ actions: [], notActions: [], dataActions: [], notDataActions: [], ...given }],
  assignableScopes: ['/'],
});

// Every role against every ability, once, by regular expressions: the product's matcher is not asked about itself.
function permitTable(
  definitions: readonly RoleDefinition[],
  abilities: readonly Ability[],
): Roles['permits'] {
  const table = definitions.map(({ permissions }) => {
    const row = new Uint8Array(abilities.length);
    for (const p of permissions) markPermitted(row, p, abilities);
    return row;
  });
  return (role, ability) => table[role]?.[ability] === 1;
}

function markPermitted(row: Uint8Array, p: Permission, abilities: readonly Ability[]): void {
  const [yes, no] = [p.actions.map(asExpression), p.notActions.map(asExpression)];
  const [dataYes, dataNo] = [p.dataActions.map(asExpression), p.notDataActions.map(asExpression)];
  for (const [n, { action, data }] of abilities.entries()) {
    const given = (data ? dataYes : yes).some((e) => e.test(action));
    if (given && !(data ? dataNo : no).some((e) => e.test(action))) row[n] = 1;
  }
}

const asExpression = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i');
