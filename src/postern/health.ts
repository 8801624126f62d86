import type { Route } from '../http/route.ts';

/** Whether the process lives, and whether it can serve: store, migrations, index. */
export const healthRoutes = (ready: () => Promise<boolean>): readonly Route[] => [
  {
    wire: 'postern',
    method: 'GET',
    path: '/healthz',
    operation: 'health.get',
    summary: 'Whether the process lives',
    authorization: 'anybody',
    handle: async () => ({ status: 200, body: { status: 'alive' } }),
  },
  {
    wire: 'postern',
    method: 'GET',
    path: '/readyz',
    operation: 'readiness.get',
    summary: 'Whether the store is reachable and migrated, and the index has caught up',
    authorization: 'anybody',
    handle: async () =>
      (await ready().catch(() => false))
        ? { status: 200, body: { status: 'ready' } }
        : { status: 503, body: { status: 'not ready' }, headers: { 'retry-after': '1' } },
  },
];
