import { readFileSync } from 'node:fs';
import { asWritten } from './rewrite.ts';
import type { Route } from './route.ts';

/** Where the document is read. */
export const openApiRoute = (print: () => unknown): Route => ({
  wire: 'postern',
  method: 'GET',
  path: '/_postern/openapi.json',
  operation: 'openapi.get',
  summary: 'This document: every endpoint of this server',
  authorization: 'anybody',
  handle: async () => ({ status: 200, body: print() }),
});

/** The OpenAPI document is made of the route table; paths below a scope are shown as clients write them. */
export function openApi() {
  const version = (
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  ).version;
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Postern', version },
      components: { securitySchemes: { bearer: { type: 'http' as const, scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    exposeHeadRoutes: true,
    transform: ({ schema, url }: { schema: unknown; url: string }) => ({
      schema: named((schema ?? {}) as Record<string, unknown>),
      url: asWritten(url),
    }),
  };
}

// The document calls an operation what the route table calls it; the plugin marks those of HEAD.
const named = (schema: Record<string, unknown>): Record<string, unknown> =>
  typeof schema['operationId'] === 'string'
    ? { ...schema, operationId: schema['operationId'].replace(/-head$/, '') }
    : schema;
