#!/bin/sh
# Profiles by name, what the system's crypto policy takes from them, server
# names and the system's trust anchors, in the command.
. "${srcdir-.}/tests/tools/common.sh"

# call STATUS ARGUMENTS...: echo against the server that listens.
call() {
	wanted=$1
	shift
	exits "$wanted" echo 127.0.0.1 "$port" --ca-file ca.pem "$@"
}

# over PROFILE WORDS CERTIFICATES...: both ends keep to it, and say so.
over() {
	profile=$1
	words=$2
	shift 2
	serve --once --profile "$profile" "$@"
	call 0 --profile "$profile" --cert rsa.pem --key rsa.key &&
	    says out "succeeded over $words"
	both=$?
	served 0 && return $both
}

rsa_server="--cert rsa-server.pem --key rsa-server.key"
good="--cert good.pem --key good.key"
small="--cert small.pem --key small.key"

# policy NAME LINE...: a system crypto policy of that name.
policy() {
	file=$1
	shift
	{
		echo '[overrides]'
		printf '%s\n' "$@"
	} >"$file"
}

# under POLICY COMMAND...: with that system crypto policy.
under() {
	file=$1
	shift
	(
		GNUTLS_SYSTEM_PRIORITY_FILE=$tap_tmp/$file
		export GNUTLS_SYSTEM_PRIORITY_FILE
		"$@"
	)
}

policy no-256 'tls-disabled-cipher = aes-256-gcm'
policy no-gcm 'tls-disabled-cipher = aes-256-gcm' \
    'tls-disabled-cipher = aes-128-gcm'
policy no-13 'disabled-version = tls1.3'
policy no-p521 'disabled-curve = secp521r1'

plan 32

for row in "bcp195-8996 TLS 1.3, TLS_AES_256_GCM_SHA384" \
    "bcp195-8996-mod TLS 1.3, TLS_AES_256_GCM_SHA384" \
    "bcp195-ex TLS 1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" \
    "bcp195-nd TLS 1.3, TLS_AES_256_GCM_SHA384" \
    "bcp195 TLS 1.3, TLS_AES_256_GCM_SHA384" \
    "aes TLS 1.2, TLS_RSA_WITH_AES_128_CBC_SHA" \
    "basic TLS 1.2, TLS_RSA_WITH_3DES_EDE_CBC_SHA"; do
	# shellcheck disable=SC2086 # words
	expect "both ends keep to ${row%% *}" \
	    over "${row%% *}" "${row#* }" $rsa_server
done

expect "an unknown profile is wrong usage" \
    exits 2 echo 127.0.0.1 1 --profile bcp195-9000
expect "the names there are are told" says err "bcp195-8996, bcp195-8996-mod"
expect "a section is a name too" \
    eval 'exits 3 echo 127.0.0.1 1 --profile B.12 --ca-file ca.pem'
expect "a version outside the profile is refused at once" \
    eval 'exits 3 echo 127.0.0.1 1 --profile bcp195-ex --tls-max 1.3 &&
    says err "profile bcp195-ex is for TLS 1.2 to 1.2"'

# shellcheck disable=SC2086
expect "our own certificate has to be strong enough" \
    eval 'exits 3 echo 127.0.0.1 1 --auth-level 0 --profile bcp195-8996 $small'
expect "the file, the certificate and the reason are told" \
    says err 'small.pem, "CN = Small SCU", is outside profile bcp195-8996: its RSA key has 1024 bits'

serve --once --profile bcp195-8996 --accept-anyway
# shellcheck disable=SC2086
expect "the peer's has to be, whatever VERIFY says" \
    eval 'call 1 --auth-level 0 $small'
expect "it sees alert 42" says out "alert 42 bad_certificate"
expect "our side says why" eval 'served 1 && says served \
    "\"CN = Small SCU\", is outside profile bcp195-8996: its RSA key has 1024 bits, 2048 are needed"'

serve --once --accept-anyway
# shellcheck disable=SC2086
expect "without a profile VERIFY decides" \
    eval 'call 0 --auth-level 0 $small'
served 0 >/dev/null

serve --once
# shellcheck disable=SC2086
expect "what a policy takes away is told" \
    eval 'under no-256 call 0 $good &&
    says err "the system crypto policy ($tap_tmp/no-256) leaves out of profile bcp195-8996:" &&
    says err "TLS_AES_256_GCM_SHA384"'
expect "and what is left is used" says out TLS_AES_128_GCM_SHA256
served 0 >/dev/null

serve --once
# shellcheck disable=SC2086
expect "a version taken away is told" \
    eval 'under no-13 call 0 $good && says err TLS1.3 && says out "TLS 1.2"'
served 0 >/dev/null

serve --once
# shellcheck disable=SC2086
expect "a group taken away is told" \
    eval 'under no-p521 call 0 --profile bcp195-8996-mod $good && says err SECP521R1'
served 0 >/dev/null

# shellcheck disable=SC2086
expect "nothing left is an error" eval 'under no-gcm exits 3 echo 127.0.0.1 1 \
    --profile bcp195-8996 --ca-file ca.pem $good'
expect "which names the policy" says err "$tap_tmp/no-gcm"
serve --once
# shellcheck disable=SC2086
expect "no policy, nothing told" eval 'call 0 --profile bcp195-8996 $good && [ ! -s err ]'
served 0 >/dev/null

serve --once --sni pacs.example
# shellcheck disable=SC2086
expect "a server may insist on its name" eval 'call 1 --sni ris.example $good &&
    says out "alert 112 unrecognized_name"'
expect "and says so" \
    eval 'served 1 && says served "asks for another server name than ours"'
serve --once --sni pacs.example
# shellcheck disable=SC2086
expect "it serves who asks for it" call 0 --sni PACS.example $good
served 0 >/dev/null
expect "an address is no server name" \
    eval 'exits 3 echo 127.0.0.1 1 --sni 127.0.0.1 &&
    says err "no name to ask a server for"'

# with_anchors STATUS FILE ARGUMENTS...: dicomtls where that is the system's list
# of anchors, in a mount namespace. Where the list is, was decided when GnuTLS
# was built.
bundle=/etc/ssl/certs/ca-certificates.crt
cat >anchors.sh <<'SH'
mount --bind "$2" "$1" || exit 99
shift 2
exec "$@"
SH
with_anchors() {
	wanted=$1
	file=$2
	shift 2
	unshare -rm sh anchors.sh $bundle "$file" "$dicomtls" "$@" >out 2>err
	[ $? -eq "$wanted" ]
}

: >none
if [ -e $bundle ] && unshare -rm mount --bind ca.pem $bundle 2>/dev/null; then
	expect "the system's anchors are trusted" \
	    eval 'with_anchors 0 ca.pem verify --purpose sslclient \
	    --x509-system-trust good.pem && says out "good.pem: as sslclient: ok"'
	expect "and only if asked for" \
	    with_anchors 1 ca.pem verify --purpose sslclient good.pem
	expect "no anchors are an error" \
	    eval 'with_anchors 3 none verify --x509-system-trust good.pem &&
	    says err "the system has no trust anchors"'
	expect "for a link too" \
	    eval 'with_anchors 3 none echo 127.0.0.1 1 --x509-system-trust &&
	    says err "the system has no trust anchors"'
else
	for name in trusted asked none link; do
		skip "system trust: $name" \
		    "no mount namespace, or no list of anchors"
	done
fi
