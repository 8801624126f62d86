import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on every address given, on one port; 0 lets the system choose it. A machine without IPv6 loopback does without. */
export async function listen(
  app: FastifyInstance,
  hosts: readonly string[],
  port: number,
  tls: { readonly cert: string; readonly key: string },
): Promise<Listening> {
  const [first = '127.0.0.1', ...others] = hosts;
  await app.listen({ host: first, port });
  const chosen = (app.server.address() as AddressInfo).port;
  const more: Server[] = [];
  for (const host of others) {
    const server = createServer({ ...tls, minVersion: 'TLSv1.2' }, (req, res) => app.routing(req, res));
    if (await bound(server, host, chosen)) more.push(server);
  }
  return {
    port: chosen,
    close: async () => {
      await Promise.all(more.map(closed));
      await app.close();
    },
  };
}

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeIdleConnections();
  });

const bound = (server: Server, host: string, port: number): Promise<boolean> =>
  new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      host.includes(':') && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code ?? '')
        ? done(false)
        : failed(error),
    );
    server.listen(port, host, () => done(true));
  });
