/*
 * Which presentation contexts an SCP that keeps data sets accepts: storage SOP
 * classes (PS3.4 B.5, GG.3) in any transfer syntax of the standard (PS3.5
 * annex A), since data sets are kept as they come.
 */
#ifndef DICOMTLS_TOOLS_STORAGE_CLASS_H
#define DICOMTLS_TOOLS_STORAGE_CLASS_H

#include <stdbool.h>

/* uid is a valid UID. */
bool storage_class_is_known(const char *uid);
bool storage_transfer_is_known(const char *uid);

#endif
