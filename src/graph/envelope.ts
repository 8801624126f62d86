import type { Answer, Call } from '../http/route.ts';

/** The two names under which the same implementation is served. */
export const VERSIONS = ['v1.0', 'beta'] as const;
export type Version = (typeof VERSIONS)[number];

export const JSON_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** Where an answer belongs: `users`, `groups`, with the properties that were chosen, if any were. */
export interface Context {
  readonly set: string;
  readonly select?: readonly string[] | null;
}

export const entity = (call: Call, version: Version, { set, select }: Context, body: object): Answer =>
  json({ '@odata.context': context(call, version, `${set}${chosen(select)}/$entity`), ...body });

export function collection(
  call: Call,
  version: Version,
  { set, select }: Context,
  found: {
    readonly value: readonly unknown[];
    readonly count?: number | null;
    readonly nextLink?: string | null;
  },
): Answer {
  return json({
    '@odata.context': context(call, version, `${set}${chosen(select)}`),
    ...(typeof found.count === 'number' ? { '@odata.count': found.count } : {}),
    ...(found.nextLink ? { '@odata.nextLink': found.nextLink } : {}),
    value: found.value,
  });
}

const json = (body: object): Answer => ({ status: 200, body, headers: { 'content-type': JSON_TYPE } });
const context = (call: Call, version: Version, path: string): string =>
  `${call.origin}/${version}/$metadata#${path}`;
const chosen = (select: readonly string[] | null | undefined): string =>
  select ? `(${select.join(',')})` : '';
