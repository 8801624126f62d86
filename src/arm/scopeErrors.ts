import type { RefusalOf } from '../core/refusal.ts';
import type { ScopeKey } from '../core/values.ts';
import {
  managementGroupNotFound,
  resourceGroupNotFound,
  resourceNotFound,
  subscriptionNotFound,
} from './problems.ts';
import { kindOfKey, subscriptionOf } from './scope.ts';
import type { Told, Worded } from './told.ts';

const conflict = (code: string, message: string): Worded => ({ status: 409, code, message });
const bad = (message: string): Worded => ({ status: 400, code: 'InvalidRequestContent', message });

/** ARM's word for what the tree of scopes refuses. */
export const SCOPE_ERRORS = {
  scopeNotFound: (r: RefusalOf<'scopeNotFound'>, { pathOf }: Told): Worded =>
    missing(r.scope, pathOf(r.scope)),
  scopeFixed: (r: RefusalOf<'scopeFixed'>, { pathOf }: Told): Worded => ({
    status: 400,
    code: 'OperationNotAllowed',
    message: `The scope '${pathOf(r.scope)}' cannot be ${r.change}. ${ALLOWED[r.change]}`,
  }),
  scopeNotEmpty: (r: RefusalOf<'scopeNotEmpty'>, { pathOf }: Told): Worded =>
    conflict(
      'ManagementGroupHasChildren',
      `The management group '${pathOf(r.scope)}' is not empty: '${pathOf(r.holds)}' is in it. Only an empty one can be deleted: move what is in it to another one, or delete it.`,
    ),
  scopeInItself: (r: RefusalOf<'scopeInItself'>, { pathOf }: Told): Worded =>
    bad(
      `The scope '${pathOf(r.scope)}' cannot hang under '${pathOf(r.parent)}', which is it or lies in it. Name another parent.`,
    ),
  scopeTooDeep: (r: RefusalOf<'scopeTooDeep'>, { pathOf }: Told): Worded =>
    bad(
      `The management group '${pathOf(r.scope)}' would hang too deep: below the root management group there may be ${r.levels} levels of management groups. Name a parent further up.`,
    ),
  tooManyTags: (r: RefusalOf<'tooManyTags'>, { pathOf }: Told): Worded =>
    bad(
      `The scope '${pathOf(r.scope)}' would have too many tags: at most ${r.most} are allowed. Delete some first.`,
    ),
};

const ALLOWED: { readonly [C in RefusalOf<'scopeFixed'>['change']]: string } = {
  moved: 'Management groups other than the root management group can be moved, and subscriptions.',
  deleted:
    'Management groups other than the root management group, resource groups and resources can be deleted.',
  tagged: 'Management groups, subscriptions, resource groups and resources have tags.',
};

function missing(key: ScopeKey, path: string): Worded {
  const name = path.split('/').at(-1) ?? path;
  const { status, code, message } = {
    tenant: () => subscriptionNotFound(path),
    managementGroup: () => managementGroupNotFound(name),
    subscription: () => subscriptionNotFound(subscriptionOf(key) ?? path),
    resourceGroup: () => resourceGroupNotFound(name),
    resource: () => resourceNotFound(path),
  }[kindOfKey(key)]();
  return { status, code, message };
}
