/* VERIFY with five parameters and with six; each source file chooses for
 * itself, as ltdic.h allows. */
#ifndef DICOMTLS_TESTS_CONTRACT_VERIFY_FORMS_H
#define DICOMTLS_TESTS_CONTRACT_VERIFY_FORMS_H

#include "scene.h"

/* For struct scene's install. */
void verify_five_install(struct scene *scene, HDICOMNET net);
void verify_six_install(struct scene *scene, HDICOMNET net);

/* Notes all that VERIFY was told; returns what it is to return. */
L_INT verify_note(struct scene *scene, HDICOMNET net, L_INT ok,
    const L_TCHAR *certificate, L_INT error, const L_TCHAR *text);

#endif
