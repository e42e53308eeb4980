/*
 * An association request or answer as data: titles, application context,
 * presentation contexts, user information (PS3.8 9.3.2, 9.3.3). Knows no bytes
 * (pdu.h) and no states (ul.h).
 */
#ifndef DICOMTLS_DICOM_ASSOCIATION_H
#define DICOMTLS_DICOM_ASSOCIATION_H

#include "dicom/presentation.h"

#define DT_TITLE_MAX 16
#define DT_VERSION_NAME_MAX 16
#define DT_DEFAULT_MAX_LENGTH 46726

/* PS3.7 A.2.1 */
#define DT_UID_APPLICATION_CONTEXT "1.2.840.10008.3.1.1.1"
#define DT_UID_VERIFICATION "1.2.840.10008.1.1"
#define DT_UID_IMPLICIT_LE "1.2.840.10008.1.2"

/* PS3.7 D.3.3.2, also for files (PS3.10 7.1). A UID derived from a UUID (PS3.5
 * B.2), so that nobody has to register a root. */
#define DT_IMPLEMENTATION_CLASS "2.25.250108701832300977837414069604245075470"
#define DT_IMPLEMENTATION_VERSION "DICOMTLS_0_1"

struct dt_association {
	bool request;	  /* else an answer */
	uint16_t version; /* bit 0: version 1 */
	char called[DT_TITLE_MAX + 1];
	char calling[DT_TITLE_MAX + 1];
	char application[DT_UID_MAX + 1];
	struct dt_array contexts; /* of struct dt_presentation *, owned */
	bool has_max_length;
	uint32_t max_length; /* 0: no limit */
	bool has_class;
	char class_uid[DT_UID_MAX + 1];
	bool has_version_name;
	char version_name[DT_VERSION_NAME_MAX + 1];
	/* Asynchronous operations window (PS3.7 D.3.3.3); 0: any number. */
	bool has_window;
	uint16_t invoked;
	uint16_t performed;
	struct dt_array items; /* of struct dt_user_item *, owned */
};

/* Version 1, DICOM application context, our maximum length and implementation,
 * no titles and no contexts. */
void dt_association_init(struct dt_association *association, bool request);
/* The same without any user information: what a decoder starts from. */
void dt_association_init_empty(struct dt_association *a, bool request);
void dt_association_clear(struct dt_association *association);
/* Deep copy into an uninitialised target; 0 or DICOMTLS_E_NOMEM. */
int dt_association_copy(
    struct dt_association *copy, const struct dt_association *from);

/* Text without the blanks and NULs peers pad with, into a field. 0,
 * DICOMTLS_E_LIMIT: too long, DICOMTLS_E_FORMAT: characters that may not be
 * there (PS3.5 6.2 AE: graphic ASCII, no backslash). */
int dt_association_set_title(char *title, struct dt_span text);
int dt_association_set_version_name(char *name, struct dt_span text);
/* DICOMTLS_E_FORMAT for text that is no UID. */
int dt_association_set_uid(char *field, struct dt_span text);

/* Context by position or by identifier (get0); NULL if there is none. */
struct dt_presentation *dt_association_at(
    const struct dt_association *association, size_t index);
struct dt_presentation *dt_association_find(
    const struct dt_association *association, unsigned id);

/* Adds a context. DICOMTLS_E_INVALID: identifier even or 0, or there
 * already. added may be NULL. */
int dt_association_add(struct dt_association *association, uint8_t id,
    uint8_t result, struct dt_presentation **added);
void dt_association_remove(struct dt_association *association, unsigned id);

/* A request that may be sent: titles, and at least one context, each with an
 * abstract and a transfer syntax. */
bool dt_association_is_complete_request(const struct dt_association *request);

/* True if each context of the answer was proposed, and an accepted one has
 * exactly one of the transfer syntaxes proposed for it (PS3.8 9.3.3.2). */
bool dt_association_answers(
    const struct dt_association *answer, const struct dt_association *request);

/* Gives the contexts of an answer the abstract syntaxes of the request, which
 * an A-ASSOCIATE-AC does not carry, and what was negotiated for them. 0 or
 * DICOMTLS_E_NOMEM. */
int dt_association_name_contexts(
    struct dt_association *answer, const struct dt_association *request);

/* Makes an answer fit to be sent: titles of the request (PS3.8 9.3.3, bytes
 * 11..42), contexts that it leaves out rejected without reason, nothing
 * negotiated that was not proposed. 0 or DICOMTLS_E_NOMEM. */
int dt_association_complete_answer(
    struct dt_association *answer, const struct dt_association *request);

#endif
