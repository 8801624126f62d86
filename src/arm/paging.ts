import { parseGuid } from '../core/values.ts';
import type { Answer, Call } from '../http/route.ts';
import { invalidSkipToken } from './problems.ts';

// docs/divergences.md: arm-pages
export const PAGE_SIZE = 200;

/** Which page is asked for: after which row, by its name, a GUID. */
export function pagingOf(call: Call): { readonly limit: number; readonly after: string | null } {
  const after = afterOf(call);
  if (after !== null && parseGuid(after) === null) throw invalidSkipToken();
  return { limit: PAGE_SIZE, after };
}

function afterOf({ query }: Call): string | null {
  const token = query.get('$skiptoken');
  if (token === undefined || token === '') return null;
  const after = Buffer.from(token, 'base64url').toString();
  if (after === '' || tokenOf(after) !== token) throw invalidSkipToken();
  return after;
}

const tokenOf = (after: string): string => Buffer.from(after).toString('base64url');

/** A list; the link to the next page only when there is one, on the host that was asked. */
export const listAnswer = (call: Call, value: readonly unknown[], next: string | null = null): Answer => ({
  status: 200,
  body: { value, ...(next === null ? {} : { nextLink: nextLink(call, next) }) },
});

function nextLink({ origin, target }: Call, next: string): string {
  const [path = '/', query = ''] = target.split(/\?(.*)/s);
  const kept = query.split('&').filter((p) => p !== '' && !/^(\$|%24)skiptoken=/i.test(p));
  return `${origin}${path.replace(/\/+/g, '/')}?${[...kept, `$skiptoken=${tokenOf(next)}`].join('&')}`;
}

/** One page of rows that are all in memory, in the order of their names. */
export function pageOfAll<T>(
  call: Call,
  rows: readonly T[],
  nameOf: (row: T) => string,
): { readonly rows: readonly T[]; readonly next: string | null } {
  const [limit, after] = [PAGE_SIZE, afterOf(call)];
  const sorted = [...rows].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const rest = after === null ? sorted : sorted.filter((r) => nameOf(r) > after);
  const last = rest[limit - 1];
  return { rows: rest.slice(0, limit), next: rest.length > limit && last ? nameOf(last) : null };
}
