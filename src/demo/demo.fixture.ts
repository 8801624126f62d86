import type { Facts } from '../core/facts.ts';
import { days, type Instant, instant, minutes } from '../core/values.ts';
import { type Engine, engine } from '../engine/engine.ts';
import type { Store } from '../engine/ports.ts';
import { planes } from '../planes/index.ts';
import type { DemoSecrets } from './secrets.ts';
import { writeDemo } from './writeDemo.ts';

export const NOW = instant(Date.UTC(2026, 10, 21, 14, 3, 20));
export const TENANT = {
  id: '9a4c1e52-0d5b-4f0e-8d77-5f3d0c1b2a90',
  displayName: 'Meridian Health',
  domain: 'demo.example',
};

export interface Started {
  readonly secrets: DemoSecrets;
  readonly hashed: readonly string[];
  readonly time: Instant;
  readonly engine: Engine;
}

/** One start of a server with a demo: its own engine on the store, its own clock. */
export async function startDemo(
  store: Store,
  role: Facts['role'],
  kept: DemoSecrets | null = null,
  now: Instant = NOW,
): Promise<Started> {
  let time = instant(0);
  let made = 0;
  let drawn = 0;
  const hashed: string[] = [];
  const clock = {
    now: () => time,
    set: (at: Instant) => {
      time = at;
    },
  };
  const ids = { guid: () => `00000000-0000-4000-8000-${(made++).toString(16).padStart(12, '0')}` };
  const facts = {
    planes: planes({ activationFloor: minutes(5), groupCeiling: days(1) }),
    role,
    settings: { removalFloor: minutes(5) },
  };
  const running = await engine({ store, clock, ids, facts });
  const secrets = await writeDemo({
    engine: running,
    clock,
    hash: async (secret) => {
      hashed.push(secret);
      return `hash of ${secret}`;
    },
    secrets: () => `secret ${++drawn}`,
    now,
    tenant: TENANT,
    kept,
  });
  return { secrets, hashed, time, engine: running };
}
