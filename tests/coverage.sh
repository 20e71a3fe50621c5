#!/usr/bin/env bash
# tests/coverage.sh FOLDER PAGES: what the tests that ran in FOLDER (build/cov) have reached: a line a file, and pages of HTML.
set -eu
folder=$1 pages=$2
root=$(pwd)
mkdir -p "$pages"
lcov --quiet --capture --directory "$folder" --base-directory "$root" --no-external --output-file "$pages/all.info"
lcov --quiet --remove "$pages/all.info" "$root/tests/*" --output-file "$pages/ours.info"
genhtml --quiet --legend --title barometer --prefix "$root" --output-directory "$pages" "$pages/ours.info"
lcov --list "$pages/ours.info"
echo "Line by line: $pages/index.html"
