#!/usr/bin/env bash
# tests/readme.sh [--update] FOLDER: the console blocks of README.md against what the program in FOLDER prints.
#
# A block begins with one command, "$ barometer ...", run in a folder that holds the example data (tests/data), the shipped surveys and the small
# survey files of tests/program/surveys under their plain names. Blocks on public data files that are not kept here are run only where
# BARO_PUBLIC_DATA names a folder that holds them, and skipped otherwise. --update writes what was printed into README.md, for a reader to check.
set -u
export LC_ALL=C
update=no
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
root=$(cd "$(dirname "$0")/.." && pwd)
PATH=$(cd "${1:?tests/readme.sh [--update] FOLDER}" && pwd):$PATH
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
mkdir "$work/here"
ln -s "$root/tests" "$root/surveys" "$work/here/"
cp "$root"/tests/program/surveys/*.yaml "$work/here/"
if [ -n "${BARO_PUBLIC_DATA:-}" ]; then
    find "$BARO_PUBLIC_DATA" -name '*.csv' -exec ln -s {} "$work/here/" \;
fi

# Whether every data file that the command names is there.
present() {
    local word
    for word in $1; do
        case $word in
        -*) ;;
        *.csv) [ -e "$work/here/${word//\'/}" ] || case $1 in *"-o $word"*) ;; *) return 1 ;; esac ;;
        esac
    done
}

passed=0 failed=0 skipped=0 in_block=no command='' wanted='' new=$work/README.md
: >"$new"
check() {
    local got
    if ! present "$command"; then
        skipped=$((skipped + 1))
        printf '%s' "$wanted" >>"$new"
        return
    fi
    got=$(cd "$work/here" && eval "$command" 2>&1; echo .)
    got=${got%.}
    printf '%s' "$got" >>"$new"
    if [ "$got" = "$wanted" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        [ $update = yes ] || { echo "README.md: $command"; diff <(printf '%s' "$wanted") <(printf '%s' "$got"); }
    fi
}
while IFS= read -r line || [ -n "$line" ]; do
    if [ $in_block = yes ]; then
        case $line in
        '```') check; in_block=no; printf '%s\n' "$line" >>"$new" ;;
        *) wanted+=$line$'\n' ;;
        esac
        continue
    fi
    printf '%s\n' "$line" >>"$new"
    case $line in
    '$ barometer '*) command=${line#'$ '} wanted='' in_block=yes ;;
    esac
done <"$root/README.md"

if [ $update = yes ]; then
    cp "$new" "$root/README.md"
    echo "README.md: $passed blocks as before, $failed written anew, $skipped skipped for lack of their data"
    exit 0
fi
echo "readme: $passed passed, $failed failed, $skipped skipped (public data that are not kept here)"
[ "$failed" = 0 ]
