import { type AccessQuestion, allows } from '../../src/core/access.ts';
import type { Planes } from '../../src/core/plane.ts';
import { principalId, scopeKey } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import { accessIndex } from '../../src/engine/accessIndex.ts';
import type { Estate } from '../estate/estate.ts';
import type { Question } from '../estate/questions.ts';
import { principalOf, scopeOf } from './asWorld.ts';
import type { Contestant } from './contestant.ts';

export const OURS = 'Postern, in process';

/** The index every API call asks, with keys as the edge hands them over. */
export function postern(e: Estate, world: World, planes: Planes, questions: readonly Question[]): Contestant {
  const definitions = new Map(e.roles.definitions.map((r) => [r.key as string, r]));
  const index = accessIndex(world, { planes, role: (_, key) => definitions.get(key) });
  const asked = questions.map((q) => accessQuestion(e, q));
  const at = e.at as Parameters<typeof allows>[2];
  const ask = (n: number) => allows(index, asked[n % asked.length] as AccessQuestion, at);
  return {
    name: OURS,
    chunk: 20,
    answers: true,
    ask,
    run: (first, count) => {
      let yes = 0;
      for (let n = first; n < first + count; n++) yes += Number(ask(n));
      return yes;
    },
  };
}

// Each question has texts of its own, as if they had just been read from a socket.
export function accessQuestion(e: Estate, { principal, scope, ability }: Question): AccessQuestion {
  const { action = '', data = false } = e.roles.abilities[ability] ?? {};
  return {
    principal: principalId(copyOf(principalOf(e, principal))),
    plane: 'azure',
    action: copyOf(action),
    scope: scopeKey(copyOf(scopeOf(e, scope))),
    data,
  };
}

const copyOf = (text: string): string => Buffer.from(text).toString('latin1');
