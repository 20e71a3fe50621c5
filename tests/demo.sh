#!/usr/bin/env bash
# tests/demo.sh FOLDER: shows what the program in FOLDER (build/release) does, each command before its output. Nobody was
# interviewed: `barometer simulate` invents the answers, and says what is true of the population that it invented.
set -eu
export LC_ALL=C
PATH="$(cd "${1:?tests/demo.sh FOLDER}" && pwd):$PATH"
out=build/demo
interviews=$out/pas.csv
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
is_there() {
    barometer "$1" --help >/dev/null 2>&1
}

say "Two years of invented interviews with the published picture of the Public Attitude Survey, and what is true of them"
show barometer simulate --preset pas -o $interviews
say "What is in the file?"
show barometer describe $interviews
if is_there check; then
    say "Does it fit the survey file?"
    show barometer check -s pas $interviews
fi
say "Who thinks that the police treat everyone fairly? Each level with its interval, base and design effect"
show barometer table -s pas -m fair -b ethnicity,lgbt $interviews
say "The truth behind it (what a survey of everyone would find)"
grep -E '^(measure|fair,,ethnicity,[^,]*,,,2023 Q1,4,)' $interviews.truth.csv
say "Trust in rolling years: Black Londoners come nearer to the average because White British ones fall"
show barometer trend -s pas -m trust -b ethnicity --compare total --width 110 $interviews
say "The same as charts"
show barometer chart bars -s pas -m fair -b ethnicity -o $out/fair-by-ethnicity.svg $interviews
show barometer chart trend -s pas -m trust -o $out/trust.svg $interviews
say "Victims who reported by telephone or online: a difference between channels, hardly one between communities"
show barometer simulate --preset tdiu -o $out/tdiu.csv
show barometer table -s tdiu -m satisfied -b channel,ethnicity --rolling 4 --compare rest $out/tdiu.csv
say "A published series, once with commas and once with semicolons and decimal commas"
for layout in comma semicolon; do
    show barometer trend -s surveys/definitions/demo-series.yaml -m trust -b borough --format csv -o $out/series-$layout.csv \
        tests/data/demo-series-$layout.csv
done
show cmp $out/series-comma.csv $out/series-semicolon.csv
echo "Both layouts give the same $(($(wc -l <$out/series-comma.csv) - 1)) rows."

if is_there report; then
    say "All of it for the quarter: a page, charts, workbooks, tables, findings"
    show barometer report -s pas -m trust,fair -b ethnicity,age,borough -o $out/pack $interviews
    show barometer verify $out/pack $interviews
fi

say "Written to $out/"
ls "$out"
if [ -f $out/pack/index.html ]; then
    echo
    echo "Open this in a browser: $PWD/$out/pack/index.html"
fi
