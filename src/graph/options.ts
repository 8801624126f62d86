import type { Call } from '../http/route.ts';
import { badRequest } from './failure.ts';

type Option = 'filter' | 'select' | 'top' | 'count' | 'skiptoken' | 'orderby' | 'expand' | 'search' | 'skip';
// docs/divergences.md: graph-options
const OPTIONS: readonly Option[] = [
  'filter',
  'select',
  'top',
  'count',
  'skiptoken',
  'orderby',
  'expand',
  'search',
  'skip',
];
const PAGE = { usual: 100, max: 999 } as const;

/** What a list was asked for. */
export interface ListOptions {
  readonly filter: string | null;
  readonly select: readonly string[] | null;
  readonly limit: number;
  readonly count: boolean;
  readonly after: string | null;
}

export function listOptions(call: Call): ListOptions {
  refuseOthers(call, ['filter', 'select', 'top', 'count', 'skiptoken']);
  return {
    filter: option(call, 'filter'),
    select: selectOf(call),
    limit: limitOf(option(call, 'top')),
    count: countOf(option(call, 'count')),
    after: skipTokenOf(option(call, 'skiptoken')),
  };
}

/** What one object was asked for: only which of its properties. */
export function entitySelect(call: Call): readonly string[] | null {
  refuseOthers(call, ['select']);
  return selectOf(call);
}

// The dollar sign may be left out on beta; v1.0 tolerates that as well.
const option = (call: Call, name: Option): string | null =>
  call.query.get(`$${name}`) ?? call.query.get(name) ?? null;

function refuseOthers(call: Call, taken: readonly Option[]): void {
  const other = OPTIONS.find((name) => !taken.includes(name) && option(call, name) !== null);
  if (other === undefined) return;
  const list = taken.map((name) => `$${name}`).join(', ');
  throw badRequest(`The query option '$${other}' is not supported here; supported are ${list}.`);
}

function selectOf(call: Call): readonly string[] | null {
  const names = (option(call, 'select') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length === 0 || names.includes('*') ? null : names;
}

function limitOf(text: string | null): number {
  if (text === null) return PAGE.usual;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= PAGE.max) return limit;
  throw badRequest(`Invalid page size '${text}': $top must be a number from 1 to ${PAGE.max}.`);
}

function countOf(text: string | null): boolean {
  if (text === null) return false;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw badRequest(`Invalid value '${text}' for $count: it must be true or false.`);
}

function skipTokenOf(text: string | null): string | null {
  if (text === null || /^[\w.:-]{1,200}$/.test(text)) return text;
  throw badRequest('The $skiptoken is not one this server made; start again without it.');
}
