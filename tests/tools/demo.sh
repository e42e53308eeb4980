#!/bin/sh
# dicomtls demo: three meetings, each ending as announced.
. "${srcdir-.}/tests/tools/common.sh"

plan 8
expect "the demo ends as announced" exits 0 demo
expect "the SCP refuses with 26" \
    says out "VERIFY scp depth 0 failed 26 L_X509_V_ERR_INVALID_PURPOSE"
expect "the SCU sees alert 43" says out "alert 43 unsupported_certificate"
expect "the certificate string is shown" \
    says out "Subject Name: CN = Test Client, C = US, ST = Nebraska"
expect "two links come up, seen from both ends" \
    count 4 out "OK: association and C-ECHO succeeded"
expect "there is no colour in a file" count 0 out "$(printf '\033')"
expect "it tells what to try next" says out "dicomtls verify"
expect "operands are wrong usage" exits 2 demo now
