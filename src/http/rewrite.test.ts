import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rewriteTarget } from './rewrite.ts';

const A = '/providers/Microsoft.Authorization';
const sub = '/subscriptions/00000000-0000-0000-0000-000000000000';

const accepted: [string, string, string, string | null][] = [
  ['the root', '/', '/', null],
  [
    'a path that is not ARM stays',
    '/metadata/endpoints?api-version=2015-01-01',
    '/metadata/endpoints?api-version=2015-01-01',
    null,
  ],
  ['a query without a path stays', '/?a=b', '/?a=b', null],
  ['an empty query stays', '/me?', '/me?', null],
  ['only the first question mark splits', '/me?a=/../?b', '/me?a=/../?b', null],
  ['slashes in a query stay', '/me?u=https://a//b/', '/me?u=https://a//b/', null],
  ['a query is not decoded', '/me?$filter=a%20eq%20%27%2f%27', '/me?$filter=a%20eq%20%27%2f%27', null],
  [
    'two slashes at the start are a path, not a host',
    '//subscriptions/x?api-version=1',
    '/subscriptions/x?api-version=1',
    null,
  ],
  ['slashes collapse anywhere', '///a////b//c', '/a/b/c', null],
  ['only slashes are the root', '////', '/', null],
  ['a trailing slash goes', '/users/', '/users', null],
  ['trailing slashes go before the query', '/users//?a=b', '/users?a=b', null],
  ['an encoded letter stays as it is for the router', '/users/a%40b', '/users/a%40b', null],
  [
    'a Graph function stays',
    "/v1.0/x/filterByCurrentUser(on='principal')",
    "/v1.0/x/filterByCurrentUser(on='principal')",
    null,
  ],
  ['the tenant root', `${A}/roleDefinitions?api-version=1`, '/~arm/roleDefinitions?api-version=1', '/'],
  ['a subscription', `${sub}${A}/roleAssignments/x`, '/~arm/roleAssignments/x', sub],
  [
    'a management group',
    `/providers/Microsoft.Management/managementGroups/mg${A}/roleAssignments`,
    '/~arm/roleAssignments',
    '/providers/Microsoft.Management/managementGroups/mg',
  ],
  [
    'the other spelling of a subscription',
    `/providers/Microsoft.Subscription${sub}${A}/x`,
    '/~arm/x',
    `/providers/Microsoft.Subscription${sub}`,
  ],
  [
    'a resource with its own provider',
    `${sub}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm${A}/x`,
    '/~arm/x',
    `${sub}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm`,
  ],
  [
    'the last one is the cut',
    `${sub}${A}/roleDefinitions/r${A}/roleAssignments/a`,
    '/~arm/roleAssignments/a',
    `${sub}${A}/roleDefinitions/r`,
  ],
  [
    'case does not matter and is kept',
    '/Subscriptions/X/PROVIDERS/microsoft.authorization/RoleAssignments/Y',
    '/~arm/RoleAssignments/Y',
    '/Subscriptions/X',
  ],
  ['repeated slashes around the cut', `/${sub}//providers//Microsoft.Authorization//x/`, '/~arm/x', sub],
  [
    'a trailing slash before the query',
    `${sub}${A}/roleManagementPolicies/p/?api-version=1`,
    '/~arm/roleManagementPolicies/p?api-version=1',
    sub,
  ],
  [
    'an encoded provider name is the same name',
    `${sub}/provider%73/Microsoft%2EAuthorization/x`,
    '/~arm/x',
    sub,
  ],
  [
    'the scope is decoded',
    `${sub}/resourceGroups/rg%20a%28b%29${A}/x`,
    '/~arm/x',
    `${sub}/resourceGroups/rg a(b)`,
  ],
  [
    'the scope is decoded once',
    `${sub}/resourceGroups/a%252fb${A}/x`,
    '/~arm/x',
    `${sub}/resourceGroups/a%2fb`,
  ],
  ['the rest is not decoded', `${sub}${A}/roleAssignments/a%20b`, '/~arm/roleAssignments/a%20b', sub],
  ['the provider alone is not cut', `${sub}${A}`, `${sub}${A}`, null],
  ['the provider with a trailing slash is not cut', `${sub}${A}/`, `${sub}${A}`, null],
  ['a longer provider name is another one', `${sub}${A}X/x`, `${sub}${A}X/x`, null],
  [
    'a shorter one too',
    `${sub}/providers/Microsoft.Authorizatio/x`,
    `${sub}/providers/Microsoft.Authorizatio/x`,
    null,
  ],
  [
    'a name that ends in providers is no provider',
    '/a/Xproviders/Microsoft.Authorization/x',
    '/a/Xproviders/Microsoft.Authorization/x',
    null,
  ],
  ['a prefix-named scope is cut and left unread', `/subscriptionsX/s${A}/x`, '/~arm/x', '/subscriptionsX/s'],
  ['the provider inside a query is no path', `/me?x=${A}/y`, `/me?x=${A}/y`, null],
  ['a dot inside a name', '/.well-known/a..b/...', '/.well-known/a..b/...', null],
  ['a tilde further on', '/users/~arm', '/users/~arm', null],
  ['the longest target', `/${'a'.repeat(16_383)}`, `/${'a'.repeat(16_383)}`, null],
];

const refused: [string, string, string][] = [
  ['empty', '', 'absoluteForm'],
  ['asterisk', '*', 'absoluteForm'],
  ['absolute form', 'https://management.azure.com/subscriptions', 'absoluteForm'],
  ['authority form', 'management.azure.com:443', 'absoluteForm'],
  ['backslash first', '\\subscriptions', 'absoluteForm'],
  ['question mark first', '?a=b', 'absoluteForm'],
  ['inner prefix', '/~arm/roleAssignments', 'innerPrefix'],
  ['inner prefix alone', '/~', 'innerPrefix'],
  ['inner prefix after slashes', '///~arm/x', 'innerPrefix'],
  ['inner prefix, encoded', '/%7Earm/x', 'innerPrefix'],
  ['inner prefix before a scope', `/~x${A}/y`, 'innerPrefix'],
  ['encoded slash', '/subscriptions%2fx', 'encodedSlash'],
  ['encoded slash, upper case', '/subscriptions/x%2Fy', 'encodedSlash'],
  ['encoded backslash', '/a%5cb', 'encodedSlash'],
  ['encoded backslash, upper case', '/a%5Cb', 'encodedSlash'],
  ['backslash', '/a\\b', 'encodedSlash'],
  ['backslash and two dots', '/a/..\\b', 'encodedSlash'],
  ['one dot', '/a/./b', 'dotSegment'],
  ['two dots', '/a/../b', 'dotSegment'],
  ['two dots at the end', '/a/..', 'dotSegment'],
  ['one dot, encoded', '/a/%2e/b', 'dotSegment'],
  ['two dots, encoded', '/a/%2E%2e/b', 'dotSegment'],
  ['two dots, half encoded', '/a/.%2e/b', 'dotSegment'],
  ['two dots in a scope', `${sub}/resourceGroups/..${A}/x`, 'dotSegment'],
  ['percent alone', '/a%', 'badEncoding'],
  ['percent and one digit', '/a%2', 'badEncoding'],
  ['percent and no digits', '/a%zz', 'badEncoding'],
  ['not UTF-8', '/a%ff', 'badEncoding'],
  ['a slash written too long', '/a%c0%afb', 'badEncoding'],
  ['a lone surrogate', '/a%ed%a0%80', 'badEncoding'],
  ['a blank', '/a b', 'badEncoding'],
  ['a byte above ASCII', '/a\u00fc', 'badEncoding'],
  ['a fragment', '/a#/../b', 'badEncoding'],
  ['a zero byte', '/a%00', 'controlCharacter'],
  ['a line end', '/a%0d%0ab', 'controlCharacter'],
  ['delete', '/a%7f', 'controlCharacter'],
  ['longer than 16 KiB', `/${'a'.repeat(16_384)}`, 'tooLong'],
];

const tags: readonly (readonly [string, string, string, string | null])[] = [
  ['the tags of a resource', '/a/b/Providers/microsoft.resources/TAGS/default?x=1', '/~tags?x=1', '/a/b'],
  ['the tags of the tenant', '/providers/Microsoft.Resources/tags/default', '/~tags', '/'],
  ['escaped', '/a%20b/providers/Microsoft.Resources/tags/def%61ult/', '/~tags', '/a b'],
  [
    'other tags',
    '/a/providers/Microsoft.Resources/tags/other',
    '/a/providers/Microsoft.Resources/tags/other',
    null,
  ],
  [
    'below them',
    '/providers/Microsoft.Resources/tags/default/x',
    '/providers/Microsoft.Resources/tags/default/x',
    null,
  ],
  [
    'tags of something under Microsoft.Authorization are read as that',
    '/a/providers/Microsoft.Authorization/b/providers/Microsoft.Resources/tags/default',
    '/~arm/b/providers/Microsoft.Resources/tags/default',
    '/a',
  ],
];

describe('the tags of a scope', () => {
  test.each(tags)('%s', (_, target, url, scope) => {
    expect(rewriteTarget(target)).toEqual({ url, scope });
  });
});

describe('what a request target becomes', () => {
  test.each(accepted)('%s', (_, target, url, scope) => {
    expect(rewriteTarget(target)).toEqual({ url, scope });
  });
});

describe('a request target that is refused', () => {
  test.each(refused)('%s', (_, target, reason) => {
    expect(rewriteTarget(target)).toEqual({ refused: reason });
  });
});

test('INV-Z3: no spelling of a target reaches the router with a dot segment, an empty one or the inner prefix', () => {
  const piece = fc.constantFrom(
    '/',
    '~',
    '.',
    '%2e',
    '%2f',
    '%5C',
    '%7e',
    '%',
    '\\',
    '?',
    '#',
    'a',
    'providers',
    'Microsoft.Authorization',
    'providers/Microsoft.Resources/tags/default',
    '%00',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const made = rewriteTarget(`/${pieces.join('')}`);
      if ('refused' in made) return;
      const path = decodeURIComponent(made.url.split('?')[0] ?? '');
      expect(path).toMatch(/^\/([^/]+(\/[^/]+)*)?$/);
      expect(path.split('/').filter((s) => s === '.' || s === '..')).toEqual([]);
      expect(path.startsWith('/~')).toBe(made.scope !== null);
    }),
    { numRuns: 2_000 },
  );
});
