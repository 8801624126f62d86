import { Agent, request } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks one server over connections that are kept. */
export interface HttpsClient {
  readonly port: number;
  call(method: string, path: string, more?: Asked): Promise<Answer>;
  close(): void;
}

interface Asked {
  readonly token?: string;
  readonly body?: unknown;
  /** A form instead of JSON. */
  readonly form?: Readonly<Record<string, string>>;
}

const CONNECTIONS = 32;

export function httpsClient(port: number, ca: string): HttpsClient {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, ca });
  return {
    port,
    call: (method, path, asked = {}) => send(agent, port, method, path, asked),
    close: () => agent.destroy(),
  };
}

function send(agent: Agent, port: number, method: string, path: string, asked: Asked): Promise<Answer> {
  const { type, text } = bodyOf(asked);
  const headers = {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
  };
  return new Promise((resolve, reject) => {
    // The certificate is for the name, and the name may lead to another address first.
    const options = { agent, host: '127.0.0.1', servername: 'localhost', port, method, path };
    const sent = request({ ...options, headers: { ...headers, host: `localhost:${port}` } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

function bodyOf({ body, form }: Asked): { readonly type: string; readonly text: string } {
  if (form) return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(form).toString() };
  return { type: 'application/json', text: body === undefined ? '' : JSON.stringify(body) };
}
