#!/bin/sh
# A few thousand cases of the differential fuzzer, and a planted difference
# that it has to find, to shrink and to write.
program=tests/fuzz/differential/differential
cases=$srcdir/tests/conformance/cases

if [ ! -x "$program" ]; then
	echo "1..0 # SKIP there is no OpenSSL to compare with"
	exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

"$program" --seed=1 --count=3000 --output-dir="$work/found" \
    "$cases"/*.cases >"$work/out" 2>&1
status=$?
if [ "$status" -eq 77 ]; then
	echo "1..0 # SKIP $(cat "$work/out")"
	exit 0
fi
echo "1..9"
verdict() {
	if [ "$status" -eq 0 ]; then
		echo "ok - $1: $(tail -n 2 "$work/out" | paste -s -d '; ')"
	else
		echo "not ok - $1"
		sed 's/^/# /' "$work/out"
	fi
}
verdict "cases drawn"

# What is left of accepted cases when they are changed and not signed again.
"$program" --flips --seed=1 --count=3000 "$cases"/*.cases >"$work/out" 2>&1
status=$?
verdict "accepted cases changed"

# The bits of signatures and times in a chain with Ed25519 and in one with
# CRLs, each once.
awk '/^id: / { on = /baseline.ed25519-ssl|crl-delta.removed-store/ } on' \
    "$cases"/*.cases >"$work/some"
"$program" --every-bit=signatures "$work/some" >"$work/out" 2>&1
status=$?
verdict "every bit of signatures and times"

"$program" --forms "$work/some" >"$work/out" 2>&1
status=$?
verdict "signatures in other forms"

# alone NAME OPTIONS...: the run fails and says that we alone accept.
alone() {
	name=$1
	shift
	"$program" --lax "$@" >"$work/out" 2>&1
	status=$?
	if [ "$status" -eq 1 ] &&
	    grep -q ' [1-9][0-9]* accepted by us alone' "$work/out"; then
		echo "ok - $name"
	else
		echo "not ok - $name"
		sed 's/^/# /' "$work/out"
	fi
}
alone "a verifier that accepts everything is found" --forms "$work/some"
alone "no closed class excuses it" --as-is "$srcdir/tests/fuzz/pieces.case"

"$program" --seed=1 --count=300 --plant=62 --output-dir="$work/planted" \
    "$cases"/*.cases >"$work/out" 2>&1
status=$?
# Of what was written, the smallest: names come in no order.
smallest=$(grep -cH BEGIN "$work"/planted/*.case | sort -t : -k 2n | head -n 1)
found=${smallest%:*}
objects=${smallest##*:}
if [ "$status" -eq 1 ] && [ -n "$found" ]; then
	echo "ok - a planted difference is found and written"
else
	echo "not ok - a planted difference is found and written"
fi

# For a host name that does not match, a leaf and an anchor are enough.
if [ "${objects:-9}" -le 2 ]; then
	echo "ok - it is shrunk"
else
	echo "not ok - it is shrunk: $objects objects are left"
fi

if "$program" --as-is "$found" >"$work/out" 2>&1 &&
    ! "$program" --as-is --plant=62 "$found" >>"$work/out" 2>&1; then
	echo "ok - what is written reproduces it"
else
	echo "not ok - what is written reproduces it"
	sed 's/^/# /' "$work/out"
fi
