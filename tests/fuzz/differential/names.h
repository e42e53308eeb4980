/*
 * Names, general names, identities and times to draw from: few enough that
 * those of a certificate, a constraint and a question often meet.
 */
#ifndef DICOMTLS_FUZZ_NAMES_H
#define DICOMTLS_FUZZ_NAMES_H

#include "tree.h"

/* What a case asks for. */
const char *draw_host(struct draw *d);
const char *draw_email(struct draw *d);
const char *draw_ip(struct draw *d);
const char *draw_policy(struct draw *d);

/* A string of any type; an RDNSequence; one attribute as an RDN. */
struct node *draw_string(struct draw *d, const char *text);
struct node *draw_rdn(struct draw *d);
struct node *draw_name(struct draw *d);
/* The plain name with one common name. */
struct node *common_name(struct draw *d, const char *text);

/* GeneralName; constraint: as in a GeneralSubtree, addresses with masks. */
struct node *draw_general_name(struct draw *d, bool constraint);
/* A sequence of them. */
struct node *draw_general_names(struct draw *d);

/* A UTCTime or GeneralizedTime near a moment, at times malformed. */
struct node *draw_time(struct draw *d, int64_t moment);
/* The time as RFC 5280 4.1.2.5 writes it. */
struct node *exact_time(struct draw *d, int64_t moment);

#endif
