/*
 * Punycode (RFC 3492) in domain names; see punycode.h. What is accepted is
 * OpenSSL's ossl_a2ulabel: no normalization, no check of a round trip,
 * surrogates count as characters.
 */
#include "x509/punycode.h"

#include "base/limits.h"
#include "x509/text.h"

/* RFC 3492 5: parameters for IDNA. */
enum { BASE = 36, TMIN = 1, TMAX = 26, SKEW = 38, DAMP = 700 };
enum { FIRST_BIAS = 72, FIRST_CODE_POINT = 0x80, LAST_CODE_POINT = 0x10ffff };

struct label {
	uint32_t points[DT_MAX_DOMAIN];
	uint32_t count;
};

/* Output that is full once and for all when something does not fit. */
struct output {
	uint8_t *at;
	size_t room;
};

static bool
put(struct output *out, const uint8_t *bytes, size_t size)
{
	if (size > out->room)
		return false;
	if (size > 0)
		memcpy(out->at, bytes, size);
	out->at += size;
	out->room -= size;
	return true;
}

/* RFC 3492 6.1. */
static uint32_t
adapt(uint32_t delta, uint32_t count, bool first)
{
	uint32_t k = 0;

	delta /= first ? DAMP : 2;
	delta += delta / count;
	for (; delta > (BASE - TMIN) * TMAX / 2; k += BASE)
		delta /= BASE - TMIN;
	return k + (BASE - TMIN + 1) * delta / (delta + SKEW);
}

static bool
take_digit(struct dt_span *in, uint32_t *digit)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	const char *found;

	if (in->size == 0 || in->data[0] == '\0')
		return false;
	found = strchr(digits, in->data[0]);
	if (found == NULL)
		return false;
	*digit = (uint32_t)(found - digits) % BASE;
	in->data++;
	in->size--;
	return true;
}

/* One generalized variable-length integer, added to *i (RFC 3492 3.3). */
static bool
take_delta(struct dt_span *in, uint32_t bias, uint32_t *i)
{
	uint32_t weight = 1;

	for (uint32_t k = BASE;; k += BASE) {
		uint32_t t = k <= bias ? TMIN : k - bias;
		uint32_t digit;

		if (t > TMAX)
			t = TMAX;
		if (!take_digit(in, &digit) ||
		    digit > (UINT32_MAX - *i) / weight)
			return false;
		*i += digit * weight;
		if (digit < t)
			return true;
		if (weight > UINT32_MAX / (BASE - t))
			return false;
		weight *= BASE - t;
	}
}

/* What stands before the last hyphen is taken as it is. A hyphen at the very
 * start divides nothing and is then no digit. */
static bool
take_basic(struct dt_span *in, struct label *label)
{
	size_t size = in->size;

	while (size > 0 && in->data[size - 1] != '-')
		size--;
	if (size <= 1)
		return true;
	if (size - 1 > DT_MAX_DOMAIN)
		return false;
	for (size_t i = 0; i < size - 1; i++) {
		if (in->data[i] >= 0x80)
			return false;
		label->points[label->count++] = in->data[i];
	}
	*in = dt_span(in->data + size, in->size - size);
	return true;
}

/* RFC 3492 6.2. */
static bool
decode(struct dt_span in, struct label *label)
{
	uint32_t n = FIRST_CODE_POINT, i = 0, bias = FIRST_BIAS;

	label->count = 0;
	if (!take_basic(&in, label))
		return false;
	while (in.size > 0) {
		uint32_t before = i, places = label->count + 1;

		if (!take_delta(&in, bias, &i))
			return false;
		bias = adapt(i - before, places, before == 0);
		if (i / places > UINT32_MAX - n || places > DT_MAX_DOMAIN)
			return false;
		n += i / places;
		i %= places;
		memmove(label->points + i + 1, label->points + i,
		    (label->count - i) * sizeof(label->points[0]));
		label->points[i++] = n;
		label->count++;
	}
	return true;
}

static bool
put_label(struct output *out, const struct label *label)
{
	for (uint32_t i = 0; i < label->count; i++) {
		uint8_t bytes[4];
		uint8_t *end;

		if (label->points[i] > LAST_CODE_POINT)
			return false;
		end = dt_text_put_utf8(bytes, label->points[i]);
		if (!put(out, bytes, (size_t)(end - bytes)))
			return false;
	}
	return true;
}

static bool
put_domain(struct output *out, struct dt_span domain)
{
	while (true) {
		const uint8_t *dot =
		    domain.size == 0 ? NULL
				     : memchr(domain.data, '.', domain.size);
		struct dt_span part = domain;
		struct label label;

		if (dot != NULL)
			part.size = (size_t)(dot - domain.data);
		if (part.size < 4 || memcmp(part.data, "xn--", 4) != 0) {
			if (!put(out, part.data, part.size))
				return false;
		} else if (!decode(
			       dt_span(part.data + 4, part.size - 4), &label) ||
			   !put_label(out, &label)) {
			return false;
		}
		if (dot == NULL)
			return true;
		if (!put(out, dot, 1))
			return false;
		domain = dt_span(dot + 1, domain.size - part.size - 1);
	}
}

bool
dt_punycode_domain(
    struct dt_span domain, uint8_t *out, size_t room, size_t *size)
{
	struct output output = { out, room };

	if (!put_domain(&output, domain))
		return false;
	*size = room - output.room;
	return true;
}
