/*
 * The extensions of a minted certificate (RFC 5280 4.2.1); see
 * mint_extensions.h. Whatever has no field of its own in the spec goes through
 * its list of raw extensions, which comes last and may repeat any of them.
 */
#include "tools/mint_extensions.h"

#include "base/der.h"
#include "tools/der_writer.h"

#include "dicomtls.h"

#include <arpa/inet.h>

/* Starts an extension; what follows is written into extnValue. */
struct open_extension {
	size_t whole;
	size_t value;
};

static struct open_extension
begin(struct dt_buffer *out, const char *oid, bool critical)
{
	struct open_extension open;

	open.whole = der_begin(out);
	der_put_oid(out, oid);
	if (critical)
		der_put_bool(out, true);
	open.value = der_begin(out);
	return open;
}

static void
end(struct dt_buffer *out, struct open_extension open)
{
	der_end(out, open.value, DT_DER_OCTET_STRING);
	der_end(out, open.whole, DT_DER_SEQUENCE);
}

static void
put_constraints(const struct mint_spec *spec, struct dt_buffer *out)
{
	struct open_extension open;
	size_t content;

	if (spec->constraints == MINT_NO_CONSTRAINTS)
		return;
	open = begin(out, "2.5.29.19", !spec->constraints_not_critical);
	content = der_begin(out);
	if (spec->constraints == MINT_CA)
		der_put_bool(out, true);
	if (spec->has_path_length)
		der_put_unsigned(out, spec->path_length);
	der_end(out, content, DT_DER_SEQUENCE);
	end(out, open);
}

/* A named-bit list loses its trailing zero bits (X.690 11.2.2); its first bit
 * is the highest of the octet. */
static void
put_key_usage(const struct mint_spec *spec, struct dt_buffer *out)
{
	struct open_extension open;
	uint8_t content[2] = { 7, 0 };

	if (spec->key_usage == 0)
		return;
	for (unsigned bit = 0; bit < 8; bit++) {
		if ((spec->key_usage & 1u << bit) == 0)
			continue;
		content[0] = (uint8_t)(7 - bit);
		content[1] |= (uint8_t)(0x80 >> bit);
	}
	open = begin(out, "2.5.29.15", true);
	der_put(out, DT_DER_BIT_STRING, dt_span(content, sizeof(content)));
	end(out, open);
}

static const char *
purpose_oid(const char *name)
{
	static const char *const purposes[][2] = {
		{ "serverAuth", "1.3.6.1.5.5.7.3.1" },
		{ "clientAuth", "1.3.6.1.5.5.7.3.2" },
		{ "codeSigning", "1.3.6.1.5.5.7.3.3" },
		{ "emailProtection", "1.3.6.1.5.5.7.3.4" },
		{ "timeStamping", "1.3.6.1.5.5.7.3.8" },
		{ "OCSPSigning", "1.3.6.1.5.5.7.3.9" },
		{ "anyExtendedKeyUsage", "2.5.29.37.0" },
	};

	for (size_t i = 0; i < sizeof(purposes) / sizeof(purposes[0]); i++)
		if (strcmp(purposes[i][0], name) == 0)
			return purposes[i][1];
	return name;
}

static void
put_purposes(const struct mint_spec *spec, struct dt_buffer *out)
{
	struct open_extension open;
	size_t content;

	if (spec->purposes[0] == NULL)
		return;
	open = begin(out, "2.5.29.37", spec->purposes_critical);
	content = der_begin(out);
	for (size_t i = 0; i < MINT_MAX && spec->purposes[i] != NULL; i++)
		der_put_oid(out, purpose_oid(spec->purposes[i]));
	der_end(out, content, DT_DER_SEQUENCE);
	end(out, open);
}

static void
put_name(const struct mint_name *name, struct dt_buffer *out)
{
	uint8_t tag = (uint8_t)(DT_DER_CONTEXT | (unsigned)name->type);
	uint8_t address[16];

	if (name->type != MINT_IP)
		der_put_text(out, tag, name->value);
	else if (inet_pton(AF_INET, name->value, address) == 1)
		der_put(out, tag, dt_span(address, 4));
	else if (inet_pton(AF_INET6, name->value, address) == 1)
		der_put(out, tag, dt_span(address, 16));
	else
		out->failed = true;
}

static void
put_names(const struct mint_spec *spec, struct dt_buffer *out)
{
	struct open_extension open;
	size_t content;

	if (spec->names[0].value == NULL)
		return;
	open = begin(out, "2.5.29.17", false);
	content = der_begin(out);
	for (size_t i = 0; i < MINT_MAX && spec->names[i].value != NULL; i++)
		put_name(&spec->names[i], out);
	der_end(out, content, DT_DER_SEQUENCE);
	end(out, open);
}

int
mint_put_authority_key_id(
    const struct mint_key *issuer_key, struct dt_buffer *out)
{
	struct open_extension open = begin(out, "2.5.29.35", false);
	size_t content = der_begin(out);
	size_t id = der_begin(out);
	int rc = mint_key_id(issuer_key, out);

	der_end(out, id, DT_DER_CONTEXT);
	der_end(out, content, DT_DER_SEQUENCE);
	end(out, open);
	return rc;
}

static int
put_key_ids(const struct mint_spec *spec, const struct mint_key *key,
    const struct mint_key *issuer_key, struct dt_buffer *out)
{
	int rc = 0;

	if (!spec->no_subject_key_id) {
		struct open_extension open = begin(out, "2.5.29.14", false);
		size_t id = der_begin(out);

		rc = mint_key_id(key, out);
		der_end(out, id, DT_DER_OCTET_STRING);
		end(out, open);
	}
	if (rc < 0 || spec->no_authority_key_id || issuer_key == NULL)
		return rc;
	return mint_put_authority_key_id(issuer_key, out);
}

void
mint_put_number(
    const char *oid, bool critical, unsigned value, struct dt_buffer *out)
{
	struct open_extension open = begin(out, oid, critical);

	der_put_unsigned(out, value);
	end(out, open);
}

void
mint_put_extensions(
    const struct mint_extension *extensions, struct dt_buffer *out)
{
	for (size_t i = 0; i < MINT_MAX && extensions[i].oid != NULL; i++) {
		const struct mint_extension *raw = &extensions[i];
		struct open_extension open =
		    begin(out, raw->oid, raw->critical);

		dt_buffer_append(out, raw->der.data, raw->der.size);
		end(out, open);
	}
}

int
mint_extensions(const struct mint_spec *spec, const struct mint_key *key,
    const struct mint_key *issuer_key, struct dt_buffer *out)
{
	size_t whole = der_begin(out);
	size_t list = der_begin(out);
	int rc;

	put_constraints(spec, out);
	put_key_usage(spec, out);
	put_purposes(spec, out);
	put_names(spec, out);
	rc = put_key_ids(spec, key, issuer_key, out);
	mint_put_extensions(spec->extensions, out);
	if (rc < 0 || dt_buffer_size(out) == whole)
		return rc;
	der_end(out, list, DT_DER_SEQUENCE);
	der_end(out, whole, DT_DER_CONTEXT_CONSTRUCTED | 3);
	return dt_buffer_failed(out) ? DICOMTLS_E_INVALID : 0;
}
