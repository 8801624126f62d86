-- What happened: a line for every version of every entity, and for what changed none. It only grows.

create table log (
  seq bigint primary key,
  at timestamptz not null,
  actor text collate "C" not null,
  correlation text collate "C" not null,
  type text not null,
  entity_kind text,
  entity_id text collate "C",
  entity_version int,
  payload jsonb not null,
  -- INVARIANT(U1): one line a version.
  constraint log_one_line_a_version unique (entity_kind, entity_id, entity_version)
);
create index log_at on log (at);

-- How far the log has come, and the latest instant it has seen. Whoever writes holds this row until the commit, so change
-- numbers have no holes and become visible in their order: a reader that asks for what is greater misses nothing.
create table log_head (
  single boolean primary key check (single),
  seq bigint not null,
  seen timestamptz
);
insert into log_head values (true, 0, null);

create function log_only_grows() returns trigger language plpgsql as $$
begin
  if current_user <> 'postern_retention' then
    raise exception 'the log only grows: % is refused for %', tg_op, current_user using errcode = '42501';
  end if;
  return null;
end $$;
create trigger log_only_grows before update or delete or truncate on log
  for each statement execute function log_only_grows();

grant select, insert on log to postern_app;
grant select, delete on log to postern_retention;
grant select, update on log_head to postern_app;
