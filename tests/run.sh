#!/usr/bin/env bash
# tests/run.sh [--valgrind] --program FOLDER TEST...
# Runs the cmocka programs, several at a time, then the whole commands of tests/program with the program in FOLDER.
# A program that passes has one line, one that fails is shown whole. The last line is the sum over all: N passed, N failed.
set -u
export LC_ALL=C

# One program, called by xargs below: leaves LOG and LOG.status.
if [ "${1:-}" = --one ]; then
    # shellcheck disable=SC2086 # the runner is a command with its options
    timeout "$BARO_SECONDS" $BARO_RUNNER "$3" >"$2/${3##*/}" 2>&1 </dev/null
    echo $? >"$2/${3##*/}.status"
    exit 0
fi

export BARO_RUNNER='' BARO_SECONDS=300
options=()
if [ "${1:-}" = --valgrind ]; then
    BARO_RUNNER='valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect --child-silent-after-fork=yes'
    BARO_SECONDS=3000
    export BARO_VALGRIND=1
    options=(--valgrind)
    shift
fi
[ "${1:-}" = --program ] || exit 64
folder=$2
shift 2

work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
printf '%s\0' "$@" | xargs -0 -r -n 1 -P "$(nproc 2>/dev/null || echo 2)" bash "$0" --one "$work" 2>/dev/null

sum() { # PATTERN FILE: the numbers of the lines "[  PATTERN  ] ... 12 test(s)", a program may have several groups
    sed -n "s/^\[  $1 *\] \(tests: \)\{0,1\}\([0-9][0-9]*\) test(s).*/\2/p" "$2" | awk '{ n += $1 } END { print n + 0 }'
}

passed=0 failed=0
for test in "$@"; do
    log=$work/${test##*/}
    status=$(cat "$log.status" 2>/dev/null || echo 70)
    good=$(sum PASSED "$log") bad=$(sum FAILED "$log")
    # A crash, a time-out, a leak that the sanitizer found at the end, a program without a case: failures that cmocka does not count.
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then
        bad=1
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    if [ "$bad" -eq 0 ]; then
        printf '%s: %d passed\n' "${test##*/}" "$good"
    else
        printf '%s: %d passed, %d failed, status %s\n' "${test##*/}" "$good" "$bad" "$status"
        grep -avE '^\[( RUN      |       OK )\]' "$log"
        [ "$status" -lt 124 ] || grep -a '^\[ RUN ' "$log" | tail -n 1 # the case in which it died
    fi
done

program=$(bash tests/program/run.sh "${options[@]}" "$folder")
status=$?
echo "$program"
counts=$(tail -n 1 <<<"$program" | sed -n 's/^program: \([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p')
read -r good bad <<<"${counts:-0 1}"
[ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
passed=$((passed + good)) failed=$((failed + bad))

# What the README shows is what the program prints (under valgrind it would only take long).
if [ -z "$BARO_RUNNER" ]; then
    readme=$(bash tests/readme.sh "$folder")
    echo "$readme"
    read -r good bad <<<"$(tail -n 1 <<<"$readme" | sed -n 's/^readme: \([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p')"
    passed=$((passed + ${good:-0})) failed=$((failed + ${bad:-1}))
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
