-- Certificates and outside issuers: what a credential is recognized by, where that is public.

alter table credential add column recognized_by jsonb;

-- The writer of changed rows learns the new column: credentials are changed here, all others as before.
alter function change_rows(jsonb) rename to change_rows_but_credentials;

create function change_rows(changed jsonb) returns void language plpgsql as $$
begin
  perform change_rows_but_credentials(changed - 'credential');
  if changed ? 'credential' then
    perform change_credentials(changed -> 'credential');
  end if;
end $$;

-- INVARIANT(L1): as for all other rows, each one from the version that was read.
create function change_credentials(changed jsonb) returns void language plpgsql as $$
declare
  written bigint;
begin
  update credential t set (principal, kind, recognized_by, created_at, version) =
      (e.principal, e.kind, e.recognized_by, e.created_at, e.version)
    from jsonb_array_elements(changed) r, jsonb_populate_record(null::credential, r) e
    where t.id = e.id and t.version = (r ->> 'base')::int;
  get diagnostics written = row_count;
  if written <> jsonb_array_length(changed) then
    raise exception 'a row moved although nobody else may write: % of % rows changed', written,
      jsonb_array_length(changed) using errcode = '40001';
  end if;
end $$;
