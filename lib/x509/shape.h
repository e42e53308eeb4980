/*
 * Structure of ASN.1 values as tables.
 *
 * OpenSSL decodes an extension from a template and calls the certificate
 * invalid where that fails. The tables here are those templates; one small
 * interpreter says whether a value fits. It reads nothing into structures:
 * what the engine needs it takes from the spans afterwards.
 */
#ifndef DICOMTLS_X509_SHAPE_H
#define DICOMTLS_X509_SHAPE_H

#include "base/span.h"

enum dt_shape_kind {
	DT_SHAPE_ANY,	    /* anything that fits its tag */
	DT_SHAPE_ATTRIBUTE, /* value of an attribute in a Name */
	DT_SHAPE_BOOLEAN,
	DT_SHAPE_INTEGER,
	DT_SHAPE_BIT_STRING,
	DT_SHAPE_OID,
	DT_SHAPE_NULL,
	DT_SHAPE_NAME,	 /* a Name element, explicitly tagged or not */
	DT_SHAPE_FIELDS, /* parts in order, as in SEQUENCE */
	DT_SHAPE_LIST,	 /* any number of parts[0] */
	DT_SHAPE_CHOICE	 /* one of parts; has no tag of its own */
};

struct dt_shape {
	uint8_t tag; /* identifier octet, 0: any (DT_SHAPE_ANY, CHOICE) */
	enum dt_shape_kind kind;
	bool optional;
	const struct dt_shape *parts; /* ends with kind ANY and tag 0xff */
};

#define DT_SHAPE_END                                                           \
	{                                                                      \
		.tag = 0xff                                                    \
	}

/* True if the front of der fits; what follows the first element is not looked
 * at, as in OpenSSL. element receives it (may be NULL). */
bool dt_shape_fits(
    const struct dt_shape *shape, struct dt_span der, struct dt_span *element);

/* The same, but strings may be in pieces: what OpenSSL reads and we do not. */
bool dt_shape_fits_in_pieces(const struct dt_shape *shape, struct dt_span der);

/* Shapes of the extensions that OpenSSL decodes when it caches a
 * certificate's extensions or reads a CRL. */
extern const struct dt_shape dt_shape_basic_constraints, dt_shape_bit_string,
    dt_shape_oids, dt_shape_octet_string, dt_shape_authority_key_id,
    dt_shape_general_names, dt_shape_name_constraints,
    dt_shape_distribution_points, dt_shape_proxy_cert_info,
    dt_shape_ip_addr_blocks, dt_shape_as_ids, dt_shape_integer,
    dt_shape_enumerated, dt_shape_issuing_point;

/* OpenSSL's X509_CERT_AUX, which may follow a certificate. */
extern const struct dt_shape dt_shape_cert_aux;

/* Shapes of the policy extensions, decoded when policies are checked. What a
 * qualifier holds depends on its OID: dt_shape_policies takes any value. */
extern const struct dt_shape dt_shape_policies, dt_shape_cps_uri,
    dt_shape_user_notice, dt_shape_policy_mappings, dt_shape_policy_constraints;

#endif
