import { METADATA_VERSIONS, metadata } from './metadata.ts';
import type { Route } from './route.ts';

/** Where clients learn of this cloud, without a token. */
export const metadataRoute: Route = {
  wire: 'postern',
  method: 'GET',
  path: '/metadata/endpoints',
  operation: 'metadata.get',
  summary: 'The endpoints of this cloud, in the shape of the api-version asked',
  authorization: 'anybody',
  handle: async (call) => {
    const version = call.query.get('api-version') ?? '';
    const body = metadata(version, call.origin);
    if (body !== null) return { status: 200, body };
    const message = `The api-version '${version}' is not supported here; use one of ${METADATA_VERSIONS.join(', ')}.`;
    return { status: 400, body: { error: { code: 'InvalidApiVersionParameter', message } } };
  },
};
