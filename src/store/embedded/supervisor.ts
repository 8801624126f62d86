import { setTimeout as sleep } from 'node:timers/promises';
import { endPostmaster, type Postmaster, type Site, startOrAdopt } from './postmaster.ts';

// One that lived longer than this was fine: it is started again at once. One that was ready and ended sooner is too, after
// a growing pause; only starts that fail count towards giving up.
const LIVED_MS = 1_000;
const FAILED_STARTS_MAX = 8;
const PAUSE_MS = 100;
const PAUSE_MS_MAX = 2_000;

/** Keeps one postmaster running until it is told to stop or it cannot be started. */
export class Supervisor {
  readonly #site: Site;
  readonly #say: (line: string) => void;
  readonly #stopping = new AbortController();
  readonly #listeners: (() => void)[] = [];
  readonly #watching: Promise<void>;
  #postmaster: Postmaster;
  #readyAt = Date.now();
  #quickEnds = 0;
  #failedStarts = 0;
  #gaveUp = false;

  constructor(site: Site, first: Postmaster, say: (line: string) => void) {
    this.#site = site;
    this.#say = say;
    this.#postmaster = first;
    this.#watching = this.#watch();
  }

  get pid(): number {
    return this.#postmaster.pid;
  }

  onExit(listener: () => void): void {
    this.#listeners.push(listener);
    if (this.#gaveUp) queueMicrotask(listener);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await endPostmaster(this.#postmaster);
    await this.#watching;
    // It may have come back while we were stopping.
    await endPostmaster(this.#postmaster);
  }

  async #watch(): Promise<void> {
    for (;;) {
      await this.#postmaster.gone;
      if (this.#stopping.signal.aborted) return;
      this.#say(`PostgreSQL (pid ${this.pid}) ended unexpectedly; starting it again`);
      this.#quickEnds = Date.now() - this.#readyAt >= LIVED_MS ? 0 : this.#quickEnds + 1;
      if (!(await this.#revive())) return;
    }
  }

  async #revive(): Promise<boolean> {
    while (this.#failedStarts < FAILED_STARTS_MAX) {
      await this.#pause();
      if (this.#stopping.signal.aborted) return false;
      if (await this.#startAgain()) return true;
      this.#failedStarts += 1;
    }
    this.#giveUp();
    return false;
  }

  async #pause(): Promise<void> {
    const troubles = this.#quickEnds + this.#failedStarts;
    if (troubles === 0) return;
    const ms = Math.min(PAUSE_MS * 2 ** (troubles - 1), PAUSE_MS_MAX);
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }

  async #startAgain(): Promise<boolean> {
    try {
      this.#postmaster = await startOrAdopt(this.#site, this.#stopping.signal);
      this.#readyAt = Date.now();
      this.#failedStarts = 0;
      this.#say(`PostgreSQL runs again (pid ${this.pid})`);
      return true;
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#say(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  #giveUp(): void {
    this.#gaveUp = true;
    this.#say(`PostgreSQL could not be started ${FAILED_STARTS_MAX} times in a row; giving up`);
    for (const listener of this.#listeners) listener();
  }
}
