import { type Enforcer, newEnforcer, newModelFromString } from 'casbin';
import type { Estate } from '../estate/estate.ts';
import type { Question } from '../estate/questions.ts';
import type { Contestant } from './contestant.ts';

export const CASBIN = 'casbin';

// Groups are casbin's own role links. What contains what, and which role lets one do what, are plain functions over tables
// made beforehand: as favorable to it as its model allows.
const MODEL = `
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, role
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = g(r.sub, p.sub) && within(r.obj, p.obj) && permits(p.role, r.act)
`;

export async function casbin(e: Estate, questions: readonly Question[]): Promise<Contestant> {
  const enforcer = await newEnforcer(newModelFromString(MODEL));
  await fill(enforcer, e);
  const texts = questions.map(({ principal, scope, ability }) => [principal, scope, ability].map(String));
  const ask = (n: number) => enforcer.enforceSync(...(texts[n % texts.length] as string[]));
  return {
    name: CASBIN,
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

// It knows no end times, so it is given only what is in force.
async function fill(enforcer: Enforcer, e: Estate): Promise<void> {
  const { last } = e.scopes;
  await enforcer.addFunction('within', (inner: string, outer: string) => {
    const [scope, top] = [Number(inner), Number(outer)];
    return scope >= top && scope <= (last[top] as number);
  });
  await enforcer.addFunction('permits', (role: string, ability: string) =>
    e.roles.permits(Number(role), Number(ability)),
  );
  enforcer.enableAutoBuildRoleLinks(false);
  const inForce = e.assignments.filter(({ end }) => end > e.at);
  const policies = inForce.map(({ principal, scope, role }) => [principal, scope, role].map(String));
  enforcer.getModel().addPolicies('p', 'p', policies);
  const links = e.people.memberships.flatMap((groups, member) =>
    groups.filter(({ end }) => end > e.at).map(({ group }) => [String(member), String(group)]),
  );
  enforcer.getModel().addPolicies('g', 'g', links);
  await enforcer.buildRoleLinks();
}
