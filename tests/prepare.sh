#!/usr/bin/env bash
# Brings what the tests need beside Python: PostgreSQL's server, Chromium, gammu's SMS daemon, ClamAV's
# daemon (with no signatures of its own), LibreOffice Calc without a screen, and npm for the linter of
# JavaScript and CSS: Debian's packages.
set -euo pipefail

missing=()
compgen -G "/usr/lib/postgresql/*/bin/initdb" > /dev/null || missing+=(postgresql)
command -v chromium > /dev/null || missing+=(chromium)
command -v gammu-smsd > /dev/null || missing+=(gammu-smsd)
command -v soffice > /dev/null || missing+=(libreoffice-calc-nogui)
[ -x /usr/sbin/clamd ] || missing+=(clamav-daemon)
command -v npm > /dev/null || missing+=(nodejs npm)
command -v setpriv > /dev/null || missing+=(util-linux)
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
        echo "The tests need these packages; install them and run again: ${missing[*]}" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq > /dev/null
    apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
fi
