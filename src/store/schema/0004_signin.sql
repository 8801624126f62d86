-- What sign-ins leave behind: codes, tokens' digests, sessions, and the keys that sign. No part of the log's state.

create table signin_payload (
  model text collate "C" not null,
  id text collate "C" not null,
  payload jsonb not null,
  expires_at timestamptz,
  uid text collate "C",
  user_code text collate "C",
  grant_id text collate "C",
  consumed_at timestamptz,
  primary key (model, id)
);
create index signin_payload_uid on signin_payload (uid) where uid is not null;
create index signin_payload_user_code on signin_payload (user_code) where user_code is not null;
create index signin_payload_grant on signin_payload (grant_id) where grant_id is not null;
create index signin_payload_expires on signin_payload (expires_at) where expires_at is not null;

create table signin_key (
  number bigint generated always as identity primary key,
  jwk jsonb not null
);

grant select, insert, update, delete on signin_payload, signin_key to postern_app;
