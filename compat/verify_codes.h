/*
 * The verification codes. One row holds everything that is known about a
 * code; all other tables and look-ups are derived from this one.
 */
#ifndef DICOMTLS_COMPAT_VERIFY_CODES_H
#define DICOMTLS_COMPAT_VERIFY_CODES_H

/*
 * X(number, L_ number, stem, alert, DICOM error, text), in order of number.
 *
 * number       OpenSSL 3.0's, X509_V_ERR_<stem>
 * L_ number    of the ltdic.h contract: the same but for four pairs that are
 *              swapped (24/79, 65/69, 66/70, 67/72)
 * alert        what OpenSSL's TLS sends after a verification that ended so
 * DICOM error  DICOM_ERROR_TLS_*: 158 + L_ number for 2..32, 191 for 50, else
 *              127 (CERTIFICATE_VERIFY_FAILED)
 * text         as X509_verify_cert_error_string words it: programs match it
 */
#define DT_VERIFY_CODES(X)                                                     \
	X(0, 0, OK, 0, 0, "ok")                                                \
	X(1, 1, UNSPECIFIED, 80, 127,                                          \
	    "unspecified certificate verification error")                      \
	X(2, 2, UNABLE_TO_GET_ISSUER_CERT, 48, 160,                            \
	    "unable to get issuer certificate")                                \
	X(3, 3, UNABLE_TO_GET_CRL, 48, 161, "unable to get certificate CRL")   \
	X(4, 4, UNABLE_TO_DECRYPT_CERT_SIGNATURE, 42, 162,                     \
	    "unable to decrypt certificate's signature")                       \
	X(5, 5, UNABLE_TO_DECRYPT_CRL_SIGNATURE, 42, 163,                      \
	    "unable to decrypt CRL's signature")                               \
	X(6, 6, UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY, 42, 164,                   \
	    "unable to decode issuer public key")                              \
	X(7, 7, CERT_SIGNATURE_FAILURE, 51, 165,                               \
	    "certificate signature failure")                                   \
	X(8, 8, CRL_SIGNATURE_FAILURE, 51, 166, "CRL signature failure")       \
	X(9, 9, CERT_NOT_YET_VALID, 42, 167, "certificate is not yet valid")   \
	X(10, 10, CERT_HAS_EXPIRED, 45, 168, "certificate has expired")        \
	X(11, 11, CRL_NOT_YET_VALID, 42, 169, "CRL is not yet valid")          \
	X(12, 12, CRL_HAS_EXPIRED, 45, 170, "CRL has expired")                 \
	X(13, 13, ERROR_IN_CERT_NOT_BEFORE_FIELD, 42, 171,                     \
	    "format error in certificate's notBefore field")                   \
	X(14, 14, ERROR_IN_CERT_NOT_AFTER_FIELD, 42, 172,                      \
	    "format error in certificate's notAfter field")                    \
	X(15, 15, ERROR_IN_CRL_LAST_UPDATE_FIELD, 42, 173,                     \
	    "format error in CRL's lastUpdate field")                          \
	X(16, 16, ERROR_IN_CRL_NEXT_UPDATE_FIELD, 42, 174,                     \
	    "format error in CRL's nextUpdate field")                          \
	X(17, 17, OUT_OF_MEM, 80, 175, "out of memory")                        \
	X(18, 18, DEPTH_ZERO_SELF_SIGNED_CERT, 48, 176,                        \
	    "self-signed certificate")                                         \
	X(19, 19, SELF_SIGNED_CERT_IN_CHAIN, 48, 177,                          \
	    "self-signed certificate in certificate chain")                    \
	X(20, 20, UNABLE_TO_GET_ISSUER_CERT_LOCALLY, 48, 178,                  \
	    "unable to get local issuer certificate")                          \
	X(21, 21, UNABLE_TO_VERIFY_LEAF_SIGNATURE, 48, 179,                    \
	    "unable to verify the first certificate")                          \
	X(22, 22, CERT_CHAIN_TOO_LONG, 48, 180, "certificate chain too long")  \
	X(23, 23, CERT_REVOKED, 44, 181, "certificate revoked")                \
	X(24, 79, NO_ISSUER_PUBLIC_KEY, 46, 127,                               \
	    "issuer certificate doesn't have a public key")                    \
	X(25, 25, PATH_LENGTH_EXCEEDED, 48, 183,                               \
	    "path length constraint exceeded")                                 \
	X(26, 26, INVALID_PURPOSE, 43, 184, "unsuitable certificate purpose")  \
	X(27, 27, CERT_UNTRUSTED, 42, 185, "certificate not trusted")          \
	X(28, 28, CERT_REJECTED, 42, 186, "certificate rejected")              \
	X(29, 29, SUBJECT_ISSUER_MISMATCH, 46, 187, "subject issuer mismatch") \
	X(30, 30, AKID_SKID_MISMATCH, 46, 188,                                 \
	    "authority and subject key identifier mismatch")                   \
	X(31, 31, AKID_ISSUER_SERIAL_MISMATCH, 46, 189,                        \
	    "authority and issuer serial number mismatch")                     \
	X(32, 32, KEYUSAGE_NO_CERTSIGN, 46, 190,                               \
	    "key usage does not include certificate signing")                  \
	X(33, 33, UNABLE_TO_GET_CRL_ISSUER, 48, 127,                           \
	    "unable to get CRL issuer certificate")                            \
	X(34, 34, UNHANDLED_CRITICAL_EXTENSION, 46, 127,                       \
	    "unhandled critical extension")                                    \
	X(35, 35, KEYUSAGE_NO_CRL_SIGN, 46, 127,                               \
	    "key usage does not include CRL signing")                          \
	X(36, 36, UNHANDLED_CRITICAL_CRL_EXTENSION, 46, 127,                   \
	    "unhandled critical CRL extension")                                \
	X(37, 37, INVALID_NON_CA, 46, 127,                                     \
	    "invalid non-CA certificate (has CA markings)")                    \
	X(38, 38, PROXY_PATH_LENGTH_EXCEEDED, 46, 127,                         \
	    "proxy path length constraint exceeded")                           \
	X(39, 39, KEYUSAGE_NO_DIGITAL_SIGNATURE, 46, 127,                      \
	    "key usage does not include digital signature")                    \
	X(40, 40, PROXY_CERTIFICATES_NOT_ALLOWED, 46, 127,                     \
	    "proxy certificates not allowed, please set the appropriate flag") \
	X(41, 41, INVALID_EXTENSION, 46, 127,                                  \
	    "invalid or inconsistent certificate extension")                   \
	X(42, 42, INVALID_POLICY_EXTENSION, 46, 127,                           \
	    "invalid or inconsistent certificate policy extension")            \
	X(43, 43, NO_EXPLICIT_POLICY, 46, 127, "no explicit policy")           \
	X(44, 44, DIFFERENT_CRL_SCOPE, 46, 127, "different CRL scope")         \
	X(45, 45, UNSUPPORTED_EXTENSION_FEATURE, 46, 127,                      \
	    "unsupported extension feature")                                   \
	X(46, 46, UNNESTED_RESOURCE, 46, 127,                                  \
	    "RFC 3779 resource not subset of parent's resources")              \
	X(47, 47, PERMITTED_VIOLATION, 46, 127, "permitted subtree violation") \
	X(48, 48, EXCLUDED_VIOLATION, 46, 127, "excluded subtree violation")   \
	X(49, 49, SUBTREE_MINMAX, 46, 127,                                     \
	    "name constraints minimum and maximum not supported")              \
	X(50, 50, APPLICATION_VERIFICATION, 40, 191,                           \
	    "application verification failure")                                \
	X(51, 51, UNSUPPORTED_CONSTRAINT_TYPE, 46, 127,                        \
	    "unsupported name constraint type")                                \
	X(52, 52, UNSUPPORTED_CONSTRAINT_SYNTAX, 46, 127,                      \
	    "unsupported or invalid name constraint syntax")                   \
	X(53, 53, UNSUPPORTED_NAME_SYNTAX, 46, 127,                            \
	    "unsupported or invalid name syntax")                              \
	X(54, 54, CRL_PATH_VALIDATION_ERROR, 46, 127,                          \
	    "CRL path validation error")                                       \
	X(55, 55, PATH_LOOP, 46, 127, "path loop")                             \
	X(56, 56, SUITE_B_INVALID_VERSION, 46, 127,                            \
	    "Suite B: certificate version invalid")                            \
	X(57, 57, SUITE_B_INVALID_ALGORITHM, 46, 127,                          \
	    "Suite B: invalid public key algorithm")                           \
	X(58, 58, SUITE_B_INVALID_CURVE, 46, 127,                              \
	    "Suite B: invalid ECC curve")                                      \
	X(59, 59, SUITE_B_INVALID_SIGNATURE_ALGORITHM, 46, 127,                \
	    "Suite B: invalid signature algorithm")                            \
	X(60, 60, SUITE_B_LOS_NOT_ALLOWED, 46, 127,                            \
	    "Suite B: curve not allowed for this LOS")                         \
	X(61, 61, SUITE_B_CANNOT_SIGN_P_384_WITH_P_256, 46, 127,               \
	    "Suite B: cannot sign P-384 with P-256")                           \
	X(62, 62, HOSTNAME_MISMATCH, 42, 127, "hostname mismatch")             \
	X(63, 63, EMAIL_MISMATCH, 42, 127, "email address mismatch")           \
	X(64, 64, IP_ADDRESS_MISMATCH, 42, 127, "IP address mismatch")         \
	X(65, 69, DANE_NO_MATCH, 42, 127, "no matching DANE TLSA records")     \
	X(66, 70, EE_KEY_TOO_SMALL, 42, 127, "EE certificate key too weak")    \
	X(67, 72, CA_KEY_TOO_SMALL, 42, 127, "CA certificate key too weak")    \
	X(68, 68, CA_MD_TOO_WEAK, 42, 127,                                     \
	    "CA signature digest algorithm too weak")                          \
	X(69, 65, INVALID_CALL, 80, 127,                                       \
	    "invalid certificate verification context")                        \
	X(70, 66, STORE_LOOKUP, 80, 127, "issuer certificate lookup error")    \
	X(71, 71, NO_VALID_SCTS, 46, 127,                                      \
	    "Certificate Transparency required, but no valid SCTs found")      \
	X(72, 67, PROXY_SUBJECT_NAME_VIOLATION, 46, 127,                       \
	    "proxy subject name violation")                                    \
	X(73, 73, OCSP_VERIFY_NEEDED, 46, 127, "OCSP verification needed")     \
	X(74, 74, OCSP_VERIFY_FAILED, 46, 127, "OCSP verification failed")     \
	X(75, 75, OCSP_CERT_UNKNOWN, 46, 127, "OCSP unknown cert")             \
	X(76, 76, UNSUPPORTED_SIGNATURE_ALGORITHM, 46, 127,                    \
	    "Cannot find certificate signature algorithm")                     \
	X(77, 77, SIGNATURE_ALGORITHM_MISMATCH, 46, 127,                       \
	    "subject signature algorithm and issuer public key "               \
	    "algorithm mismatch")                                              \
	X(78, 78, SIGNATURE_ALGORITHM_INCONSISTENCY, 46, 127,                  \
	    "cert info signature and signature algorithm mismatch")            \
	X(79, 24, INVALID_CA, 48, 182, "invalid CA certificate")               \
	X(80, 80, PATHLEN_INVALID_FOR_NON_CA, 46, 127,                         \
	    "Path length invalid for non-CA cert")                             \
	X(81, 81, PATHLEN_WITHOUT_KU_KEY_CERT_SIGN, 46, 127,                   \
	    "Path length given without key usage keyCertSign")                 \
	X(82, 82, KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA, 46, 127,                \
	    "Key usage keyCertSign invalid for non-CA cert")                   \
	X(83, 83, ISSUER_NAME_EMPTY, 46, 127, "Issuer name empty")             \
	X(84, 84, SUBJECT_NAME_EMPTY, 46, 127, "Subject name empty")           \
	X(85, 85, MISSING_AUTHORITY_KEY_IDENTIFIER, 46, 127,                   \
	    "Missing Authority Key Identifier")                                \
	X(86, 86, MISSING_SUBJECT_KEY_IDENTIFIER, 46, 127,                     \
	    "Missing Subject Key Identifier")                                  \
	X(87, 87, EMPTY_SUBJECT_ALT_NAME, 46, 127,                             \
	    "Empty Subject Alternative Name extension")                        \
	X(88, 88, EMPTY_SUBJECT_SAN_NOT_CRITICAL, 46, 127,                     \
	    "Subject empty and Subject Alt Name extension not critical")       \
	X(89, 89, CA_BCONS_NOT_CRITICAL, 46, 127,                              \
	    "Basic Constraints of CA cert not marked critical")                \
	X(90, 90, AUTHORITY_KEY_IDENTIFIER_CRITICAL, 46, 127,                  \
	    "Authority Key Identifier marked critical")                        \
	X(91, 91, SUBJECT_KEY_IDENTIFIER_CRITICAL, 46, 127,                    \
	    "Subject Key Identifier marked critical")                          \
	X(92, 92, CA_CERT_MISSING_KEY_USAGE, 46, 127,                          \
	    "CA cert does not include key usage extension")                    \
	X(93, 93, EXTENSIONS_REQUIRE_VERSION_3, 46, 127,                       \
	    "Using cert extension requires at least X509v3")                   \
	X(94, 94, EC_KEY_EXPLICIT_PARAMS, 42, 127,                             \
	    "Certificate public key has explicit ECC parameters")

/* DICOM_ERROR_TLS_* after a local refusal; 0 for DICOMTLS_V_OK. */
int dt_code_dicom_error(int error);

#endif
