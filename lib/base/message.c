/* Failure text; see message.h. */
#include "base/message.h"

#include <stdarg.h>
#include <stdio.h>

void
dt_message_set(struct dt_message *message, const char *format, ...)
{
	va_list args;

	if (message == NULL)
		return;
	va_start(args, format);
	vsnprintf(message->text, sizeof(message->text), format, args);
	va_end(args);
}
