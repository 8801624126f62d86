-- The one write: rows, verifiers and log of a batch in one statement, hence in one transaction and one round trip.
--   batch: { expected: [{kind, id, version}], made: {<table>: [row]}, changed: {<table>: [row with base]}, verifiers, lines, seen }
-- Answers {"seq": highest change number}, or {"moved": [id]} having written nothing.
create function record_batch(batch jsonb) returns jsonb language plpgsql as $$
declare
  head bigint;
  latest bigint;
  moved jsonb;
begin
  -- One writer at a time from here to its commit: what is seen below cannot move any more.
  select h.seq into strict head from log_head h for update;

  select jsonb_agg(e.id) into moved
    from jsonb_to_recordset(batch -> 'expected') as e(kind text, id text collate "C", version int)
    where e.version <> coalesce(case e.kind
      when 'schedule' then (select t.version from schedule t where t.id = e.id)
      when 'request' then (select t.version from request t where t.id = e.id)
      when 'policy' then (select t.version from policy t where t.id = e.id)
      when 'scope' then (select t.version from scope t where t.key = e.id)
      when 'principal' then (select t.version from principal t where t.id = e.id)
      when 'credential' then (select t.version from credential t where t.id = e.id)
    end, 0);
  if moved is not null then
    return jsonb_build_object('moved', moved);
  end if;

  perform change_rows(batch -> 'changed');
  perform make_rows(batch -> 'made');
  moved := left_open(batch -> 'changed');
  if moved is not null then
    raise exception 'what must close with it was opened meanwhile' using errcode = 'PR409', detail = moved::text;
  end if;
  insert into verifier (credential, verifier)
    select v.credential, v.verifier
      from jsonb_to_recordset(batch -> 'verifiers') as v(credential text, verifier text)
    on conflict (credential) do update set verifier = excluded.verifier;

  insert into log (seq, at, actor, correlation, type, entity_kind, entity_id, entity_version, payload)
    select head + l.number, (l.line ->> 'at')::timestamptz, l.line ->> 'actor', l.line ->> 'correlation',
           l.line -> 'event' ->> 'type', l.line -> 'entity' ->> 'kind', l.line -> 'entity' ->> 'id',
           (l.line -> 'entity' ->> 'version')::int, l.line -> 'event'
      from jsonb_array_elements(batch -> 'lines') with ordinality as l(line, number);
  latest := head + jsonb_array_length(batch -> 'lines');
  if latest > head then
    update log_head set seq = latest, seen = greatest(seen, (batch ->> 'seen')::timestamptz);
    perform pg_notify('postern', latest::text);
  end if;
  return jsonb_build_object('seq', latest);
end $$;

-- What was closed although something that must close with it was opened by another writer after it was read: eligibilities
-- that were ended with an activation or a waiting request left open (T6), disabled principals with a request left waiting (L8).
-- Versions cannot tell: what was opened relies on what is closed here and does not change it.
create function left_open(changed jsonb) returns jsonb language plpgsql as $$
begin
  return (select jsonb_agg(closed.id) from (
    select s.id
      from jsonb_to_recordset(changed -> 'schedule') as c(id text collate "C") cross join lateral (
        select * from schedule s where s.id = c.id offset 0
      ) s
      where s.kind = 'eligibility' and s.ended_at is not null and (
        exists (
          select from schedule d where d.activated_from = s.id and d.announced <> 'end' and d.ended_at is null
            and (d."end" is null or (d."end" > s.ended_at and d."end" > d.start))
        )
        or exists (select from request r where r.uses = s.id and r.state = 'pendingApproval')
      )
    union all
    select p.id
      from jsonb_to_recordset(changed -> 'principal') as c(id text collate "C") cross join lateral (
        select * from principal p where p.id = c.id offset 0
      ) p
      where not p.enabled and exists (select from request r where r.principal = p.id and r.state = 'pendingApproval')
  ) closed);
end $$;

create function make_rows(made jsonb) returns void language plpgsql as $$
begin
  if made ? 'scope' then
    insert into scope select e.* from jsonb_populate_recordset(null::scope, made -> 'scope') e;
  end if;
  if made ? 'principal' then
    insert into principal select e.* from jsonb_populate_recordset(null::principal, made -> 'principal') e;
  end if;
  if made ? 'credential' then
    insert into credential select e.* from jsonb_populate_recordset(null::credential, made -> 'credential') e;
  end if;
  if made ? 'policy' then
    insert into policy select e.* from jsonb_populate_recordset(null::policy, made -> 'policy') e;
  end if;
  if made ? 'request' then
    insert into request select e.* from jsonb_populate_recordset(null::request, made -> 'request') e;
  end if;
  if made ? 'schedule' then
    insert into schedule select e.* from jsonb_populate_recordset(null::schedule, made -> 'schedule') e;
  end if;
end $$;

-- INVARIANT(L1): a row changes only from the version that was read. The versions were compared before; that they still are
-- the same is what the writers' order promises, and what the count of each statement proves.
create function change_rows(changed jsonb) returns void language plpgsql as $$
declare
  expected bigint := (select coalesce(sum(jsonb_array_length(t.rows)), 0) from jsonb_each(changed) as t(kind, rows));
  written bigint := 0;
  n bigint;
begin
  if changed ? 'scope' then
    update scope t set (path, kind, display_name, parent, tags, location, created_at, version) =
        (e.path, e.kind, e.display_name, e.parent, e.tags, e.location, e.created_at, e.version)
      from jsonb_array_elements(changed -> 'scope') r, jsonb_populate_record(null::scope, r) e
      where t.key = e.key and t.version = (r ->> 'base')::int;
    get diagnostics n = row_count;
    written := written + n;
  end if;
  if changed ? 'principal' then
    update principal t set (kind, display_name, upn, mail, app_id, enabled, role_assignable, about, created_at, version,
          upn_key, mail_key, name_key) =
        (e.kind, e.display_name, e.upn, e.mail, e.app_id, e.enabled, e.role_assignable, e.about, e.created_at, e.version,
          e.upn_key, e.mail_key, e.name_key)
      from jsonb_array_elements(changed -> 'principal') r, jsonb_populate_record(null::principal, r) e
      where t.id = e.id and t.version = (r ->> 'base')::int;
    get diagnostics n = row_count;
    written := written + n;
  end if;
  if changed ? 'credential' then
    update credential t set (principal, kind, created_at, version) = (e.principal, e.kind, e.created_at, e.version)
      from jsonb_array_elements(changed -> 'credential') r, jsonb_populate_record(null::credential, r) e
      where t.id = e.id and t.version = (r ->> 'base')::int;
    get diagnostics n = row_count;
    written := written + n;
  end if;
  if changed ? 'policy' then
    update policy t set (plane, scope, role, rules, changed_by, changed_at, version) =
        (e.plane, e.scope, e.role, e.rules, e.changed_by, e.changed_at, e.version)
      from jsonb_array_elements(changed -> 'policy') r, jsonb_populate_record(null::policy, r) e
      where t.id = e.id and t.version = (r ->> 'base')::int;
    get diagnostics n = row_count;
    written := written + n;
  end if;
  if changed ? 'request' then
    update request t set (plane, role, scope, principal, action, kind, state, requestor, created_at, closed_at, period, start,
          "end", uses, uses_asked, schedule, justification, ticket, condition, spelling, proof, stages, stage, stage_since,
          version, due_at, approvers) =
        (e.plane, e.role, e.scope, e.principal, e.action, e.kind, e.state, e.requestor, e.created_at, e.closed_at, e.period,
          e.start, e."end", e.uses, e.uses_asked, e.schedule, e.justification, e.ticket, e.condition, e.spelling, e.proof,
          e.stages, e.stage, e.stage_since, e.version, e.due_at, e.approvers)
      from jsonb_array_elements(changed -> 'request') r, jsonb_populate_record(null::request, r) e
      where t.id = e.id and t.version = (r ->> 'base')::int;
    get diagnostics n = row_count;
    written := written + n;
  end if;
  if changed ? 'schedule' then
    update schedule t set (plane, role, scope, principal, kind, start, "end", ended_at, end_reason, activated_from, created_by,
          created_at, updated_at, condition, note, spelling, announced, version, due_at) =
        (e.plane, e.role, e.scope, e.principal, e.kind, e.start, e."end", e.ended_at, e.end_reason, e.activated_from,
          e.created_by, e.created_at, e.updated_at, e.condition, e.note, e.spelling, e.announced, e.version, e.due_at)
      from jsonb_array_elements(changed -> 'schedule') r, jsonb_populate_record(null::schedule, r) e
      where t.id = e.id and t.version = (r ->> 'base')::int;
    get diagnostics n = row_count;
    written := written + n;
  end if;
  if written <> expected then
    raise exception 'a row moved although nobody else may write: % of % rows changed', written, expected using errcode = '40001';
  end if;
end $$;
