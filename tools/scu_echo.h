/* C-ECHO over an association of its own (PS3.7 9.1.5). */
#ifndef DICOMTLS_TOOLS_SCU_ECHO_H
#define DICOMTLS_TOOLS_SCU_ECHO_H

#include "tools/scu.h"

/* The service of a struct scu_request; its arg is not used. */
extern const struct scu_service scu_echo;

#endif
