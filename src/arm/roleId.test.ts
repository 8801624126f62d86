import { describe, expect, test } from 'vitest';
import { type ScopeKey, scopeKey } from '../core/values.ts';
import { parseRoleId, pimRoleIdAt, roleIdAt } from './roleId.ts';

const SUB = '0a000000-0000-4000-8000-00000000000a';
const ROLE = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const TAIL = `/providers/Microsoft.Authorization/roleDefinitions/${ROLE}`;

/** The form, and what has to be repeated to whoever wrote it so. */
const FORMS: readonly [string, string | null][] = [
  [`/subscriptions/${SUB}${TAIL}`, null],
  [`subscriptions/${SUB}${TAIL}`, null],
  [`/subscriptions/${SUB}/resourceGroups/rg${TAIL}`, null],
  [`/subscriptions/${SUB}/resourceGroups/rg/providers/a.b/c/d${TAIL}`, null],
  [`/providers/Microsoft.Management/managementGroups/platform${TAIL}`, null],
  [`/providers/Microsoft.Subscription/subscriptions/${SUB}${TAIL}`, null],
  [`/SUBSCRIPTIONS/${SUB}${TAIL.toUpperCase()}`, null],
  [TAIL, TAIL],
  [TAIL.slice(1), TAIL.slice(1)],
  [ROLE, ROLE],
  [ROLE.toUpperCase(), ROLE.toUpperCase()],
];
const NONE = [
  '',
  'Reader',
  '/',
  `/${ROLE}`,
  `x/${ROLE}`,
  `/roleDefinitions/${ROLE}`,
  `/providers/Microsoft.Authorization/roleAssignments/${ROLE}`,
  `/nowhere${TAIL}`,
  `${TAIL}/x`,
];

describe('a role definition id', () => {
  test.each(FORMS)('%s names the role', (text, spelling) => {
    expect(parseRoleId(text)).toEqual({ role: ROLE, spelling });
  });
  test.each(NONE)("'%s' names none", (text) => {
    expect(parseRoleId(text)).toBe(null);
  });

  const at = (key: string): ScopeKey => scopeKey(key);
  test('is written with the subscription at and below one, and without above', () => {
    const role = parseRoleId(ROLE)?.role;
    if (!role) throw new Error('no role');
    expect(roleIdAt(role, at(`/subscriptions/${SUB}/resourcegroups/rg`))).toBe(
      `/subscriptions/${SUB}${TAIL}`,
    );
    expect(roleIdAt(role, at('/'))).toBe(TAIL);
    const group = '/providers/Microsoft.Management/managementGroups/platform';
    expect(roleIdAt(role, at(group.toLowerCase()))).toBe(TAIL);
    expect(pimRoleIdAt(role, at(group.toLowerCase()), group)).toBe(`${group}${TAIL}`);
  });
});
