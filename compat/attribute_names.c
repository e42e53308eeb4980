/* Search in OpenSSL's object table; see attribute_names.h. */
#include "compat/attribute_names.h"

#include "compat/object_names.h"

#define USUAL(oid, name)                                                       \
	{                                                                      \
		{ (const uint8_t *)(oid), sizeof(oid) - 1 },                   \
		{                                                              \
			(const uint8_t *)(name), sizeof(name) - 1              \
		}                                                              \
	}

static const struct {
	struct dt_span oid;
	struct dt_span name;
} usual[] = {
	USUAL("\x55\x04\x03", "CN"),
	USUAL("\x55\x04\x0a", "O"),
	USUAL("\x55\x04\x06", "C"),
	USUAL("\x55\x04\x0b", "OU"),
	USUAL("\x55\x04\x07", "L"),
	USUAL("\x55\x04\x08", "ST"),
	USUAL("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", "emailAddress"),
	USUAL("\x55\x04\x05", "serialNumber"),
};

/* Takes the next word off a list. */
static struct dt_span
take_word(const char **list)
{
	struct dt_span word = dt_span(*list, strcspn(*list, " "));

	*list += word.size;
	if (**list == ' ')
		(*list)++;
	return word;
}

static bool
find_name(const char *names, const char *arcs, struct dt_span *name)
{
	struct dt_span wanted = dt_span(arcs, strlen(arcs));

	while (*names != '\0') {
		struct dt_span found = take_word(&names);
		struct dt_span word = take_word(&names);

		if (dt_span_equal(found, wanted)) {
			*name = word;
			return true;
		}
	}
	return false;
}

/* The arcs behind those of prefix, NULL if oid has other ones. */
static const char *
arcs_behind(const char *prefix, const char *oid)
{
	while (*prefix != '\0' && *prefix == *oid) {
		prefix++;
		oid++;
	}
	return *prefix == '\0' && *oid == '.' ? oid + 1 : NULL;
}

bool
dt_attribute_name(const char *oid, struct dt_span *name)
{
	for (size_t i = 0; i < dt_object_arc_count; i++) {
		const struct dt_object_arc *arc = &dt_object_arcs[i];
		const char *arcs = arcs_behind(arc->prefix, oid);

		if (arcs != NULL && find_name(arc->names, arcs, name))
			return true;
	}
	return false;
}

bool
dt_attribute_name_usual(struct dt_span oid, struct dt_span *name)
{
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		if (!dt_span_equal(usual[i].oid, oid))
			continue;
		*name = usual[i].name;
		return true;
	}
	return false;
}
