#!/usr/bin/env bash
# tests/packages.sh GROUP...: which Debian packages of these groups are missing; says so and installs them.
# When all is there it says nothing and costs one call of dpkg-query.
set -u

# a|b: either will do, and the first is installed when none is there.
declare -A group=(
    [build]="gcc libc6-dev make pkg-config|pkgconf libgsl-dev libcsv-dev libyaml-dev libzip-dev libxml2-dev libxlsxwriter-dev libreadstat-dev"
    [run]="gnuplot-nox|gnuplot-qt|gnuplot-x11 fonts-liberation fonts-dejavu-core"
    [test]="libcmocka-dev"
    [browser]="chromium|chromium-browser npm|nodejs"
    [valgrind]="valgrind"
    [coverage]="lcov"
    [fuzz]="clang libclang-rt-dev|libclang-common-14-dev"
    [lint]="clang-tidy cppcheck"
    [format]="clang-format"
)

wanted=()
for name in "$@"; do
    if [ -z "${group[$name]:-}" ]; then
        echo "tests/packages.sh: no group '$name'; there are: ${!group[*]}" >&2
        exit 64
    fi
    read -r -a of_group <<<"${group[$name]}"
    wanted+=("${of_group[@]}")
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not a Debian or Ubuntu system, so nothing is installed. Needed, by their Debian names: ${wanted[*]}" >&2
    exit 0
fi

find_missing() { # sets missing to those of wanted that are not there
    local IFS=$'| \n' have choice package there
    # shellcheck disable=SC2086 # the alternatives are to be split
    have=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' ${wanted[*]} 2>/dev/null | sed -n 's/ installed$/ /p')
    missing=()
    for choice in "${wanted[@]}"; do
        there=no
        for package in $choice; do
            case $'\n'$have in *$'\n'"$package "*) there=yes ;; esac
        done
        [ $there = yes ] || missing+=("${choice%%|*}")
    done
}

as_root=()
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" </dev/null
}
install() { # --no-remove: a build must not take anything away from the machine
    apt install -y --no-install-recommends --no-remove "${missing[@]}"
}

find_missing
[ ${#missing[@]} -eq 0 ] && exit 0
echo "These packages are needed and not installed: ${missing[*]}" >&2
by_hand="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"

if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Installing needs root, and there is no sudo. As root: $by_hand" >&2
        exit 1
    fi
    as_root=(sudo)
fi

# A fresh machine has no lists, an old one lists that name files which are gone: in both cases new lists and once more.
echo "Installing them with apt-get${as_root[0]:+, through sudo}." >&2
if apt-cache show "${missing[@]}" >/dev/null 2>&1 && install; then
    exit 0
fi
apt update # one broken source is no reason to give up
if install; then
    exit 0
fi
echo "apt-get could not install them. By hand, as root: $by_hand" >&2
exit 1
