libinternal_la_SOURCES += \
	lib/dicom/association.c lib/dicom/association.h \
	lib/dicom/data_cutter.c lib/dicom/data_cutter.h \
	lib/dicom/data_stream.h \
	lib/dicom/dimse.c lib/dicom/dimse.h \
	lib/dicom/part10.c lib/dicom/part10.h \
	lib/dicom/pdu.c lib/dicom/pdu.h \
	lib/dicom/pdu_item.c lib/dicom/pdu_item.h \
	lib/dicom/presentation.c lib/dicom/presentation.h \
	lib/dicom/ul.c lib/dicom/ul.h \
	lib/dicom/ul_action.c lib/dicom/ul_action.h \
	lib/dicom/ul_state.c lib/dicom/ul_state.h \
	lib/dicom/user_information.c lib/dicom/user_information.h

UNIT_TESTS += \
	tests/unit/test_association \
	tests/unit/test_data_cutter \
	tests/unit/test_dimse \
	tests/unit/test_part10 \
	tests/unit/test_pdu \
	tests/unit/test_presentation \
	tests/unit/test_ul \
	tests/unit/test_ul_state \
	tests/unit/test_user_information
tests_unit_test_association_SOURCES = tests/unit/test_association.c
tests_unit_test_data_cutter_SOURCES = tests/unit/test_data_cutter.c
tests_unit_test_dimse_SOURCES = tests/unit/test_dimse.c
tests_unit_test_part10_SOURCES = tests/unit/test_part10.c
tests_unit_test_pdu_SOURCES = tests/unit/test_pdu.c
tests_unit_test_presentation_SOURCES = tests/unit/test_presentation.c
tests_unit_test_ul_SOURCES = tests/unit/test_ul.c \
	tests/unit/ul_ends.c tests/unit/ul_ends.h
tests_unit_test_ul_state_SOURCES = tests/unit/test_ul_state.c
tests_unit_test_user_information_SOURCES = tests/unit/test_user_information.c
