import { describe } from 'vitest';
import type { Store } from '../../src/engine/ports.ts';
import { CREDENTIALS } from './credentialCases.ts';
import { FACTS } from './factsCases.ts';
import { lawCases } from './lawCases.ts';
import { type Cases, type MakeStore, testEach, withStore } from './openStore.ts';
import { QUESTIONS } from './questionCases.ts';
import { RECORD } from './recordCases.ts';
import { ROLES } from './roleCases.ts';
import { SCOPES } from './scopeCases.ts';

/** What every store must do, whatever it is made of. */
export function storeSuite(name: string, makeStore: MakeStore): void {
  const shown = (cases: Cases<Store>) => () => testEach(cases, (use) => withStore(makeStore, use));
  describe(`${name}: facts`, shown(FACTS));
  describe(`${name}: record`, shown(RECORD));
  describe(`${name}: roles and deny assignments`, shown(ROLES));
  describe(`${name}: questions`, shown(QUESTIONS));
  describe(`${name}: credentials`, shown(CREDENTIALS));
  describe(`${name}: scopes`, shown(SCOPES));
  describe(`${name}: laws`, () => lawCases(makeStore));
}
