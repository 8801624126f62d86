import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Wire } from './route.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** The id that ties the lines of one call together: the client's, when it is a GUID. */
export function correlationOf(headers: IncomingHttpHeaders): string {
  const sent = one(headers['x-ms-correlation-request-id']) ?? one(headers['client-request-id']);
  return sent && GUID.test(sent) ? sent.toLowerCase() : randomUUID();
}

/** What every answer carries, by wire. An echo is made only of what cannot break a header. */
export function answerHeaders(
  wire: Wire,
  correlation: string,
  sent: IncomingHttpHeaders,
  at: Date,
): Record<string, string> {
  const client = one(sent['x-ms-client-request-id']) ?? one(sent['client-request-id']);
  const echo = client !== undefined && /^[\x20-\x7e]{1,128}$/.test(client) ? client : undefined;
  const common = {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'x-content-type-options': 'nosniff',
  };
  if (wire === 'graph') {
    return {
      ...common,
      'request-id': correlation,
      'client-request-id': echo ?? correlation,
      'odata-version': '4.0',
    };
  }
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, '');
  return {
    ...common,
    'x-ms-request-id': correlation,
    'x-ms-correlation-request-id': correlation,
    'x-ms-routing-request-id': `POSTERN:${stamp}:${correlation}`,
    ...(echo === undefined ? {} : { 'x-ms-client-request-id': echo }),
  };
}
