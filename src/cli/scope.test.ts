import { describe, expect, test } from 'vitest';
import { cleanScope, covers, sameScope, scopeUrl } from './scope.ts';

describe('INV-Z3: one scope is above another by path segments, never by a common beginning', () => {
  const cases: [string, string, boolean][] = [
    ['/', '/subscriptions/a', true],
    ['/subscriptions/a', '/subscriptions/A/resourceGroups/rg', true],
    ['/subscriptions/a/resourceGroups/rg', '/subscriptions/a/resourcegroups/RG/', true],
    ['/subscriptions/a/resourceGroups/rg', '/subscriptions/a/resourceGroups/rg2', false],
    ['/subscriptions/a/resourceGroups/rg', '/subscriptions/a', false],
    ['/subscriptions/a', '/subscriptions/ab', false],
  ];
  test.each(cases)('%s over %s: %s', (above, below, is) => expect(covers(above, below)).toBe(is));
});

test('the spellings of one scope are the same scope', () => {
  for (const path of [
    'subscriptions/a',
    '//subscriptions/A//',
    '/providers/Microsoft.Subscription/subscriptions/a',
  ]) {
    expect(sameScope(path, '/subscriptions/a')).toBe(true);
  }
});

test('a scope cannot leave its place in the address', () => {
  expect(() => cleanScope('/subscriptions/a/../b')).toThrow(/'\.' or '\.\.'/);
  expect(scopeUrl('/subscriptions/a?x=1#y/resourceGroups/%2f')).toBe(
    '/subscriptions/a%3Fx%3D1%23y/resourceGroups/%252f',
  );
  expect(scopeUrl('/')).toBe('');
});
