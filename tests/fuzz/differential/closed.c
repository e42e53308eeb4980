/*
 * Closed classes. A case that we accept and the reference does not is in none.
 */
#include "closed.h"

#include "base/der.h"
#include "x509/cert.h"

struct evidence {
	const struct case_data *data;
	struct dt_span our_line; /* the first that differs */
	struct dt_span their_line;
};

static bool
contains(struct dt_span text, const char *part, size_t size)
{
	return text.size >= size && memmem(text.data, text.size, part, size);
}

static bool
line_has(struct dt_span line, const char *part)
{
	return contains(line, part, strlen(part));
}

static bool
case_has(const struct case_data *data, const char *part, size_t size)
{
	for (size_t i = 0; i < data->object_count; i++) {
		if (contains(data->objects[i].der, part, size))
			return true;
	}
	return false;
}

#define CASE_HAS(data, part) case_has(data, part, sizeof(part) - 1)

/* We cannot verify the signature: 7 where the reference goes on. */
static bool
signature_refused(const struct evidence *e)
{
	return line_has(e->our_line, "ok=0 error=7") ||
	       line_has(e->our_line, "ok=0 error=8");
}

/* Keys on brainpool curves (RFC 5639) and secp256k1. */
static bool
is_foreign_curve(const struct evidence *e)
{
	return signature_refused(e) &&
	       (CASE_HAS(e->data, "\x2b\x24\x03\x03\x02\x08\x01\x01") ||
		   CASE_HAS(e->data, "\x06\x05\x2b\x81\x04\x00\x0a"));
}

/* A named curve or field of characteristic two (ANSI X9.62, SEC 2): the key
 * cannot be decoded, which has many consequences. */
static bool
is_binary_curve(const struct evidence *e)
{
	static const uint8_t sect[] = { 1, 2, 3, 4, 5, 15, 16, 17, 22, 23, 24,
		25, 26, 27, 36, 37, 38, 39 };
	char oid[] = "\x06\x05\x2b\x81\x04\x00?";
	if (CASE_HAS(e->data, "\x2a\x86\x48\xce\x3d\x03\x00") ||
	    CASE_HAS(e->data, "\x2a\x86\x48\xce\x3d\x01\x02"))
		return true;
	for (size_t i = 0; i < sizeof(sect); i++) {
		oid[6] = (char)sect[i];
		if (case_has(e->data, oid, 7))
			return true;
	}
	return false;
}

/* SM2, and P-224 with a compressed point. */
static bool
is_unverified_key(const struct evidence *e)
{
	return signature_refused(e) &&
	       (CASE_HAS(e->data, "\x2a\x81\x1c\xcf\x55\x01\x82\x2d") ||
		   CASE_HAS(e->data, "\x2b\x81\x04\x00\x21\x03\x1e\x00\x02") ||
		   CASE_HAS(e->data, "\x2b\x81\x04\x00\x21\x03\x1e\x00\x03"));
}

enum { MAX_NESTING = 40 };

/* X.690 8.7.3, 8.21: a string in pieces. Under a context tag, which of the
 * members of a GeneralName it is tells. */
static bool
is_in_pieces(const struct dt_der *element)
{
	/* BOOLEAN, INTEGER, NULL, OID, ENUMERATED, SEQUENCE, SET; OpenSSL
	 * treats any other universal type as a string. */
	static const uint32_t others = 1u << 1 | 1u << 2 | 1u << 5 | 1u << 6 |
				       1u << 10 | 1u << 16 | 1u << 17;
	uint8_t tag = element->tag;
	if ((tag & 0xe0) == 0x20)
		return (others >> (tag & 0x1f) & 1) == 0;
	return tag == 0xa6 || tag == 0xa7 ||
	       ((tag == 0xa1 || tag == 0xa2) && element->content.size == 0);
}

/* An OCTET STRING may hold an extension. */
static bool
has_pieces(struct dt_span in, int nesting)
{
	struct dt_der element;
	while (nesting < MAX_NESTING && dt_der_next(&in, &element)) {
		bool holds = (element.tag & 0x20) != 0 ||
			     element.tag == DT_DER_OCTET_STRING;
		if (is_in_pieces(&element) ||
		    (holds && has_pieces(element.content, nesting + 1)))
			return true;
	}
	return false;
}

/* Which context tags stand for strings depends on the extension; our parser
 * knows. */
static bool
is_refused_for_pieces(const struct case_object *object)
{
	struct dt_message why = { "" };
	struct dt_cert *cert;
	if (object->kind == CASE_X509_CRL ||
	    dt_cert_parse(&cert, object->der, NULL, &why) == 0)
		return false;
	return strstr(why.text, "in pieces") != NULL;
}

/* The unique identifiers of a certificate are BIT STRINGs under a context tag
 * (RFC 5280 4.1.2.8). */
static bool
has_unique_id_in_pieces(struct dt_span der)
{
	struct dt_der element;
	struct dt_span in = der;
	for (int i = 0; i < 2; i++) {
		if (!dt_der_next(&in, &element))
			return false;
		in = element.content;
	}
	while (dt_der_next(&in, &element))
		if (element.tag == 0xa1 || element.tag == 0xa2)
			return true;
	return false;
}

/* Such an object is a parse error here; in an extension, such a string makes
 * the certificate invalid: anything may follow. */
static bool
has_string_in_pieces(const struct evidence *e)
{
	for (size_t i = 0; i < e->data->object_count; i++) {
		const struct case_object *object = &e->data->objects[i];
		if (has_pieces(object->der, 0) ||
		    is_refused_for_pieces(object) ||
		    has_unique_id_in_pieces(object->der))
			return true;
	}
	return false;
}

static const struct {
	const char *name;
	bool (*matches)(const struct evidence *e);
} classes[] = {
	{ "keys on brainpool curves and secp256k1", is_foreign_curve },
	{ "keys on binary curves", is_binary_curve },
	{ "signatures by SM2 keys and compressed P-224 points",
	    is_unverified_key },
	{ "strings in constructed encoding", has_string_in_pieces },
};

const char *
closed_name(int index)
{
	return index >= 0 &&
		       (size_t)index < sizeof(classes) / sizeof(classes[0])
		   ? classes[index].name
		   : NULL;
}

static struct dt_span
line_at(struct dt_span text, size_t at)
{
	while (at > 0 && at <= text.size && text.data[at - 1] != '\n')
		at--;
	if (at >= text.size)
		return dt_span("", 0);
	const uint8_t *end = memchr(text.data + at, '\n', text.size - at);
	return dt_span(text.data + at,
	    end ? (size_t)(end - text.data) - at : text.size - at);
}

int
closed_find(const struct case_data *data, const struct trace *ours,
    const struct trace *theirs)
{
	struct dt_span a = trace_lines(ours);
	struct dt_span b = trace_lines(theirs);
	size_t same = 0;
	if (trace_accepts(ours) && !trace_accepts(theirs))
		return -1;
	while (same < a.size && same < b.size && a.data[same] == b.data[same])
		same++;
	const struct evidence evidence = { data, line_at(a, same),
		line_at(b, same) };
	for (int i = 0; closed_name(i); i++) {
		if (classes[i].matches(&evidence))
			return i;
	}
	return -1;
}
