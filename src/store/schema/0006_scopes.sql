-- Scopes can be deleted, and resources have bodies. A deleted scope stays as a row that says when, so that the log still folds
-- into the tables and the name may be used again.

alter table scope add column body jsonb, add column deleted_at timestamptz;
create index scope_parent on scope (parent) where parent is not null;

-- What lies at or below a scope, by its path: '0' is the character after '/'. (Z3: whole segments)
create function at_or_below(key text, root text) returns boolean language sql immutable as $$
  select key collate "C" = root or (key collate "C" >= root || '/' and key collate "C" < root || '0')
$$;

-- The scope table has two columns more; the other tables are written as before.
alter function change_rows(jsonb) rename to change_rows_but_scopes;
create function change_rows(changed jsonb) returns void language plpgsql as $$
declare
  expected bigint := coalesce(jsonb_array_length(changed -> 'scope'), 0);
  written bigint;
begin
  perform change_rows_but_scopes(changed - 'scope');
  update scope t set (path, kind, display_name, parent, tags, location, body, created_at, deleted_at, version) =
      (e.path, e.kind, e.display_name, e.parent, e.tags, e.location, e.body, e.created_at, e.deleted_at, e.version)
    from jsonb_array_elements(coalesce(changed -> 'scope', '[]')) r, jsonb_populate_record(null::scope, r) e
    where t.key = e.key and t.version = (r ->> 'base')::int;
  get diagnostics written = row_count;
  if written <> expected then
    raise exception 'a row moved although nobody else may write: % of % scopes changed', written, expected using errcode = '40001';
  end if;
end $$;

-- As before, and scopes that were deleted although another writer has put something into them since they were read. What is
-- made in a scope relies on its version; this finds what was made first.
alter function left_open(jsonb) rename to left_open_but_scopes;
create function left_open(changed jsonb) returns jsonb language plpgsql as $$
declare
  others jsonb := left_open_but_scopes(changed);
  scopes jsonb;
begin
  select jsonb_agg(s.key) into scopes
    from jsonb_to_recordset(changed -> 'scope') as c(key text collate "C") cross join lateral (
      select * from scope s where s.key = c.key offset 0
    ) s
    where s.deleted_at is not null and (
      exists (select from scope b where b.deleted_at is null and (b.parent = s.key or at_or_below(b.key, s.key)))
      or exists (
        select from schedule d where at_or_below(d.scope, s.key) and d.announced <> 'end' and d.ended_at is null
          and (d."end" is null or (d."end" > s.deleted_at and d."end" > d.start))
      )
      or exists (select from request r where at_or_below(r.scope, s.key) and r.state in ('pendingApproval', 'pendingAdminDecision'))
    );
  return case when others is null then scopes when scopes is null then others else others || scopes end;
end $$;
