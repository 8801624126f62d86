import { Failure } from './failure.ts';

/** Canonical for comparing: one leading slash, no double or trailing ones, the long subscription form shortened. */
export function cleanScope(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.some((part) => part === '.' || part === '..')) {
    throw new Failure('InvalidScope', `'${path}' has a '.' or '..' in it`, {
      hint: 'write the scope out in full',
    });
  }
  const long =
    parts[0]?.toLowerCase() === 'providers' && parts[1]?.toLowerCase() === 'microsoft.subscription';
  return `/${(long ? parts.slice(2) : parts).join('/')}`;
}

export const sameScope = (a: string, b: string): boolean => key(a).join('/') === key(b).join('/');

/** Whether `above` is `below` or one of its parents, as far as the paths tell; a management group's children they do not. */
export function covers(above: string, below: string): boolean {
  const inner = key(below);
  return key(above).every((part, i) => part === inner[i]);
}

export const isManagementGroup = (path: string): boolean => key(path)[1] === 'microsoft.management';

export const depth = (path: string): number => key(path).length;

export const lastPart = (path: string): string => cleanScope(path).split('/').at(-1) ?? '';

export function subscriptionOf(path: string): string | undefined {
  const [kind, id] = key(path);
  return kind === 'subscriptions' ? id : undefined;
}

export function resourceGroupOf(path: string): string | undefined {
  const [, , kind, name] = key(path);
  return kind === 'resourcegroups' ? name : undefined;
}

/** As part of a URL: nothing in a name can end the path. */
export const scopeUrl = (path: string): string => {
  const clean = cleanScope(path);
  return clean === '/' ? '' : clean.split('/').map(encodeURIComponent).join('/');
};

function key(path: string): readonly string[] {
  return cleanScope(path)
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '');
}
