#include <dicomtls.h>
#include <stdio.h>

static int
show(int ok, const struct dicomtls_event *event, void *arg)
{
	fprintf(arg, "depth %d: %s\n", dicomtls_event_depth(event),
	    dicomtls_code_text(dicomtls_event_error(event)));
	return ok; /* 1 would accept it all the same */
}

int
main(int argc, char **argv)
{
	struct dicomtls_verdict verdict;
	struct dicomtls_store *cas;
	gnutls_datum_t pem, der;

	if (argc != 3 || gnutls_load_file(argv[2], &pem) != 0 ||
	    gnutls_pem_base64_decode2("CERTIFICATE", &pem, &der) != 0 ||
	    dicomtls_store_new(&cas) || dicomtls_store_add_file(cas, argv[1]))
		return 3;
	dicomtls_verify(cas, NULL, &der, 1, show, stdout, &verdict, NULL, 0);
	dicomtls_store_free(cas);
	gnutls_free(der.data);
	gnutls_free(pem.data);
	return verdict.result != 1;
}
