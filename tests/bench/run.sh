#!/usr/bin/env bash
# tests/bench/run.sh FOLDER: how fast the program in FOLDER (build/release) makes a table with standard errors from a large file, and
# how much memory it takes, beside others that read the same file. The contestants run in turn, REPEATS times (7), and what is
# printed are medians, and medians of the ratios within a turn: machines have moods, and a turn shares one.
set -eu
export LC_ALL=C
program=${1:?tests/bench/run.sh FOLDER}/barometer
repeats=${REPEATS:-7}
here=build/bench
file=$here/wide.csv

if [ ! -x $here/make_wide ] || [ ! -x $here/bare_csv ]; then
    echo "tests/bench/make_wide.c and tests/bench/bare_csv.c are needed" >&2
    exit 66
fi
if [ ! -s $file ] || [ $here/make_wide -nt $file ]; then
    $here/make_wide >$file.new
    mv $file.new $file
fi

table=(table --weight weight --strata borough --psu ward --period period --by ethnicity
    --proportion 'trust=trust:Strongly agree|Tend to agree' --format csv)

# What R users would write for the same table; read and estimated in one process, as the program does.
cat >$here/survey.R <<'END'
suppressMessages({library(data.table); library(survey)})
options(survey.lonely.psu = "fail")
file <- commandArgs(TRUE)[1]
d <- fread(file, select = c("weight", "borough", "ward", "period", "ethnicity", "trust"))
d <- d[period == max(period)]
d[, y := fifelse(trust == "", NA_real_, as.numeric(trust %in% c("Strongly agree", "Tend to agree")))]
s <- svydesign(ids = ~ward, strata = ~borough, weights = ~weight, nest = TRUE, data = d)
all <- svymean(~y, s, na.rm = TRUE)
by <- svyby(~y, ~ethnicity, s, svymean, na.rm = TRUE)
cat(sprintf("%.15g %.15g\n", c(coef(all), coef(by)), c(SE(all), SE(by))), sep = "")
END

contestants=(barometer wc bare_csv)
if command -v Rscript >/dev/null && Rscript -e 'library(survey); library(data.table)' >/dev/null 2>&1; then
    contestants+=(R)
fi
run() { # NAME: seconds, processor seconds, kilobytes
    case $1 in
    barometer) $here/measure $here/table.csv "$program" "${table[@]}" $file ;;
    wc) $here/measure /dev/null wc -l $file ;;
    bare_csv) $here/measure /dev/null $here/bare_csv $file ;;
    R) $here/measure $here/R.txt Rscript $here/survey.R $file ;;
    esac
}

size=$(wc -c <$file) rows=$(wc -l <$file)
cat $file >/dev/null # into the page cache, for all alike
rm -f $here/turns
for ((turn = 1; turn <= repeats; turn++)); do
    for name in "${contestants[@]}"; do
        [ "$name" != R ] || [ "$turn" -le 3 ] || continue # R is slow, and steady
        printf '%d %s %s\n' "$turn" "$name" "$(run "$name")" >>$here/turns
    done
done

echo "$((size / 1000000)) MB, $((rows - 1)) interviews, $(nproc) processors, medians of $repeats turns (R: 3)"
awk '
    function median(list, n,    i, j, t) {
        for (i = 2; i <= n; i++)
            for (j = i; j > 1 && list[j] + 0 < list[j - 1] + 0; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
        return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    { if (!($2 in seen)) { seen[$2] = 1; name[++names] = $2 }
      turn[$2, ++n[$2]] = $1; wall[$2, $1] = $3; cpu[$2, $1] = $4; memory[$2, $1] = $5 }
    END {
        printf "%-10s %10s %10s %10s   %s\n", "", "seconds", "processor", "MB at most", "barometer takes, times this one"
        for (i = 1; i <= names; i++) {
            k = name[i]; m = n[k]
            for (j = 1; j <= m; j++) { t = turn[k, j]; a[j] = wall[k, t]; r[j] = wall["barometer", t] / wall[k, t] }
            w = median(a, m); ratio = median(r, m)
            for (j = 1; j <= m; j++) a[j] = cpu[k, turn[k, j]]
            c = median(a, m)
            for (j = 1; j <= m; j++) a[j] = memory[k, turn[k, j]] / 1024
            printf "%-10s %10.3f %10.3f %10.1f   %.3f\n", k, w, c, median(a, m), ratio
        }
    }' $here/turns

if [ -s $here/R.txt ]; then # a race to different answers would say nothing
    tail -n +2 $here/table.csv | cut -d, -f12,13 | tr , ' ' | paste -d' ' - $here/R.txt | awk '
        function off(a, b) { return b ? (a > b ? a - b : b - a) / b : a }
        { for (i = 1; i <= 2; i++) { d = off($i, $(i + 2)); if (d > most) most = d } if (NF != 4) lines = 1 }
        END { print lines ? "R gives another number of rows" : sprintf("Largest relative difference between barometer and R: %.1e", most) }'
fi
