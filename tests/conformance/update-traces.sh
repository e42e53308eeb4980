#!/bin/sh
# Records the traces of this project's cases anew, from OpenSSL 3.0 only.
set -e
cases=$srcdir/tests/conformance/cases
record=tests/conformance/replay-openssl

if "$record" --override=none /dev/null 2>&1 | grep -q warning; then
	echo "the OpenSSL at hand is not 3.0: nothing recorded" >&2
	exit 1
fi
for file in "$cases"/*.cases; do
	group=${file%.cases}
	"$record" --override=none "$file" >"$group.trace"
	"$record" --override=all "$file" >"$group.all.trace"
	"$record" --override=first "$file" >"$group.first.trace"
done
