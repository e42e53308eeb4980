/*
 * Choice of the CRL that judges a certificate (RFC 5280 6.3.3 (a) to (d),
 * OpenSSL's get_crl_delta). Pure in path, params, time and the CRLs at hand;
 * nothing is reported and no signature tried.
 */
#ifndef DICOMTLS_VERIFY_CRL_SELECT_H
#define DICOMTLS_VERIFY_CRL_SELECT_H

#include "verify/verify.h"

/* What speaks for a CRL. The sum orders the candidates, so the values matter:
 * a CRL in scope beats one that is current, and so on down. */
enum {
	DT_CRL_SCORE_NO_CRITICAL = 0x100, /* no unhandled critical extension */
	DT_CRL_SCORE_SCOPE = 0x080,	  /* covers the certificate */
	DT_CRL_SCORE_TIME = 0x040,	  /* current */
	DT_CRL_SCORE_ISSUER_NAME = 0x020, /* the certificate's issuer made it */
	DT_CRL_SCORE_ISSUER_CERT = 0x010, /* with the very key */
	DT_CRL_SCORE_SAME_PATH = 0x008,	  /* its issuer is on the path */
	DT_CRL_SCORE_AKID = 0x004,	  /* its issuer is known */
	DT_CRL_SCORE_TIME_DELTA = 0x002,  /* there is a current delta CRL */

	/* With this the search ends before it comes to the store. */
	DT_CRL_SCORE_GOOD =
	    DT_CRL_SCORE_NO_CRITICAL | DT_CRL_SCORE_SCOPE | DT_CRL_SCORE_TIME
};

/* The choice, and what the next search for the same certificate starts from.
 * Begins as zero. */
struct dt_crl_choice {
	const struct dt_crl *crl;
	const struct dt_crl *delta; /* NULL: none */
	struct dt_cert *issuer;	    /* who signed both */
	unsigned score;		    /* of crl */
	unsigned reasons;	    /* covered so far, DT_ALL_REASONS at most */
};

/* Looks for a CRL for the certificate of the path at depth that covers a
 * reason not yet in choice. False, and choice as it was, if there is none. */
bool dt_crl_select(
    const struct dt_verify *v, size_t depth, struct dt_crl_choice *choice);

#endif
