#!/bin/sh
# Runs tests/bench/net/net beside a storescp, which binds every interface and
# therefore gets a network namespace of its own, in which all of it runs.
#
# usage: net.sh, in the build folder; see net.c for the environment it takes.
build=$(pwd)
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99

# Debian's DCMTK needs its dictionary for data sets.
export DCMDICTPATH="${DCMDICTPATH-/usr/share/libdcmtk17/dicom.dic}"

"$build/tests/tools/mint_files" || exit 99
if ! command -v storescp >/dev/null || ! command -v storescu >/dev/null ||
    ! unshare -n ip link set lo up 2>/dev/null; then
	"$build/tests/bench/net/net"
	exit
fi
cat >inside.sh <<'SH'
ip link set lo up || exit 99
storescp +tls server.key server.pem +cf ca.pem -pdu 131072 --ignore 11112 &
scp=$!
# 2B68 is 11112, 0A is LISTEN.
until grep -q ':2B68 [0-9A-F:]* 0A ' /proc/net/tcp /proc/net/tcp6; do
	kill -0 $scp 2>/dev/null || exit 99
done
"$1" 11112
status=$?
kill $scp
wait $scp
exit $status
SH
unshare -n sh inside.sh "$build/tests/bench/net/net"
