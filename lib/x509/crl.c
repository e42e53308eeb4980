/*
 * Certificate revocation list (RFC 5280 5.1) from DER to spans, and its life.
 * Which fields are checked while parsing follows OpenSSL's templates; what the
 * extensions mean is decoded in crl_extension.c.
 */
#include "x509/crl.h"

#include "base/der.h"
#include "base/limits.h"
#include "x509/crl_entries.h"
#include "x509/crl_extension.h"
#include "x509/field.h"

#include "dicomtls.h"

#include <stdlib.h>

/* State of one parse: what is left of the element being read. */
struct parser {
	struct dt_crl *crl;
	struct dt_span in;
	struct dt_message *message;
};

static int
malformed(struct parser *p, const char *field)
{
	dt_message_set(p->message, "CRL: %s is malformed", field);
	return DICOMTLS_E_FORMAT;
}

/* The number is not looked at: OpenSSL reads entries and extensions of a CRL
 * that calls itself v1. */
static bool
take_version(struct parser *p)
{
	struct dt_der number;

	return !dt_der_peek(p->in, DT_DER_INTEGER) ||
	       (dt_der_take(&p->in, DT_DER_INTEGER, &number) &&
		   dt_der_is_integer(number.content));
}

static int
take_issuer(struct parser *p)
{
	struct dt_crl *crl = p->crl;
	struct dt_der name;
	int rc;

	if (!dt_der_take_list(&p->in, DT_DER_SEQUENCE, &name))
		return malformed(p, "issuer");
	rc = dt_name_take(&crl->arena, &crl->issuer, name.whole);
	return rc == DICOMTLS_E_FORMAT ? malformed(p, "issuer") : rc;
}

static bool
take_times(struct parser *p)
{
	struct dt_crl *crl = p->crl;

	if (!dt_field_time(&p->in, &crl->this_update))
		return false;
	crl->has_next_update = dt_der_peek(p->in, DT_DER_UTC_TIME) ||
			       dt_der_peek(p->in, DT_DER_GENERALIZED_TIME);
	return !crl->has_next_update ||
	       dt_field_time(&p->in, &crl->next_update);
}

static int
read_entry(struct dt_crl_decoder *decoder, struct dt_span *list,
    struct dt_crl_draft *draft)
{
	struct dt_crl_item item;
	bool removed;
	int rc;

	decoder->place = (uint32_t)(list->data - decoder->crl->der.data);
	if (!dt_crl_take_item(list, &item))
		return DICOMTLS_E_FORMAT;
	rc = dt_crl_decode_entry(decoder, item.extensions, &removed);
	return rc < 0
		   ? rc
		   : dt_crl_draft_add(draft, item.serial,
			 decoder->place | (removed ? DT_CRL_PLACE_REMOVED : 0));
}

static int
read_entries(struct dt_crl *crl)
{
	struct dt_crl_decoder decoder = { .crl = crl };
	struct dt_crl_draft draft = { 0 };
	struct dt_span list = crl->revoked;
	int rc = 0;

	while (rc == 0 && list.size > 0)
		rc = read_entry(&decoder, &list, &draft);
	crl->entry_count = draft.count;
	if (rc == 0 && draft.count > 0)
		rc = dt_crl_draft_finish(&draft, &crl->index);
	dt_crl_draft_clear(&draft);
	return rc;
}

static int
take_entries(struct parser *p)
{
	struct dt_der list;
	int rc;

	if (!dt_der_take_list(&p->in, DT_DER_SEQUENCE, &list))
		return 0;
	p->crl->revoked = list.content;
	rc = read_entries(p->crl);
	return rc == DICOMTLS_E_FORMAT ? malformed(p, "a revoked entry") : rc;
}

static int
take_extensions(struct parser *p)
{
	struct dt_crl *crl = p->crl;
	struct dt_der outer, list;
	int rc;

	if (!dt_der_peek(p->in, DT_DER_CONTEXT_CONSTRUCTED))
		return 0;
	if (!dt_der_take(&p->in, DT_DER_CONTEXT_CONSTRUCTED, &outer) ||
	    !dt_der_take_list(&outer.content, DT_DER_SEQUENCE, &list) ||
	    outer.content.size > 0)
		return malformed(p, "extensions");
	rc = dt_field_extensions(
	    &crl->arena, list.content, &crl->extensions, &crl->extension_count);
	return rc == DICOMTLS_E_FORMAT ? malformed(p, "extensions") : rc;
}

static int
parse_tbs(struct parser *p)
{
	int rc;

	if (!take_version(p))
		return malformed(p, "version");
	if (!dt_field_algorithm(&p->in, &p->crl->signature_algorithm_tbs))
		return malformed(p, "signature algorithm");
	rc = take_issuer(p);
	if (rc < 0)
		return rc;
	if (!take_times(p))
		return malformed(p, "time of an update");
	rc = take_entries(p);
	if (rc == 0)
		rc = take_extensions(p);
	if (rc < 0)
		return rc;
	return p->in.size == 0 ? 0 : malformed(p, "end of the signed part");
}

static int
parse(struct dt_crl *crl, struct dt_span der, struct dt_message *message)
{
	struct parser outer = { crl, der, message };
	struct parser tbs = outer;
	struct dt_der whole, part;
	int rc;

	if (!dt_der_take(&outer.in, DT_DER_SEQUENCE, &whole))
		return malformed(&outer, "frame");
	crl->der = whole.whole;
	outer.in = whole.content;
	if (!dt_der_take(&outer.in, DT_DER_SEQUENCE, &part))
		return malformed(&outer, "signed part");
	crl->tbs = part.whole;
	tbs.in = part.content;
	rc = parse_tbs(&tbs);
	if (rc < 0)
		return rc;
	if (!dt_field_algorithm(&outer.in, &crl->signature_algorithm) ||
	    !dt_field_bit_string(&outer.in, DT_DER_BIT_STRING, &crl->signature,
		&crl->signature_unused_bits) ||
	    outer.in.size > 0)
		return malformed(&outer, "signature");
	rc = dt_crl_decode_extensions(crl);
	return rc == DICOMTLS_E_FORMAT ? malformed(&tbs, "an extension") : rc;
}

static int
check_size(size_t size, struct dt_message *message)
{
	if (size <= DT_MAX_FILE_SIZE)
		return 0;
	dt_message_set(message, "CRL: larger than %u bytes", DT_MAX_FILE_SIZE);
	return DICOMTLS_E_LIMIT;
}

/* The spans point into der, which must outlive the CRL. */
static int
new_crl(struct dt_crl **crl, struct dt_span der, size_t *consumed,
    struct dt_message *message)
{
	struct dt_crl *c = calloc(1, sizeof(*c));
	int rc;

	if (c == NULL)
		return DICOMTLS_E_NOMEM;
	c->refs = 1;
	rc = parse(c, der, message);
	if (rc == 0 && consumed == NULL && c->der.size != der.size) {
		dt_message_set(message, "CRL: data follows its end");
		rc = DICOMTLS_E_FORMAT;
	}
	if (rc < 0) {
		dt_crl_free(c);
		return rc;
	}
	if (consumed != NULL)
		*consumed = c->der.size;
	*crl = c;
	return 0;
}

int
dt_crl_parse(struct dt_crl **crl, struct dt_span der, size_t *consumed,
    struct dt_message *message)
{
	uint8_t *bytes;
	int rc = check_size(der.size, message);

	if (rc < 0)
		return rc;
	bytes = malloc(der.size + 1);
	if (bytes == NULL)
		return DICOMTLS_E_NOMEM;
	if (der.size > 0)
		memcpy(bytes, der.data, der.size);
	rc = new_crl(crl, dt_span(bytes, der.size), consumed, message);
	if (rc == 0)
		(*crl)->bytes = bytes;
	else
		free(bytes);
	return rc;
}

int
dt_crl_adopt(
    struct dt_crl **crl, struct dt_buffer *der, struct dt_message *message)
{
	int rc = check_size(dt_buffer_size(der), message);

	dt_buffer_trim(der);
	if (rc == 0)
		rc = new_crl(crl, dt_buffer_span(der), NULL, message);
	if (rc == 0)
		(*crl)->bytes = dt_buffer_take(der);
	return rc;
}

struct dt_crl *
dt_crl_ref(struct dt_crl *crl)
{
	__atomic_add_fetch(&crl->refs, 1, __ATOMIC_RELAXED);
	return crl;
}

void
dt_crl_free(struct dt_crl *crl)
{
	if (crl == NULL ||
	    __atomic_sub_fetch(&crl->refs, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	dt_array_clear(&crl->issuers);
	free(crl->proof);
	free(crl->index.ends);
	dt_arena_clear(&crl->arena);
	free(crl->bytes);
	free(crl);
}

bool
dt_crl_equal(const struct dt_crl *a, const struct dt_crl *b)
{
	return dt_span_equal(a->der, b->der);
}
