import type pg from 'pg';
import { policyId } from '../core/policy.ts';
import type { World } from '../core/world.ts';
import type { FactsQuestion } from '../engine/ports.ts';
import { ask } from './ask.ts';
import { type KindRow, worldOf } from './rows.ts';

// Parameters: principals, scopes, requests, schedules, policies, credentials, below, emptied, roles, names of roles, roles whose
// uses count, roles whose holders count, deny assignments, expired. Each "offset 0" makes the planner look schedules
// up by the principal it has in hand, instead of, say, reading all members of all groups first.
const FACTS = `
with recursive
  asked as (select * from request where id = any($3)),
  named(id) as (
    select unnest($1::text[]) collate "C" union select principal from asked union select requestor from asked
  ),
  -- Upward through groups: whoever is in a group is so by an open assignment as its member.
  holder(id) as (
    select id from named
    union
    select m.scope from holder h cross join lateral (
      select s.scope from schedule s
        where s.principal = h.id and s.plane = 'groups' and s.kind = 'assignment' and s.role = 'member' and s.announced <> 'end'
        offset 0
    ) m
  ),
  place(key) as (
    (select unnest($2::text[]) collate "C" union select scope from asked)
    union
    select s.parent from place p join scope s on s.key = p.key where s.parent is not null
  ),
  -- Downward: by the parent a scope has, and by its path.
  under(key) as (
    select unnest($7::text[]) collate "C"
    union
    select b.key from under u cross join lateral (
      select s.key from scope s where s.parent = u.key or at_or_below(s.key, u.key) offset 0
    ) b
  ),
  emptied(root) as (select unnest($8::text[]) collate "C"),
  found(id) as (
    select unnest($4::text[]) collate "C"
    union select b.id from emptied e cross join lateral (
      select s.id from schedule s where at_or_below(s.scope, e.root) and s.announced <> 'end' offset 0
    ) b
    union select id from asked
    union select uses from asked where uses is not null
    union select schedule from asked where schedule is not null
    union select latest.id from jsonb_to_recordset($14::jsonb)
      as e(plane text, role text collate "C", scope text collate "C", principal text collate "C", kind text)
      cross join lateral (
        select s.id from schedule s
          where s.principal = e.principal and s.role = e.role and s.scope = e.scope and s.plane = e.plane and s.kind = e.kind
            and s.end_reason = 'expired' and s.activated_from is null
          order by s."end" desc, s.id limit 1
      ) latest
    union select held.id from holder h cross join lateral (
      select s.id, s.scope, s.plane, s.kind, s.role from schedule s
        where s.principal = h.id and s.announced <> 'end'
        offset 0
    ) held
      where held.scope in (select key from place)
        or (held.plane = 'groups' and held.kind = 'assignment' and held.role = 'member')
    union select a.id from schedule a
      where a.role = any($12) and a.scope in (select key from place) and a.kind = 'assignment' and a.announced <> 'end'
  ),
  loaded as materialized (select s.* from found f join schedule s on s.id = f.id),
  derived as materialized (
    select d.* from loaded e join schedule d on d.activated_from = e.id
      where e.kind = 'eligibility' and d.announced <> 'end'
  ),
  wanted(id) as (
    select unnest($3::text[]) collate "C"
    union select created_by from loaded where id = any($4) and created_by is not null
    union select created_by from derived where created_by is not null
    -- Whoever ends a schedule that has not begun closes its request with it.
    union select r.id from loaded s join request r on r.id = s.created_by where r.state = 'granted'
    union select r.id from loaded e join request r on r.uses = e.id
      where e.kind = 'eligibility' and r.state = 'pendingApproval'
    union select b.id from emptied e cross join lateral (
      select r.id from request r where at_or_below(r.scope, e.root) and r.state in ('pendingApproval', 'pendingAdminDecision') offset 0
    ) b
    union select r.id from loaded s join request r on r.schedule = s.id where r.state = 'pendingAdminDecision'
    union select r.id from named n join request r on r.principal = n.id
      where r.state in ('pendingApproval', 'pendingAdminDecision')
  ),
  -- One of each role at each scope is enough to know that it is used there.
  used_schedule as (
    select distinct on (s.role, s.scope) s.id from schedule s
      where s.role = any($11) and s.announced <> 'end' order by s.role, s.scope, s.id
  ),
  used_request as (
    select distinct on (r.role, r.scope) r.id from request r
      where r.role = any($11) and r.state in ('pendingApproval', 'pendingAdminDecision') order by r.role, r.scope, r.id
  ),
  people(id) as (select id from holder union select principal from loaded where role = any($12))
select 'schedule' as kind, s.id, row_to_json(s) as row from loaded s
union all select 'schedule', d.id, row_to_json(d) from derived d
union all select 'schedule', s.id, row_to_json(s) from used_schedule u join schedule s on s.id = u.id
union all select 'request', r.id, row_to_json(r) from wanted w join request r on r.id = w.id
union all select 'request', r.id, row_to_json(r) from used_request u join request r on r.id = u.id
union all select 'principal', p.id, row_to_json(p) from people h join principal p on p.id = h.id
union all select 'role', r.id, row_to_json(r) from role r
  where r.id = any($9) or r.name_key = any($10)
    or r.id in (select role from loaded) or r.id in (select role from asked)
union all select 'denyAssignment', d.id, row_to_json(d) from deny_assignment d
  where d.id = any($13) or (d.removed_at is null and d.scope in (select key from place))
union all select 'scope', s.key, row_to_json(s)
  from (select key from place union select key from under) p join scope s on s.key = p.key
union all select 'policy', p.id, row_to_json(p)
  from (
    select unnest($5::text[]) collate "C" as id
    union select b.id from emptied e cross join lateral (
      select p.id from policy p where at_or_below(p.scope, e.root) offset 0
    ) b
  ) w join policy p on p.id = w.id
union all select 'credential', c.id, row_to_json(c) from credential c where c.id = any($6)`;

/** What a batch asks for: one statement, so one snapshot and one round trip. */
export async function facts(pool: pg.Pool, q: FactsQuestion): Promise<World> {
  const values = [
    q.principals,
    q.scopes,
    q.requests,
    q.schedules,
    q.policies.map(policyId),
    q.credentials,
    q.below ?? [],
    q.emptied ?? [],
    ...[q.roles, q.roleNames, q.roleUses, q.holdersOf, q.denyAssignments].map((names) => names ?? []),
    JSON.stringify(q.expired),
  ];
  return worldOf(await ask<KindRow>(pool, { name: 'facts', text: FACTS, values }));
}
