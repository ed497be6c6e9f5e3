#!/bin/sh
# Make sure there is a Chromium: a test drives it through the account pages as a person would.
set -eu

command -v chromium >/dev/null && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the tests."
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    apt-get -qq install --yes --no-install-recommends chromium >/dev/null
    command -v chromium >/dev/null && exit 0
fi

echo "The tests need Chromium (Debian: apt-get install chromium)." >&2
exit 1
