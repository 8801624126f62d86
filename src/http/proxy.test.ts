import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type StartedProxy, startProxy } from './proxy.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function listening<S extends Server | HttpServer>(server: S): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

async function proxyTo(port: number): Promise<StartedProxy> {
  const proxy = await startProxy({ port: 0, host: '127.0.0.1', target: { host: '127.0.0.1', port } });
  opened.push(proxy);
  return proxy;
}

/** Everything that comes back until the other side ends or resets. */
async function said(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (part) => {
    answer += part;
  });
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const asked = (authority: string) => `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`;

/** Answers each tunnel with what it received, once, and ends. */
const echo = () => createTcpServer((s) => s.once('data', (part) => s.end(`echo ${part}`)));

const reached = (own: number): string[] => [
  'management.azure.com:443',
  'graph.microsoft.com:443',
  'login.microsoftonline.com:443',
  'api.loganalytics.io:443',
  'Management.Azure.COM:443',
  `localhost:${own}`,
  `127.0.0.1:${own}`,
  `[::1]:${own}`,
];

const notReached = (own: number): string[] => [
  'example.com:443',
  'management.azure.com:80',
  'management.azure.com',
  'management.azure.com.evil.com:443',
  'evil-management.azure.com:443',
  'x@management.azure.com:443',
  'aka.ms:443',
  `localhost:${own + 1}`,
  `127.0.0.2:${own}`,
  `0.0.0.0:${own}`,
];

describe('the CONNECT proxy', () => {
  test('connects the Microsoft names and the own address to the server', async () => {
    const own = await listening(echo());
    const proxy = await proxyTo(own);
    for (const authority of reached(own)) {
      const answer = await said(proxy.port, `${asked(authority)}hello ${authority}`);
      expect(answer, authority).toBe(`HTTP/1.1 200 Connection Established\r\n\r\necho hello ${authority}`);
    }
  });

  test('refuses every other host with 403 and a sentence, and opens no connection for it', async () => {
    let connections = 0;
    const own = await listening(createTcpServer(() => connections++));
    const proxy = await proxyTo(own);
    for (const authority of notReached(own)) {
      const answer = await said(proxy.port, asked(authority));
      expect(answer, authority).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
      expect(answer, authority).toMatch(
        /\r\n\r\nThis proxy reaches only [^\n]+ Every other host is refused\.\n$/,
      );
    }
    expect(connections).toBe(0);
  });

  test('answers a plain request with 405', async () => {
    const proxy = await proxyTo(await listening(createServer()));
    const plain = 'GET http://management.azure.com/ HTTP/1.1\r\nHost: management.azure.com\r\n\r\n';
    expect(await said(proxy.port, plain)).toMatch(/^HTTP\/1\.1 405 [\s\S]*Allow: CONNECT/);
  });

  test('carries a megabyte both ways and lets one side end before the other', async () => {
    const own = await listening(createTcpServer({ allowHalfOpen: true }, (s) => s.pipe(s)));
    const proxy = await proxyTo(own);
    const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
    const parts: Buffer[] = [];
    socket.on('data', (part) => parts.push(part));
    socket.end(Buffer.concat([Buffer.from(asked(`localhost:${own}`)), Buffer.alloc(1 << 20, 'x')]));
    await once(socket, 'end');
    expect(
      Buffer.concat(parts)
        .toString()
        .replace(/^x+/m, (x) => String(x.length)),
    ).toMatch(/\r\n\r\n1048576$/);
  });

  test('says 502 when the server is not there', async () => {
    const gone = createTcpServer();
    const port = await listening(gone);
    gone.close();
    await once(gone, 'close');
    opened.pop();
    const proxy = await proxyTo(port);
    expect(await said(proxy.port, asked('graph.microsoft.com:443'))).toMatch(/^HTTP\/1\.1 502 /);
  });

  test('outlives a reset from either side', async () => {
    const inside: Socket[] = [];
    const own = await listening(createTcpServer((s) => void inside.push(s.on('error', () => {}))));
    const proxy = await proxyTo(own);
    const byServer = connect(proxy.port, '127.0.0.1').on('error', () => {});
    byServer.write(asked(`localhost:${own}`));
    await once(byServer, 'data');
    inside[0]?.resetAndDestroy();
    await once(byServer, 'close');
    const byClient = connect(proxy.port, '127.0.0.1').on('error', () => {});
    byClient.write(asked(`localhost:${own}`));
    await once(byClient, 'data');
    const ended = once(inside[1] as Socket, 'close');
    byClient.resetAndDestroy();
    await ended;
    const atOnce = connect(proxy.port, '127.0.0.1').on('error', () => {});
    atOnce.write(asked(`localhost:${own}`), () => atOnce.resetAndDestroy());
    await once(atOnce, 'close');
    expect(await said(proxy.port, asked('example.com:443'))).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('ends open tunnels when it closes', async () => {
    const own = await listening(createTcpServer((s) => s.on('error', () => {})));
    const proxy = await startProxy({ port: 0, host: '127.0.0.1', target: { host: '127.0.0.1', port: own } });
    const socket = connect(proxy.port, '127.0.0.1').on('error', () => {});
    socket.write(asked(`localhost:${own}`));
    await once(socket, 'data');
    const ended = once(socket, 'close');
    await Promise.all([proxy.close(), ended]);
    await expect(once(connect(proxy.port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
  });

  test('a taken port is an error of the start', async () => {
    const port = await listening(createTcpServer());
    const start = startProxy({ port, host: '127.0.0.1', target: { host: '127.0.0.1', port: 1 } });
    await expect(start).rejects.toThrow('EADDRINUSE');
  });
});
