libinternal_la_SOURCES += \
	lib/ltdic/associate.c lib/ltdic/associate.h \
	lib/ltdic/associate_context.c
