import { expect, test } from 'vitest';
import { askedScope, grantedScope } from './scope.ts';

const ARM = 'https://management.core.windows.net/';
const GRAPH = '00000003-0000-0000-c000-000000000000';

const asked: [string, string | undefined, string | undefined, string, boolean][] = [
  ['a resource', 'https://management.azure.com/.default', undefined, 'https://management.azure.com', true],
  ['a resource that ends in a slash', `${ARM}/.default`, undefined, ARM, true],
  ['words of the sign-in beside it', `openid profile offline_access ${ARM}/.default`, undefined, ARM, true],
  ['one permission of a resource', `${ARM}/user_impersonation`, undefined, ARM, false],
  ['a bare permission is one of Graph', 'User.Read', undefined, GRAPH, false],
  ['the sign-in alone is Graph', 'openid', undefined, GRAPH, false],
  ['an application id', `${GRAPH}/.default`, undefined, GRAPH, true],
  ['resource in the old way', undefined, ARM, ARM, true],
  ['resource beside the sign-in words', 'openid', ARM, ARM, true],
];
test.each(asked)('the resource of a scope: %s', (_name, scope, resource, found, whole) => {
  expect(askedScope(scope, resource)).toMatchObject({ resource: found, whole });
});

const refusals: [string, string | undefined, string | undefined, string][] = [
  ['nothing at all', undefined, undefined, 'parameterMissing'],
  ['only blanks', '  ', undefined, 'parameterMissing'],
  ['two resources', `${ARM}/.default https://graph.microsoft.com/.default`, undefined, 'resourcesMany'],
  [
    'two spellings of one resource',
    `${ARM}/.default https://management.core.windows.net/.default`,
    undefined,
    'resourcesMany',
  ],
  ['characters no scope may have', 'a"b', undefined, 'scopeInvalid'],
];
test.each(refusals)('a scope is refused: %s', (_name, scope, resource, code) => {
  expect(askedScope(scope, resource)).toMatchObject({ refusal: { code } });
});

test('the answer names every word that was asked, for MSAL looks its token up by them', () => {
  const scope = askedScope(`openid offline_access ${ARM}/.default`, undefined);
  if ('refusal' in scope) throw new Error('refused');
  expect(grantedScope(scope, 'user_impersonation').split(' ').sort()).toEqual(
    ['openid', 'profile', `${ARM}/.default`, `${ARM}/user_impersonation`].sort(),
  );
});
