#!/usr/bin/env bash
# tests/study/who_moved.sh FOLDER [SEEDS]: does gap say rightly which side moved? On SEEDS (200) samples of the invented pas (12,800 interviews a year,
# White British respondents 8 points down between two years, Black respondents unchanged) the gap of Black respondents to the rest must
# narrow, and what is due to the rest must be below 0, in at least 95 %. On as many of the invented tdiu (6,000 interviews, telephone 35 %,
# online 30 %) spread must put the channel before ethnicity in at least 90 %. Status 1 when it is not so.
set -u
export LC_ALL=C
PATH="$(cd "${1:?tests/study/who_moved.sh FOLDER [SEEDS]}" && pwd):$PATH"
seeds=${2:-200}
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 70

one() {
    local seed=$1
    barometer simulate --preset pas --seed "$seed" -o "p$seed.csv" --quiet &&
        barometer gap -s pas -m trust -b ethnicity --change '2022 Q1:2023 Q1' --quiet --format csv "p$seed.csv" |
        awk -F, '$4 == "Black" { print "pas", ($10 > 0), ($17 < 0) }'
    barometer simulate --preset tdiu --seed "$seed" -o "t$seed.csv" --quiet &&
        barometer spread -s tdiu -m satisfied --rolling 4 --quiet --format csv "t$seed.csv" |
        awk -F, '$3 == "channel" { c = $12 } $3 == "ethnicity" { e = $12 } END { print "tdiu", (c < e), 1 }'
    rm -f "p$seed.csv"* "t$seed.csv"*
}
export -f one
seq "$seeds" | xargs -P 2 -I{} bash -c 'one {}' >results
awk '{ n[$1]++; a[$1] += $2; b[$1] += $3 }
END {
    printf "pas: gap of Black respondents to the rest narrows in %d of %d samples; the part of the rest is below 0 in %d\n", a["pas"], n["pas"], b["pas"]
    printf "tdiu: spread puts the channel before ethnicity in %d of %d samples\n", a["tdiu"], n["tdiu"]
    exit !(n["pas"] > 0 && a["pas"] >= .95 * n["pas"] && b["pas"] >= .95 * n["pas"] && a["tdiu"] >= .9 * n["tdiu"])
}' results
