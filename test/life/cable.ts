import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';

/** The way of one server to its database, which can be cut: connections stay, and nothing comes through any more. */
export interface Cable {
  readonly connection: pg.ClientConfig;
  cut(): void;
  mend(): void;
  remove(): Promise<void>;
}

export async function cableTo(connection: pg.ClientConfig): Promise<Cable> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cable-'));
  const name = `.s.PGSQL.${connection.port ?? 5432}`;
  const ends = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    const far = createConnection(path.join(connection.host ?? '', name));
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.on('data', (some) => to.write(some));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        ends.delete(from);
        to.destroy();
      });
      if (!whole) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(path.join(folder, name), resolve));
  return {
    connection: { ...connection, host: folder },
    cut: () => {
      whole = false;
      for (const end of ends) end.pause();
    },
    mend: () => {
      whole = true;
      for (const end of ends) end.resume();
    },
    remove: async () => {
      for (const end of ends) end.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
