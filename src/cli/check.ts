import { EXIT, Failure } from './failure.ts';
import type { Io } from './io.ts';
import { at, text } from './json.ts';
import { cleanScope } from './scope.ts';
import { type Common, open } from './session.ts';
import { dateOf, parseInstant, until } from './times.ts';
import { callerOf, type Wire } from './wire.ts';

export interface CheckOptions extends Common {
  readonly principal: string;
  readonly action: string;
  readonly scope: string;
  readonly at?: string | undefined;
}

/** Whether somebody may do something somewhere, now or at another time, and why. */
export async function check(io: Io, options: CheckOptions): Promise<number> {
  const instant = options.at === undefined ? {} : { at: parseInstant(options.at, io.now()).toISOString() };
  const session = await open(io, options);
  const principalId = await principalOf(session.wire, options.principal);
  const question = { principalId, action: options.action, scope: cleanScope(options.scope), ...instant };
  const answer = await session.wire.ask('POST', '/_postern/check', question).catch(onlyHere);
  const allowed = at(answer, 'allowed') === true;
  const end = dateOf(text(answer, 'until'));
  const verdict = allowed ? `allowed${end ? ` ${until(end, io.now())}` : ''}` : 'not allowed';
  session.tell(answer, [verdict, ...becauseOf(at(answer, 'because'))]);
  return allowed ? EXIT.ok : EXIT.refused;
}

async function principalOf(wire: Wire, written: string): Promise<string> {
  if (written === 'me') return callerOf(wire);
  if (!written.includes('@')) return written;
  const id = text(await wire.ask('GET', `/v1.0/users/${encodeURIComponent(written)}`), 'id');
  if (id) return id;
  throw new Failure('NotFound', `nobody is called ${written}`);
}

function becauseOf(because: unknown): string[] {
  const reasons = Array.isArray(because) ? because : because === undefined ? [] : [because];
  return reasons.map((reason: unknown) => `  because of ${groundOf(reason)}`);
}

// An assignment of one's own is named by its role and scope; one through a group names the group, too.
function groundOf(reason: unknown): string {
  const through = text(reason, 'through');
  const words = [
    text(reason, 'roleName'),
    'at',
    text(reason, 'scope'),
    ...(through ? ['through the group', through] : []),
  ];
  return words.join(' ');
}

function onlyHere(thrown: unknown): never {
  if (thrown instanceof Failure && thrown.status === 404) {
    const hint = 'check asks a Postern server; set POSTERN_URL to one (Azure has no such question)';
    throw new Failure(thrown.code, thrown.message, { hint, status: 404 });
  }
  throw thrown;
}
