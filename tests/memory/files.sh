#!/bin/sh
# send against listen --output-dir, each run by a tool; fails where one of them
# does. Files of two kinds, one association; a directory with what is no DICOM.
#
# usage: files.sh TREE [TOOL...]
top=$1
shift
work=$(mktemp -d) || exit 1
trap 'cd /; rm -rf "$work"' EXIT
cd "$work" || exit 1
"$top/tests/tools/mint_files" || exit 1
mkdir got study
storage=1.2.840.10008.5.1.4.1.1
for number in 1 2 3; do
	"$top/tests/tools/make_dicom" study/$number.dcm $storage.$number \
	    1.2.3.$number 1.2.840.10008.1.2.1 ${number}00000 || exit 1
done
mkfifo first
"$@" "$top/dicomtls" listen --once --port 0 --output-dir got \
    --ca-file ca.pem --cert server.pem --key server.key >first &
server=$!
exec 3<first
read -r listening <&3
"$@" "$top/dicomtls" send --recurse study 127.0.0.1 "${listening##*:}" \
    --ca-file ca.pem --cert good.pem --key good.key
sent=$?
[ $sent -eq 0 ] || kill $server
cat <&3
wait $server
served=$?
echo "send ended with $sent, listen with $served"
[ $sent -eq 0 ] && [ $served -eq 0 ] && [ -s got/1.2.3.3.dcm ]
