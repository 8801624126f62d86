import { Failure } from './failure.ts';
import { type AskedFor, askedForOf, requestPath, standing } from './request.ts';
import type { Session } from './session.ts';

const INTERVAL_MS = 2_000;
const MISSES_MAX = 30;

/** Asks until a request is decided and in force. A server that is away for a minute ends nothing. */
export async function decided(
  session: Session,
  first: AskedFor,
  note: (line: string) => void,
  by: string,
): Promise<AskedFor> {
  let last = first;
  let misses = 0;
  if (isOpen(last)) note(`waiting for approval${by} (Ctrl-C stops waiting; the request stays) ...`);
  while (isOpen(last)) {
    await session.io.sleep(INTERVAL_MS);
    const next = await look(session, last);
    misses = next ? 0 : misses + 1;
    if (misses > MISSES_MAX)
      throw new Failure('Unreachable', 'the server has not answered for a minute', { hint: 'postern mine' });
    last = next ?? last;
  }
  return last;
}

const isOpen = ({ status }: AskedFor): boolean => ['undecided', 'provisioning'].includes(standing(status));

async function look({ wire }: Session, request: AskedFor): Promise<AskedFor | undefined> {
  try {
    return askedForOf(await wire.ask('GET', requestPath(request.scope.path, request.name)))[0];
  } catch (thrown) {
    const away = thrown instanceof Failure && (thrown.code === 'Unreachable' || (thrown.status ?? 0) >= 500);
    if (away) return undefined;
    throw thrown;
  }
}
