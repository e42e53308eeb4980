/*
 * Each call of dicomtls.h and ltdic.h that allocates, and what it is made on.
 * One that fails must not have written to its outputs.
 */
#ifndef DICOMTLS_TESTS_FAULTS_CALLS_H
#define DICOMTLS_TESTS_FAULTS_CALLS_H

#include <stdbool.h>

struct call {
	const char *name;
	int (*run)(void); /* 0 or one of DICOMTLS_E_ */
};

/* Ends with one without name. */
extern const struct call calls[];

/* Certificates, a key and a CRL in files, once for all calls. */
bool calls_make_files(void);
void calls_remove_files(void);

/* What calls are made on, anew for each. */
bool calls_make_objects(void);
void calls_free_objects(void);

/* Since calls_forget every call that failed has left its outputs alone. */
void calls_forget(void);
bool calls_left_outputs(void);

#endif
