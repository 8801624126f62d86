import type { Answer, Call, Route } from '../http/route.ts';
import { ArmError } from './armError.ts';
import { tooManyRequests } from './problems.ts';
import type { Throttle } from './tokenBuckets.ts';

export type { Throttle } from './tokenBuckets.ts';

const KINDS: { readonly [M in Route['method']]: 'reads' | 'writes' | 'deletes' } = {
  GET: 'reads',
  HEAD: 'reads',
  PUT: 'writes',
  PATCH: 'writes',
  POST: 'writes',
  DELETE: 'deletes',
};

/** The route behind the caller's allowance; its answers and its errors say what is left of that. */
export const throttled =
  (throttle: Throttle) =>
  (route: Route): Route => ({ ...route, handle: (call) => counted(throttle, route, call) });

async function counted(throttle: Throttle, route: Route, call: Call): Promise<Answer> {
  const kind = KINDS[route.method];
  const { remaining, waitSeconds } = throttle.take(call.caller.actor.id, kind);
  if (waitSeconds !== null) throw tooManyRequests(kind, throttle.perMinute, waitSeconds);
  const left = { [`x-ms-ratelimit-remaining-${levelOf(call)}-${kind}`]: String(remaining) };
  try {
    const answer = await route.handle(call);
    return { ...answer, headers: { ...left, ...answer.headers } };
  } catch (error) {
    throw error instanceof ArmError ? error.with(left) : error;
  }
}

// The service counts calls in a subscription apart from the others, and says so in the header's name.
const levelOf = ({ scope, target }: Call): 'subscription' | 'tenant' =>
  /^\/*(providers\/+microsoft\.subscription\/+)?subscriptions\//i.test(scope ?? target)
    ? 'subscription'
    : 'tenant';
