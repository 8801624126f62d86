import { test } from 'vitest';
import type { Store } from '../../src/engine/ports.ts';

export interface OpenStore {
  readonly store: Store;
  close(): Promise<void>;
}

/** An empty store for each test. */
export type MakeStore = () => Promise<OpenStore>;

/** Uses an empty store and closes it, whatever happens. */
export async function withStore(makeStore: MakeStore, use: (store: Store) => Promise<void>): Promise<void> {
  const { store, close } = await makeStore();
  await use(store).finally(close);
}

/** Sentences about a subject, and what shows that they are true. */
export type Cases<T> = { readonly [sentence: string]: (subject: T) => Promise<void> };

/** A test for each case, with a subject of its own. */
export function testEach<T>(
  cases: Cases<T>,
  withSubject: (use: (subject: T) => Promise<void>) => Promise<void>,
): void {
  for (const [sentence, shows] of Object.entries(cases)) test(sentence, () => withSubject(shows));
}
