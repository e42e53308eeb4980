#!/bin/sh
# Who may include what (doc/design.md, "Rooms"): layers point down, the headers
# of a dependency stay in the rooms that are there for it, and OpenSSL is seen
# in tests only.
. "${srcdir-.}/tests/scripts/tap.sh"

# A room and what it may include: rooms, and headers by name. Every room may
# include dicomtls.h. net drives a TLS session through the interface that a
# backend implements and knows no backend.
allowed='
base    base
x509    base x509
compat  base x509 compat
verify  base x509 compat verify
tls     base x509 compat verify tls
dicom   base dicom
net     base net tls/backend.h
ltdic   base x509 compat verify tls dicom net ltdic ltdic.h
tools   base x509 compat verify tls dicom net ltdic tools tests ltdic.h
'

# A header of a library and the files that may include it.
homes='
gnutls/   ^(include/dicomtls\.h|lib/(x509|tls)/.*|compat/gnutls_status\.[ch]|tools/.*)$
nettle/   ^lib/(x509|tls)/
gmp.h     ^lib/x509/
libtasn1  ^(lib/base/der\.c|lib/x509/.*)$
uv.h      ^lib/net/
openssl/  ^tests/
'

# includes ROOT FILE...: lines "file room kind header", kind q or a.
includes() {
	(
		cd "$1" || exit
		shift
		for file; do
			sed -nE \
			    -e 's/^#[ \t]*include[ \t]*"([^"]*)".*/q \1/p' \
			    -e 's/^#[ \t]*include[ \t]*<([^>]*)>.*/a \1/p' \
			    "$file" | sed "s|^|$file |"
		done
	)
}

# upward ROOT: includes of a room from a room that may not have it.
upward() {
	# shellcheck disable=SC2046 # file names without blanks
	includes "$1" $(c_files "$1" lib compat tools) | awk -v table="$allowed" '
	BEGIN {
		count = split(table, lines, "\n")
		for (i = 1; i <= count; i++) {
			fields = split(lines[i], room, " ")
			for (k = 2; k <= fields; k++)
				may[room[1], room[k]] = 1
		}
	}
	$2 == "q" {
		split($1, path, "/")
		from = path[1] == "lib" ? path[2] : path[1]
		if (split($3, part, "/") > 1)
			to = part[1] == "lib" ? part[2] : part[1]
		else
			to = $3 == "ltdic.h" ? $3 : from
		if (!((from, to) in may) && !((from, $3) in may))
			print $1 " includes " $3 ": not below " from
	}'
}

# strangers ROOT: headers of libraries outside their homes.
strangers() {
	# shellcheck disable=SC2046
	includes "$1" $(c_files "$1" include lib compat tools tests) |
	    awk -v table="$homes" '
	BEGIN {
		count = split(table, lines, "\n")
		for (i = 1; i <= count; i++)
			if (split(lines[i], pair, " ") == 2)
				home[pair[1]] = pair[2]
	}
	$1 !~ /^tests\// || $3 ~ /^openssl\// {
		for (header in home)
			if (index($3, header) == 1 && $1 !~ home[header])
				print $1 " includes " $3
	}'
}

plant() {
	mkdir -p "$tap_tmp/${1%/*}"
	printf '%s\n' "$2" >"$tap_tmp/$1"
}

plant lib/base/up.c '#include "verify/path.h"'
plant lib/dicom/beside.c '#include "tls/backend.h"'
plant lib/net/session.c '#include "tls/gnutls_session.h"'
plant lib/verify/contract.c '#include "ltdic.h"'
plant lib/verify/crypto.c '#include <gnutls/x509.h>'
plant lib/tls/sockets.c '#include <uv.h>'
plant tools/reference.c '# include <openssl/x509.h>'
plant tests/reference.c '#include <openssl/x509.h>'

plan 10
expect "layers point down" nothing upward "$srcdir"
expect "library headers stay in their rooms" nothing strangers "$srcdir"
expect "finds base above verify" finds lib/base/up.c upward "$tap_tmp"
expect "finds dicom above tls" finds lib/dicom/beside.c upward "$tap_tmp"
expect "finds net above a backend" finds lib/net/session.c upward "$tap_tmp"
expect "finds the contract in the engine" \
    finds lib/verify/contract.c upward "$tap_tmp"
expect "finds GnuTLS in the engine" \
    finds lib/verify/crypto.c strangers "$tap_tmp"
expect "finds libuv in tls" finds lib/tls/sockets.c strangers "$tap_tmp"
expect "finds OpenSSL in the command" \
    finds tools/reference.c strangers "$tap_tmp"
rm "$tap_tmp"/lib/*/* "$tap_tmp"/tools/*
expect "tests may use OpenSSL" nothing strangers "$tap_tmp"
