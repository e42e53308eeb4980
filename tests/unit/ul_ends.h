/* Two ends of an association without a network between them. */
#ifndef DICOMTLS_UNIT_UL_ENDS_H
#define DICOMTLS_UNIT_UL_ENDS_H

#include "dicom/ul.h"

/* One end: everything it is told goes into a log, what it sends is kept. */
struct end {
	struct dt_ul *ul;
	char log[2048];
	struct dt_buffer sent;
	bool echo;    /* answer a C-ECHO-RQ in its event */
	bool again;   /* ask anew in the event of a rejection */
	bool give_up; /* abort in the event of a command */
};

extern struct end scu, scp;

void open_ends(void);
void close_ends(void);
void expect_log(struct end *end, const char *log);
/* Bytes of the other end arrive. */
void feed_end(struct end *end, struct dt_span bytes);
/* What one end has sent arrives at the other, piece bytes at a time. */
void carry(struct end *from, struct end *to, size_t piece);
void make_request(struct dt_association *a);
void ask(void);
/* Accepts context 1 only. */
void accept_one(void);
void associate(void);
enum dt_ul_result send_message(struct end *end, uint8_t context,
    const struct dt_command *command, const struct dt_data_source *source);
enum dt_ul_result send_echo(struct end *end, uint8_t context);
void add_verification(struct dt_association *a, uint8_t id);

#endif
