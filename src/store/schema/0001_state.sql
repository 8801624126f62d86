-- What is: one table a kind of entity, one row an entity, holding its whole value at its latest version. Keys compare byte
-- by byte ("C"), so that an order is the same on every server. Instants are whole milliseconds; none is made here.

create extension if not exists btree_gist;

-- The server works as postern_app, which may not touch the past; only postern_retention may shorten the log.
do $$
declare
  missing text;
begin
  begin
    if to_regrole('postern_app') is null then create role postern_app nologin; end if;
    if to_regrole('postern_retention') is null then create role postern_retention nologin; end if;
  exception
    when duplicate_object or unique_violation then null; -- another server of this cluster was quicker
    when insufficient_privilege then
      select string_agg(role, ' and ') into missing
        from unnest(array['postern_app', 'postern_retention']) role where to_regrole(role) is null;
      raise exception 'This database account (%) may not create roles. Ask an administrator of the server to create % (create role … nologin) and to grant postern_app to %, then start again.',
        current_user, missing, current_user using errcode = 'PR001';
  end;
  -- Since PostgreSQL 16 a member may be one that cannot become the role.
  if not pg_has_role(current_user, 'postern_app',
      case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
    execute format('grant postern_app to %I', current_user);
  end if;
exception
  when insufficient_privilege then
    raise exception 'This database account (%) may not work as postern_app. Ask an administrator of the server to grant postern_app to %, then start again.',
      current_user, current_user using errcode = 'PR001';
end $$;

create table scope (
  key text collate "C" primary key,
  path text not null,
  kind text not null,
  display_name text not null,
  parent text collate "C",
  tags jsonb not null,
  location text,
  created_at timestamptz not null,
  version int not null
);

create table principal (
  id text collate "C" primary key,
  kind text not null,
  display_name text not null,
  upn text,
  mail text,
  app_id text collate "C",
  enabled boolean not null,
  role_assignable boolean not null,
  about jsonb not null,
  created_at timestamptz not null,
  version int not null,
  -- The same in lower case, made by the writer: databases disagree about the case of letters.
  upn_key text collate "C",
  mail_key text collate "C",
  name_key text collate "C" not null
);
create index principal_upn on principal (upn_key);
create index principal_mail on principal (mail_key);
create index principal_name on principal (name_key);
create index principal_app on principal (app_id);

create table credential (
  id text collate "C" primary key,
  principal text collate "C" not null,
  kind text not null,
  created_at timestamptz not null,
  version int not null
);
create index credential_principal on credential (principal);

-- What credentials are verified with: no part of any entity, and never in the log.
create table verifier (
  credential text collate "C" primary key references credential,
  verifier text not null
);

create table policy (
  id text collate "C" primary key,
  plane text not null,
  scope text collate "C" not null,
  role text collate "C" not null,
  rules jsonb not null,
  changed_by text collate "C",
  changed_at timestamptz,
  version int not null
);

create table schedule (
  id text collate "C" primary key,
  plane text not null,
  role text collate "C" not null,
  scope text collate "C" not null,
  principal text collate "C" not null,
  kind text not null,
  start timestamptz not null,
  "end" timestamptz,
  ended_at timestamptz,
  end_reason text,
  activated_from text collate "C",
  created_by text collate "C",
  created_at timestamptz not null,
  updated_at timestamptz not null,
  condition jsonb,
  note text,
  spelling text,
  announced text not null,
  version int not null,
  -- When the tick has something to say about it; made by the writer.
  due_at timestamptz,
  -- INVARIANT(L4): one at a time a holding. What was announced as ended is history and costs nothing here. The holding goes
  -- in as 128 bits of hash: a tree of long texts is three times as slow, and two that met would only be refused once too often.
  -- Periods are half-open, as all are; one that ends before it starts overlaps nothing.
  constraint schedule_one_at_a_time exclude using gist (
    hashtextextended(plane || ' ' || kind || ' ' || principal || ' ' || role || ' ' || scope, 1) with =,
    hashtextextended(plane || ' ' || kind || ' ' || principal || ' ' || role || ' ' || scope, 2) with =,
    (case when least("end", ended_at) <= start then 'empty'::tstzrange
      else tstzrange(start, least("end", ended_at)) end) with &&
  ) where (announced <> 'end')
);
create index schedule_due on schedule (due_at, id) where due_at is not null;
create index schedule_open on schedule (principal) where announced <> 'end';
create index schedule_member on schedule (principal)
  where plane = 'groups' and kind = 'assignment' and role = 'member' and announced <> 'end';
create index schedule_derived on schedule (activated_from) where activated_from is not null and announced <> 'end';
create index schedule_principal on schedule (principal, id);
create index schedule_scope on schedule (scope, id);
create index schedule_role on schedule (role, scope);

create table request (
  id text collate "C" primary key,
  plane text not null,
  role text collate "C" not null,
  scope text collate "C" not null,
  principal text collate "C" not null,
  action text not null,
  kind text not null,
  state text not null,
  requestor text collate "C" not null,
  created_at timestamptz not null,
  closed_at timestamptz,
  period jsonb not null,
  start timestamptz not null,
  "end" timestamptz,
  uses text collate "C",
  uses_asked text collate "C",
  schedule text collate "C",
  justification text,
  ticket jsonb not null,
  condition jsonb,
  spelling text,
  proof jsonb not null,
  stages jsonb not null,
  stage int not null,
  stage_since timestamptz not null,
  version int not null,
  -- When the open stage runs out, and whom its stages name; made by the writer.
  due_at timestamptz,
  approvers text[] collate "C" not null
);
create index request_due on request (due_at, id) where due_at is not null;
create index request_waiting on request (principal) where state = 'pendingApproval';
create index request_uses on request (uses) where state = 'pendingApproval';
create index request_principal on request (principal, id);
create index request_requestor on request (requestor, id);
create index request_scope on request (scope, id);
create index request_approvers on request using gin (approvers) where approvers <> '{}';

grant select, insert, update, delete on scope, principal, credential, verifier, policy, schedule, request to postern_app;
