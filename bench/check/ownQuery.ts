import { type AccessQuestion, roleAllows } from '../../src/core/access.ts';
import type { Planes } from '../../src/core/plane.ts';
import type { World } from '../../src/core/world.ts';
import { accessByQuery } from '../../src/store/closure.ts';
import { connect } from '../../src/store/connect.ts';
import type { Estate } from '../estate/estate.ts';
import type { Question } from '../estate/questions.ts';
import type { BenchPostgres } from '../postgres.ts';
import type { Contestant } from './contestant.ts';
import { loadWorld } from './loadWorld.ts';
import { accessQuestion } from './postern.ts';

export const OWN_QUERY = "SQL: the product's own closure query";

/** The product's fallback: the same question asked of its tables, one statement a check. */
export async function ownQuery(
  e: Estate,
  world: World,
  planes: Planes,
  questions: readonly Question[],
  { connection }: BenchPostgres,
): Promise<Contestant> {
  await loadWorld(connection, world);
  const pool = connect({ connection, connectionsMax: 1 });
  const definitions = new Map(e.roles.definitions.map((r) => [r.key as string, r]));
  const asked = questions.map((q) => accessQuestion(e, q));
  const at = e.at as Parameters<typeof accessByQuery>[1]['at'];
  const ask = async (n: number): Promise<boolean> => {
    const { principal, plane, action, scope, data } = asked[n % asked.length] as AccessQuestion;
    const scopes = planes[plane].containers(scope, (s) => world.scope.get(s)?.parent ?? null);
    const held = await accessByQuery(pool, { principal, plane, scopes, at });
    return held.some(({ schedule }) =>
      definitions.get(schedule.role)?.permissions.some((p) => roleAllows(p, action, data === true)),
    );
  };
  return {
    name: OWN_QUERY,
    chunk: 1,
    answers: true,
    ask,
    run: async (first, count) => {
      let yes = 0;
      for (let n = first; n < first + count; n++) yes += Number(await ask(n));
      return yes;
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
}
