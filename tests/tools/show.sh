#!/bin/sh
# dicomtls show and codes, help, wrong usage, files that are none.
. "${srcdir-.}/tests/tools/common.sh"

has_no_codes_beside() {
	exits 0 codes "$1" && [ "$(wc -l <out)" -eq 2 ]
}

every_subcommand_helps() {
	for name in demo echo send listen verify show codes; do
		exits 0 "$name" --help && says out "Usage: dicomtls $name" ||
		    return 1
	done
}

refuses_options_of_others() {
	exits 2 verify --output-dir=x good.pem && says err "--output-dir=x:"
}

same_in_der_and_pem() {
	exits 0 show good.pem && mv out pem && exits 0 show good.der &&
	    cmp out pem
}

# A disk without room, as every write to this device finds one.
tells_that_nothing_was_written() {
	"$dicomtls" codes >/dev/full 2>err
	[ $? -eq 3 ] && says err "standard output could not be written"
}

plan 26
expect "help lists the subcommands" exits 0 --help
expect "version is told" exits 0 --version
expect "no subcommand is wrong usage" exits 2
expect "an unknown subcommand is wrong usage" exits 2 dance
expect "every subcommand helps" every_subcommand_helps
expect "an unknown option is wrong usage" exits 2 show --dance good.pem
expect "the option is named" says err --dance
expect "an option without its argument is wrong usage" exits 2 echo --depth
expect "an option of another subcommand is wrong usage" \
    refuses_options_of_others

expect "show tells the subject" exits 0 show good.pem
expect "in the documented form" says out "Subject Name: CN = SCU"
expect "show tells every certificate of a file" \
    eval 'exits 0 show two.pem && count 2 out "Subject Name: "'
expect "show reads DER" same_in_der_and_pem
expect "show in JSON" eval 'exits 0 show --json two.pem && is_json out &&
    [ "$(wc -l <out)" -eq 2 ]'
expect "a missing file is named" \
    eval 'exits 3 show absent.pem && says err "absent.pem: "'
expect "a file without a certificate is named" \
    eval 'exits 3 show garbage && says err "garbage: "'

expect "show tells what a CRL says" \
    eval 'exits 0 show ca.crl && says out "CRL Issuer Name: CN = Test CA" &&
    says out "CRL Number: 5 (0x5)" && says out "Revoked Certificates: 1" &&
    says out "	21 (0x15)"'
expect "in DER too" \
    eval 'mv out pem && exits 0 show ca-der.crl && cmp out pem'
expect "and its scope" \
    eval 'exits 0 show cas.crl && says out "Scope: CA certificates only" &&
    says out "Revoked Certificates: 0"'
expect "and in JSON" \
    eval 'exits 0 show --json ca.crl good.pem && is_json out &&
    says out "\"event\":\"crl\",\"file\":\"ca.crl\",\"index\":0,\"revoked\":1"'
expect "verify does not take one for a certificate" \
    eval 'exits 3 verify ca.crl && says err "ca.crl: "'
expect "codes lists the whole table" \
    eval 'exits 0 codes && says out INVALID_PURPOSE && [ "$(wc -l <out)" -gt 90 ]'
expect "codes finds a number" \
    eval 'has_no_codes_beside 26 && says out INVALID_PURPOSE'
expect "codes finds a name with prefix, in JSON" \
    eval 'exits 0 codes --json L_X509_V_ERR_INVALID_CA && is_json out &&
    says out "\"error\":79,\"l_error\":24"'
expect "codes refuses an unknown name" exits 2 codes NONSENSE
if [ -c /dev/full ]; then
	expect "output that is lost is no success" \
	    tells_that_nothing_was_written
else
	skip "output that is lost is no success" "there is no /dev/full"
fi
