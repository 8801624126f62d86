import { GROUP_PATH, OTHER_RG, RG, ROOT_GROUP_PATH, SUB, SUB_PATH } from './armTenant.ts';
import { type Case, get, put, refused } from './refusing.ts';

const A = 'api-version=2021-04-01';
const GROUPS = '/providers/Microsoft.Management/managementGroups';
const VM = `${RG}/providers/Microsoft.Compute/virtualMachines/vm`;
const TAGS = `${RG}/providers/Microsoft.Resources/tags/default?${A}`;
const BAD = '400 InvalidRequestContent';
const under = (id: string) => ({ properties: { details: { parent: { id } } } });
const at = (target: string, method: Case['method'] = 'PUT', who: Case['who'] = 'omar') => ({
  target: `${target}?${A}`,
  method,
  who,
});
const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`t${i}`, '']));

refused('management groups', [
  put('a name that is none', {}, '400 InvalidScope', /letters, digits/, at(`${GROUPS}/a b`)),
  put(
    'a parent that is not there',
    under(`${GROUPS}/none`),
    '404 ManagementGroupNotFound',
    /none/,
    at(`${GROUPS}/new`),
  ),
  put('a parent that is no group', under(SUB_PATH), BAD, /is no management group/, at(`${GROUPS}/new`)),
  put('a name without a letter', { properties: { displayName: ' ' } }, BAD, /1 to 256/, at(`${GROUPS}/new`)),
  put(
    'made without the right to',
    {},
    '403 AuthorizationFailed',
    /managementGroups\/write/,
    at(`${GROUPS}/new`, 'PUT', 'mina'),
  ),
  put('a group under itself', { parentGroupId: GROUP_PATH }, BAD, /lies in it/, at(GROUP_PATH, 'PATCH')),
  put(
    'the root group moved',
    { parentGroupId: GROUP_PATH },
    '400 OperationNotAllowed',
    /other than the root/,
    at(ROOT_GROUP_PATH, 'PATCH'),
  ),
  put('nothing to change', {}, BAD, /displayName.*parentGroupId/, at(GROUP_PATH, 'PATCH')),
  put(
    'renamed without the right to',
    { displayName: 'x' },
    '403 AuthorizationFailed',
    /managementGroups\/write/,
    at(GROUP_PATH, 'PATCH', 'mina'),
  ),
  put(
    'a group that is not there',
    { displayName: 'x' },
    '404 ManagementGroupNotFound',
    /none/,
    at(`${GROUPS}/none`, 'PATCH'),
  ),
  put(
    'the root group deleted',
    undefined,
    '400 OperationNotAllowed',
    /root management group/,
    at(ROOT_GROUP_PATH, 'DELETE'),
  ),
  put(
    'a group with something in it deleted',
    undefined,
    '409 ManagementGroupHasChildren',
    /only an empty one/i,
    at(GROUP_PATH, 'DELETE'),
  ),
  put(
    'deleted without the right to',
    undefined,
    '403 AuthorizationFailed',
    /managementGroups\/delete/,
    at(GROUP_PATH, 'DELETE', 'mina'),
  ),
  put(
    'deleted without the right to, and not there',
    undefined,
    '403 AuthorizationFailed',
    /delete/,
    at(`${GROUPS}/none`, 'DELETE', 'mina'),
  ),
  put(
    'a subscription moved without the right to',
    undefined,
    '403 AuthorizationFailed',
    /roleAssignments\/write/,
    at(`${ROOT_GROUP_PATH}/subscriptions/${SUB}`, 'PUT', 'mina'),
  ),
  put(
    'a subscription that is not there',
    undefined,
    '404 SubscriptionNotFound',
    /0000/,
    at(`${GROUP_PATH}/subscriptions/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`),
  ),
  put(
    'a subscription taken out of where it is not',
    undefined,
    '404 SubscriptionNotFound',
    /not be found/,
    at(`${ROOT_GROUP_PATH}/subscriptions/${SUB}`, 'DELETE'),
  ),
  get(
    'what is below it, for a stranger',
    `${GROUP_PATH}/descendants?${A}`,
    '403 AuthorizationFailed',
    /read/,
    { who: 'mina' },
  ),
]);

refused('resource groups and resources', [
  put(
    'a group deleted without the right to',
    undefined,
    '403 AuthorizationFailed',
    /resourceGroups\/delete/,
    at(RG, 'DELETE', 'mina'),
  ),
  put(
    'a group that is not there',
    undefined,
    '404 ResourceGroupNotFound',
    /none/,
    at(`${SUB_PATH}/resourceGroups/none`, 'DELETE'),
  ),
  put(
    'a resource in no group',
    {},
    '404 ResourceGroupNotFound',
    /none/,
    at(`${SUB_PATH}/resourceGroups/none/providers/a/b/c`),
  ),
  put(
    'a resource without a name',
    {},
    '400 InvalidScope',
    /namespace/,
    at(`${RG}/providers/Microsoft.Compute/virtualMachines`),
  ),
  put('a resource without a body', undefined, BAD, /JSON object/, at(VM)),
  put('a resource whose body is a list', [], BAD, /must be an object/, at(VM)),
  put('a resource that is too large', { properties: 'x'.repeat(65_536) }, BAD, /65535 bytes/, at(VM)),
  put('a resource with too many tags', { tags: many(51) }, BAD, /at most 50/, at(VM)),
  put(
    'a resource without the right to',
    {},
    '403 AuthorizationFailed',
    /virtualMachines\/write/i,
    at(VM, 'PUT', 'mina'),
  ),
  put(
    'a resource deleted without the right to',
    undefined,
    '403 AuthorizationFailed',
    /virtualMachines\/delete/,
    at(VM, 'DELETE', 'mina'),
  ),
]);

refused('tags', [
  put('no tags', { properties: {} }, BAD, /properties\.tags/, { target: TAGS }),
  put(
    'an operation that is none',
    { operation: 'Add', properties: { tags: {} } },
    BAD,
    /Merge, Replace, Delete/,
    { target: TAGS, method: 'PATCH' },
  ),
  put('no operation', { properties: { tags: {} } }, BAD, /'operation' is required/, {
    target: TAGS,
    method: 'PATCH',
  }),
  put('a name with a slash', { properties: { tags: { 'a/b': '' } } }, BAD, /none of/, { target: TAGS }),
  put('a name twice', { properties: { tags: { a: '', A: '' } } }, BAD, /twice/, { target: TAGS }),
  put('a value too long', { properties: { tags: { a: 'x'.repeat(257) } } }, BAD, /256/, { target: TAGS }),
  put('a value that is none', { properties: { tags: { a: 1 } } }, BAD, /must be a text/, { target: TAGS }),
  put(
    'the tenant itself',
    { properties: { tags: { tenantId: 'x' } } },
    '400 OperationNotAllowed',
    /have tags/,
    { target: `/providers/Microsoft.Resources/tags/default?${A}` },
  ),
  put('a resource nobody named', { properties: { tags: {} } }, '404 ResourceNotFound', /PUT it/, {
    target: `${VM}/providers/Microsoft.Resources/tags/default?${A}`,
  }),
  put('without the right to', { properties: { tags: {} } }, '403 AuthorizationFailed', /tags\/write/, {
    target: TAGS,
    who: 'mina',
  }),
  get('read without the right to', TAGS, '403 AuthorizationFailed', /tags\/read/, { who: 'mina' }),
]);

refused('providers and eligible children', [
  put(
    'a namespace nobody has',
    undefined,
    '404 InvalidResourceNamespace',
    /lists those/,
    at(`${SUB_PATH}/providers/Nothing.OfTheKind/register`, 'POST'),
  ),
  put(
    'registered without the right to',
    undefined,
    '403 AuthorizationFailed',
    /Authorization\/register\/action|subscriptions\/read/,
    at(`${SUB_PATH}/providers/Microsoft.Authorization/register`, 'POST', 'mina'),
  ),
  get(
    'a filter by something else',
    `${OTHER_RG}/providers/Microsoft.Authorization/eligibleChildResources?api-version=2020-10-01&$filter=name eq 'x'`,
    '400 InvalidFilter',
    /resourceType eq/,
    { who: 'ravi' },
  ),
]);
