import type { Answer, Call, Route } from '../http/route.ts';
import { API_VERSIONS } from './apiVersions.ts';
import { methodNotAllowed, unknownResourceType } from './problems.ts';

const METHODS = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'] as const;

/** What is under Microsoft.Authorization and none of these routes: an unknown type, or a method the type has not. */
export const unknownRoutes = (known: readonly Route[]): readonly Route[] =>
  METHODS.map((method) => ({
    wire: 'arm',
    method,
    path: '/~arm/*',
    operation: `unknown.${method.toLowerCase()}`,
    summary: 'A resource type or method this server does not have.',
    authorization: 'signedIn',
    handle: (call) => refuse(call, known),
  }));

async function refuse({ method, params }: Call, known: readonly Route[]): Promise<Answer> {
  const asked = segmentsOf(params['*'] ?? '');
  const allow = [...new Set(known.filter((r) => fits(r, asked)).map((r) => r.method))];
  throw allow.length > 0
    ? methodNotAllowed(method, allow)
    : unknownResourceType(typeIn(asked), Object.keys(API_VERSIONS));
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((s) => s !== '');

function fits({ path }: Route, asked: readonly string[]): boolean {
  const own = segmentsOf(path.replace(/^\/~arm\//, ''));
  return (
    own.length === asked.length &&
    own.every((s, i) => s.startsWith(':') || s.toLowerCase() === asked[i]?.toLowerCase())
  );
}

// roleAssignments/{name}/validate is the type roleAssignments/validate.
const typeIn = (asked: readonly string[]): string => asked.filter((_, i) => i % 2 === 0).join('/');
