-- Custom roles and deny assignments; who made an assignment and who amended it. What was removed keeps its row, so that the
-- log has a line for every version of it; its id and its name are free again.

create table role (
  id text collate "C" primary key,
  plane text not null,
  name text not null,
  description text not null,
  permissions jsonb not null,
  assignable_scopes jsonb not null,
  created_at timestamptz not null,
  created_by text collate "C" not null,
  updated_at timestamptz not null,
  updated_by text collate "C" not null,
  removed_at timestamptz,
  version int not null,
  -- The name and the scopes in lower case, made by the writer.
  name_key text collate "C" not null,
  assignable_keys jsonb not null
);
create unique index role_name on role (plane, name_key) where removed_at is null;

create table deny_assignment (
  id text collate "C" primary key,
  plane text not null,
  scope text collate "C" not null,
  name text not null,
  description text not null,
  permissions jsonb not null,
  principals jsonb not null,
  excluded jsonb not null,
  scope_only boolean not null,
  system_protected boolean not null,
  created_at timestamptz not null,
  created_by text collate "C" not null,
  updated_at timestamptz not null,
  updated_by text collate "C" not null,
  removed_at timestamptz,
  version int not null
);
create index deny_assignment_scope on deny_assignment (scope) where removed_at is null;

grant select, insert, update on role, deny_assignment to postern_app;

alter table schedule add column maker text collate "C", add column amended_by text collate "C";

create index schedule_role_open on schedule (role, scope, id) where announced <> 'end';
create index request_role_waiting on request (role, scope, id) where state in ('pendingApproval', 'pendingAdminDecision');

-- The version of an entity; 0 when it is not there.
create function version_of(entity_kind text, entity_id text) returns int language sql stable as $$
  select coalesce(case entity_kind
    when 'schedule' then (select t.version from schedule t where t.id = entity_id)
    when 'request' then (select t.version from request t where t.id = entity_id)
    when 'policy' then (select t.version from policy t where t.id = entity_id)
    when 'scope' then (select t.version from scope t where t.key = entity_id)
    when 'principal' then (select t.version from principal t where t.id = entity_id)
    when 'credential' then (select t.version from credential t where t.id = entity_id)
    when 'role' then (select t.version from role t where t.id = entity_id)
    when 'denyAssignment' then (select t.version from deny_assignment t where t.id = entity_id)
  end, 0)
$$;

create function make_role_rows(made jsonb) returns void language plpgsql as $$
begin
  if made ? 'role' then
    insert into role select e.* from jsonb_populate_recordset(null::role, made -> 'role') e;
  end if;
  if made ? 'denyAssignment' then
    insert into deny_assignment
      select e.* from jsonb_populate_recordset(null::deny_assignment, made -> 'denyAssignment') e;
  end if;
end $$;

-- INVARIANT(L1), as in change_rows.
create function change_role_rows(changed jsonb) returns void language plpgsql as $$
declare
  expected bigint := coalesce(jsonb_array_length(changed -> 'role'), 0)
    + coalesce(jsonb_array_length(changed -> 'denyAssignment'), 0);
  written bigint := 0;
  n bigint;
begin
  if changed ? 'role' then
    update role t set (plane, name, description, permissions, assignable_scopes, created_at, created_by, updated_at,
          updated_by, removed_at, version, name_key, assignable_keys) =
        (e.plane, e.name, e.description, e.permissions, e.assignable_scopes, e.created_at, e.created_by, e.updated_at,
          e.updated_by, e.removed_at, e.version, e.name_key, e.assignable_keys)
      from jsonb_array_elements(changed -> 'role') r, jsonb_populate_record(null::role, r) e
      where t.id = e.id and t.version = (r ->> 'base')::int;
    get diagnostics n = row_count;
    written := written + n;
  end if;
  if changed ? 'denyAssignment' then
    update deny_assignment t set (plane, scope, name, description, permissions, principals, excluded, scope_only,
          system_protected, created_at, created_by, updated_at, updated_by, removed_at, version) =
        (e.plane, e.scope, e.name, e.description, e.permissions, e.principals, e.excluded, e.scope_only,
          e.system_protected, e.created_at, e.created_by, e.updated_at, e.updated_by, e.removed_at, e.version)
      from jsonb_array_elements(changed -> 'denyAssignment') r, jsonb_populate_record(null::deny_assignment, r) e
      where t.id = e.id and t.version = (r ->> 'base')::int;
    get diagnostics n = row_count;
    written := written + n;
  end if;
  if written <> expected then
    raise exception 'a row moved although nobody else may write: % of % rows changed', written, expected using errcode = '40001';
  end if;
end $$;

-- A schedule made anew under a name that is free again changes every column, its maker too.
create function change_makers(changed jsonb) returns void language plpgsql as $$
begin
  if changed ? 'schedule' then
    update schedule t set maker = r.value ->> 'maker', amended_by = r.value ->> 'amended_by'
      from jsonb_array_elements(changed -> 'schedule') r
      where t.id = r.value ->> 'id'
        and (t.maker, t.amended_by) is distinct from (r.value ->> 'maker', r.value ->> 'amended_by');
  end if;
end $$;

-- Whether a scope is one of these or lies below one: below a subscription its path says so, above it the data does.
create function lies_within(place text, allowed jsonb) returns boolean language sql stable as $$
  with recursive above(key) as (
    select (case when place like '/subscriptions/%' then '/subscriptions/' || split_part(place, '/', 3) else place end)
      collate "C"
    union
    select s.parent from above a join scope s on s.key = a.key where s.parent is not null
  )
  select exists (
    select from jsonb_array_elements_text(allowed) as t(key)
      where t.key = place or starts_with(place, t.key || '/') or t.key in (select a.key from above a)
  )
$$;

-- Roles that were removed although somebody holds them, may activate them or waits for them by now; and roles that can no
-- longer be given where somebody does.
create function left_held(changed jsonb) returns jsonb language plpgsql as $$
begin
  if not changed ? 'role' then
    return null;
  end if;
  return (select jsonb_agg(r.id)
    from jsonb_to_recordset(changed -> 'role') as c(id text collate "C") join role r on r.id = c.id
    where exists (
      select from (
        select s.scope from schedule s where s.role = r.id and s.announced <> 'end'
        union
        select q.scope from request q where q.role = r.id and q.state in ('pendingApproval', 'pendingAdminDecision')
      ) used where r.removed_at is not null or not lies_within(used.scope, r.assignable_keys)
    ));
end $$;

-- As before, for two kinds more.
create or replace function record_batch(batch jsonb) returns jsonb language plpgsql as $$
declare
  head bigint;
  latest bigint;
  moved jsonb;
begin
  -- One writer at a time from here to its commit: what is seen below cannot move any more.
  select h.seq into strict head from log_head h for update;

  select jsonb_agg(e.id) into moved
    from jsonb_to_recordset(batch -> 'expected') as e(kind text, id text collate "C", version int)
    where e.version <> version_of(e.kind, e.id);
  if moved is not null then
    return jsonb_build_object('moved', moved);
  end if;

  perform change_role_rows(batch -> 'changed');
  perform make_role_rows(batch -> 'made');
  perform change_rows((batch -> 'changed') - array['role', 'denyAssignment']);
  perform change_makers(batch -> 'changed');
  perform make_rows(batch -> 'made');
  moved := coalesce(left_open(batch -> 'changed'), left_held(batch -> 'changed'));
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
