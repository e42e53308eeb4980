/*
 * Shrinking: one omission after the other, until none is possible.
 */
#include "shrink.h"

#include "parts.h"

enum { MOST_TRIALS = 3000 };

struct shrinking {
	struct draw *keep;
	struct draw trial; /* memory of one attempt */
	struct sample *best;
	struct sample *next;
	shrink_fn holds;
	void *arg;
	int trials;
};

static void
attempt_begin(struct shrinking *s)
{
	draw_begin(&s->trial, 0, (uint64_t)s->trials++);
	s->next = sample_clone(&s->trial, s->best);
}

/* Keeps the attempt if it still holds. */
static bool
attempt_end(struct shrinking *s)
{
	if (s->trials > MOST_TRIALS || !sample_arrange(s->next) ||
	    !s->holds(&s->next->data, s->arg))
		return false;
	s->best = sample_clone(s->keep, s->next);
	struct case_data *data = &s->best->data;
	for (size_t i = 0; i < data->object_count; i++)
		data->objects[i].der = draw_copy(s->keep, data->objects[i].der);
	return true;
}

static bool
drop_objects(struct shrinking *s)
{
	bool smaller = false;
	for (size_t i = s->best->data.object_count; i-- > 1;) {
		attempt_begin(s);
		sample_remove(s->next, i);
		smaller |= attempt_end(s);
	}
	return smaller;
}

static bool
drop_texts(struct shrinking *s, bool hosts)
{
	bool smaller = false;
	struct dt_array *texts =
	    hosts ? &s->best->data.hosts : &s->best->data.policies;
	for (size_t i = texts->count; i-- > 0;) {
		attempt_begin(s);
		sample_remove_text(
		    hosts ? &s->next->data.hosts : &s->next->data.policies, i);
		smaller |= attempt_end(s);
	}
	return smaller;
}

static bool
drop_flags(struct shrinking *s)
{
	bool smaller = false;
	for (unsigned i = 0; i < 32; i++) {
		uint32_t bit = 1u << i;
		if ((s->best->data.flags & bit) != 0) {
			attempt_begin(s);
			s->next->data.flags &= ~bit;
			smaller |= attempt_end(s);
		}
		if ((s->best->data.host_flags & bit) != 0) {
			attempt_begin(s);
			s->next->data.host_flags &= ~bit;
			smaller |= attempt_end(s);
		}
	}
	return smaller;
}

/* Each question that can be left out; false if it is not asked. */
static bool
drop_question(struct case_data *data, int question)
{
	struct case_data before = *data;
	switch (question) {
	case 0:
		data->purpose = NULL;
		return before.purpose != NULL;
	case 1:
		data->depth = -1;
		return before.depth != -1;
	case 2:
		data->auth_level = -1;
		return before.auth_level != -1;
	case 3:
		data->email = NULL;
		return before.email != NULL;
	case 4:
		data->ip = NULL;
		return before.ip != NULL;
	case 5:
		data->cleared = 0;
		return before.cleared != 0;
	default:
		data->crls_on_stack = false;
		return before.crls_on_stack;
	}
}

static bool
drop_questions(struct shrinking *s)
{
	bool smaller = drop_texts(s, true);
	smaller |= drop_texts(s, false);
	for (int i = 0; i < 7; i++) {
		attempt_begin(s);
		if (drop_question(&s->next->data, i))
			smaller |= attempt_end(s);
	}
	return smaller | drop_flags(s);
}

/* Takes the node out of its parent; false if it is the root. */
static bool
cut(struct node *parent, const struct node *node)
{
	size_t index = 0;
	for (struct node *child = parent->child; child; child = child->next) {
		if (child == node) {
			tree_remove(parent, index);
			return true;
		}
		if (cut(child, node))
			return true;
		index++;
	}
	return false;
}

/* Tries without the i-th element of an object; false behind the last. */
static bool
drop_element(struct shrinking *s, size_t object, size_t element, bool *smaller)
{
	struct parts parts;
	struct node **nodes;
	attempt_begin(s);
	if (!parts_find(&s->trial, &s->next->data.objects[object], &parts))
		return false;
	size_t count = tree_list(&s->trial, parts.whole, &nodes);
	if (element >= count || s->trials > MOST_TRIALS)
		return false;
	*smaller = false;
	if (cut(parts.whole, nodes[element]) &&
	    parts_find(&s->trial,
		&(struct case_object){
		    .kind = s->next->data.objects[object].kind,
		    .der = parts_encode(&s->trial, &parts) },
		&parts)) {
		parts_finish(&s->trial, s->next, object, &parts);
		*smaller = attempt_end(s);
	}
	return true;
}

static bool
drop_elements(struct shrinking *s)
{
	bool any = false;
	for (size_t i = 0; i < s->best->data.object_count; i++) {
		bool smaller;
		for (size_t j = 1; drop_element(s, i, j, &smaller);) {
			j += !smaller;
			any |= smaller;
		}
	}
	return any;
}

static bool
drop_trust(struct shrinking *s)
{
	bool any = false;
	for (size_t i = 0; i < s->best->data.object_count; i++) {
		size_t size;
		attempt_begin(s);
		struct case_object *object = &s->next->data.objects[i];
		if (object->kind != CASE_TRUSTED_CERTIFICATE ||
		    !tree_parse(&s->trial, object->der, &size))
			continue;
		object->kind = CASE_CERTIFICATE;
		object->der.size = size;
		any |= attempt_end(s);
	}
	return any;
}

static bool
drop_any(struct shrinking *s)
{
	bool smaller = drop_objects(s);
	smaller |= drop_questions(s);
	smaller |= drop_trust(s);
	smaller |= drop_elements(s);
	return smaller;
}

void
shrink(struct draw *d, struct sample **sample, shrink_fn holds, void *arg)
{
	struct shrinking s = {
		.keep = d, .best = *sample, .holds = holds, .arg = arg
	};
	while (drop_any(&s))
		if (s.trials > MOST_TRIALS)
			break;
	draw_clear(&s.trial);
	*sample = s.best;
}
