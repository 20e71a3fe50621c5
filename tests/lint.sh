#!/usr/bin/env bash
# tests/lint.sh FILE.c... -- FLAGS: clang-tidy and cppcheck over the files; status 1 when either has something to say.
set -u
files=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    files+=("$1")
    shift
done
shift
defines=()
for flag in "$@"; do
    case $flag in -D* | -I*) defines+=("$flag") ;; esac
done

# What is left out of the families, and why:
without=(
    bugprone-easily-swappable-parameters # two doubles side by side are what statistics are made of
    bugprone-sizeof-expression           # arrays of pointers are allocated here, and that is what it suspects
    bugprone-narrowing-conversions bugprone-implicit-widening-of-multiplication-result # -Wconversion has said it
    bugprone-not-null-terminated-result bugprone-branch-clone bugprone-assignment-in-if-condition bugprone-reserved-identifier
    clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling # asks for memcpy_s, which no C library here has
    clang-analyzer-security.insecureAPI.strcpy                           # the same wish, for strlcpy
    clang-analyzer-optin.performance.Padding # tables are ordered for the reader
    clang-analyzer-valist.Uninitialized                                  # loses sight of va_start across functions
)
checks='-*,clang-analyzer-*,bugprone-*,performance-*,misc-redundant-expression,misc-static-assert,cert-str34-c'
checks+=',readability-misleading-indentation,readability-redundant-declaration,readability-duplicate-include'
checks+=$(printf ',-%s' "${without[@]}")
# Within one function only: across functions the analyzer does not know that a fault is never BARO_OK, and sees paths that are none.
within='--extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=ipa=none'
printf -v flags ' %q' "$@"
export checks within flags
status=0
printf '%s\0' "${files[@]}" | xargs -0 -n 4 -P "$(nproc 2>/dev/null || echo 2)" bash -c '
    eval "clang-tidy --quiet --checks=\"\$checks\" $within --warnings-as-errors=\"*\" \
        --header-filter=\"^(stats|io|plots|surveys|tests)/\" \"\$@\" -- $flags" 2>&1 |
        grep -vE "^[0-9]+ (warning|error)s?( |$).*(generated|treated)|^Suppressed|^Use -header-filter|^Error while processing"
    exit "${PIPESTATUS[0]}"' clang-tidy || status=1

# Some releases stumble over compound literals (internalAstError, legacyUninitvar); clang-tidy looks for the same.
cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
    --suppress=missingIncludeSystem --suppress=unmatchedSuppression --suppress=internalAstError --suppress=legacyUninitvar \
    -j "$(nproc 2>/dev/null || echo 2)" "${defines[@]}" "${files[@]}" || status=1

[ $status -eq 1 ] || echo "lint: ${#files[@]} files, nothing to say"
exit $status
