import { randomUUID } from 'node:crypto';
import { type Logger, pino } from 'pino';
import { armErrors, armRoutes, tokenBuckets } from '../arm/index.ts';
import { duration, type Instant, printInstant } from '../core/values.ts';
import { askOutside, DEFAULT_REACH } from '../directory/outbound.ts';
import { Busy } from '../engine/batch.ts';
import { type SettableClock, settableClock, systemClock } from '../engine/clock.ts';
import { type Engine, engine } from '../engine/engine.ts';
import { type Clock, StoreUnavailable } from '../engine/ports.ts';
import type { Peers } from '../engine/reliance.ts';
import { role } from '../engine/roles.ts';
import { type Ticker, ticker, type Watch } from '../engine/ticker.ts';
import { graphErrors } from '../graph/errors.ts';
import { graphRoutes } from '../graph/routes.ts';
import type { KnownHosts } from '../http/hosts.ts';
import { metadataRoute } from '../http/metadataRoute.ts';
import { metrics } from '../http/metrics.ts';
import type { Route } from '../http/route.ts';
import type { ServerParts } from '../http/server.ts';
import type { Settings } from '../http/settings.ts';
import { planes } from '../planes/index.ts';
import { checkRoute } from '../postern/check.ts';
import { clockRoutes } from '../postern/clock.ts';
import { posternErrors } from '../postern/errors.ts';
import { healthRoutes } from '../postern/health.ts';
import type { Ear, Hearers } from '../store/listen.ts';
import { authenticator } from './authenticator.ts';
import { type Doors, openDoors } from './doors.ts';
import { type OpenStore, openStore } from './openStore.ts';
import { type Tenant, tenantIn } from './tenant.ts';

/** A server that runs. */
export interface Running extends Omit<Doors, 'close'> {
  readonly engine: Engine;
  readonly tenant: Tenant;
  /** Resolves when it cannot go on. */
  readonly lost: Promise<void>;
  /** Says that all is in place: from now on /readyz may say so too. */
  open(): void;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** The tenant a fresh store is made for. */
  readonly freshTenant: () => Tenant;
  /** Writes what a fresh store needs before the doors open, the tenant first; it may turn the clock. */
  readonly before: (engine: Engine, clock: SettableClock, tenant: Tenant) => Promise<void>;
  /** Where time begins in a fresh store. */
  readonly epoch: Instant;
  readonly demo: boolean;
}

type Say = (line: string) => void;

/** Store, engine, doors, in this order; and the other way round to stop. */
export async function start(settings: Settings, say: Say, options: StartOptions): Promise<Running> {
  const opened = await openStore(settings, say);
  try {
    return await startOn(opened, settings, say, options);
  } catch (error) {
    await opened.stop();
    throw error;
  }
}

async function startOn(
  opened: OpenStore,
  settings: Settings,
  say: Say,
  options: StartOptions,
): Promise<Running> {
  const log = pino({ level: 'info' }, pino.destination(2));
  // One server at a time: of several that start on a fresh store the first writes what it begins with.
  const { running, clock, beat, ear, tenant } = await opened.alone(async () => {
    const made = await startEngine(opened, settings, log, options.epoch);
    try {
      const tenant = tenantIn(made.running) ?? options.freshTenant();
      await options.before(made.running, made.clock.settable, tenant);
      made.clock.release(made.running.now());
      return { ...made, tenant };
    } catch (error) {
      await made.beat.stop();
      await made.ear?.stop();
      throw error;
    }
  });
  try {
    const server = {
      running,
      tenant,
      settings,
      log,
      opened,
      clock: clock.settable,
      demo: options.demo,
      open: false,
      leaving: false,
    };
    const { close, ...doors } = await openDoors(settings, say, (hosts) => serverParts(server, hosts));
    beat.touch();
    const sweeping = everyHour(() => opened.store.removeExpired(new Date()));
    const stop = async () => {
      clearInterval(sweeping);
      // First it says that it leaves, and goes on answering; who sends requests here has this long to send them elsewhere.
      server.leaving = true;
      await new Promise((resolve) => setTimeout(resolve, settings.drainMs));
      await close();
      await beat.stop();
      await running.idle();
      await ear?.stop();
      await opened.stop();
    };
    const open = () => {
      server.open = true;
    };
    return { engine: running, tenant, ...doors, lost: opened.lost, open, stop };
  } catch (error) {
    await beat.stop();
    await ear?.stop();
    throw error;
  }
}

// Sign-ins that have run out are only litter: nothing depends on their removal, or on its hour.
function everyHour(sweep: () => Promise<unknown>): NodeJS.Timeout {
  return setInterval(() => void sweep().catch(() => {}), 3_600_000).unref();
}

async function startEngine(opened: OpenStore, settings: Settings, log: Logger, epoch: Instant) {
  const clock = heldClock(settings.clock === 'manual', epoch);
  const beat = startTicker(() => running, {
    failed: (error) => log.error({ err: error }, 'the store is away; announcing is tried again every second'),
    recovered: () => log.info('the store is back'),
  });
  let hearers: Hearers | null = null;
  const ear = opened.listen ? await opened.listen(() => hearers) : null;
  const starting = engine({
    ...(ear ? { peers: peersBy(ear, settings) } : {}),
    store: opened.store,
    clock: clock.settable,
    ids: { guid: randomUUID },
    facts: factsOf(settings),
    onDue: beat.expect,
  });
  const running: Engine = await starting.catch(async (error) => {
    await ear?.stop();
    throw error;
  });
  hearers = running.follower;
  return { running, clock, beat, ear };
}

// A manual clock is nobody's: there is nothing to compare it with.
const peersBy = (ear: Ear, { clock }: Settings): Peers => ({
  monotonic: () => performance.now(),
  boundMs: ear.boundMs,
  clockErrorMs: clock === 'manual' ? () => 0 : ear.clockErrorMs,
});

// While the demo is written the clock is turned by hand; afterwards it is the machine's, or stays manual.
function heldClock(manual: boolean, epoch: Instant) {
  const byHand = settableClock(epoch);
  let current: Clock = byHand;
  const settable: SettableClock = { now: () => current.now(), set: byHand.set };
  const release = (latest: Instant) => {
    byHand.set(latest);
    current = manual ? byHand : systemClock;
  };
  return { settable, release };
}

const startTicker = (running: () => Engine, watch: Watch): Ticker => {
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return { cancel: () => clearTimeout(timer) };
  };
  return ticker(running, { after }, watch);
};

const factsOf = (settings: Settings): Engine['facts'] => ({
  planes: planes({
    activationFloor: duration(settings.activationFloorMs),
    groupCeiling: duration(settings.groupCeilingMs),
  }),
  role,
  settings: { removalFloor: duration(settings.removalFloorMs) },
});

interface Server {
  readonly running: Engine;
  readonly tenant: Tenant;
  readonly settings: Settings;
  readonly log: Logger;
  readonly opened: OpenStore;
  readonly clock: SettableClock;
  readonly demo: boolean;
  /** Whether files for clients are written, too. */
  open: boolean;
  /** Whether it is about to stop. */
  leaving: boolean;
}

function serverParts(server: Server, hosts: KnownHosts): Omit<ServerParts, 'tls' | 'hosts'> {
  const { running, tenant, opened, log } = server;
  const figures = metrics();
  return {
    routes: [...routesOf(server), figures.route],
    errors: { arm: armErrors, graph: graphErrors, postern: posternErrors },
    authenticator: authenticator(running, opened.store, {
      tenant: tenant.id,
      origins: hosts.origins,
      passwordGrant: server.demo,
      outside: {
        ask: askOutside({ ...DEFAULT_REACH, allowed: server.settings.outboundAllow }),
        failed: (issuer, error) =>
          log.warn({ issuer, reason: error.message }, 'the keys of an outside issuer cannot be had'),
      },
    }),
    refused: ({ caller, operation, reason, correlation }) =>
      running.refused(caller.actor.id, operation, [{ ...reason }], correlation),
    retryable: (error) => error instanceof StoreUnavailable || error instanceof Busy,
    failed: (error, correlation) => log.error({ err: error, correlation }, 'a request failed'),
    observed: figures.observe,
    leaving: () => server.leaving,
    ...(server.settings.clock === 'manual' ? { manualTime: () => printInstant(running.now()) } : {}),
  };
}

async function ready({ open, leaving, running, opened }: Server): Promise<boolean> {
  if (!open || leaving) return false;
  await running.fresh();
  return opened.store.ping();
}

const throttleOf = ({ rateLimit }: Settings) =>
  rateLimit === null ? {} : { throttle: tokenBuckets(rateLimit, () => performance.now()) };

/** Every endpoint of the server: the table that the document and the authorization matrix are checked against. (Z1) */
function routesOf(server: Server): readonly Route[] {
  const { running, tenant, settings, clock } = server;
  return [
    ...armRoutes({ engine: running, tenant, profile: settings.profile, ...throttleOf(settings) }),
    ...graphRoutes({ engine: running, tenant }),
    metadataRoute,
    ...healthRoutes(() => ready(server)),
    checkRoute(running),
    ...(settings.clock === 'manual' ? clockRoutes(running, clock.set) : []),
  ];
}
