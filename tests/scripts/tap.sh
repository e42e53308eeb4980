# shellcheck shell=sh
# TAP for scripts: plan N, then N times expect. Sourced, not run.
#
# A rule is a function that prints one line for each thing it finds wrong.
# Each script applies its rule to the tree and then to a planted violation:
# a rule that finds nothing there proves nothing elsewhere.

srcdir=${srcdir-.}
tap_count=0
tap_tmp=$(mktemp -d)
trap 'rm -rf "$tap_tmp"' EXIT

plan() {
	echo "1..$1"
}

# expect NAME COMMAND...: ok where the command succeeds.
expect() {
	tap_name=$1
	tap_count=$((tap_count + 1))
	shift
	if "$@"; then
		echo "ok $tap_count - $tap_name"
	else
		echo "not ok $tap_count - $tap_name"
	fi
}

# skip NAME REASON
skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

# nothing RULE ARGUMENTS...: the rule finds nothing; what it finds is shown.
nothing() {
	tap_found=$("$@")
	[ -z "$tap_found" ] && return 0
	printf '%s\n' "$tap_found" | sed 's/^/# /'
	return 1
}

# finds TEXT RULE ARGUMENTS...: the rule's findings contain the text.
finds() {
	tap_text=$1
	shift
	"$@" | grep -qF -- "$tap_text"
}

# c_files ROOT FOLDER...: the C files of these folders, relative to ROOT.
c_files() {
	(
		cd "$1" || exit
		shift
		for folder; do
			[ ! -d "$folder" ] ||
			    find "$folder" -name '*.[ch]' -type f
		done | sort
	)
}
