/* Name constraints from DER to an array; see subtree.h. The shape has been
 * checked, so that the walk here cannot fail. */
#include "x509/subtree.h"

#include "x509/name.h"
#include "x509/punycode.h"

#include "dicomtls.h"

/* RFC 5280 wants minimum 0 and no maximum. An explicit zero is let pass, as
 * OpenSSL's nc_minmax_valid does. */
static bool
is_bounded(struct dt_span limits)
{
	struct dt_der minimum;

	if (dt_der_take(&limits, DT_DER_CONTEXT, &minimum) &&
	    (minimum.content.size != 1 || minimum.content.data[0] != 0))
		return true;
	return limits.size > 0;
}

static bool
take_subtree(struct dt_span *list, struct dt_subtree *subtree)
{
	struct dt_der item;

	if (!dt_der_next(list, &item) ||
	    !dt_general_name_next(&item.content, &subtree->base))
		return false;
	subtree->bounded = is_bounded(item.content);
	return true;
}

static size_t
count(struct dt_span list)
{
	struct dt_subtree subtree;
	size_t n = 0;

	while (take_subtree(&list, &subtree))
		n++;
	return n;
}

/* A dot in front takes one from the reference's room: it puts a second there.
 */
struct dt_span
dt_subtree_unicode(struct dt_span base, uint8_t text[DT_MAX_DOMAIN])
{
	size_t dot = base.size > 0 && base.data[0] == '.' ? 1 : 0;
	size_t size;

	return dt_punycode_domain(base, text, DT_MAX_DOMAIN - dot, &size)
		   ? dt_span(text, size)
		   : dt_span(NULL, 0);
}

static int
decode_domain(struct dt_arena *arena, struct dt_subtree *subtree)
{
	uint8_t text[DT_MAX_DOMAIN];
	struct dt_span decoded = dt_subtree_unicode(subtree->base.value, text);
	uint8_t *kept;

	if (!dt_span_is_set(decoded))
		return 0;
	kept = dt_arena_octets(arena, decoded.size);
	if (kept == NULL)
		return DICOMTLS_E_NOMEM;
	memcpy(kept, decoded.data, decoded.size);
	subtree->unicode = dt_span(kept, decoded.size);
	return 0;
}

static int
canonicalize(struct dt_arena *arena, struct dt_subtree *subtree)
{
	struct dt_name name;
	int rc;

	if (subtree->base.type == DT_GN_EMAIL)
		return decode_domain(arena, subtree);
	if (subtree->base.type != DT_GN_DIRECTORY)
		return 0;
	rc = dt_name_take(arena, &name, subtree->base.value);
	if (rc == 0)
		subtree->base.value = name.canonical;
	return rc;
}

int
dt_subtrees_parse(struct dt_arena *arena, struct dt_subtrees *subtrees,
    struct dt_span content)
{
	struct dt_der permitted = { 0 }, excluded = { 0 };
	struct dt_subtrees made;
	size_t n;
	int rc = 0;

	(void)dt_der_take_list(
	    &content, DT_DER_CONTEXT_CONSTRUCTED, &permitted);
	(void)dt_der_take_list(
	    &content, DT_DER_CONTEXT_CONSTRUCTED | 1, &excluded);
	made.permitted = count(permitted.content);
	made.excluded = count(excluded.content);
	n = made.permitted + made.excluded;
	made.items = dt_arena_array(arena, n, sizeof(*made.items));
	if (made.items == NULL)
		return DICOMTLS_E_NOMEM;
	for (size_t i = 0; i < n && rc == 0; i++) {
		if (!take_subtree(&permitted.content, &made.items[i]))
			(void)take_subtree(&excluded.content, &made.items[i]);
		rc = canonicalize(arena, &made.items[i]);
	}
	if (rc == 0)
		*subtrees = made;
	return rc;
}
