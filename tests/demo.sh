#!/usr/bin/env bash
# tests/demo.sh FOLDER: shows what the program in FOLDER (build/release) does with the example data, each command before its output.
set -eu
export LC_ALL=C
PATH="$(cd "${1:?tests/demo.sh FOLDER}" && pwd):$PATH"
out=build/demo
interviews=tests/data/demo-interviews.csv
mkdir -p "$out"

say() {
    printf '\n# %s\n' "$*"
}
show() {
    printf '$'
    printf ' %q' "$@"
    printf '\n'
    "$@"
}

say "The interviews are synthetic (tests/data/README.md). What is in the file?"
show barometer describe $interviews
say "Trust by ethnic group in the latest year, each level with its interval, base and design effect"
show barometer table -s surveys/definitions/demo.yaml -m trust -b ethnicity $interviews
say "Trust in rolling years, and the change from one to the next"
show barometer trend -s surveys/definitions/demo.yaml -m trust $interviews
say "The same as charts"
show barometer chart bars -s surveys/definitions/demo.yaml -m trust -b ethnicity -o $out/trust-by-ethnicity.svg $interviews
show barometer chart trend -s surveys/definitions/demo.yaml -m trust -o $out/trust.svg $interviews
say "A published series, once with commas and once with semicolons and decimal commas"
for layout in comma semicolon; do
    show barometer trend -s surveys/definitions/demo-series.yaml -m trust -b borough --format csv -o $out/series-$layout.csv \
        tests/data/demo-series-$layout.csv
done
show cmp $out/series-comma.csv $out/series-semicolon.csv
echo "Both layouts give the same $(($(wc -l <$out/series-comma.csv) - 1)) rows."

say "Written to $out/"
ls "$out"
