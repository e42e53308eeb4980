/* Distribution points; see distribution_point.h. */
#include "x509/distribution_point.h"

#include "base/der.h"

static bool
decode_relative(struct dt_arena *arena, struct dt_point_name *point,
    struct dt_span set, const struct dt_name *base)
{
	point->kind = DT_POINT_BROKEN;
	if (!dt_name_extend(arena, &point->relative, base, set))
		return false;
	point->kind = DT_POINT_RELATIVE;
	return true;
}

bool
dt_point_name_decode(struct dt_arena *arena, struct dt_point_name *point,
    struct dt_span choice, const struct dt_name *base)
{
	struct dt_der names;

	if (!dt_der_next(&choice, &names))
		return false;
	if ((names.tag | 0x20) != DT_DER_CONTEXT_CONSTRUCTED)
		return decode_relative(arena, point, names.content, base);
	point->kind = DT_POINT_FULL;
	return dt_name_list_decode(arena, &point->full, names.content);
}

bool
dt_point_names_meet(
    const struct dt_point_name *asked, const struct dt_point_name *given)
{
	if (asked->kind == DT_POINT_NONE)
		return true;
	if (asked->kind == DT_POINT_BROKEN)
		return false;
	if (given->kind == DT_POINT_NONE)
		return true;
	if (given->kind == DT_POINT_BROKEN)
		return false;
	if (asked->kind == DT_POINT_FULL && given->kind == DT_POINT_FULL)
		return dt_name_list_meets(&asked->full, &given->full);
	if (asked->kind == DT_POINT_FULL)
		return dt_name_list_has(&asked->full, &given->relative);
	if (given->kind == DT_POINT_FULL)
		return dt_name_list_has(&given->full, &asked->relative);
	return dt_name_compare(&asked->relative, &given->relative) == 0;
}

/* Which name a relative one continues: the first directoryName of the CRL
 * issuer, else the certificate's issuer. */
static const struct dt_name *
relative_base(
    const struct dt_distribution_point *point, const struct dt_name *issuer)
{
	for (size_t i = 0; i < point->crl_issuer.count; i++)
		if (point->crl_issuer.items[i].general.type == DT_GN_DIRECTORY)
			return &point->crl_issuer.items[i].directory;
	return issuer;
}

/* The parts as they are encoded. */
struct parts {
	struct dt_der name, reasons, crl_issuer;
	bool has_name, has_reasons, has_crl_issuer;
};

static void
split(struct parts *parts, struct dt_span in)
{
	*parts = (struct parts){ 0 };
	parts->has_name =
	    dt_der_take(&in, DT_DER_CONTEXT_CONSTRUCTED, &parts->name);
	parts->has_reasons =
	    dt_der_take(&in, DT_DER_CONTEXT | 1, &parts->reasons);
	parts->has_crl_issuer = dt_der_take_list(
	    &in, DT_DER_CONTEXT_CONSTRUCTED | 2, &parts->crl_issuer);
}

static unsigned
decode_reasons(const struct parts *parts)
{
	return parts->has_reasons
		   ? dt_der_flags(parts->reasons.content) & DT_ALL_REASONS
		   : DT_ALL_REASONS;
}

/* RFC 5280 4.2.1.13: a point has a name or a CRL issuer. */
static bool
decode_point(struct dt_arena *arena, struct dt_distribution_point *point,
    const struct parts *parts, const struct dt_name *issuer)
{
	point->has_crl_issuer = parts->has_crl_issuer;
	if (parts->has_crl_issuer &&
	    !dt_name_list_decode(
		arena, &point->crl_issuer, parts->crl_issuer.content))
		return false;
	if (parts->has_name &&
	    !dt_point_name_decode(arena, &point->name, parts->name.content,
		relative_base(point, issuer)) &&
	    point->name.kind != DT_POINT_BROKEN)
		return false;
	return parts->has_name || point->crl_issuer.count > 0;
}

bool
dt_distribution_points_decode(struct dt_arena *arena,
    struct dt_distribution_points *points, struct dt_span content,
    const struct dt_name *issuer)
{
	struct dt_span rest = content;
	struct dt_der element;
	struct parts parts;
	bool good = true;
	size_t n = 0;

	while (dt_der_next(&rest, &element))
		n++;
	points->items = dt_arena_array(arena, n, sizeof(*points->items));
	if (points->items == NULL)
		return false;
	points->count = n;
	for (size_t i = 0; i < n; i++) {
		struct dt_distribution_point *point = &points->items[i];

		(void)dt_der_next(&content, &element);
		split(&parts, element.content);
		point->reasons = decode_reasons(&parts);
		good = decode_point(arena, point, &parts, issuer) && good;
		/* OpenSSL's setup_crldp stops at the first wrong one. */
		if (!good)
			point->reasons = 0;
	}
	return good;
}
