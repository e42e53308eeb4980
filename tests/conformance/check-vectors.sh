#!/bin/sh
# Compares with the reference over the vectors in a folder: the core list has
# to be equal to 99 % in each mode, and no case anywhere may be accepted
# against the reference. The folder's recorded traces are the reference; where
# OpenSSL 3.0 is at hand, it has to reproduce them first. The certificate
# strings have to equal the recorded ones. A cache of verified signatures must
# not change an answer.
#
# usage: check-vectors.sh FOLDER, in the build folder
vectors=$1
tools=tests/conformance
if [ ! -f "$vectors/core.list" ]; then
	echo "vectors were not run: there is no folder $vectors"
	exit 0
fi
vectors=$(cd "$vectors" && pwd) || exit 1
work=$tools/vectors
status=0

fail()
{
	echo "FAIL: $*"
	status=1
}

unpack()
{
	rm -rf "$work" && mkdir -p "$work" || exit 1
	for archive in "$vectors"/*.tar.xz; do
		tar -xJf "$archive" -C "$work" || exit 1
	done
	find "$work" -name '*.case' | LC_ALL=C sort >"$work/names"
}

# The recorded traces of one mode, one line a case, in the order of the ids.
recorded()
{
	for archive in "$vectors"/*.tar.xz; do
		xz -dc "${archive%.tar.xz}$1.trace.xz" || exit 1
	done | one_line_each
}

one_line_each()
{
	awk -v RS= '{ gsub("\n", "|"); print }' | LC_ALL=C sort
}

check_reference()
{
	for mode in none all first; do
		suffix=.$mode
		[ "$mode" = none ] && suffix=
		recorded "$suffix" >"$work/recorded"
		"$tools/replay-openssl" --override=$mode - <"$work/names" |
			one_line_each >"$work/now"
		cmp -s "$work/recorded" "$work/now" ||
			fail "OpenSSL differs from its recorded traces" \
			    "(override=$mode)"
	done
}

# Prints the figures of a comparison; $2... are its options.
compare()
{
	label=$1
	shift
	echo "$label"
	"$tools/compare" --traces="$vectors" "$@" - <"$work/names" \
	    >"$work/$label.out" || fail "compare ended with an error"
	grep ' accepted against the reference' "$work/$label.out"
	grep -q ' 0 accepted against the reference' "$work/$label.out" ||
		fail "no figures"
	grep ' accepted against the reference' "$work/$label.out" |
		grep -qv ' 0 accepted' &&
		fail "cases accepted against the reference"
}

enough_equal()
{
	sed -n 's/^override=\([a-z]*\): \([0-9]*\) cases, \([0-9]*\) .*/\1 \2 \3/p' \
	    "$work/core.out" >"$work/core.figures"
	while read -r mode cases equal; do
		[ $((equal * 100)) -ge $((cases * 99)) ] ||
			fail "core: less than 99 % equal (override=$mode)"
	done <"$work/core.figures"
}

check_texts()
{
	xz -dc "$vectors/certtext.xz" |
	    "$tools/certtext" - "$work" >"$work/certtext.out" ||
		fail "certificate strings differ: $work/certtext.out"
	tail -n 1 "$work/certtext.out"
}

unpack
if [ -x "$tools/replay-openssl" ] &&
    ! "$tools/replay-openssl" /dev/null 2>&1 | grep -q warning; then
	check_reference
fi
compare core --list="$vectors/core.list"
enough_equal
check_texts
compare whole
# The same cases with verified signatures remembered from one to the next, all
# of them and so few that they are forgotten again: the same differences.
for signatures in 4096 3; do
	compare "cache-$signatures" --signature-cache=$signatures
	cmp -s "$work/whole.out" "$work/cache-$signatures.out" ||
		fail "a cache of $signatures signatures changes an answer"
done
echo "differences: $work/core.out and $work/whole.out"
exit $status
