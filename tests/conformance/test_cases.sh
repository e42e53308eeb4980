#!/bin/sh
# Replays the cases of this project with our side and compares with the traces
# recorded from OpenSSL 3.0: one TAP line for each group of rules.
cases=$srcdir/tests/conformance/cases
replay=tests/conformance/replay

# Replays one group in one mode; prints what differs. The cases come twice,
# so that a cache of signatures, where there is one, has been filled.
replay_mode()
{
	cat "$3" "$3" >"$twice"
	if ! "$replay" --override="$2" --signature-cache="$signatures" \
	    "$cases/$1.cases" "$cases/$1.cases" >"$out" 2>&1; then
		tail -n 1 "$out"
		return 1
	fi
	diff "$twice" "$out"
}

replay_modes()
{
	replay_mode "$1" none "$cases/$1.trace" &&
	replay_mode "$1" all "$cases/$1.all.trace" &&
	replay_mode "$1" first "$cases/$1.first.trace"
}

# Without a cache of signatures, with one that is always full, and with one
# for all of them.
replay_group()
{
	for signatures in 0 1 4096; do
		replay_modes "$1" || return 1
	done
}

out=$(mktemp) && twice=$(mktemp) && difference=$(mktemp) || exit 99
trap 'rm -f "$out" "$twice" "$difference"' EXIT
set -- "$cases"/*.cases
echo "1..$(($# + 1))"
for file; do
	group=$(basename "$file" .cases)
	count=$(grep -c '^id:' "$file")
	if replay_group "$group" >"$difference"; then
		echo "ok - $group: $count cases as the reference"
	else
		echo "not ok - $group: $count cases as the reference"
		head -n 20 "$difference" | sed 's/^/# /'
	fi
done

# A trace with one event that never happened has to be found.
sed '2i\  depth=0 ok=0 error=1' "$cases/baseline.trace" >"$difference"
if replay_mode baseline none "$difference" >/dev/null; then
	echo "not ok - a planted difference is found"
else
	echo "ok - a planted difference is found"
fi
