#!/bin/sh
# Data sets to and from DCMTK over TLS: every octet arrives. storescp binds
# every interface, so it runs in a network namespace of its own.
. "${srcdir-.}/tests/tools/common.sh"

# Debian's DCMTK needs its dictionary for data sets.
export DCMDICTPATH="${DCMDICTPATH-/usr/share/libdcmtk17/dicom.dic}"

# make_image NAME INSTANCE: NAME.dcm from a description; all by DCMTK.
make_image() {
	cat >"$1.dump" <<-DUMP
	(0008,0016) UI =SecondaryCaptureImageStorage
	(0008,0018) UI [$2]
	(0008,0060) CS [OT]
	(0010,0010) PN [Nobody]
	(0028,0002) US 1
	(0028,0004) CS [MONOCHROME2]
	(0028,0010) US 4
	(0028,0011) US 4
	(0028,0100) US 8
	(0028,0101) US 8
	(0028,0102) US 7
	(0028,0103) US 0
	(7fe0,0010) OW 0102\\0304\\0506\\0708\\090a\\0b0c\\0d0e\\0f10
	DUMP
	dump2dcm +te "$1.dump" "$1.dcm"
}

# data_set FILE: what stands behind the file meta information, found by the
# group length that PS3.10 puts in octets 140 to 143.
data_set() {
	length=$(od -An -tu4 -j140 -N4 "$1" | tr -d ' ')
	tail -c +$((144 + length + 1)) "$1"
}

# same_data_set FILE FILE
same_data_set() {
	data_set "$1" >one && data_set "$2" >two && [ -s one ] && cmp one two
}

# scu STATUS ARGUMENTS...: storescu against our server; 0 or any failure.
scu() {
	wanted=$1
	shift
	storescu -v +tls good.key good.pem +cf ca.pem 127.0.0.1 "$port" "$@" \
	    >peer 2>&1
	status=$?
	[ "$status" -eq 0 ] && status=0 || status=1
	[ "$status" -eq "$wanted" ] && return 0
	sed 's/^/# /' peer
	return 1
}

our_server() {
	mkdir got
	serve --once --output-dir got
	expect "storescu stores" scu 0 image.dcm
	expect "at our server" served 0
	expect "every octet" same_data_set image.dcm got/1.2.3.1.dcm
	expect "in a file that DCMTK reads" eval "dcmdump got/1.2.3.1.dcm >dump"

	serve --once --output-dir got
	expect "so it does in a compressed transfer syntax" scu 0 -xr rle.dcm
	expect "at our server too" served 0
	expect "which the file has" same_data_set rle.dcm got/1.2.3.2.dcm

	serve --once --output-dir got
	expect "an instance that is a path is refused" scu 1 evil.dcm image.dcm
	expect "with 0117H" says peer "0x117"
	expect "the server has failed" served 1
	expect "we say why" says served \
	    "FAILED a data set: 0x0117, the SOP instance UID is not valid"
	expect "and no file is made of it" \
	    [ "$(find . -name '*evil-instance*' | wc -l)" -eq 0 ]

	serve --once --output-dir got --max-size 10
	expect "no room is told" scu 1 image.dcm
	expect "as such" says peer "Refused: OutOfResources"
	expect "and by us" served 1
}

# In the namespace: waits until the server listens, then sends to it.
cat >peer.sh <<'SH'
dicomtls=$1
shift
ip link set lo up || exit 99
storescp -v +B +xa +tls server.key server.pem +cf ca.pem -od theirs 11112 \
    >peer 2>&1 &
scp=$!
# 2B68 is 11112, 0A is LISTEN.
until grep -q ':2B68 [0-9A-F:]* 0A ' /proc/net/tcp /proc/net/tcp6; do
	kill -0 $scp 2>/dev/null || { cat peer; exit 99; }
done
"$dicomtls" send "$@" 127.0.0.1 11112 --ca-file ca.pem --cert good.pem \
    --key good.key >out 2>err
status=$?
kill $scp
wait $scp
exit $status
SH

storescp_and_send() {
	wanted=$1
	shift
	unshare -n sh peer.sh "$dicomtls" "$@" >shell 2>&1
	status=$?
	[ "$status" -eq "$wanted" ] && return 0
	echo "# status $status instead of $wanted"
	sed 's/^/# /' shell peer out err
	return 1
}

# arrived FILE INSTANCE: storescp puts the modality before the instance.
arrived() {
	same_data_set "$1" "$(find theirs -name "*.$2")"
}

their_server() {
	mkdir theirs
	expect "we store at storescp" \
	    storescp_and_send 0 image.dcm rle.dcm long.dcm implicit.dcm
	expect "all of it" says out "OK: 4 files stored over TLS"
	expect "every octet of an image" arrived image.dcm 1.2.3.1
	expect "of a compressed one" arrived rle.dcm 1.2.3.2
	expect "of a long one" arrived long.dcm 1.2.3.3
	expect "of one in Implicit VR" arrived implicit.dcm 1.2.3.4
	expect "storescp rejects what it does not know" \
	    storescp_and_send 1 private.dcm image.dcm
	expect "and we read it" says out "it does not support the SOP class"
}

skip_all() {
	while [ "$tap_count" -lt "$1" ]; do
		skip "$2" "$3"
	done
}

plan 23
if ! command -v storescu >/dev/null || ! command -v dump2dcm >/dev/null; then
	skip_all 23 "data sets" "DCMTK is not installed"
	exit 0
fi
storage=1.2.840.10008.5.1.4.1.1
explicit=1.2.840.10008.1.2.1
make_image image 1.2.3.1
make_image plain 1.2.3.2
dcmcrle plain.dcm rle.dcm
make_image evil ../../evil-instance
make_dicom=$top/tests/tools/make_dicom
"$make_dicom" long.dcm $storage.7 1.2.3.3 $explicit 3000000
"$make_dicom" implicit.dcm $storage.2 1.2.3.4 1.2.840.10008.1.2 3000
"$make_dicom" private.dcm 1.2.3 1.2.3.5 $explicit 30
our_server
if unshare -n ip link set lo up 2>/dev/null; then
	their_server
else
	skip_all 23 "storescp" "no network namespace may be made here"
fi
