#!/bin/sh
# Installs what `make scale` and `make ha` put around the desk: Debian's servers, and an environment for
# Patroni and SeaweedFS. That one lies where the accounts that servers run under can enter, and uses the
# system's Python, because root's own may stand in a folder that is closed to them.
set -eu
cd "$(dirname "$0")/.."

tools/debian.sh haproxy pgbouncer etcd-server nats-server dovecot-imapd dovecot-lmtpd postfix \
    python3 python3-venv
if [ "$(id -u)" != 0 ]; then
    echo "Not installed (needs root): Patroni, SeaweedFS" >&2
    exit 0
fi
place=/var/lib/yizhan/clusters
mkdir -p "$(dirname "$place")"
[ -x "$place/bin/pip" ] || /usr/bin/python3 -m venv "$place"
"$place/bin/pip" install --quiet --disable-pip-version-check --require-hashes \
    -r requirements-clusters.lock
chmod -R go+rX "$place"
