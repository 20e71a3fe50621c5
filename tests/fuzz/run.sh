#!/usr/bin/env bash
# tests/fuzz/run.sh SECONDS TARGET...: every target for so long, from its corpus in tests/fuzz/corpus/NAME where there is one.
# What is new goes to build/fuzz/corpus/NAME, and an input that breaks something to build/fuzz/NAME-crash-...
set -u
seconds=$1
shift
if [ $# -eq 0 ]; then
    echo "There are no fuzz targets in tests/fuzz."
    exit 0
fi
broken=0
for target in "$@"; do
    name=${target##*/fuzz_}
    found=build/fuzz/corpus/$name
    mkdir -p "$found"
    folders=("$found")
    [ -d "tests/fuzz/corpus/$name" ] && folders+=("tests/fuzz/corpus/$name")
    dictionary=()
    [ -f "tests/fuzz/$name.dict" ] && dictionary=("-dict=tests/fuzz/$name.dict")
    log=build/fuzz/$name.log
    if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 "${dictionary[@]}" \
        -artifact_prefix="build/fuzz/$name-" "${folders[@]}" >"$log" 2>&1; then
        echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs, nothing found"
    else
        broken=$((broken + 1))
        echo "$name: BROKEN; the log is $log"
        tail -n 40 "$log"
    fi
done
[ $broken -eq 0 ]
