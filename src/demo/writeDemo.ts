import { days, duration, type Instant, instant, scopeKey } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import { accessOrders } from './accessOrders.ts';
import { ADMINISTRATOR } from './applications.ts';
import { TODAY } from './calendar.ts';
import { giveCredentials } from './credentials.ts';
import { principalOrders, scopeOrders } from './directoryOrders.ts';
import { historySteps } from './historySteps.ts';
import { live, type TurnedClock, together } from './live.ts';
import { namesOf } from './names.ts';
import { type DemoSecrets, secretsOf } from './secrets.ts';
import type { Tenant } from './tenant.ts';

export interface DemoParts {
  readonly engine: Engine;
  /** The engine's clock. The demo turns it from a month ago up to `now`; nobody asks the engine the time before. */
  readonly clock: TurnedClock;
  readonly hash: (secret: string) => Promise<string>;
  /** New secrets. */
  readonly secrets: () => string;
  readonly now: Instant;
  readonly tenant: Tenant;
  /** What an earlier start kept, if it did. */
  readonly kept?: DemoSecrets | null;
}

/**
 * Writes the demo tenant, by commands only, and says how to sign in. A demo cut short is completed; a whole one is left
 * alone. What is written last is the administrator's secret, so whoever finds that one finds everything.
 */
export async function writeDemo(parts: DemoParts): Promise<DemoSecrets> {
  const { engine, now, tenant, clock, kept } = parts;
  const whole = (await engine.store.verifiers(ADMINISTRATOR.id, 'secret')).length > 0;
  if (!whole) await writeWorld(parts);
  clock.set(now);
  if (whole && kept) return kept;
  const secrets = kept ?? secretsOf(tenant, parts.secrets(), parts.secrets());
  await giveCredentials(parts, secrets);
  return secrets;
}

async function writeWorld({ engine, clock, now, tenant }: DemoParts): Promise<void> {
  const origin = originOf(engine, now);
  clock.set(origin);
  const names = namesOf(tenant);
  for (const layer of scopeOrders(tenant)) await together(engine, layer);
  mustBeginAt(engine, origin);
  await together(engine, principalOrders(tenant));
  await together(engine, accessOrders(names, origin));
  await live(engine, clock, historySteps(names, origin), now);
}

// A demo that was cut short goes on in its own calendar: it began when the tenant was first written.
function originOf(engine: Engine, now: Instant): Instant {
  const begun = engine.access.scope(scopeKey('/'))?.createdAt;
  const minute = duration(60_000);
  return begun ?? instant(now - (now % minute) - days(TODAY));
}

function mustBeginAt(engine: Engine, origin: Instant): void {
  if (engine.access.scope(scopeKey('/'))?.createdAt === origin) return;
  throw new Error(
    'bug: the demo has to be the first thing a store sees, by a clock that nobody has read before',
  );
}
