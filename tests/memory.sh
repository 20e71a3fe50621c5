#!/usr/bin/env bash
# tests/memory.sh PROGRAM [EVERY [COMMAND...]]
# Runs whole commands again and again with PROGRAM (linked with tests/memory/failing.c), and makes one allocation after the
# other fail: every one, or each EVERY-th. The answer must be a message and status 70, or the right output and status; a
# library that hides from us that it had no memory may call its file unreadable (spss), and libxlsxwriter, which is known to crash,
# may end its own process (xlsx); run ends with 1, whatever an output failed of. Never a crash, nor memory of our own unfreed.
# COMMAND names those to run (table, xlsx ...); without one all are.
set -u
export LC_ALL=C
program=$(realpath "${1:?memory.sh PROGRAM [EVERY [COMMAND...]]}") || exit 66
every=${2:-1}
shift $(($# > 1 ? 2 : 1))
root=$(cd "$(dirname "$0")/.." && pwd) || exit 70
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 70
export BARO_FAIL_REPORT=$work/report TMPDIR=$work

awk 'NR == 1 || NR % 10 == 0' "$root/tests/data/demo-interviews.csv" >few.csv
cat >few.yaml <<'END'
survey: {id: few}
input: {missing: [""]}
design: {weight: weight, strata: borough, psu: ward, nested: yes, lonely_psu: adjust}
period: {columns: interview_date, format: "%d/%m/%Y", unit: quarter, rolling: 4}
measures:
  - {id: trust, columns: trust, positive: [Strongly agree, Tend to agree], negative: [Tend to disagree, Strongly disagree]}
groups:
  - {id: sex, columns: sex, categories: [{label: Female}, {label: Male}]}
  - {id: channel, columns: channel}
END
cat >plan.yaml <<'END'
defaults: {survey: few.yaml, data: "fe*.csv"}
outputs:
  - {file: plan-1.csv, command: table, measures: [trust], by: [sex]}
  - {file: "plan-{sex}.md", command: table, measures: [trust], foreach: {sex: all}}
END
printf 'margin,category,target\nsex,Female,0.512\nsex,Male,0.488\n' >targets.csv
printf 'variable,question,code,answer\nq1,Is it so?,1,yes\nq1,,2,no\nsex,Sex,1,"Woman, girl"\nsex,,2,Man\n' >codebook.csv
few="-s few.yaml few.csv --threads 1"

# Name, what makes it ready (it may leave nothing of a run before), the command, and the file it makes.
commands=(
    "table|:|table -m trust -b sex $few|"
    "trend|:|trend -m trust -b sex --linear $few|"
    "test|:|test -m trust -b sex $few|"
    "gap|:|gap -m trust -b sex --mix channel --change '2022 Q4:2023 Q4' $few|"
    "spread|:|spread -m trust -b sex,channel $few|"
    "findings|:|findings -m trust -b sex $few|"
    "describe|:|describe few.csv --threads 1|"
    "check|:|check $few|"
    "weight|rm -f w.csv|weight few.csv --targets targets.csv -o w.csv|w.csv"
    "import|rm -f i.yaml|import codebook.csv -o i.yaml|i.yaml"
    "spss|rm -f i.yaml|import '$root/tests/data/stat-twin.sav' -o i.yaml|i.yaml"
    "simulate|rm -f s.csv|simulate -s few.yaml --interviews 40 -o s.csv|s.csv"
    "run|rm -rf plan-* .plan* plan.yaml.*|run plan.yaml --jobs 1 --always|plan-1.csv"
    "json|:|table -m trust --format json $few|"
    "html|rm -f t.html|table -m trust -o t.html $few|t.html"
    "xlsx|rm -f t.xlsx|table -m trust -o t.xlsx $few|t.xlsx"
    "ods|rm -f t.ods|table -m trust -o t.ods $few|t.ods"
    "chart|rm -f c.svg|chart bars -m trust -b sex -o c.svg $few|c.svg"
)

digest() { # FILE: of what was printed and of the file made, if any
    cat out ${1:+"$1"} 2>/dev/null | cksum
}

bad=0 good=0
say_bad() { # WHAT: only the first of a command are shown
    bad=$((bad + 1)) faults=$((faults + 1))
    [ "$faults" -gt 5 ] || printf '%s: allocation %d of %d: %s: %s\n' "$name" "$at" "$all" "$1" "$(head -c 200 err)"
}

one_command() { # NAME READY COMMAND FILE
    local name=$1 ready=$2 file=$4 want_status want at all status bytes asked faults=0 passed=$good
    local -a word
    eval "word=($3)"
    eval "$ready"
    env -u BARO_FAIL_AT "$program" "${word[@]}" >out 2>err </dev/null
    want_status=$? want=$(digest "$file")
    read -r all bytes <report
    if [ "$want_status" -gt 1 ] || [ "$bytes" -ne 0 ]; then
        at=0 all=0 say_bad "status $want_status, $bytes bytes not freed, with all the memory it wants"
        return
    fi
    for ((at = 1; at <= all; at += every)); do
        eval "$ready"
        echo "0 0" >report
        BARO_FAIL_AT=$at timeout 60 "$program" "${word[@]}" >out 2>err </dev/null
        status=$?
        read -r asked bytes <report
        if [ "$bytes" -ne 0 ]; then
            say_bad "$bytes bytes not freed"
        elif [ "$status" -eq "$want_status" ]; then
            if [ "$(digest "$file")" = "$want" ]; then good=$((good + 1)); else say_bad "status $status, but another answer"; fi
        elif { [ "$status" -eq 70 ] || [ "$name $status" = "spss 65" ] || [ "$name $status" = "xlsx 69" ] || [ "$name $status" = "run 1" ]; } && [ -s err ]; then
            good=$((good + 1))
        else
            say_bad "status $status"
        fi
    done
    printf '%s: %d allocations failed, %d wrong answers\n' "$name" $((good - passed + faults)) $faults
}

for entry in "${commands[@]}"; do
    IFS='|' read -r name ready command file <<<"$entry"
    [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
    one_command "$name" "$ready" "$command" "$file"
done
echo "memory: $good passed, $bad failed"
[ $bad -eq 0 ]
