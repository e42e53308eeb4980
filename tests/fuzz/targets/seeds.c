/*
 * What fuzzing starts from: the objects of the project's own cases, minted
 * files, and what the encoders write, one file each in a folder for each
 * target. usage: seeds FOLDER CASES...
 */
#include "target.h"

#include "seeds.h"

#include "conformance/source.h"
#include "dicom/pdu.h"
#include "dicom/user_information.h"
#include "tools/mint.h"
#include "x509/cert.h"

#include <errno.h>
#include <sys/stat.h>

/* Of the cases so many give a whole one, and names and serial numbers; more
 * alike ones teach a fuzzer nothing. */
#define WHOLE 8
#define PARTS 4

static const char *folder;
static unsigned written;

static void
write_seed(const char *target, struct dt_span content)
{
	char path[512];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", folder, target);
	REQUIRE(mkdir(path, 0777) == 0 || errno == EEXIST);
	snprintf(
	    path, sizeof(path), "%s/%s/seed-%u", folder, target, written++);
	out = fopen(path, "wb");
	REQUIRE(out != NULL);
	REQUIRE(fwrite(content.data, 1, content.size, out) == content.size);
	REQUIRE(fclose(out) == 0);
}

/* With octets in front that choose among what a target does. */
static void
write_chosen(const char *target, const char *choice, struct dt_span content)
{
	struct dt_buffer seed = { 0 };

	dt_buffer_append(&seed, choice, 1);
	dt_buffer_append(&seed, content.data, content.size);
	write_seed(target, dt_buffer_span(&seed));
	dt_buffer_clear(&seed);
}

static void
write_parts(struct dt_span der)
{
	struct dt_cert *cert;

	if (dt_cert_parse(&cert, der, NULL, NULL) != 0)
		return;
	write_chosen("print", "\0", cert->subject.der);
	write_chosen("print", "\2", cert->serial);
	dt_cert_free(cert);
}

static void
write_case(const struct case_data *data)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	REQUIRE(out != NULL);
	case_write(data, out);
	REQUIRE(fclose(out) == 0);
	write_seed("case_file", dt_span(text, size));
	free(text);
}

/* All CRLs of a case, and one of its certificates. */
static void
write_objects(const struct case_data *data, unsigned number)
{
	size_t chosen = number % data->object_count;

	for (size_t i = 0; i < data->object_count; i++) {
		const struct case_object *object = &data->objects[i];

		if (object->kind == CASE_X509_CRL)
			write_seed("crl", object->der);
		else if (i == chosen)
			write_seed("certificate", object->der);
		if (i == chosen && number % PARTS == 0)
			write_parts(object->der);
	}
}

static void
write_cases(int count, char **paths)
{
	struct case_source source = { .next_path = 0 };
	const struct case_data *data;
	unsigned number = 0;

	for (int i = 0; i < count; i++)
		REQUIRE(case_source_add(&source, paths[i]) == 0);
	while (case_source_next(&source, &data) == 1) {
		if (data->object_count == 0)
			continue;
		write_objects(data, number);
		if (number++ % WHOLE == 0)
			write_case(data);
	}
	REQUIRE(number > 0);
	case_source_clear(&source);
}

/* CRLs of the issuer that the target has, each with what decides whether it is
 * looked at. */
static void
write_crls(void)
{
	static const struct mint_spec root = {
		.subject = { { "CN", "Root", 0 } },
		.no_subject_key_id = true,
	};
	static const struct mint_crl_spec crls[] = {
		{ .issuer = &root },
		{ .issuer = &root,
		    .number = 2,
		    .revoked = { { "01", NULL, 1 }, { "02", NULL, 8 } } },
		{ .issuer = &root, .number = 3, .base = 2 },
		{ .issuer = &root, .no_next_update = true, .more = 20 },
		{ .issuer = &root,
		    .next_update = "20200101000000Z",
		    .this_update = "20190101000000Z" },
	};

	for (size_t i = 0; i < sizeof(crls) / sizeof(crls[0]); i++) {
		struct dt_buffer der = { 0 };

		REQUIRE(mint_crl(&crls[i], MINT_DER, &der) == 0);
		write_seed("crl", dt_buffer_span(&der));
		dt_buffer_clear(&der);
	}
}

static void
write_pem(void)
{
	static const struct mint_spec root = {
		.subject = { { "CN", "Root", 0 } },
		.constraints = MINT_CA,
		.names = { { MINT_DNS, "a.example" },
		    { MINT_IP, "127.0.0.1" } },
	};
	static const struct mint_crl_spec crl = { .issuer = &root,
		.revoked = { { "01", NULL, 1 } } };
	struct dt_buffer text = { 0 };

	REQUIRE(mint_certificate(&root, MINT_PEM, &text) == 0);
	REQUIRE(mint_crl(&crl, MINT_PEM, &text) == 0);
	write_seed("pem", dt_buffer_span(&text));
	REQUIRE(mint_private_key(&root, MINT_PEM, NULL, &text) == 0);
	write_seed("pem", dt_buffer_span(&text));
	dt_buffer_clear(&text);
}

/* All there is in user information (PS3.7 D.3.3). */
static void
negotiate(struct dt_association *a, struct dt_presentation *context)
{
	a->has_window = true;
	a->invoked = 2;
	a->performed = 3;
	context->has_roles = true;
	context->provider_role = 1;
	REQUIRE(dt_buffer_append(&context->extended, "\1\2\3", 3) == 0);
	REQUIRE(dt_user_item_add(
		    a, 0x57, dt_span("\0\0031.2\0\0031.3\0\0", 12)) == 0);
	REQUIRE(
	    dt_user_item_add(a, 0x58, dt_span("\1\0\0\4user\0\0", 10)) == 0);
}

/* Each PDU and some of them together for pdu, the command set by itself. */
static void
write_pdus(void)
{
	struct dt_association a;
	struct dt_presentation *context;
	struct dt_command command = { { 0 } };
	struct dt_buffer pdu = { 0 }, set = { 0 };
	struct dt_pdv pdv = { .context = 1, .command = true, .last = true };

	dt_association_init(&a, true);
	strcpy(a.called, "SCP");
	strcpy(a.calling, "SCU");
	REQUIRE(dt_association_add(&a, 1, 0, &context) == 0);
	strcpy(context->abstract, DT_UID_VERIFICATION);
	REQUIRE(
	    dt_presentation_add_transfer(context,
		dt_span(DT_UID_IMPLICIT_LE, strlen(DT_UID_IMPLICIT_LE))) == 0);
	REQUIRE(dt_pdu_encode_associate(&a, &pdu) == 0);
	write_seed("pdu", dt_buffer_span(&pdu));
	negotiate(&a, context);
	REQUIRE(dt_pdu_encode_associate(&a, &pdu) == 0);
	a.request = false;
	REQUIRE(dt_pdu_encode_associate(&a, &pdu) == 0);
	dt_association_clear(&a);
	REQUIRE(dt_command_c_echo_rq(&command, 1, DT_UID_VERIFICATION) == 0);
	REQUIRE(dt_command_encode(&command, &set) == 0);
	write_seed("command_set", dt_buffer_span(&set));
	pdv.bytes = dt_buffer_span(&set);
	REQUIRE(dt_pdu_encode_data(&pdv, &pdu) == 0);
	REQUIRE(dt_pdu_encode_release(DT_PDU_RELEASE_RQ, &pdu) == 0);
	REQUIRE(dt_pdu_encode_abort(0, 0, &pdu) == 0);
	write_seed("pdu", dt_buffer_span(&pdu));
	dt_command_clear(&command);
	dt_buffer_clear(&set);
	dt_buffer_clear(&pdu);
}

/* The events of association.c by their numbers. */
enum {
	FEED,
	ASSOCIATES,
	VALUE,
	COMMANDS,
	ENDS,
	REQUEST,
	ACCEPT,
	REJECT,
	ECHO,
	STORE,
	RELEASE,
	RELEASED,
	ABORT,
	WAIT,
	LOSE
};

#define SEQUENCE(...)                                                          \
	{                                                                      \
		sizeof((const uint8_t[]){ __VA_ARGS__ }),                      \
		{                                                              \
			__VA_ARGS__                                            \
		}                                                              \
	}

/* The first octet: 1 for a requestor. */
static void
write_association(void)
{
	static const struct {
		size_t size;
		uint8_t events[64];
	} sequences[] = {
		/* accepted, C-ECHO, C-STORE with its data set, released */
		SEQUENCE(0, ASSOCIATES, 1, 2, ACCEPT, COMMANDS, 0, ECHO, 1,
		    COMMANDS, 2, VALUE, 1, 0, 3, 1, 2, 3, VALUE, 1, 2, 0, ENDS,
		    0, 0, RELEASED),
		SEQUENCE(0, ASSOCIATES, 13, 4, 3, ACCEPT, COMMANDS, 6, 9, VALUE,
		    1, 2, 2, 9, 9, RELEASE, ENDS, 1, 0),
		SEQUENCE(0, ASSOCIATES, 17, 1, REJECT, 1, 1, 1, WAIT),
		SEQUENCE(1, REQUEST, 1, ASSOCIATES, 0, 1, 0, ECHO, 1, COMMANDS,
		    1, STORE, 9, 3, 1, 1, COMMANDS, 3, RELEASE, ENDS, 1, 0),
		SEQUENCE(1, REQUEST, 1, ASSOCIATES, 4, 1, 0, 20, STORE, 200, 3,
		    3, 1, STORE, 9, 3, 0xf0, 1, RELEASE, ENDS, 0, 0, RELEASED,
		    ENDS, 1, 0),
		SEQUENCE(1, REQUEST, 3, ENDS, 0x53, 1, WAIT),
		SEQUENCE(1, REQUEST, 1, ASSOCIATES, 0, 1, 3, ENDS, 2, 0),
		SEQUENCE(1, REQUEST, 1, FEED, 6, 2, 0, 0, 0, 0, 1, WAIT),
		SEQUENCE(0, ASSOCIATES, 1, 1, ACCEPT, ABORT, 0, 0, WAIT),
		SEQUENCE(0, FEED, 6, 1, 0, 0xff, 0xff, 0xff, 0xff, WAIT, LOSE),
		SEQUENCE(0, WAIT),
	};

	for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++)
		write_seed("association",
		    dt_span(sequences[i].events, sequences[i].size));
}

int
main(int argc, char **argv)
{
	REQUIRE(argc > 2);
	folder = argv[1];
	REQUIRE(mkdir(folder, 0777) == 0 || errno == EEXIST);
	write_cases(argc - 2, argv + 2);
	write_crls();
	write_pem();
	seeds_arguments(write_seed);
	write_pdus();
	write_association();
	seeds_tls(write_seed);
	printf("%u seeds in %s\n", written, folder);
	return 0;
}
