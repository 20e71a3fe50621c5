#!/usr/bin/env bash
# tests/mutate.sh FOLDER SANITIZED WORK: do the tests of the statistics notice when the statistics are wrong? Changes one operator, constant or
# returned status of stats/*.c at a time (tests/mutate/mutator.c), compiles that file, and runs the tests that guard it until one fails.
# Prints, by file and in all, how many of how many mutants were killed, and every survivor with the reason that
# tests/mutate/survivors.txt gives for it. Status 1 when fewer than 90 % were killed.
# FOLDER: a build with its tests (build/debug); SANITIZED: the same with the sanitizers, which see an index that runs over (build/san);
# WORK: where to build (build/mutate). CC, FLAGS and LIBS say how.
# MUTATE_SAMPLE=N every Nth mutant (10; 1: all, hours), MUTATE_OFFSET which of each N (the one in the middle: N / 2), MUTATE_JOBS (2),
# MUTATE_FILES (stats/*.c), MUTATE_SECONDS a test may take (40).
# Not counted: mutants that do not compile, and those that compile to the very same code.
set -u
export LC_ALL=C

# file (without stats/ and .c) | the tests that guard it, the fastest first
guards() {
    case $1 in
    calibrate*) echo calibrate_edges steps_edges calibrate ;;
    chi_square) echo limit_edges compare_edges chi_square ;;
    compare) echo compare_edges compare ;;
    design) echo design_edges stages numbers estimates demo properties ;;
    distribution) echo stats_edges limit_edges compare_edges compare chi_square intervals quantiles estimates ;;
    estimate) echo stats_edges numbers estimates properties ;;
    interval) echo stats_edges limit_edges compare intervals quantiles estimates ;;
    linear | totals) echo design_edges stages numbers estimates demo properties ;;
    variance) echo design_edges variance_edges stages numbers estimates demo properties ;;
    random) echo random ;;
    spread) echo spread ;;
    control) echo control ;;
    totals_join) echo totals_join ;;
    quantile) echo limit_edges compare_edges compare quantiles ;;
    replicate*) echo stats_edges limit_edges replicate_edges replicates ;;
    stages) echo design_edges stages ;;
    status) echo stats_edges series survey_file ;;
    *) echo stats_edges limit_edges compare_edges design_edges variance_edges replicate_edges calibrate_edges steps_edges stages compare chi_square intervals calibrate numbers estimates quantiles demo properties replicates ;;
    esac
}

sanitize=(-fsanitize=address,undefined -fno-sanitize-recover=undefined)
export ASAN_OPTIONS=detect_leaks=0

compile() { # SOURCE OBJECT OPTION...; the name that is compiled is the same for every mutant, so that equal code gives equal objects
    local source=$1 object=$2
    shift 2
    # shellcheck disable=SC2086 # a command with its options
    (cd "${source%/*}" && $CC $FLAGS -I"$MUTATE_ROOT" "$@" -fPIC -w -c -o "$object" "${source##*/}" 2>/dev/null)
}

# Runs the tests of a file with a mutant's object in place of its own. KIND: plain or san. Status 0: one of them failed.
noticed() { # KIND NAME PLACE
    local kind=$1 name=$2 place=$3 objects=() object test options=()
    [ "$kind" = plain ] || options=("${sanitize[@]}")
    for object in "$MUTATE_WORK/$kind"/objects/*.o; do
        [ "${object##*/}" = "$name.o" ] || objects+=("$object")
    done
    # shellcheck disable=SC2086
    $CC -shared "${options[@]}" -o "$place/libmutant.so" "$place/$kind.o" "${objects[@]}" $LIBS || return 1
    for test in $(guards "$name"); do
        [ -x "$MUTATE_WORK/$kind/test_$test" ] || continue
        (ulimit -c 0 && LD_LIBRARY_PATH=$place timeout "$MUTATE_SECONDS" "$MUTATE_WORK/$kind/test_$test" </dev/null >/dev/null 2>&1) \
            2>/dev/null || return 0
    done
    return 1
}

# One mutant: FILE NUMBER; its fate goes to WORK/fate/NAME-NUMBER.
one() {
    local file=$1 number=$2 name fate place
    name=$(basename "$file" .c)
    place=$(mktemp -d "$MUTATE_WORK/one.XXXXXX") || exit 70
    "$MUTATE_WORK/mutator" "$file" "$number" >"$place/$name.c"
    if ! compile "$place/$name.c" "$place/plain.o" -O2; then
        fate=uncompiled
    elif cmp -s "$place/plain.o" "$MUTATE_WORK/plain/objects/$name.o"; then
        fate=same
    elif noticed plain "$name" "$place"; then
        fate=killed
    elif compile "$place/$name.c" "$place/san.o" -O1 "${sanitize[@]}" && noticed san "$name" "$place"; then
        fate=killed
    else
        fate=survived
    fi
    printf '%s\n' "$fate" >"$MUTATE_WORK/fate/$name-$number"
    rm -rf "$place"
}

if [ "${1:-}" = --one ]; then
    one "$2" "$3"
    exit 0
fi

usage='tests/mutate.sh FOLDER SANITIZED WORK'
declare -A folder=([plain]=${1:?$usage} [san]=${2:?$usage})
mkdir -p "${3:?$usage}" && MUTATE_WORK=$(cd "$3" && pwd) MUTATE_ROOT=$PWD || exit 70
export MUTATE_WORK MUTATE_ROOT MUTATE_SECONDS=${MUTATE_SECONDS:-40} CC=${CC:-cc} FLAGS=${FLAGS:-} LIBS=${LIBS:-}
sample=${MUTATE_SAMPLE:-10} files=${MUTATE_FILES:-stats/*.c}
rm -rf "${MUTATE_WORK:?}"/*
mkdir -p "$MUTATE_WORK/fate" "$MUTATE_WORK/source"
# shellcheck disable=SC2086
$CC $FLAGS -O1 -o "$MUTATE_WORK/mutator" tests/mutate/mutator.c || exit 70

# The statistics as they are, as a library that a mutant can take the place of, and the tests linked to it.
prepare() { # KIND OPTION...
    local kind=$1 place=$MUTATE_WORK/$1 from=${folder[$1]} file test options=() support=()
    shift
    [ "$kind" = plain ] || options=("${sanitize[@]}")
    mkdir -p "$place/objects"
    for file in tests/*.c; do
        case $file in tests/test_*) ;; *) support+=("$from/${file%.c}.o") ;; esac
    done
    for file in stats/*.c; do
        cp "$file" "$MUTATE_WORK/source/"
        compile "$MUTATE_WORK/source/${file##*/}" "$place/objects/$(basename "$file" .c).o" "$@" || exit 70
    done
    # shellcheck disable=SC2086
    $CC -shared "${options[@]}" -o "$place/libmutant.so" "$place"/objects/*.o $LIBS || exit 70
    for test in $(for file in stats/*.c; do guards "$(basename "$file" .c)" | tr ' ' '\n'; done | sort -u); do
        [ "$kind" = san ] && [ "$test" = properties ] && continue # half a minute there
        # shellcheck disable=SC2086
        $CC "${options[@]}" -o "$place/test_$test" "$from/tests/test_$test.o" "${support[@]}" -L"$place" -lmutant \
            "$from/libbarometer.a" -lcmocka $LIBS || exit 70
        LD_LIBRARY_PATH=$place timeout "$MUTATE_SECONDS" "$place/test_$test" >/dev/null 2>&1 </dev/null || {
            echo "test_$test ($kind) fails without any mutant, or takes more than $MUTATE_SECONDS seconds" >&2
            exit 70
        }
    done
}
prepare plain -O2
prepare san -O1 "${sanitize[@]}"

# shellcheck disable=SC2086 # patterns
for file in $files; do
    "$MUTATE_WORK/mutator" "$file" | sed "s|^|$file\t|"
done | awk -v n="$sample" -v at="${MUTATE_OFFSET:-$((sample / 2))}" 'NR % n == at % n' >"$MUTATE_WORK/mutants"
cut -f 1,2 "$MUTATE_WORK/mutants" | tr '\t\n' '\0\0' | xargs -0 -r -n 2 -P "${MUTATE_JOBS:-2}" bash "$0" --one

while IFS=$'\t' read -r file number rest; do
    printf '%s\t%s\t%s\n' "$(cat "$MUTATE_WORK/fate/$(basename "$file" .c)-$number")" "$file" "$rest"
done <"$MUTATE_WORK/mutants" >"$MUTATE_WORK/fates"
awk -F '\t' -f tests/mutate/report.awk tests/mutate/survivors.txt "$MUTATE_WORK/fates"
