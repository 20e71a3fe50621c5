#!/usr/bin/env bash
# tests/program/run.sh [--update] [--valgrind] FOLDER [CASES.test]...
# Runs whole commands with the program in FOLDER (build/release) and compares status, stdout and stderr byte for byte.
#
# A .test file holds cases, one below another; what a line is shows at its start:
#   # a remark, which belongs to the case below it
#   $ a line for bash; several together are one script; $ alone is an empty one
#   ? 64             the exit status, when it is not 0
#   | a line of standard output, byte for byte; | alone is an empty one
#   ! a line of standard error; ! alone is an empty one
#   \ as the last of | or !: no newline stands at its end
# An empty line ends a case. Each runs in an empty folder of its own, with `barometer` on PATH, data -> tests/data,
# surveys -> surveys/definitions, ROOT the top of the project, no locale, no home, an empty standard input.
# --update writes what came out in place of what was expected; read the diff before you keep it.
set -u
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 70

# One case, called by xargs below: runs $1/script in $1/place and leaves out, err and got_status there.
if [ "${1:-}" = --one ]; then
    mkdir "$2/place" && cd "$2/place" || exit 70
    ln -s "$root/tests/data" data
    ln -s "$root/surveys/definitions" surveys
    env -i PATH="$BARO_BIN:$PATH" ROOT="$root" HOME=/nonexistent TMPDIR=. TZ=UTC LC_ALL=C \
        ${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} ${UBSAN_OPTIONS:+UBSAN_OPTIONS="$UBSAN_OPTIONS"} \
        timeout "$BARO_SECONDS" bash ../script >../out 2>../err </dev/null
    echo $? >../got_status
    exit 0
fi

update=no valgrind=no
while :; do
    case ${1:-} in
    --update) update=yes ;;
    --valgrind) valgrind=yes ;;
    *) break ;;
    esac
    shift
done
folder=$(cd "${1:?run.sh [--update] [--valgrind] FOLDER [CASES.test]...}" && pwd) || exit 66
shift
if [ ! -x "$folder/barometer" ]; then
    echo "$folder/barometer is not there; make builds it" >&2
    exit 66
fi
[ $# -gt 0 ] && files=("$@") || mapfile -t files < <(find "$root/tests/program" -name '*.test' | sort)

work=$(mktemp -d) || exit 70
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
mkdir "$work/bin"
BARO_SECONDS=60
if [ $valgrind = yes ]; then # memory alone is looked at: what it says goes to a file, the program's own words stay as they are
    BARO_SECONDS=600
    printf '#!/bin/sh\nexec valgrind -q --error-exitcode=99 --leak-check=full --log-file=%q/valgrind.%%p %q "$@"\n' \
        "$work" "$folder/barometer" >"$work/bin/barometer"
    chmod +x "$work/bin/barometer"
else
    ln -s "$folder/barometer" "$work/bin/barometer"
fi
export BARO_BIN="$work/bin" BARO_SECONDS

# Cuts a file of cases into folders: script, want_status, want_out, want_err, remark, line.
cut_cases() { # FILE FOLDER
    mkdir -p "$2"
    awk -v into="$2" '
        function begin() {
            n++; folder = sprintf("%s/%04d", into, n)
            system("mkdir " folder)
            out = folder "/want_out"; err = folder "/want_err"; script = folder "/script"; remark = folder "/remark"
            printf "" >out; printf "" >err; printf "" >script; printf "" >remark
            status = 0; stage = 0; pending_out = pending_err = 0; last = ""
        }
        function finish() {
            if (!n || closed) return
            if (pending_out) printf "\n" >out
            if (pending_err) printf "\n" >err
            print status >(folder "/want_status"); print first >(folder "/line")
            close(out); close(err); close(script); close(remark); close(folder "/want_status"); close(folder "/line")
            closed = 1
        }
        function text() { return length($0) > 2 ? substr($0, 3) : "" }
        # stage 1: remarks, 2: script, 3: answers. A remark or a script line after answers opens the next case.
        /^#/ || /^\$( |$)/ {
            if (!n || closed || stage == 3) { finish(); begin(); closed = 0 }
            if (/^#/) { print >remark; stage = 1 } else { if (stage < 2) first = FNR; print text() >script; stage = 2 }
            next
        }
        /^$/ { if (n && !closed && stage == 1) print >remark; else finish(); next }
        !n || closed { printf "%s:%d: a case starts with a line of $\n", FILENAME, FNR >"/dev/stderr"; exit 65 }
        { stage = 3 }
        /^\? [0-9]+$/ { status = text(); next }
        /^\|$/ || /^\| / { if (pending_out) printf "\n" >out; printf "%s", text() >out; pending_out = 1; last = "out"; next }
        /^!$/ || /^! / { if (pending_err) printf "\n" >err; printf "%s", text() >err; pending_err = 1; last = "err"; next }
        /^\\$/ && last == "out" { pending_out = 0; next }
        /^\\$/ && last == "err" { pending_err = 0; next }
        { printf "%s:%d: not a line of a case; see tests/program/run.sh\n", FILENAME, FNR >"/dev/stderr"; exit 65 }
        END { finish() }' "$1"
}

prefixed() { # MARK FILE: its lines with the mark before them
    [ -s "$2" ] || return 0
    sed -e "s/^/$1 /" -e 's/^\(.\) $/\1/' "$2"
    [ -z "$(tail -c 1 "$2" | tr -d '\n')" ] || printf '\n\\\n'
}

written() { # CASE: as it stands in a .test file, with what came out
    cat "$1/remark"
    prefixed '\$' "$1/script"
    [ "$(cat "$1/got_status")" = 0 ] || echo "? $(cat "$1/got_status")"
    prefixed '|' "$1/out"
    prefixed '!' "$1/err"
}

difference() { # WANTED GOT NAME
    cmp -s "$1" "$2" || diff -a -u --label "$3 expected" --label "$3 got" "$1" "$2" | head -n 60
}

broken=no
for i in "${!files[@]}"; do
    cut_cases "${files[i]}" "$(printf '%s/case/%03d' "$work" "$i")" || broken=yes
done
[ $broken = no ] || exit 65
find "$work/case" -mindepth 2 -maxdepth 2 -type d -print0 2>/dev/null | sort -z |
    xargs -0 -r -n 1 -P "$(nproc 2>/dev/null || echo 2)" bash "$root/tests/program/run.sh" --one

passed=0 failed=0
for i in "${!files[@]}"; do
    name=${files[i]#"$root"/}
    for case in "$(printf '%s/case/%03d' "$work" "$i")"/*/; do
        case=${case%/}
        if [ "$(cat "$case/want_status")" = "$(cat "$case/got_status")" ] && cmp -s "$case/want_out" "$case/out" &&
            cmp -s "$case/want_err" "$case/err"; then
            passed=$((passed + 1))
            continue
        fi
        failed=$((failed + 1))
        [ $update = no ] || continue
        printf 'FAILED %s:%s: %s\n' "$name" "$(cat "$case/line")" "$(head -n 1 "$case/script")"
        difference "$case/want_status" "$case/got_status" status
        difference "$case/want_out" "$case/out" stdout
        difference "$case/want_err" "$case/err" stderr
    done
    if [ $update = yes ]; then
        for case in "$(printf '%s/case/%03d' "$work" "$i")"/*/; do
            [ "${case%0001/}" != "$case" ] || echo
            written "${case%/}"
        done >"$work/new" && { cmp -s "$work/new" "${files[i]}" || { cp "$work/new" "${files[i]}" && echo "updated $name"; }; }
    fi
done
if [ $valgrind = yes ]; then
    for log in "$work"/valgrind.*; do
        [ -s "$log" ] || continue
        cat "$log"
        failed=$((failed + 1))
    done
fi
echo "program: $passed passed, $failed failed"
[ $failed -eq 0 ] || [ $update = yes ]
