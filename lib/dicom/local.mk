libinternal_la_SOURCES += \
	lib/dicom/association.c lib/dicom/association.h \
	lib/dicom/dimse.c lib/dicom/dimse.h \
	lib/dicom/pdu.c lib/dicom/pdu.h \
	lib/dicom/presentation.c lib/dicom/presentation.h \
	lib/dicom/ul.c lib/dicom/ul.h \
	lib/dicom/ul_action.c lib/dicom/ul_action.h \
	lib/dicom/ul_state.c lib/dicom/ul_state.h
