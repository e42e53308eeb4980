#!/bin/sh
# Runs the parts of deep.list, one after the other, and gathers the figures of
# each in one report.
#
# usage: deep.sh FOLDER whole|quick [PART...]
#
# Run in the build folder. FOLDER/report/PART.log has all that a part said,
# FOLDER/report.txt the figures. Without PARTs all of that form are run. A part
# that fails stops nothing. Ends with the line "N passed, N failed".
set -u
work=$1
form=$2
shift 2
list=$(dirname "$0")/deep.list
report=$work/report.txt
always='FAILED|not ok|Bail out|not run|left out'
passed=0
failed=0

now() {
	date +%s
}

# Sets target, arguments (of the form) and figures of a line of the list.
split() {
	target=${1%%|*}
	rest=${1#*|}
	arguments=${rest%%|*}
	rest=${rest#*|}
	[ "$form" = whole ] || arguments=${rest%%|*}
	figures=${rest#*|}
}

# is_wanted PART...: the target is among them, or there are none.
is_wanted() {
	[ "$arguments" != - ] || return 1
	[ $# -gt 0 ] || return 0
	case " $* " in
	*" $target "*) ;;
	*) return 1 ;;
	esac
}

say() {
	printf '%s\n' "$*" | tee -a "$report"
}

# One argument for make, blanks and all; none where there is none.
run_make() {
	"${MAKE-make}" --no-print-directory "$target" ${arguments:+"$arguments"}
}

run_part() {
	log=$work/report/$target.log
	begun=$(now)
	[ ! -t 2 ] || printf '%s ...\r' "$target" >&2
	if run_make >"$log" 2>&1 </dev/null; then
		passed=$((passed + 1))
		outcome=passed
	else
		failed=$((failed + 1))
		outcome=FAILED
	fi
	say "=== $target${arguments:+ $arguments}: $outcome ($(($(now) - begun)) s)"
	grep -E -- "$figures|$always" "$log" | cut -c 1-200 | sed 's/^/    /' |
	    tee -a "$report"
	[ $outcome = passed ] || tail -n 30 "$log" | sed 's/^/  | /'
}

mkdir -p "$work/report" || exit 1
: >"$report"
say "dicomtls, $form form, $(nproc 2>/dev/null || echo '?') cores," \
    "$(${CC-cc} --version | head -n 1)"
while read -r line <&3; do
	case $line in
	'#'* | '') continue ;;
	esac
	split "$line"
	! is_wanted "$@" || run_part
done 3<"$list"
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
