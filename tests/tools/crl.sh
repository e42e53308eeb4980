#!/bin/sh
# Revocation in verify, echo and listen: what is revoked, what is missing,
# what is wrong with a CRL, and what is said about it.
. "${srcdir-.}/tests/tools/common.sh"

# judge STATUS ARGUMENTS...: verify, as a client.
judge() {
	wanted=$1
	shift
	exits "$wanted" verify --ca-file ca.pem --purpose sslclient "$@"
}

# refused NUMBER_AND_NAME ARGUMENTS...
refused() {
	error=$1
	shift
	judge 1 "$@" && says out "refused, $error" && says out "to mend it, "
}

list="--crl-check --crl-file"

plan 33
# shellcheck disable=SC2086 # words
{
	expect "a certificate that is not on the list is accepted" \
	    judge 0 $list ca.crl good.pem
	expect "the revoked one is refused" \
	    refused "23 CERT_REVOKED" $list ca.crl revoked.pem
	expect "and it is said what to do" says out "replace the certificate"
	expect "a list in DER is read" \
	    refused "23 CERT_REVOKED" $list ca-der.crl revoked.pem
	expect "without --crl-check nobody looks" judge 0 revoked.pem
	expect "an override accepts it" judge 0 --accept-anyway $list ca.crl \
	    revoked.pem
	expect "and says so" says out "ok after an override, 23 CERT_REVOKED"
	expect "no list is a failure" \
	    refused "3 UNABLE_TO_GET_CRL" --crl-check good.pem
	expect "and --crl-file is suggested" says out -- "--crl-file"
	expect "a list of another CA is none" \
	    refused "3 UNABLE_TO_GET_CRL" $list inner.crl good.pem
	expect "a list that was altered" \
	    refused "8 CRL_SIGNATURE_FAILURE" $list damaged.crl good.pem
	expect "a list that has expired" \
	    refused "12 CRL_HAS_EXPIRED" $list old.crl good.pem
	expect "in its time it had not, though the certificate was not valid" \
	    eval 'refused "9 CERT_NOT_YET_VALID" \
	    --at-time 20200115000000Z $list old.crl good.pem &&
	    count 0 out CRL_HAS_EXPIRED'
	expect "a list from the future" \
	    refused "11 CRL_NOT_YET_VALID" $list early.crl good.pem
	expect "a list for CA certificates only" \
	    refused "44 DIFFERENT_CRL_SCOPE" $list cas.crl good.pem
	expect "of several lists the good one is taken" \
	    judge 0 $list old.crl --crl-file ca.crl good.pem

	expect "--crl-check asks about the leaf only" \
	    judge 0 $list inner.crl below.pem
	expect "--crl-check-all about all, and needs no --crl-check" \
	    refused "3 UNABLE_TO_GET_CRL" --crl-check-all --crl-file \
	    inner.crl below.pem
	expect "it accepts where each has its list" \
	    judge 0 --crl-check-all --crl-file inner.crl --crl-file ca.crl \
	    below.pem
	expect "a revoked CA is found, at its depth" \
	    eval 'refused "23 CERT_REVOKED" --crl-check-all --crl-file \
	    inner.crl --crl-file inner-revoked.crl below.pem &&
	    says out "at depth 1, CN = Inner CA"'
	expect "extended support takes the same lists" \
	    eval 'judge 0 --crl-extended $list ca.crl good.pem &&
	    refused "23 CERT_REVOKED" --crl-extended $list ca.crl revoked.pem'

	expect "a list signed by somebody nobody knows is refused" \
	    eval 'refused "54 CRL_PATH_VALIDATION_ERROR" --crl-extended \
	    $list signer.crl --untrusted signer.pem good.pem &&
	    says out "look at the events before this one"'
	expect "after the events about who signed it" \
	    says out "failed 20 L_X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY"

	expect "JSON tells number, name and advice" \
	    eval 'judge 1 --json $list ca.crl revoked.pem && is_json out &&
	    says out "\"error\":23,\"l_error\":23,\"name\":\"CERT_REVOKED\"" &&
	    says out "\"advice\":\"replace"'

	for option in "--crl-file ca.crl" --crl-extended --crl-deltas; do
		expect "$option without a check is wrong usage" \
		    eval "judge 2 $option good.pem && says err -- --crl-check"
	done
	expect "a missing list is named" \
	    eval 'judge 3 $list absent.crl good.pem && says err absent.crl'
	expect "a file without a list is named" \
	    eval 'judge 3 $list good.pem good.pem && says err good.pem'

	serve --once $list ca.crl
	expect "listen refuses a revoked client with alert 44" \
	    eval 'exits 1 echo 127.0.0.1 "$port" --ca-file ca.pem \
	    --cert revoked.pem --key revoked.key &&
	    says out "alert 44 certificate_revoked"'
	expect "and says why" \
	    eval 'served 1 && says served "23 CERT_REVOKED" &&
	    says served "replace the certificate"'

	serve --once --tls-max 1.2
	expect "echo refuses a revoked server" \
	    eval 'exits 1 echo 127.0.0.1 "$port" --ca-file ca.pem \
	    --cert good.pem --key good.key $list server.crl &&
	    says out "23 CERT_REVOKED"'
	served 1 >/dev/null
	expect "a list that cannot be read ends listen at once" \
	    eval 'exits 3 listen --port 0 --ca-file ca.pem --cert server.pem \
	    --key server.key $list absent.crl && says err absent.crl'
}
