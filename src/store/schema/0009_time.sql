-- INVARIANT(T2): time never runs backwards, whichever server decides. Clocks of several servers differ a little and a batch
-- takes a while from its decision to its commit; what is more than a second behind what the log has seen was decided by
-- somebody who had not heard of it, and is decided again. The writers' order (log_head) makes what is seen here stand still.
create function log_keeps_time() returns trigger language plpgsql as $$
declare
  seen timestamptz := (select h.seen from log_head h);
begin
  if exists (select from made where made.at < seen - interval '1 second') then
    raise exception 'decided before %, which the log has seen', seen using errcode = 'PR410';
  end if;
  return null;
end $$;
create trigger log_keeps_time after insert on log referencing new table as made
  for each statement execute function log_keeps_time();
