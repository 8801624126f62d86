#!/usr/bin/env bash
# Shows that the counting of .ci/run sees a failure when there is one.
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2
FILE=$(mktemp)
trap 'rm -f "$FILE"' EXIT
OK=0 WRONG=0

# expect "<passed> <failed>" NAME COUNTER CODE RUNS OUTPUT: what the counter adds for a step with this code and output
expect() {
  printf '%b' "$6" >"$FILE"
  local seen
  seen=$(. ./count.sh; "$3" "$FILE" "$4" step "$5" >/dev/null; echo "$PASSED $FAILED")
  if [ "$seen" = "$1" ]; then OK=$((OK + 1)); else WRONG=$((WRONG + 1)); echo "FAIL  $2: $seen instead of $1"; fi
}
tests() { expect "$1" "$2" count_vitest "$3" "$4" "$5"; }
kit() { expect "$1" "$2" count_kit "$3" 1 "$4"; }

tests '12 0' 'one run' 0 1 ' Test Files  2 passed (2)\n      Tests  12 passed (12)\n'
tests '15 0' 'two runs' 0 2 '      Tests  12 passed (12)\n      Tests  3 passed | 1 skipped (4)\n'
tests '12 1' 'the second run is missing' 0 2 '      Tests  12 passed (12)\n'
tests '10 2' 'failed tests' 1 1 '      Tests  2 failed | 10 passed | 1 todo (13)\n'
tests '0 2' 'nothing but failed tests' 1 1 '      Tests  2 failed (2)\n'
tests '7 1' 'a file that does not load' 1 1 ' Test Files  1 failed | 2 passed (3)\n      Tests  7 passed (7)\n'
tests '0 1' 'no tests' 1 1 '      Tests  no tests\n'
tests '0 1' 'a check before the tests fails' 1 1 'src/a.ts:1:1 lint\n'
tests '0 1' 'no output and no failure' 0 1 ''
tests '4 1' 'colours' 1 1 '\033[2m      Tests \033[22m \033[1m\033[31m1 failed\033[39m\033[22m\033[2m | \033[22m\033[1m\033[32m4 passed\033[39m\033[22m\033[90m (5)\033[39m\n'
kit '3 0' 'a client' 0 'ok    a\n\n3 passed, 0 failed\n'
kit '3 2' 'a client with failures' 1 'FAIL  a\n\n3 passed, 2 failed\n'
kit '0 1' 'a client that is not set up' 2 'set POSTERN_URL\n'
kit '0 1' 'a client that stops halfway' 1 'ok    a\n'
kit '0 1' 'a client that does nothing' 1 '\n0 passed, 0 failed\n'
kit '3 1' 'a client that breaks after its last line' 1 '\n3 passed, 0 failed\n'

echo "$OK passed, $WRONG failed"
[ "$WRONG" -eq 0 ]
