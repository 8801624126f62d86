import { describe, expect, test } from 'vitest';
import type { Permission } from '../core/role.ts';
import { parseGuid, roleKey } from '../core/values.ts';
import { builtinRoles } from './builtinRoles.ts';

const LISTS = ['actions', 'notActions', 'dataActions', 'notDataActions'] as const;
const roles = builtinRoles();
const permissionsOf = (id: string): readonly Permission[] => roles.get(roleKey(id))?.permissions ?? [];
const counts = (id: string) =>
  LISTS.map((list) => permissionsOf(id).reduce((sum, permission) => sum + permission[list].length, 0)).join(
    '/',
  );

describe('the built-in Azure roles', () => {
  test('are 928, each under its own canonical id', () => {
    expect(roles.size).toBe(928);
    for (const [key, role] of roles) {
      expect(role.key).toBe(key);
      expect(parseGuid(key)).toBe(key);
    }
  });

  // actions/notActions/dataActions/notDataActions as published
  const published: [name: string, id: string, counts: string][] = [
    ['Owner', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', '1/0/0/0'],
    ['Contributor', 'b24988ac-6180-42a0-ab88-20f7382dd24c', '1/11/0/0'],
    ['Reader', 'acdd72a7-3385-48ef-bd42-f606fba81ae7', '1/0/0/0'],
    ['User Access Administrator', '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', '3/0/0/0'],
    ['Role Based Access Control Administrator', 'f58310d9-a9f6-439a-9e8d-f62e7b41a168', '4/0/0/0'],
    ['Virtual Machine Contributor', '9980e02c-c2be-4d73-94e8-173b1dc7cf3c', '45/0/0/0'],
    ['Virtual Machine Administrator Login', '1c0163c0-47e6-4577-8991-ea5c82e286e4', '7/0/4/0'],
    ['Storage Blob Data Contributor', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe', '4/0/5/0'],
    ['Key Vault Administrator', '00482a5a-887f-4fb3-b363-3b7fe8e74483', '10/0/1/0'],
    ['Key Vault Secrets User', '4633458b-17de-408a-b874-0445c86b69e6', '0/0/2/0'],
    ['SQL Server Contributor', '6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437', '10/36/0/0'],
    ['Azure Kubernetes Service RBAC Admin', '3498e952-d568-435e-9b2c-8d77e338d7f7', '5/0/1/4'],
    ['Azure Kubernetes Service RBAC Writer', 'a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb', '4/0/35/0'],
    ['Log Analytics Reader', '73c42c96-874c-492b-b04d-ab87d138a893', '4/1/1/0'],
    ['Microsoft Sentinel Responder', '3e150937-b8fe-4cfb-8069-0eaf05ecd056', '29/4/0/0'],
    ['Backup Operator', '00c29273-979b-4161-815c-10b084fb9324', '103/0/0/0'],
    ['Cognitive Services OpenAI User', '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd', '3/0/16/1'],
    ['Cognitive Services User', 'a97b65f3-24c7-4388-baec-2e87135dc908', '13/0/1/3'],
  ];
  test.each(published)('%s has the published number of actions', (name, id, expected) => {
    expect(roles.get(roleKey(id))?.name).toBe(name);
    expect(counts(id)).toBe(expected);
  });

  test('keep separate permission entries and their conditions apart', () => {
    const all = [...roles.values()];
    expect(all.filter((role) => role.permissions.length > 1)).toHaveLength(16);
    const conditional = all.filter((role) => role.permissions.some((permission) => permission.condition));
    expect(conditional).toHaveLength(29);
    const entries = all.flatMap((role) => role.permissions);
    expect(
      entries.filter((entry) => (entry.condition === undefined) !== (entry.conditionVersion === undefined)),
    ).toEqual([]);
  });

  test('say what they are for and are assignable everywhere', () => {
    for (const role of roles.values()) {
      expect(role).toMatchObject({ builtIn: true, assignableScopes: ['/'] });
      expect(role.name).not.toBe('');
      expect(role.permissions.length, role.name).toBeGreaterThan(0);
    }
  });

  test('have no action with blanks around it, which nothing would match', () => {
    const actions = [...roles.values()]
      .flatMap((role) => role.permissions)
      .flatMap((p) => LISTS.flatMap((list) => p[list]));
    expect(actions.length).toBeGreaterThan(9_000);
    expect(actions.filter((action) => action !== action.trim())).toEqual([]);
  });
});
