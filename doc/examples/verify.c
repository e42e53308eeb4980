#include <dicomtls.h>
#include <stdio.h>

static int
show(int ok, const struct dicomtls_event *event, void *arg)
{
	printf("%s, depth %d: %s\n", (const char *)arg,
	    dicomtls_event_depth(event),
	    dicomtls_code_text(dicomtls_event_error(event)));
	return ok; /* 1 would accept it all the same */
}

int
main(int argc, char **argv)
{
	struct dicomtls_store *store;
	struct dicomtls_verdict verdict;
	gnutls_datum_t pem, der;

	if (argc != 3 || gnutls_load_file(argv[2], &pem) < 0 ||
	    gnutls_pem_base64_decode2("CERTIFICATE", &pem, &der) < 0 ||
	    dicomtls_store_new(&store) < 0 ||
	    dicomtls_store_add_file(store, argv[1]) < 0)
		return 3;
	dicomtls_verify(store, NULL, &der, 1, show, argv[2], &verdict, NULL, 0);
	dicomtls_store_free(store);
	gnutls_free(der.data);
	gnutls_free(pem.data);
	return verdict.result != 1;
}
