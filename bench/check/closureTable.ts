import pg from 'pg';
import type { Estate } from '../estate/estate.ts';
import type { Question } from '../estate/questions.ts';
import type { BenchPostgres } from '../postgres.ts';
import type { Contestant } from './contestant.ts';

export const CLOSURE_TABLE = 'SQL: by hand, over a table of all memberships';

// Everything that can be known beforehand is a table with an index: who is in which group by any way, and which role has
// which ability. Not logged, because nothing here is written while it is measured.
const TABLES = `
  create schema by_hand;
  create unlogged table by_hand.assignment (principal int, scope int, role int, ends_at timestamptz);
  create unlogged table by_hand.member (principal int, holder int);
  create unlogged table by_hand.scope (id int, parent int);
  create unlogged table by_hand.permits (role int, ability int);`;
const INDEXES = `
  create index on by_hand.assignment (principal, scope);
  create index on by_hand.member (principal);
  create unique index on by_hand.scope (id);
  create unique index on by_hand.permits (role, ability);
  analyze by_hand.assignment, by_hand.member, by_hand.scope, by_hand.permits;`;
const CHECK = `
  with recursive above(id) as (
    select $2::int union all select parent from by_hand.scope join above using (id) where parent >= 0
  )
  select exists (
    select from by_hand.member m join by_hand.assignment a on a.principal = m.holder
      where m.principal = $1 and a.scope = any (array(select id from above)) and a.ends_at > $4
        and exists (select from by_hand.permits p where p.role = a.role and p.ability = $3)
  ) as allowed`;

export async function closureTable(
  e: Estate,
  questions: readonly Question[],
  { connection }: BenchPostgres,
): Promise<Contestant> {
  // At every size the plans that go by key are the quicker ones.
  const client = new pg.Client({ ...connection, options: '-c enable_seqscan=off -c jit=off' });
  await client.connect();
  await client.query('drop schema if exists by_hand cascade');
  await client.query(TABLES);
  await fill(client, e);
  await client.query(INDEXES);
  const at = new Date(e.at);
  const ask = async (n: number): Promise<boolean> => {
    const { principal, scope, ability } = questions[n % questions.length] as Question;
    const values = [principal, scope, ability, at];
    const { rows } = await client.query<{ allowed: boolean }>({ name: 'by hand', text: CHECK, values });
    return rows[0]?.allowed === true;
  };
  return {
    name: CLOSURE_TABLE,
    chunk: 1,
    answers: true,
    ask,
    run: async (first, count) => {
      let yes = 0;
      for (let n = first; n < first + count; n++) yes += Number(await ask(n));
      return yes;
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

async function fill(client: pg.Client, { assignments, people, scopes, roles }: Estate): Promise<void> {
  const ends = assignments.map(({ end }) =>
    Number.isFinite(end) ? new Date(end).toISOString() : 'infinity',
  );
  await insert(client, 'assignment', [
    ['int', assignments.map(({ principal }) => principal)],
    ['int', assignments.map(({ scope }) => scope)],
    ['int', assignments.map(({ role }) => role)],
    ['timestamptz', ends],
  ]);
  const members = people.closure.flatMap((holders, principal) =>
    holders.map((holder) => [principal, holder]),
  );
  await insert(client, 'member', columns(members));
  await insert(client, 'scope', columns([...scopes.parent].map((parent, id) => [id, parent])));
  const all = roles.definitions.flatMap((_, role) =>
    roles.abilities.flatMap((_, ability) => (roles.permits(role, ability) ? [[role, ability]] : [])),
  );
  await insert(client, 'permits', columns(all));
}

type Column = readonly [type: string, values: readonly unknown[]];

const columns = (rows: readonly (readonly number[])[]): readonly Column[] =>
  [0, 1].map((i) => ['int', rows.map((row) => row[i])]);

async function insert(client: pg.Client, table: string, given: readonly Column[]): Promise<void> {
  const lists = given.map(([type], i) => `$${i + 1}::${type}[]`).join(', ');
  await client.query(
    `insert into by_hand.${table} select * from unnest(${lists})`,
    given.map(([, values]) => values),
  );
}
