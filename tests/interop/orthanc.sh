#!/bin/sh
# A PACS as the peer, over TLS in both directions: Orthanc answers C-ECHO,
# refuses a certificate that is for servers only, keeps what we send, and
# sends it on to our own listener. Orthanc binds every interface, so all of it
# happens in a network namespace of its own.
. "${srcdir-.}/tests/tools/common.sh"

export DCMDICTPATH="${DCMDICTPATH-/usr/share/libdcmtk17/dicom.dic}"
count=11

# Ports of that namespace, in /proc's notation: 11112 is 2B68, 0A is LISTEN.
cat >orthanc.json <<'JSON'
{
	"StorageDirectory": "kept", "IndexDirectory": "kept",
	"HttpServerEnabled": false, "DicomAet": "ORTHANC", "DicomPort": 11112,
	"DicomAlwaysAllowEcho": true, "DicomAlwaysAllowStore": true,
	"DicomTlsEnabled": true, "DicomTlsRemoteCertificateRequired": true,
	"DicomTlsCertificate": "pacs.pem",
	"DicomTlsPrivateKey": "pacs.key",
	"DicomTlsTrustedCertificates": "ca.pem",
	"DicomModalities": { "us": { "AET": "DICOMTLS",
		"Host": "127.0.0.1", "Port": 11113, "UseDicomTls": true } },
	"LuaScripts": [ "route.lua" ]
}
JSON
cat >route.lua <<'LUA'
function OnStoredInstance(instance, tags, metadata, origin)
	SendToModality(instance, 'us')
end
LUA
cat >play.sh <<'SH'
listens() {
	until grep -q ":$1 [0-9A-F:]* 0A " /proc/net/tcp /proc/net/tcp6; do
		kill -0 "$2" 2>/dev/null || exit 99
	done
}
scu() {
	"$dicomtls" "$@" 127.0.0.1 11112 --ca-file ca.pem
}
ip link set lo up || exit 99
Orthanc orthanc.json >orthanc 2>&1 &
orthanc=$!
listens 2B68 $orthanc
timeout 120 "$dicomtls" listen --once --port 11113 --output-dir got \
    --ca-file ca.pem --cert server.pem --key server.key >served 2>&1 &
listener=$!
listens 2B69 $listener
scu echo --cert good.pem --key good.key >echoed 2>&1
echo $? >echoed.status
scu echo --cert bad.pem --key bad.key >refused 2>&1
echo $? >refused.status
scu send image.dcm --cert good.pem --key good.key >sent 2>&1
echo $? >sent.status
# Nothing will come of a send that failed.
[ "$(cat sent.status)" -eq 0 ] || kill $listener
wait $listener
echo $? >served.status
kill $orthanc
wait $orthanc
SH

make_image() {
	cat >image.dump <<-'DUMP'
	(0008,0016) UI =SecondaryCaptureImageStorage
	(0008,0018) UI [1.2.3.1]
	(0008,0060) CS [OT]
	(0010,0010) PN [Nobody]
	(0010,0020) LO [1]
	(0020,000d) UI [1.2.3.2]
	(0020,000e) UI [1.2.3.3]
	(0028,0002) US 1
	(0028,0004) CS [MONOCHROME2]
	(0028,0010) US 2
	(0028,0011) US 2
	(0028,0100) US 8
	(0028,0101) US 8
	(0028,0102) US 7
	(0028,0103) US 0
	(7fe0,0010) OW 0102\0304
	DUMP
	dump2dcm +te image.dump image.dcm
}

# ended NAME STATUS
ended() {
	[ "$(cat "$1.status" 2>/dev/null)" = "$2" ] && return 0
	sed 's/^/# /' "$1" orthanc
	return 1
}

# Elements and values; DCMTK writes lengths of its own.
same_elements() {
	dcmdump +L "$1" | grep '^([0-9a-f]\{4\},' | grep -v '^(0002,' >one
	dcmdump +L "$2" | grep '^([0-9a-f]\{4\},' | grep -v '^(0002,' >two
	[ -s one ] && cmp one two
}

plan $count
for program in Orthanc dump2dcm; do
	command -v $program >/dev/null && continue
	while [ "$tap_count" -lt $count ]; do
		skip "Orthanc" "$program is not installed"
	done
	exit 0
done
if ! unshare -n ip link set lo up 2>/dev/null; then
	while [ "$tap_count" -lt $count ]; do
		skip "Orthanc" "no network namespace may be made here"
	done
	exit 0
fi
make_image
mkdir got
export dicomtls
unshare -n sh play.sh
expect "Orthanc answers C-ECHO" ended echoed 0
expect "over TLS" says echoed "C-ECHO succeeded over TLS"
expect "it refuses a certificate for servers" ended refused 1
expect "and we say what its alert can mean" \
    says refused "alert 43 unsupported_certificate"
expect "we store at Orthanc" ended sent 0
expect "over TLS too" says sent "OK: 1 file stored over TLS"
expect "Orthanc stores at our listener" ended served 0
expect "whose certificate it accepts and which accepts its" \
    says served "VERIFY scp depth 0 ok 0"
expect "over TLS as well" says served "1 of 1 data sets stored over TLS"
expect "the file is there" [ -s got/1.2.3.1.dcm ]
expect "with every element" same_elements image.dcm got/1.2.3.1.dcm
