/*
 * What fuzzing starts from: the objects of the project's own cases, minted
 * files, and what the encoders write, one file each in a folder for each
 * target. usage: seeds FOLDER CASES...
 */
#include "target.h"

#include "conformance/source.h"
#include "dicom/pdu.h"
#include "tools/mint.h"
#include "x509/cert.h"

#include <errno.h>
#include <sys/stat.h>

/* Of each kind; more alike ones teach a fuzzer nothing. */
#define MOST 400

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

static void
write_objects(
    const struct case_data *data, unsigned *certificates, unsigned *crls)
{
	for (size_t i = 0; i < data->object_count; i++) {
		const struct case_object *object = &data->objects[i];

		if (object->kind == CASE_X509_CRL && ++*crls < MOST) {
			write_seed("crl", object->der);
		} else if (++*certificates < MOST) {
			write_seed("certificate", object->der);
			write_parts(object->der);
		}
	}
}

static void
write_cases(int count, char **paths)
{
	struct case_source source = { .next_path = 0 };
	const struct case_data *data;
	unsigned certificates = 0, crls = 0, cases = 0;

	for (int i = 0; i < count; i++)
		REQUIRE(case_source_add(&source, paths[i]) == 0);
	while (case_source_next(&source, &data) == 1) {
		write_objects(data, &certificates, &crls);
		if (++cases % 40 == 1)
			write_case(data);
	}
	REQUIRE(certificates > 0 && crls > 0);
	case_source_clear(&source);
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

static void
write_arguments(void)
{
	static const char show[] = "\0@\0--json\0\0";
	static const char verify[] =
	    "\1--ca-file\0@\0--purpose\0sslserver\0--host\0a.example\0@\0\0";
	static const char codes[] = "\2--json\0\0";

	write_seed("arguments", dt_span(show, sizeof(show) - 1));
	write_seed("arguments", dt_span(verify, sizeof(verify) - 1));
	write_seed("arguments", dt_span(codes, sizeof(codes) - 1));
}

/* Each PDU for pdu, all together for association. */
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

/* The machine takes at most 255 octets at a time: step 0, their number. */
static void
write_association(void)
{
	static const char words[] = {
		0, 3, 1, 7, 8, 9, 0, 0, 10, /* requestor gives up */
		1, 4, 6, 1, 5, 1, 1, 1, 11, /* acceptor answers unasked */
	};

	write_seed("association", dt_span(words, sizeof(words)));
}

static void
write_tls(void)
{
	static const uint8_t seeds[][9] = {
		{ 0, 0, 5, 0, 1 },
		{ 2, 1, 9, 0, 1, 1, 40, 1, 0 },
		{ 1, 2, 9, 2, 1, 3, 40, 3, 0 },
		{ 4, 0x16, 3, 3, 0, 2, 14, 0 },
		{ 5, 0x15, 3, 3, 0, 2, 2, 48 },
	};

	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++)
		write_seed("tls", dt_span(seeds[i], sizeof(seeds[i])));
}

int
main(int argc, char **argv)
{
	REQUIRE(argc > 2);
	folder = argv[1];
	REQUIRE(mkdir(folder, 0777) == 0 || errno == EEXIST);
	write_cases(argc - 2, argv + 2);
	write_pem();
	write_arguments();
	write_pdus();
	write_association();
	write_tls();
	printf("%u seeds in %s\n", written, folder);
	return 0;
}
