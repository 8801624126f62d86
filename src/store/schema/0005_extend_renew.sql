-- Requests that wait for administrators, and what they may be about: a schedule that ends soon, or one that expired.
drop index request_waiting;
create index request_waiting on request (principal) where state in ('pendingApproval', 'pendingAdminDecision');
create index request_about on request (schedule) where state = 'pendingAdminDecision';
create index schedule_expired on schedule (principal, role, scope, "end")
  where end_reason = 'expired' and activated_from is null;

-- What was closed or cut although something that must end with it was opened by another writer after it was read:
-- eligibilities with an activation left that outlives them or a request left waiting to use them (T6), schedules that were
-- ended with a request left waiting to extend them, disabled principals with a request left waiting (L8). Versions cannot
-- tell: what was opened relies on what is closed here and does not change it.
create or replace function left_open(changed jsonb) returns jsonb language plpgsql as $$
begin
  return (select jsonb_agg(closed.id) from (
    select s.id
      from jsonb_to_recordset(changed -> 'schedule') as c(id text collate "C") cross join lateral (
        select t.id, t.kind, t.ended_at,
               case when t.ended_at is not null then t.ended_at when t.announced <> 'end' then t."end" end as over
          from schedule t where t.id = c.id offset 0
      ) s
      where (s.kind = 'eligibility' and s.over is not null and exists (
          select from schedule d where d.activated_from = s.id and d.announced <> 'end' and d.ended_at is null
            and (d."end" is null or (d."end" > s.over and d."end" > d.start))
        ))
        or (s.kind = 'eligibility' and s.ended_at is not null
          and exists (select from request r where r.uses = s.id and r.state = 'pendingApproval'))
        or (s.ended_at is not null and exists (
          select from request r where r.schedule = s.id and r.state = 'pendingAdminDecision' and r.action = 'selfExtend'
        ))
    union all
    select p.id
      from jsonb_to_recordset(changed -> 'principal') as c(id text collate "C") cross join lateral (
        select * from principal p where p.id = c.id offset 0
      ) p
      where not p.enabled and exists (
        select from request r where r.principal = p.id and r.state in ('pendingApproval', 'pendingAdminDecision')
      )
  ) closed);
end $$;
