/** What a look at the store tells: how far its log has come, and how far apart the clocks may be. */
export interface Pulse {
  /** The change number of the log's last line. */
  readonly head: number;
  /** When it was asked for, by the monotonic clock. */
  readonly askedAt: number;
  /** No less than how far this machine's clock is from the database's. (T4) */
  readonly clockErrorMs: number;
}

interface Row {
  readonly seq: number;
  readonly clock: number;
}

// The one place where the database is asked what time it is: not to use it, but to see how far ours is from it.
const HEARTBEAT = `select seq, (extract(epoch from clock_timestamp()) * 1000)::float8 as clock from log_head`;

/** Looks at the store's log and clock, over any connection. */
export async function takePulse(ask: (text: string) => Promise<Row | undefined>): Promise<Pulse> {
  const [askedAt, from] = [performance.now(), Date.now()];
  const row = await ask(HEARTBEAT);
  // The wall clock may be turned in between; the monotonic one says how long it took.
  const to = from + (performance.now() - askedAt);
  if (!row) throw new Error('bug: the log has no head');
  return {
    head: Number(row.seq),
    askedAt,
    clockErrorMs: Math.max(Math.abs(row.clock - from), Math.abs(to - row.clock)),
  };
}
