import { readFileSync } from 'node:fs';
import type { Permission, RoleDefinition } from '../core/role.ts';
import { type RoleKey, roleKey } from '../core/values.ts';

/** A line of data/azure-roles.json, see data/README.md: an empty list of a permission is left out. */
interface Line {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly Partial<Permission>[];
}

const FILE = new URL('../../data/azure-roles.json', import.meta.url);
let loaded: ReadonlyMap<RoleKey, RoleDefinition> | undefined;

/** The roles that come with Azure, by their GUID in lower case. Read from disk at the first call. */
export function builtinRoles(): ReadonlyMap<RoleKey, RoleDefinition> {
  loaded ??= new Map(readLines().map((line) => [roleKey(line.id), roleOf(line)]));
  return loaded;
}

const readLines = () => JSON.parse(readFileSync(FILE, 'utf8')) as readonly Line[];

const roleOf = ({ id, name, description, permissions }: Line): RoleDefinition => ({
  key: roleKey(id),
  name,
  description,
  builtIn: true,
  permissions: permissions.map(permissionOf),
  assignableScopes: ['/'],
});

const permissionOf = (given: Partial<Permission>): Permission => ({
  actions: [],
  notActions: [],
  dataActions: [],
  notDataActions: [],
  ...given,
});
