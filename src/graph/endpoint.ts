import type { TSchema } from 'typebox';
import type { Answer, Call, Route } from '../http/route.ts';
import { VERSIONS, type Version } from './envelope.ts';

/** An endpoint of Graph, served under both versions. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Below the version. */
  readonly path: string;
  readonly operation: string;
  readonly summary: string;
  readonly body?: TSchema;
  handle(call: Call, version: Version): Promise<Answer>;
}

/** The rows of the route table it makes. Whoever is signed in may read names, as in a directory nobody has restricted. */
export const rows = (endpoint: Endpoint): readonly Route[] =>
  VERSIONS.map((version) => ({
    wire: 'graph',
    method: endpoint.method,
    path: `/${version}${endpoint.path}`,
    // Names of operations are unique in the OpenAPI document.
    operation: version === 'v1.0' ? endpoint.operation : `${version}.${endpoint.operation}`,
    summary: endpoint.summary,
    authorization: 'signedIn',
    ...(endpoint.body ? { body: endpoint.body } : {}),
    handle: (call) => endpoint.handle(call, version),
  }));
