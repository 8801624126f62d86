import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Route } from './route.ts';

export interface Metrics {
  observe(operation: string, status: number, seconds: number): void;
  readonly route: Route;
}

/** Prometheus figures of this process. No label ever carries a name, an id or a path somebody sent. */
export function metrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'postern_http_request_seconds',
    help: 'Time from the first byte of a request to the end of its answer',
    labelNames: ['operation', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  return {
    observe: (operation, status, time) => seconds.observe({ operation, status: String(status) }, time),
    route: {
      wire: 'postern',
      method: 'GET',
      path: '/metrics',
      operation: 'metrics.get',
      summary: 'Figures of this process for Prometheus',
      authorization: 'anybody',
      handle: async () => ({
        status: 200,
        body: await registry.metrics(),
        headers: { 'content-type': registry.contentType },
      }),
    },
  };
}
