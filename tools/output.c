/* Standard output; see output.h. What is said when there is no memory needs
 * none. */
#include "tools/output.h"

#include <stdatomic.h>

static atomic_bool lost;

void
output_put(struct dt_buffer *text, FILE *out)
{
	if (dt_buffer_failed(text))
		output_lose();
	else
		fwrite(text->data + text->start, 1, dt_buffer_size(text), out);
	fflush(out);
	dt_buffer_clear(text);
}

void
output_lose(void)
{
	if (!atomic_exchange(&lost, true))
		fputs("dicomtls: out of memory: some of what there was to say "
		      "is missing\n",
		    stderr);
}

bool
output_is_lost(void)
{
	return atomic_load(&lost);
}

const char *
output_text(const char *text)
{
	if (text != NULL)
		return text;
	output_lose();
	return "";
}
