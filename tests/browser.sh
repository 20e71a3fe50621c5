#!/usr/bin/env bash
# tests/browser.sh PAGE.html WORK: the page of a pack in headless Chromium: WCAG 2.2 AA by axe-core, no request, no script, the keyboard,
# 320 pixels, paper. Screenshots go to WORK. Where chromium, node or the two packages from npm cannot be had it says so and passes:
# status 0 with "skipped".
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")/browser" && pwd)
page=${1:?tests/browser.sh PAGE.html WORK} work=${2:?a folder to work in}
mkdir -p "$work"
skip() {
    echo "browser: skipped ($1)"
    exit 0
}
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || skip "no chromium"
command -v node >/dev/null && command -v npm >/dev/null || skip "no node and npm"
export CHROMIUM
cp "$here/package.json" "$here/package-lock.json" "$here/check.mjs" "$work/" || exit 70
if ! [ -d "$work/node_modules/axe-core" ]; then
    (cd "$work" && npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1) || skip "the packages from npm cannot be had"
fi
node "$work/check.mjs" "$page" "$work" || exit 1
