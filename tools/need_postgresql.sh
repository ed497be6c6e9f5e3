#!/bin/sh
# Make sure PostgreSQL's own programs (15 or later) are here: tests start a cluster of theirs in a temporary folder.
set -eu

newest() {
    for program in "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres; do
        if [ -x "$program" ]; then "$program" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'; fi
    done | sort -n | tail -n 1
}

found=$(newest)
[ "${found:-0}" -ge 15 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing PostgreSQL for the tests."
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    apt-get -qq install --yes --no-install-recommends postgresql >/dev/null
    found=$(newest)
    [ "${found:-0}" -ge 15 ] && exit 0
fi

echo "The tests need PostgreSQL 15 or later (Debian: apt-get install postgresql); found: ${found:-none}." >&2
exit 1
