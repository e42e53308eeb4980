# Sources of lib/x509.
libinternal_la_SOURCES += \
	lib/x509/curve.c lib/x509/curve.h lib/x509/curve_table.c \
	lib/x509/digest.c lib/x509/digest.h \
	lib/x509/key.c lib/x509/key.h \
	lib/x509/pss.c lib/x509/pss.h \
	lib/x509/signature.c lib/x509/signature.h \
	lib/x509/signature_algorithm.h \
	lib/x509/signature_verify.c
