# Sources of lib/dicom.
