// Makes data/azure-roles.json again from the folder given as argument, which holds arm/builtin-roles/roles.json. One role
// a line, so that a newer list is readable as a diff.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const data = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'data');

// Two of the published lists carry an action with a blank at its end, which would match nothing; entries that are null
// say that a list is unknown.
const tidy = (actions) =>
  actions.filter((action) => typeof action === 'string').map((action) => action.trim());

const withoutEmpty = (entries) => entries.filter(([, value]) => value !== undefined && value?.length !== 0);

function azurePermission(permission) {
  const lists = ['actions', 'notActions', 'dataActions', 'notDataActions'].map((key) => [
    key,
    tidy(permission[key]),
  ]);
  const conditions = ['condition', 'conditionVersion'].map((key) => [key, permission[key]]);
  return Object.fromEntries(withoutEmpty([...lists, ...conditions]));
}

function azureRole({ name, properties }) {
  const { roleName, description, assignableScopes, permissions } = properties;
  if (assignableScopes.join() !== '/')
    throw new Error(`${roleName} is assignable at ${assignableScopes}, expected /`);
  return {
    id: name.toLowerCase(),
    name: roleName,
    description,
    permissions: permissions.map(azurePermission),
  };
}

function write(file, roles) {
  const lines = roles.map((role) => JSON.stringify(role));
  writeFileSync(path.join(data, file), `[\n${lines.join(',\n')}\n]\n`);
  console.log(`${file}: ${roles.length} roles`);
}

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node scripts/carry-data.mjs <folder with arm/>');
  process.exit(2);
}
const read = (...parts) => JSON.parse(readFileSync(path.join(folder, ...parts), 'utf8'));
write('azure-roles.json', read('arm', 'builtin-roles', 'roles.json').map(azureRole));
