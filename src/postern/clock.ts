import { after, parseDuration, printInstant } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import type { Call, Route } from '../http/route.ts';
import { PosternError } from './errors.ts';

/** The manual clock's hand. Only where the server was started with one. */
export const clockRoutes = (
  engine: Engine,
  set: (to: ReturnType<Engine['now']>) => void,
): readonly Route[] => [
  {
    wire: 'postern',
    method: 'POST',
    path: '/_postern/clock',
    operation: 'clock.advance',
    summary: 'Moves domain time forward, and answers when nothing is left to announce',
    authorization: 'signedIn',
    handle: async (call) => {
      const by = lengthOf(call);
      const to = after(engine.now(), by);
      await engine.submit({ type: 'advanceClock', actor: call.caller.actor, to }, call.correlation);
      set(to);
      await engine.tick();
      return { status: 200, body: { now: printInstant(engine.now()) } };
    },
  },
  {
    wire: 'postern',
    method: 'GET',
    path: '/_postern/clock',
    operation: 'clock.get',
    summary: 'Domain time',
    authorization: 'signedIn',
    handle: async () => ({ status: 200, body: { now: printInstant(engine.now()) } }),
  },
];

function lengthOf({ body }: Call) {
  const text = (body as { advance?: unknown } | undefined)?.advance;
  const found = typeof text === 'string' ? parseDuration(text) : 'notADuration';
  if (typeof found === 'object') return found.length;
  throw new PosternError(
    400,
    'InvalidAdvance',
    'Send {"advance": "PT2H"}: an ISO 8601 duration of days, hours, minutes and seconds; time only moves forward.',
  );
}
