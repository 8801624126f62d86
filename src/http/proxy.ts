import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { LOOPBACK_NAMES, MICROSOFT_NAMES } from './hosts.ts';

export type StartedProxy = { readonly port: number; close(): Promise<void> };
type Target = { readonly host: string; readonly port: number };

/**
 * A CONNECT proxy on loopback that leads to this server and nowhere else. az asks for a few more hosts; each is refused
 * at once, so that nothing waits and no token leaves the machine.
 */
export async function startProxy(at: {
  readonly port: number;
  readonly host: '127.0.0.1' | '::1';
  readonly target: Target;
}): Promise<StartedProxy> {
  const tunnels = new Set<Duplex>();
  const allowed = authorities(at.target.port);
  const server = createServer(onlyConnect);
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    tunnels.add(client);
    client.on('close', () => tunnels.delete(client));
    // A client that goes away in the middle is its own affair; without a listener it would end the process.
    client.on('error', () => client.destroy());
    if (allowed.has(request.url?.toLowerCase() ?? '')) tunnel(client, head, at.target);
    else refuse(client, '403 Forbidden', `${REACHED} Every other host is refused.`);
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(at.port, at.host, listening);
  });
  const close = (): Promise<void> =>
    new Promise((closed, failed) => {
      server.close((error) => (error ? failed(error) : closed()));
      server.closeAllConnections();
      for (const client of tunnels) client.destroy();
    });
  return { port: (server.address() as AddressInfo).port, close };
}

const REACHED = `This proxy reaches only ${MICROSOFT_NAMES.join(', ')} on port 443 and the server's own address.`;

const authorities = (port: number): ReadonlySet<string> =>
  new Set([
    ...MICROSOFT_NAMES.map((name) => `${name}:443`),
    ...LOOPBACK_NAMES.map((name) => `${name}:${port}`),
  ]);

function tunnel(client: Duplex, head: Buffer, target: Target): void {
  const server: Socket = connect(target.port, target.host);
  let joined = false;
  server.on('connect', () => {
    joined = true;
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    server.write(head);
    client.pipe(server);
    server.pipe(client);
  });
  server.on('error', () => {
    if (joined) client.destroy();
    else refuse(client, '502 Bad Gateway', 'The server behind this proxy does not answer.');
  });
  server.on('close', () => {
    if (joined) client.resume().end();
  });
  client.on('close', () => server.destroy());
}

// What a client still sends is read and dropped; left unread, its end would never be seen and the socket never freed.
function refuse(client: Duplex, status: string, sentence: string): void {
  const body = `${sentence}\n`;
  client
    .resume()
    .end(
      `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
}

function onlyConnect(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(405, {
    Allow: 'CONNECT',
    'Content-Type': 'text/plain; charset=utf-8',
    Connection: 'close',
  });
  response.end('This proxy passes https on by CONNECT and answers no other request.\n');
}
