import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { type KnownHosts, knownHosts } from '../http/hosts.ts';
import { listen } from '../http/listen.ts';
import { type StartedProxy, startProxy } from '../http/proxy.ts';
import { httpServer, type ServerParts } from '../http/server.ts';
import { publicUrlsAt, type Settings } from '../http/settings.ts';
import { certificates } from '../http/tls.ts';
import { portTaken } from './refused.ts';

export interface Doors {
  readonly url: string;
  readonly port: number;
  readonly proxyPort: number | null;
  readonly caPath: string | null;
  close(): Promise<void>;
}

/** Opens the HTTPS port and, where it is on, the CONNECT proxy that leads to it. */
export async function openDoors(
  settings: Settings,
  say: (line: string) => void,
  partsFor: (hosts: KnownHosts) => Omit<ServerParts, 'tls' | 'hosts'>,
): Promise<Doors> {
  const names = publicUrlsAt(settings, settings.port).map((url) => new URL(url).hostname);
  const tls = await certificates(path.join(settings.data, 'tls'), names, settings.tls, new Date(), say);
  // The names and issuers follow from the port, so a free one is chosen before the server is made.
  const port = settings.port === 0 ? await freePort(settings.hosts[0] ?? '127.0.0.1') : settings.port;
  const publicUrls = publicUrlsAt(settings, port);
  const hosts = knownHosts({ publicUrls, port, proxy: settings.proxyPort !== null });
  const app = await httpServer({ ...partsFor(hosts), tls, hosts });
  const listening = await listen(app, settings.hosts, port, tls).catch((error) => {
    throw portTaken(error, port, 'POSTERN_PORT');
  });
  const proxy = await proxyTo(settings, listening.port).catch(async (error) => {
    await listening.close();
    throw error;
  });
  return {
    url: publicUrls[0] ?? '',
    port: listening.port,
    proxyPort: proxy?.port ?? null,
    caPath: tls.caPath === null ? null : path.resolve(tls.caPath),
    close: async () => {
      await proxy?.close();
      await listening.close();
    },
  };
}

async function freePort(host: string): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, host, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const proxyTo = async (settings: Settings, port: number): Promise<StartedProxy | null> =>
  settings.proxyPort === null
    ? null
    : startProxy({ port: settings.proxyPort, host: '127.0.0.1', target: { host: '127.0.0.1', port } }).catch(
        (error) => {
          throw portTaken(error, settings.proxyPort ?? 0, 'POSTERN_PROXY_PORT');
        },
      );
