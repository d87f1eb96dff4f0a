#!/bin/sh
# What looks at scripts and style sheets: "check" and "format" them, "test" the scripts' pure parts.
# Only this needs node.
set -eu
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "!!" >&2
    echo "!! NODE OR NPM IS MISSING (Debian: nodejs npm): nobody looks at the scripts and styles." >&2
    echo "!!" >&2
    exit 0
fi
if [ ! node_modules/.installed -nt package.json ]; then
    echo "== Installing what looks at scripts and style sheets into node_modules"
    npm install --loglevel=error --no-package-lock --ignore-scripts --no-audit --no-fund >/dev/null
    touch node_modules/.installed
fi
case "$1" in
check) node_modules/.bin/biome check --error-on-warnings ;;
format) node_modules/.bin/biome check --fix ;;
test) node --test --test-reporter=spec tests/js/*.test.js ;;
esac
