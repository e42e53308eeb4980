/* Certificates taken apart and put together; see bounds_remake.h. */
#include "deep/bounds_remake.h"

#include "base/der.h"
#include "tools/der_writer.h"
#include "tools/mint_fields.h"

void
bounds_fill(struct dt_buffer *out, uint8_t octet, size_t count)
{
	uint8_t *at = dt_buffer_reserve(out, count);

	if (at == NULL)
		return;
	memset(at, octet, count);
	dt_buffer_commit(out, count);
}

void
bounds_put_number(struct dt_buffer *out, size_t octets)
{
	size_t begin = der_begin(out);

	bounds_fill(out, 0x5b, octets);
	der_end(out, begin, DT_DER_INTEGER);
}

/* The elements of the signed part, but for the one that is replaced. */
static bool
copy_fields(struct dt_span fields, unsigned field,
    const struct dt_buffer *element, struct dt_buffer *out)
{
	size_t begin = der_begin(out);
	struct dt_der next;

	for (unsigned i = 0; fields.size > 0; i++) {
		if (!dt_der_next(&fields, &next))
			return false;
		if (i == field)
			dt_buffer_append(
			    out, element->data, dt_buffer_size(element));
		else
			dt_buffer_append(out, next.whole.data, next.whole.size);
	}
	der_end(out, begin, DT_DER_SEQUENCE);
	return !dt_buffer_failed(out) && !dt_buffer_failed(element);
}

bool
bounds_replace(struct dt_buffer *der, unsigned field,
    const struct dt_buffer *element, const struct mint_spec *issuer)
{
	struct dt_span from = dt_buffer_span(der);
	struct dt_buffer tbs = { 0 }, out = { 0 };
	struct dt_der whole, fields;
	bool ok = dt_der_take(&from, DT_DER_SEQUENCE, &whole) &&
		  dt_der_take(&whole.content, DT_DER_SEQUENCE, &fields) &&
		  copy_fields(fields.content, field, element, &tbs) &&
		  mint_put_signed(&tbs, mint_own_key(issuer), issuer->digest,
		      false, &out) == 0;

	dt_buffer_clear(&tbs);
	dt_buffer_clear(der);
	*der = out;
	return ok;
}

bool
bounds_forge(
    struct dt_buffer *der, const char *algorithm, struct dt_span signature)
{
	struct dt_span from = dt_buffer_span(der);
	struct dt_buffer out = { 0 }, name = { 0 };
	struct dt_der whole, tbs, old;
	size_t begin = der_begin(&out), named = der_begin(&name);
	bool ok = dt_der_take(&from, DT_DER_SEQUENCE, &whole) &&
		  dt_der_take(&whole.content, DT_DER_SEQUENCE, &tbs) &&
		  dt_der_take(&whole.content, DT_DER_SEQUENCE, &old);

	if (algorithm != NULL)
		der_put_oid(&name, algorithm);
	else if (ok)
		dt_buffer_append(&name, old.content.data, old.content.size);
	der_end(&name, named, DT_DER_SEQUENCE);
	ok = ok && copy_fields(tbs.content, FIELD_ALGORITHM, &name, &out);
	dt_buffer_append(&out, name.data, dt_buffer_size(&name));
	der_put_bits(&out, signature);
	der_end(&out, begin, DT_DER_SEQUENCE);
	dt_buffer_clear(&name);
	dt_buffer_clear(der);
	*der = out;
	return ok && !dt_buffer_failed(der);
}

bool
bounds_send_extended(struct bounds_input *input, const char *oid,
    const struct dt_buffer *value, const struct mint_dir *dir)
{
	return !dt_buffer_failed(value) &&
	       bench_send_extended(&input->bench, oid, value, &bench_ca) &&
	       bench_trust(&input->bench, dir, &bench_root);
}

bool
bounds_make_bench(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	return bench_input_make(&input->bench, row->kind, size, dir);
}
