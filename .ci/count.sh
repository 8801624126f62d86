# Sums up what the steps of .ci/run found. Sourced, not run.
PASSED=0 FAILED=0
add() { PASSED=$((PASSED + $1)); FAILED=$((FAILED + $2)); }

# failed SENTENCE: something that has no count of its own went wrong.
failed() { add 0 1; echo "ci: FAILED: $1"; }

# A terminal's colours are no part of a summary.
plain() { sed -E $'s/\033\\[[0-9;]*[A-Za-z]//g' "$1"; }

# vitest_counts FILE: "<passed> <failed> <summaries>" over all of vitest's lines such as "  Tests  1 failed | 8 passed (9)".
vitest_counts() {
  plain "$1" | awk '
    /^ *Tests +[0-9]+ (passed|failed|skipped|todo)/ {
      summaries++
      for (i = 2; i < NF; i++) {
        if ($(i + 1) ~ /^passed/) passed += $i
        if ($(i + 1) ~ /^failed/) failed += $i
      }
    }
    END { print passed + 0, failed + 0, summaries + 0 }'
}

# count_vitest FILE CODE NAME RUNS: adds what vitest counted. A run that failed without a failed test (a check before the
# tests, a file that does not load, a time-out) is one failure more, and so is one that passed without having run.
count_vitest() {
  local passed failed summaries
  read -r passed failed summaries < <(vitest_counts "$1")
  add "$passed" "$failed"
  if [ "$2" -ne 0 ] && [ "$failed" -eq 0 ]; then failed "$3 ended with code $2"; fi
  if [ "$2" -eq 0 ] && [ "$summaries" -lt "$4" ]; then failed "$3: $summaries of $4 test runs told what they did"; fi
  return 0
}

# count_kit FILE CODE NAME: adds the closing line "N passed, N failed" of a client program.
count_kit() {
  local line
  line=$(plain "$1" | grep -E '^[0-9]+ passed, [0-9]+ failed$' | tail -n 1)
  if [ "$2" -eq 2 ] || [ -z "$line" ]; then failed "$3 ended with code $2 and did not run to its end"; return 0; fi
  local passed=${line%% *} rest=${line#*, }
  add "$passed" "${rest%% *}"
  [ "${rest%% *}" -gt 0 ] && return 0
  if [ "$passed" -eq 0 ] || [ "$2" -ne 0 ]; then failed "$3 ended with code $2 after $passed passed"; fi
  return 0
}
