# Processes of .ci/run: each in a process group of its own, ended by its id. Sourced, not run.
STOP_SECONDS=60

# apart FILE COMMAND...: starts it beside this script, its output in FILE and its id in APART. No pipe: what outlives the
# command would hold it open.
apart() {
  local file=$1
  shift
  set -m
  ("$@") >"$file" 2>&1 </dev/null &
  APART=$!
  set +m
}

# end TARGET: asks a process (5) or a whole group (-5) to end, and ends what is left of the group when it does not.
end() {
  local target=$1 group=-${1#-} deadline=$((SECONDS + STOP_SECONDS))
  [ "$group" != - ] || return 0
  kill -TERM -- "$target" 2>/dev/null
  while kill -0 -- "$group" 2>/dev/null && [ $SECONDS -lt $deadline ]; do sleep 0.2; done
  ! kill -KILL -- "$group" 2>/dev/null
}

# logged FILE LIMIT COMMAND...: runs it for at most so many seconds, with its output shown and kept in FILE.
logged() {
  local file=$1 deadline=$((SECONDS + $2)) shown code
  apart "$file" "${@:3}"
  RUNNING=$APART
  tail --pid="$RUNNING" --sleep-interval=0.2 -n +1 -f "$file" 2>/dev/null &
  shown=$!
  while kill -0 "$RUNNING" 2>/dev/null; do
    if [ $SECONDS -ge $deadline ]; then echo "ci: $2 seconds were not enough"; end "-$RUNNING"; fi
    sleep 0.2
  done
  wait "$RUNNING"
  code=$?
  RUNNING=''
  wait "$shown"
  return "$code"
}
