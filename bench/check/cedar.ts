import * as wasm from '@cedar-policy/cedar-wasm/nodejs';
import type { Assignment, Estate } from '../estate/estate.ts';
import type { Question } from '../estate/questions.ts';
import type { Contestant } from './contestant.ts';

export const CEDAR = 'Cedar, given only the assignments that can matter';

const P = (n: number) => ({ type: 'P', id: String(n) });
const S = (n: number) => ({ type: 'S', id: String(n) });
const ACTION = (id: string) => ({ type: 'Action', id });

/**
 * Cedar as its makers advise for many policies: the application finds those that can matter by principal and scope (its own
 * work, counted here, and done by the same kind of tables as the other peers get), and Cedar decides among them.
 */
export function cedar(e: Estate, questions: readonly Question[]): Contestant {
  const held = Map.groupBy(
    e.assignments.filter(({ end }) => end > e.at),
    ({ principal }) => principal,
  );
  const templates = e.roles.definitions.map(
    (_, role) => `permit(principal in ?principal, action in Action::"role-${role}", resource in ?resource);`,
  );
  const rolesWith = roleTable(e);
  const ask = (n: number): boolean => {
    const q = questions[n % questions.length] as Question;
    return decide({
      principal: P(q.principal),
      action: ACTION(String(q.ability)),
      resource: S(q.scope),
      context: {},
      policies: policiesFor(e, held, templates, q),
      entities: entitiesFor(e, rolesWith(q.ability), q),
    });
  };
  return {
    name: CEDAR,
    chunk: 1,
    answers: true,
    ask,
    run: (first, count) => {
      let yes = 0;
      for (let n = first; n < first + count; n++) yes += Number(ask(n));
      return yes;
    },
  };
}

function decide(call: wasm.AuthorizationCall): boolean {
  const answer = wasm.isAuthorized(call);
  if (answer.type !== 'success') throw new Error(`Cedar refused the question: ${JSON.stringify(answer)}`);
  return answer.response.decision === 'allow';
}

function roleTable({ roles }: Estate): (ability: number) => readonly string[] {
  const known = new Map<number, readonly string[]>();
  return (ability) => {
    const found =
      known.get(ability) ??
      [...roles.definitions.keys()].filter((r) => roles.permits(r, ability)).map((r) => `role-${r}`);
    known.set(ability, found);
    return found;
  };
}

type Held = ReadonlyMap<number, readonly Assignment[]>;

function policiesFor(
  e: Estate,
  held: Held,
  templates: readonly string[],
  { principal, scope }: Question,
): wasm.PolicySet {
  const used: Record<string, string> = {};
  const links: wasm.TemplateLink[] = [];
  for (const holder of e.people.closure[principal] ?? []) {
    for (const a of held.get(holder) ?? []) {
      if (a.scope > scope || scope > (e.scopes.last[a.scope] as number)) continue;
      const templateId = `t${a.role}`;
      used[templateId] = templates[a.role] as string;
      const values = { '?principal': P(a.principal), '?resource': S(a.scope) };
      links.push({ templateId, newId: `l${links.length}`, values });
    }
  }
  return { staticPolicies: {}, templates: used, templateLinks: links };
}

/** Whom the principal acts as, what contains the scope, and which roles have the ability. */
function entitiesFor(
  e: Estate,
  roles: readonly string[],
  { principal, scope, ability }: Question,
): wasm.Entities {
  const groups = (e.people.closure[principal] ?? []).filter((p) => p !== principal);
  const above: wasm.Entities = [];
  for (let at = scope; at >= 0; at = e.scopes.parent[at] as number) {
    const parent = e.scopes.parent[at] as number;
    above.push({ uid: S(at), attrs: {}, parents: parent < 0 ? [] : [S(parent)] });
  }
  return [
    { uid: P(principal), attrs: {}, parents: groups.map(P) },
    { uid: ACTION(String(ability)), attrs: {}, parents: roles.map(ACTION) },
    ...above,
  ];
}
