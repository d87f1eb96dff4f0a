#!/bin/sh
# What the tests need besides Python: installed here where we may, else named exactly.
# With "engines", what they need to run in Firefox and WebKit; with "faults", what makes those.
set -eu
missing=""
have() { command -v "$1" >/dev/null 2>&1; }
if [ "${1:-}" = engines ]; then
    have firefox-esr || have firefox || missing="$missing firefox-esr"
    have WebKitWebDriver || missing="$missing webkit2gtk-driver"
    have xvfb-run || missing="$missing xvfb"
    have xauth || missing="$missing xauth"
    /usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1")' 2>/dev/null ||
        missing="$missing python3-gi gir1.2-webkit2-4.1"
elif [ "${1:-}" = faults ]; then
    have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
        missing="$missing postgresql"
    have nginx || missing="$missing nginx"
    ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || missing="$missing faketime"
    have pgrep || missing="$missing procps"
else
    have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
        missing="$missing postgresql"
    have chromium || have chromium-browser || missing="$missing chromium"
    have xgettext || missing="$missing gettext"
    have exiftool || missing="$missing libimage-exiftool-perl"
    have pgrep || missing="$missing procps"
fi
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && have apt-get; then
    echo "== Installing$missing (a few minutes)"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi
echo "The tests need more programs. Install them, then run make ${1:-test} again:" >&2
echo "    sudo apt-get update && sudo apt-get install -y$missing" >&2
exit 1
