/*
 * Text for people about one failure, kept by the object that failed. It names
 * the file, the object and the reason; it never holds a key, a password or
 * patient data.
 */
#ifndef DICOMTLS_BASE_MESSAGE_H
#define DICOMTLS_BASE_MESSAGE_H

struct dt_message {
	char text[256];
};

/* Replaces the text, cut to fit. message may be NULL: nothing happens. */
void dt_message_set(struct dt_message *message, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
