/*
 * ltdic.h: the documented C contract for DICOM associations over TLS, on
 * dicomtls. Source level: names, values, field order and call order are those
 * of the documented contract; there is no binary compatibility with anything.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Concepts
 *
 *   HDICOMNET  One network end. It is either a listener (L_DicomListen) or one
 *              connection, made by L_DicomConnect or taken over from a
 *              listener with L_DicomAccept.
 *   HDICOMPDU  An association request or answer: titles, presentation
 *              contexts, transfer syntaxes, results. Plain data.
 *   HDICOMDS   A data set as encoded octets, made by the program (from a
 *              file, for instance) or lent to a callback; command sets too.
 *   SCU, SCP   The end that asks (connects) and the end that serves (accepts).
 *   secure     The TLS handshake follows the TCP connection at once; only
 *   link       after ONSECURELINKREADY with 0 may DICOM messages be sent.
 *
 * Call order of an SCU
 *
 *   1. L_DicomStartUp
 *   2. L_DicomCreateNet, then L_DicomInitializeNet with an L_SSL_CTX_CREATE;
 *      or L_DicomCreateNetExt, which is both
 *   3. L_DicomSetCallback, L_DicomSetCallbackExt
 *   4. if wanted L_DicomSetCipherToIndexTLS, L_DicomSetClientCertificateTLS
 *   5. L_DicomConnect -> CONNECT(0) -> VERIFY for the server's certificates
 *      -> ONSECURELINKREADY(0)
 *   6. L_DicomCreateAssociate, titles and contexts,
 *      L_DicomSendAssociateRequest, L_DicomFreeAssociate
 *   7. RECEIVEASSOCIATEACCEPT -> L_DicomSendCEchoRequest
 *      -> RECEIVECECHORESPONSE, or L_DicomSendCStoreRequest
 *      -> RECEIVECSTORERESPONSE
 *   8. L_DicomSendReleaseRequest -> RECEIVERELEASERESPONSE -> L_DicomClose
 *   9. L_DicomFreeNet, L_DicomShutDown
 *
 * Call order of an SCP
 *
 *   1. L_DicomStartUp, a handle, L_DicomSetCallback, L_DicomListen. The
 *      listener needs no certificate.
 *   2. ACCEPT(0) on the listener: make a handle for this connection, give it
 *      security settings, callbacks and a certificate, then
 *      L_DicomAccept(listener, handle). A connection that was not accepted
 *      when ACCEPT returns is closed.
 *   3. VERIFY and ONSECURELINKREADY come on the new handle
 *   4. RECEIVEASSOCIATEREQUEST -> L_DicomSendAssociateAccept or ...Reject
 *   5. RECEIVECECHOREQUEST -> L_DicomSendCEchoResponse, RECEIVECSTOREREQUEST
 *      -> L_DicomSendCStoreResponse
 *   6. RECEIVERELEASEREQUEST -> L_DicomSendReleaseResponse -> the SCU closes
 *      -> CLOSE on the listener, hPeer being the handle to free
 *
 * Order of callbacks for one PDU: RECEIVE with its bytes, then the callback
 * of its kind. After a failed TCP connection: CONNECT(error) and nothing
 * more. After a failed handshake: ONSECURELINKREADY(error), then CLOSE with
 * the same error, unless the program closed the handle in the first of the
 * two. L_DicomGetErrorSecure keeps the reason.
 *
 * Threads
 *
 *   Callbacks come from threads of the library, unless L_DicomSetDelivery
 *   asked for them inside L_DicomBreathe. Those of one handle never
 *   overlap; those of two handles may. A callback that blocks delays other
 *   handles too. Every function may be called from any thread, callbacks
 *   included; what belongs to a handle is queued and done in order.
 *   An HDICOMPDU is not protected: one thread at a time. The library's threads
 *   block all signals, and what is started in a callback inherits that.
 *
 *   L_DicomFreeNet, L_DicomClose and L_DicomCloseForced may be called
 *     - inside a callback of the same handle: takes effect when it returns;
 *     - from anywhere else: returns when no callback of the handle runs.
 *   No callback of the handle follows. A close asked for by the program gives
 *   no CLOSE on that handle, but the listener of an accepted handle still
 *   hears of it. To wait in a callback of one handle for the freeing of
 *   another that waits for the first is a deadlock of the program.
 *
 * Ownership
 *
 *   Who creates a handle frees it. An HDICOMPDU or a string given to a
 *   callback belongs to the library and is valid until the callback returns.
 *   What a program passes in is copied; both callback tables too.
 *
 * Errors
 *
 *   Functions that return L_INT or L_UINT32 for success give DICOM_SUCCESS or
 *   one DICOM_ERROR_*. Everywhere, and not repeated below:
 *     DICOM_ERROR_NULL_PTR   NULL for a handle or for text that is needed
 *     DICOM_ERROR_PARAMETER  a handle of the other kind, any other argument
 *                            that is wrong in itself
 *     DICOM_ERROR_RANGE      an index or number outside its range
 *     DICOM_ERROR_MEMORY     no memory
 *   Functions that return a value give 0, L_FALSE or NULL where they cannot;
 *   those that fill a string make it empty. A freed handle must not be used.
 *
 * Strings are UTF-8 and end with a NUL; SizeInWords counts bytes with that
 * NUL. Text that does not fit is cut.
 *
 * The sixth parameter of VERIFY: the contract documents five, the vendor's
 * header has a sixth (pUserData). A program written for six defines
 * L_DICOM_VERIFY_USERDATA before it includes this file. Each source file may
 * choose for itself.
 */
#ifndef LTDIC_H
#define LTDIC_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ----------------------------------------------- basic types and macros -- */

#define L_VOID void
typedef char L_CHAR;
typedef unsigned char L_UCHAR;
typedef int8_t L_INT8;
typedef uint8_t L_UINT8;
typedef int16_t L_INT16;
typedef uint16_t L_UINT16;
typedef int32_t L_INT32;
typedef uint32_t L_UINT32;
typedef int64_t L_INT64;
typedef uint64_t L_UINT64;
typedef int L_INT;
typedef unsigned int L_UINT;
typedef L_INT32 L_LONG;
typedef L_UINT32 L_ULONG;
typedef int L_BOOL;
typedef char L_TCHAR;
typedef const L_CHAR *L_PCSTR;
typedef const L_TCHAR *L_PCTSTR;
typedef size_t L_SIZE_T;
typedef L_INT64 L_DICOM_OFFSET;

#define L_TRUE 1
#define L_FALSE 0
#define L_TEXT(text) text
#define L_MAXPATH 264

/* A handler is written `L_VOID EXT_CALLBACK on_close(...)`. */
#define EXT_CALLBACK
#define EXT_FUNCTION
#define pEXT_CALLBACK EXT_CALLBACK *
#define pEXT_FUNCTION EXT_FUNCTION *

#if defined(__GNUC__)
#define LT_EXPORTED __attribute__((visibility("default")))
#else
#define LT_EXPORTED
#endif
#define L_LTDIC_API LT_EXPORTED

typedef L_VOID *HDICOMNET;
typedef L_VOID *HDICOMPDU;
typedef L_VOID *HDICOMDS;

/* ----------------------------------------------------- security settings -- */

/* nMode of a handle. ISCL is refused: DICOM_ERROR_BAD_SECURE_MODE.
 * Any other value counts as NONE. */
#define DICOM_SECURE_NONE 0xABCD0000
#define DICOM_SECURE_ISCL 0xABCD0001
#define DICOM_SECURE_TLS 0xABCD0002

/*
 * uVerifyMode. NONE: a server asks for no certificate; a client judges the
 * server's and calls VERIFY, but the result does not end the handshake.
 * PEER: a server asks for a certificate, the client may have none; one that
 * is refused ends the handshake. FAIL_IF_NO_PEER_CERT, with PEER, on a
 * server: none ends it too. CLIENT_ONCE is accepted; there is no
 * renegotiation.
 */
#define L_SSL_VERIFY_NONE 0x00
#define L_SSL_VERIFY_PEER 0x01
#define L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT 0x02
#define L_SSL_VERIFY_CLIENT_ONCE 0x04
#define L_SSL_VERIFY_ALL 0x07

/* Older names of the same bits. */
#define L_TLS_VERIFY_NONE L_SSL_VERIFY_NONE
#define L_TLS_VERIFY_PEER L_SSL_VERIFY_PEER
#define L_TLS_VERIFY_FAIL_IF_NO_PEER_CERT L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT
#define L_TLS_VERIFY_CLIENT_ONCE L_SSL_VERIFY_CLIENT_ONCE

/* uFlags: which fields of L_SSL_CTX_CREATE count. */
#define FLAG_SSL_CTX_CREATE_METHOD_TYPE 0x001
#define FLAG_SSL_CTX_CREATE_VERIFY_DEPTH 0x002
#define FLAG_SSL_CTX_CREATE_VERIFY_MODE 0x004
#define FLAG_SSL_CTX_CREATE_CAFILE 0x008
#define FLAG_SSL_CTX_CREATE_OPTIONS 0x010
#define FLAG_SSL_CTX_CREATE_ALL 0x01F
#define FLAG_SSL_CTX_PRECREATE_METHOD_TYPE 0x001
#define FLAG_SSL_CTX_PRECREATE_ALL 0x001

/* Protocol versions. SSLV2 and SSLV3 are refused (INVALID_CTX). TLSV1 is TLS
 * 1.0 alone, where the system still allows it. SSLV23 and TLS, and no method
 * at all, take the best that both ends have, TLS 1.3 included. */
typedef enum _SSL_METHOD_TYPE {
	TYPE_SSLV2_METHOD = 0x01,
	TYPE_SSLV3_METHOD = 0x02,
	TYPE_TLSV1_METHOD = 0x03,
	TYPE_SSLV23_METHOD = 0x04,
	TYPE_TLS_METHOD = 0x05
} SSL_METHOD_TYPE;

/* nOptions: versions to leave out. NO_COMPRESSION and the bits of ALL ask for
 * what is always so. */
#define L_SSL_OP_NO_SSLv2 0x01000000
#define L_SSL_OP_NO_SSLv3 0x02000000
#define L_SSL_OP_NO_TLSv1 0x04000000
#define L_SSL_OP_NO_TLSv1_2 0x08000000
#define L_SSL_OP_NO_TLSv1_1 0x10000000
#define L_SSL_OP_NO_COMPRESSION 0x00020000
#define L_SSL_OP_ALL 0x80000BFF

/* Certificate file types. */
#define L_TLS_FILETYPE_PEM 1
#define L_TLS_FILETYPE_ASN1 2

/*
 * TLS settings of a handle. uStructSize is sizeof(L_SSL_CTX_CREATE); every
 * known prefix of the struct is accepted. Without a flag its field has the
 * default: best method, mode NONE, depth 100, no CA file (nothing is
 * trusted), no options. nSuccess is written: DICOM_SUCCESS, or
 *   DICOM_ERROR_INVALID_STRUCT_SIZE         uStructSize
 *   DICOM_ERROR_TLS_INVALID_CTX             unknown flag, impossible method
 *   DICOM_ERROR_TLS_INVALID_CTX_VERIFY_DEPTH  negative depth
 *   DICOM_ERROR_TLS_INVALID_CTX_VERIFY_MODE   unknown bits
 *   DICOM_ERROR_TLS_INVALID_CTX_CAFILE      no certificate could be loaded
 *   DICOM_ERROR_TLS_INVALID_CTX_OPTIONS     options that leave no version
 */
typedef struct tagSSL_CTX_CREATE {
	L_UINT uStructSize;
	L_UINT32 uFlags;      /* FLAG_SSL_CTX_CREATE_* */
	L_INT nMethodTypeSSL; /* TYPE_*_METHOD */
	L_TCHAR *pszCAfile;   /* PEM, any number of trusted certificates */
	L_UINT uVerifyMode;   /* L_SSL_VERIFY_* */
	L_INT nVerifyDepth;   /* most certificates between leaf and anchor */
	L_INT nOptions;	      /* L_SSL_OP_* */
	L_INT nSuccess;	      /* out */
	L_INT nReserved1;     /* 0 */
	L_INT nReserved2;     /* 0 */
} L_SSL_CTX_CREATE, *pL_SSL_CTX_CREATE;

/* --------------------------------------------------------- cipher suites -- */

/* Entries of the preference list, 0..MAX_CIPHERSUITE_COUNT - 1. */
#define MAX_CIPHERSUITE_COUNT 16

/*
 * The list restricts TLS 1.2 and below; TLS 1.3 only if it names a suite of
 * TLS 1.3. An empty list stands for the suites of the DICOM BCP 195 profile
 * (PS3.15 B.12). DHE_RSA_WITH_DES has no implementation any more.
 * From 0x1B on: additions of this library.
 */
typedef enum _L_CIPHERSUITE {
	L_CIPHERSUITE_NONE = 0, /* addition: end of the list */
	L_TLS_DHE_RSA_WITH_DES_CBC_SHA = 0x12,
	L_TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA = 0x13,
	L_TLS_DHE_RSA_AES256_SHA = 0x14,
	L_TLS_RSA_WITH_AES_128_CBC_SHA = 0x15,
	L_TLS_RSA_WITH_3DES_EDE_CBC_SHA = 0x16,
	L_TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 = 0x17,
	L_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 = 0x18,
	L_TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 = 0x19,
	L_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 = 0x1A,
	L_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = 0x1B,
	L_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 = 0x1C,
	L_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 = 0x1D,
	L_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 = 0x1E,
	L_TLS_AES_128_GCM_SHA256 = 0x1F,
	L_TLS_AES_256_GCM_SHA384 = 0x20,
	L_TLS_CHACHA20_POLY1305_SHA256 = 0x21
} L_CIPHERSUITE;

/* The documented names without prefix. */
#define TLS_DHE_RSA_WITH_DES_CBC_SHA L_TLS_DHE_RSA_WITH_DES_CBC_SHA
#define TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA L_TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA
#define TLS_DHE_RSA_AES256_SHA L_TLS_DHE_RSA_AES256_SHA
#define TLS_RSA_WITH_AES_128_CBC_SHA L_TLS_RSA_WITH_AES_128_CBC_SHA
#define TLS_RSA_WITH_3DES_EDE_CBC_SHA L_TLS_RSA_WITH_3DES_EDE_CBC_SHA
#define TLS_DHE_RSA_WITH_AES_128_GCM_SHA256                                    \
	L_TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
#define TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256                                  \
	L_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
#define TLS_DHE_RSA_WITH_AES_256_GCM_SHA384                                    \
	L_TLS_DHE_RSA_WITH_AES_256_GCM_SHA384
#define TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384                                  \
	L_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384

/* What the algorithm functions answer. Marked values are additions. */
typedef enum _L_ENCRYPTION_METHOD {
	L_CRYPT_NONE = 0,
	L_CRYPT_DES = 1,
	L_CRYPT_3DES = 2,
	L_CRYPT_RC4 = 3,
	L_CRYPT_RC2 = 4,
	L_CRYPT_IDEA = 5,
	L_CRYPT_FORTEZZA = 6,
	L_CRYPT_AES = 7,
	L_CRYPT_CHACHA20 = 8 /* addition */
} L_ENCRYPTION_METHOD;

typedef enum _L_MAC_METHOD {
	L_MAC_NONE = 0x00,
	L_MAC_SHA1 = 0x10,
	L_MAC_MD5 = 0x11,
	L_MAC_SHA256 = 0x12, /* addition */
	L_MAC_SHA384 = 0x13, /* addition */
	L_MAC_AEAD = 0x14    /* addition: integrity is part of the cipher */
} L_MAC_METHOD;

typedef enum _L_MUTUAL_AUTH_METHOD {
	L_MUTUALAUTH_NONE = 0, /* also TLS 1.3: the suite does not say */
	L_MUTUALAUTH_RSA = 0x20,
	L_MUTUALAUTH_DSS = 0x21,
	L_MUTUALAUTH_DH = 0x22,
	L_MUTUALAUTH_ECDSA = 0x23 /* addition */
} L_MUTUAL_AUTH_METHOD;

typedef enum _L_KEY_EXCHANGE_METHOD {
	L_KEYEXCHANGE_NONE = 0,
	L_KEYEXCHANGE_RSA_SIGNED_DHE = 0x40,
	L_KEYEXCHANGE_RSA = 0x41,
	L_KEYEXCHANGE_DH = 0x42,
	L_KEYEXCHANGE_DH_DSS = 0x43,
	L_KEYEXCHANGE_FORTEZZA = 0x44,
	L_KEYEXCHANGE_ECDHE = 0x45 /* addition */
} L_KEY_EXCHANGE_METHOD;

/* ------------------------------------------------- networking constants -- */

#define DICOM_IPTYPE_NONE 0 /* as IPV4_OR_IPV6 */
#define DICOM_IPTYPE_IPV4 1
#define DICOM_IPTYPE_IPV6 2
#define DICOM_IPTYPE_IPV4_OR_IPV6 3
#define NET_MAX_ADDRESS_SIZE 16 /* IPv4 text only; IPv6 needs 46 */
#define DICOMNET_FLAGS_NONE 0
#define DICOMNET_FLAGS_SENDDATA_WITH_GROUP_LENGTH_STANDARD_DATA_ELEMENTS 1

/* PDU types, as on the wire (PS3.8 9.3.1). */
#define PDU_UNKNOWN 0
#define PDU_ASSOCIATE_REQUEST 1
#define PDU_ASSOCIATE_ACCEPT 2
#define PDU_ASSOCIATE_REJECT 3
#define PDU_DATA_TRANSFER 4
#define PDU_RELEASE_REQUEST 5
#define PDU_RELEASE_RESPONSE 6
#define PDU_ABORT 7

/* Sizes. PDU_MAX_TITLE_SIZE is a buffer size; a title has 16 characters. */
#define PDU_MAX_UID_SIZE 64
#define PDU_MAX_TITLE_SIZE 64
#define PDU_MAX_VERSION_SIZE 16
#define PDU_MIN_MAXIMUM_LENGTH 8

#define PDU_ROLE_NON_SUPPORT 0
#define PDU_ROLE_SUPPORT 1

/* Result of a presentation context (PS3.8 9.3.3.2). */
#define PDU_ACCEPT_RESULT_SUCCESS 0
#define PDU_ACCEPT_RESULT_USER_REJECT 1
#define PDU_ACCEPT_RESULT_PROVIDER_REJECT 2
#define PDU_ACCEPT_RESULT_ABSTRACT_SYNTAX 3
#define PDU_ACCEPT_RESULT_TRANSFER_SYNTAX 4

/* A-ASSOCIATE-RJ (PS3.8 9.3.4). */
#define PDU_REJECT_RESULT_PERMANENT 1
#define PDU_REJECT_RESULT_TRANSIENT 2
#define PDU_REJECT_SOURCE_USER 1
#define PDU_REJECT_SOURCE_PROVIDER1 2 /* ACSE */
#define PDU_REJECT_SOURCE_PROVIDER2 3 /* presentation */
#define PDU_REJECT_REASON_UNKNOWN 1
#define PDU_REJECT_REASON_APPLICATION 2
#define PDU_REJECT_REASON_CALLING 3
#define PDU_REJECT_REASON_CALLED 7
#define PDU_REJECT_REASON_VERSION 2    /* source PROVIDER1 */
#define PDU_REJECT_REASON_CONGESTION 1 /* source PROVIDER2 */
#define PDU_REJECT_REASON_LIMIT 2      /* source PROVIDER2 */

/* A-ABORT (PS3.8 9.3.8). */
#define PDU_ABORT_SOURCE_USER 0
#define PDU_ABORT_SOURCE_PROVIDER 2
#define PDU_ABORT_REASON_UNKNOWN 0
#define PDU_ABORT_REASON_UNRECOGNIZED 1
#define PDU_ABORT_REASON_UNEXPECTED 2
#define PDU_ABORT_REASON_UNRECOGNIZED_PARAM 4
#define PDU_ABORT_REASON_UNEXPECTED_PARAM 5
#define PDU_ABORT_REASON_INVALID_PARAM 6

/* Command fields (PS3.7 E.1). */
#define COMMAND_C_STORE 0x0001
#define COMMAND_C_GET 0x0010
#define COMMAND_C_FIND 0x0020
#define COMMAND_C_MOVE 0x0021
#define COMMAND_C_ECHO 0x0030
#define COMMAND_N_REPORT 0x0100
#define COMMAND_N_GET 0x0110
#define COMMAND_N_SET 0x0120
#define COMMAND_N_ACTION 0x0130
#define COMMAND_N_CREATE 0x0140
#define COMMAND_N_DELETE 0x0150
#define COMMAND_C_CANCEL 0x0FFF
#define COMMAND_RESPONSE 0x8000

#define COMMAND_DATASET_PRESENT 0
#define COMMAND_DATASET_ABSENT 0x0101
#define COMMAND_DATASET_IDENTIFIER 0x0102

#define COMMAND_PRIORITY_MEDIUM 0
#define COMMAND_PRIORITY_HIGH 1
#define COMMAND_PRIORITY_LOW 2

#define COMMAND_STATUS_SUCCESS 0x0000
#define COMMAND_STATUS_PROCESSING_FAILURE 0x0110
#define COMMAND_STATUS_NO_SUCH_CLASS 0x0118
#define COMMAND_STATUS_CLASS_NOT_SUPPORTED 0x0122
#define COMMAND_STATUS_REFUSED_NOT_AUTHORIZED 0x0124
#define COMMAND_STATUS_DUPLICATE_INVOCATION 0x0210
#define COMMAND_STATUS_UNRECOGNIZED_OPERATION 0x0211
#define COMMAND_STATUS_MISTYPED_ARGUMENT 0x0212
#define COMMAND_STATUS_RESOURCE_LIMITATION 0x0213
#define COMMAND_STATUS_REFUSED_OUT_OF_RESOURCES 0xA700
#define COMMAND_STATUS_WARNING 0xB000
#define COMMAND_STATUS_FAILURE 0xC001
#define COMMAND_STATUS_CANCEL 0xFE00
#define COMMAND_STATUS_PENDING 0xFF00
#define COMMAND_STATUS_PENDING_WARNING 0xFF01

/* Unique identifiers (PS3.6 annex A). */
#define UID_VERIFICATION_CLASS_A "1.2.840.10008.1.1"
#define UID_VERIFICATION_CLASS L_TEXT("1.2.840.10008.1.1")
#define UID_IMPLICIT_VR_LITTLE_ENDIAN_A "1.2.840.10008.1.2"
#define UID_IMPLICIT_VR_LITTLE_ENDIAN L_TEXT("1.2.840.10008.1.2")
#define UID_EXPLICIT_VR_LITTLE_ENDIAN_A "1.2.840.10008.1.2.1"
#define UID_EXPLICIT_VR_LITTLE_ENDIAN L_TEXT("1.2.840.10008.1.2.1")

/* ---------------------------------------------------------- return codes -- */

#define DICOM_SUCCESS 0
#define DICOM_ERROR_LOCKED 1
#define DICOM_ERROR_MEMORY 2
#define DICOM_ERROR_OPEN 3
#define DICOM_ERROR_READ 4
#define DICOM_ERROR_WRITE 5
#define DICOM_ERROR_SEEK 6
#define DICOM_ERROR_END 7
#define DICOM_ERROR_FORMAT 8
#define DICOM_ERROR_PARAMETER 9
#define DICOM_ERROR_RANGE 14
#define DICOM_ERROR_PDU_TYPE 17
#define DICOM_ERROR_PDU_LENGTH 18
#define DICOM_ERROR_PDU_ID 19
#define DICOM_ERROR_FEATURE_NOT_SUPPORTED 208
#define DICOM_ERROR_INVALID_STRUCT_SIZE 213
#define DICOM_ERROR_NULL_PTR 214
#define DICOM_ERROR_CRYPTO_LIB_LOAD_FAILED 216
#define DICOM_ERROR_PRIVATE_KEY_LOAD_FAILED 218
#define DICOM_ERROR_CERTIFICATE_LOAD_FAILED 219
#define DICOM_ERROR_KEYS_MISMATCH 221
#define DICOM_ERROR_CRYPTO_LIB_FAILURE 225
#define DICOM_IPV4_IPV6_CONFLICT 307
#define DICOM_ERROR_CANCELED 418
#define DICOM_ERROR_LAST 425

/* Network. */
#define DICOM_ERROR_NET_FAILURE 29
#define DICOM_ERROR_NET_ACCESS 30
#define DICOM_ERROR_NET_ADDRESS_IN_USE 31
#define DICOM_ERROR_NET_ADDRESS_NOT_AVAILABLE 32
#define DICOM_ERROR_NET_ADDRESS_NOT_SUPPORTED 33
#define DICOM_ERROR_NET_CONNECTION_ABORTED 34
#define DICOM_ERROR_NET_CONNECTION_REFUSED 35
#define DICOM_ERROR_NET_CONNECTION_RESET 36
#define DICOM_ERROR_NET_DESTINATION_REQUIRED 37
#define DICOM_ERROR_NET_ARGUMENT_INCORRECT 38
#define DICOM_ERROR_NET_IN_PROGRESS 39
#define DICOM_ERROR_NET_BLOCKING_CANCELED 40
#define DICOM_ERROR_NET_INVALID 41 /* not possible in the present state */
#define DICOM_ERROR_NET_IS_CONNECTED 42
#define DICOM_ERROR_NET_NO_MORE_FILE 43
#define DICOM_ERROR_NET_MESSAGE_SIZE 44
#define DICOM_ERROR_NET_DOWN 45
#define DICOM_ERROR_NET_RESET 46
#define DICOM_ERROR_NET_UN_REACH 47
#define DICOM_ERROR_NET_NO_BUFFERS 48
#define DICOM_ERROR_NET_NOT_CONNECTED 49
#define DICOM_ERROR_NET_NOT_SOCKET 50
#define DICOM_ERROR_NET_OPERATION_NOT_SUPPORTED 51
#define DICOM_ERROR_NET_PROTOCOL_NOT_SUPPORTED 52
#define DICOM_ERROR_NET_PROTOCOL_TYPE 53
#define DICOM_ERROR_NET_SHUTDOWN 54
#define DICOM_ERROR_NET_SOCKET_NOT_SUPPORTED 55
#define DICOM_ERROR_NET_TIME_OUT 56
#define DICOM_ERROR_NET_WOULD_BLOCK 57
#define DICOM_ERROR_NET_HOST_NOT_FOUND 58
#define DICOM_ERROR_NET_NO_DATA 59
#define DICOM_ERROR_NET_NO_RECOVERY 60
#define DICOM_ERROR_NET_NOT_INITIALISED 61 /* L_DicomStartUp is missing */
#define DICOM_ERROR_NET_SYSTEM_NOT_READY 62
#define DICOM_ERROR_NET_TRY_AGAIN 63
#define DICOM_ERROR_NET_VERSION_NOT_SUPPORTED 64
#define DICOM_ERROR_NET_SECURITY_BREACH 65 /* see L_DicomGetErrorSecure */
#define DICOM_ERROR_NET_HOST_UN_REACH 423

/* State of the secure layer. */
#define DICOM_ERROR_TLS 66
#define DICOM_ERROR_SECURITY_LOCKED 67
#define DICOM_ERROR_TLS_DLL_NOT_LOADED 68
#define DICOM_ERROR_BAD_SECURE_MODE 69 /* not a handle for TLS */

/*
 * What ONSECURELINKREADY and L_DicomGetErrorSecure tell. When this end
 * refused the peer's certificate: 158 + the L_X509_V_ERR_ number for 2..32,
 * 191 for APPLICATION_VERIFICATION, else CERTIFICATE_VERIFY_FAILED. When the
 * peer sent an alert: the code of that alert (in this order TLS alerts 0, 10,
 * 20, 21, 22, 30, 40, 42..51, 60, 70, 71, 80, 90, 100). certificate_required
 * (116) counts as HANDSHAKE_FAILURE, alerts without a code as
 * DICOM_ERROR_TLS.
 */
#define DICOM_ERROR_TLS_OK 0
#define DICOM_ERROR_TLS_CERTIFICATE_VERIFY_FAILED 127
#define DICOM_ERROR_TLS_CLOSE_NOTIFY 128
#define DICOM_ERROR_TLS_UNEXPECTED_MESSAGE 129
#define DICOM_ERROR_TLS_BAD_RECORD_MAC 130
#define DICOM_ERROR_TLS_DECRYPT_FAILED 131
#define DICOM_ERROR_TLS_RECORD_OVERFLOW 132
#define DICOM_ERROR_TLS_DECOMPRESSION_FAILURE 133
#define DICOM_ERROR_TLS_HANDSHAKE_FAILURE 134
#define DICOM_ERROR_TLS_BAD_CERTIFICATE 135
#define DICOM_ERROR_TLS_UNSUPPORTED_CERTIFICATE 136
#define DICOM_ERROR_TLS_CERTIFICATE_REVOKED 137
#define DICOM_ERROR_TLS_CERTIFICATE_EXPIRED 138
#define DICOM_ERROR_TLS_CERTIFICATE_UNKNOWN 139
#define DICOM_ERROR_TLS_ILLEGAL_PARAMETER 140
#define DICOM_ERROR_TLS_UNKNOWN_CA 141
#define DICOM_ERROR_TLS_ACCESS_DENIED 142
#define DICOM_ERROR_TLS_DECODE_ERROR 143
#define DICOM_ERROR_TLS_DECRYPT_ERROR 144
#define DICOM_ERROR_TLS_EXPORT_RESTRICTION 145
#define DICOM_ERROR_TLS_PROTOCOL_VERSION 146
#define DICOM_ERROR_TLS_INSUFFICIENT_SECURITY 147
#define DICOM_ERROR_TLS_INTERNAL_ERROR 148
#define DICOM_ERROR_TLS_USER_CANCELED 149
#define DICOM_ERROR_TLS_NO_RENEGOTIATION 150
#define DICOM_ERROR_TLS_NO_KEEPALIVE 151
#define DICOM_ERROR_TLS_CLOSED_CONTROLLED 152
#define DICOM_ERROR_TLS_UNABLE_TO_GET_ISSUER_CERT 160
#define DICOM_ERROR_TLS_UNABLE_TO_GET_CRL 161
#define DICOM_ERROR_TLS_UNABLE_TO_DECRYPT_CERT_SIGNATURE 162
#define DICOM_ERROR_TLS_UNABLE_TO_DECRYPT_CRL_SIGNATURE 163
#define DICOM_ERROR_TLS_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY 164
#define DICOM_ERROR_TLS_CERT_SIGNATURE_FAILURE 165
#define DICOM_ERROR_TLS_CRL_SIGNATURE_FAILURE 166
#define DICOM_ERROR_TLS_CERT_NOT_YET_VALID 167
#define DICOM_ERROR_TLS_CERT_HAS_EXPIRED 168
#define DICOM_ERROR_TLS_CRL_NOT_YET_VALID 169
#define DICOM_ERROR_TLS_CRL_HAS_EXPIRED 170
#define DICOM_ERROR_TLS_ERROR_IN_CERT_NOT_BEFORE_FIELD 171
#define DICOM_ERROR_TLS_ERROR_IN_CERT_NOT_AFTER_FIELD 172
#define DICOM_ERROR_TLS_ERROR_IN_CRL_LAST_UPDATE_FIELD 173
#define DICOM_ERROR_TLS_ERROR_IN_CRL_NEXT_UPDATE_FIELD 174
#define DICOM_ERROR_TLS_OUT_OF_MEM 175
#define DICOM_ERROR_TLS_DEPTH_ZERO_SELF_SIGNED_CERT 176
#define DICOM_ERROR_TLS_SELF_SIGNED_CERT_IN_CHAIN 177
#define DICOM_ERROR_TLS_UNABLE_TO_GET_ISSUER_CERT_LOCALLY 178
#define DICOM_ERROR_TLS_UNABLE_TO_VERIFY_LEAF_SIGNATURE 179
#define DICOM_ERROR_TLS_CERT_CHAIN_TOO_LONG 180
#define DICOM_ERROR_TLS_CERT_REVOKED 181
#define DICOM_ERROR_TLS_INVALID_CA 182
#define DICOM_ERROR_TLS_PATH_LENGTH_EXCEEDED 183
#define DICOM_ERROR_TLS_INVALID_PURPOSE 184
#define DICOM_ERROR_TLS_CERT_UNTRUSTED 185
#define DICOM_ERROR_TLS_CERT_REJECTED 186
#define DICOM_ERROR_TLS_SUBJECT_ISSUER_MISMATCH 187
#define DICOM_ERROR_TLS_AKID_SKID_MISMATCH 188
#define DICOM_ERROR_TLS_AKID_ISSUER_SERIAL_MISMATCH 189
#define DICOM_ERROR_TLS_KEYUSAGE_NO_CERTSIGN 190
#define DICOM_ERROR_TLS_APPLICATION_VERIFICATION 191
#define DICOM_ERROR_TLS_INVALID_CTX 192
#define DICOM_ERROR_TLS_INVALID_CTX_VERIFY_DEPTH 193
#define DICOM_ERROR_TLS_INVALID_CTX_VERIFY_MODE 194
#define DICOM_ERROR_TLS_INVALID_CTX_CAFILE 195
#define DICOM_ERROR_TLS_INVALID_CTX_OPTIONS 196

/* ------------------------------------------- certificate error numbers -- */

/*
 * nError of VERIFY. OpenSSL 3.0 knows four of the documented names under
 * another number; dicomtls_code_l_number() in dicomtls.h translates.
 */
#define L_X509_V_OK 0
#define L_X509_V_ERR_UNSPECIFIED 1
#define L_X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT 2
#define L_X509_V_ERR_UNABLE_TO_GET_CRL 3
#define L_X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE 4
#define L_X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE 5
#define L_X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY 6
#define L_X509_V_ERR_CERT_SIGNATURE_FAILURE 7
#define L_X509_V_ERR_CRL_SIGNATURE_FAILURE 8
#define L_X509_V_ERR_CERT_NOT_YET_VALID 9
#define L_X509_V_ERR_CERT_HAS_EXPIRED 10
#define L_X509_V_ERR_CRL_NOT_YET_VALID 11
#define L_X509_V_ERR_CRL_HAS_EXPIRED 12
#define L_X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD 13
#define L_X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD 14
#define L_X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD 15
#define L_X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD 16
#define L_X509_V_ERR_OUT_OF_MEM 17
#define L_X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT 18
#define L_X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN 19
#define L_X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY 20
#define L_X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE 21
#define L_X509_V_ERR_CERT_CHAIN_TOO_LONG 22
#define L_X509_V_ERR_CERT_REVOKED 23
#define L_X509_V_ERR_INVALID_CA 24
#define L_X509_V_ERR_PATH_LENGTH_EXCEEDED 25
#define L_X509_V_ERR_INVALID_PURPOSE 26
#define L_X509_V_ERR_CERT_UNTRUSTED 27
#define L_X509_V_ERR_CERT_REJECTED 28
#define L_X509_V_ERR_SUBJECT_ISSUER_MISMATCH 29
#define L_X509_V_ERR_AKID_SKID_MISMATCH 30
#define L_X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH 31
#define L_X509_V_ERR_KEYUSAGE_NO_CERTSIGN 32
#define L_X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER 33
#define L_X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION 34
#define L_X509_V_ERR_KEYUSAGE_NO_CRL_SIGN 35
#define L_X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION 36
#define L_X509_V_ERR_INVALID_NON_CA 37
#define L_X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED 38
#define L_X509_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE 39
#define L_X509_V_ERR_PROXY_CERTIFICATES_NOT_ALLOWED 40
#define L_X509_V_ERR_INVALID_EXTENSION 41
#define L_X509_V_ERR_INVALID_POLICY_EXTENSION 42
#define L_X509_V_ERR_NO_EXPLICIT_POLICY 43
#define L_X509_V_ERR_DIFFERENT_CRL_SCOPE 44
#define L_X509_V_ERR_UNSUPPORTED_EXTENSION_FEATURE 45
#define L_X509_V_ERR_UNNESTED_RESOURCE 46
#define L_X509_V_ERR_PERMITTED_VIOLATION 47
#define L_X509_V_ERR_EXCLUDED_VIOLATION 48
#define L_X509_V_ERR_SUBTREE_MINMAX 49
#define L_X509_V_ERR_APPLICATION_VERIFICATION 50
#define L_X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE 51
#define L_X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX 52
#define L_X509_V_ERR_UNSUPPORTED_NAME_SYNTAX 53
#define L_X509_V_ERR_CRL_PATH_VALIDATION_ERROR 54
#define L_X509_V_ERR_SUITE_B_INVALID_VERSION 56
#define L_X509_V_ERR_SUITE_B_INVALID_ALGORITHM 57
#define L_X509_V_ERR_SUITE_B_INVALID_CURVE 58
#define L_X509_V_ERR_SUITE_B_INVALID_SIGNATURE_ALGORITHM 59
#define L_X509_V_ERR_SUITE_B_LOS_NOT_ALLOWED 60
#define L_X509_V_ERR_SUITE_B_CANNOT_SIGN_P_384_WITH_P_256 61
#define L_X509_V_ERR_HOSTNAME_MISMATCH 62
#define L_X509_V_ERR_EMAIL_MISMATCH 63
#define L_X509_V_ERR_IP_ADDRESS_MISMATCH 64
#define L_X509_V_ERR_INVALID_CALL 65
#define L_X509_V_ERR_STORE_LOOKUP 66
#define L_X509_V_ERR_PROXY_SUBJECT_NAME_VIOLATION 67

/*
 * Additions: the findings of OpenSSL 3.0 that the documented table has no
 * name for. OpenSSL's own number, except 69, 70, 72 and 79, which exchange
 * places with 65, 66, 67 and 24.
 */
#define L_X509_V_ERR_PATH_LOOP 55
#define L_X509_V_ERR_CA_MD_TOO_WEAK 68
#define L_X509_V_ERR_DANE_NO_MATCH 69
#define L_X509_V_ERR_EE_KEY_TOO_SMALL 70
#define L_X509_V_ERR_NO_VALID_SCTS 71
#define L_X509_V_ERR_CA_KEY_TOO_SMALL 72
#define L_X509_V_ERR_OCSP_VERIFY_NEEDED 73
#define L_X509_V_ERR_OCSP_VERIFY_FAILED 74
#define L_X509_V_ERR_OCSP_CERT_UNKNOWN 75
#define L_X509_V_ERR_UNSUPPORTED_SIGNATURE_ALGORITHM 76
#define L_X509_V_ERR_SIGNATURE_ALGORITHM_MISMATCH 77
#define L_X509_V_ERR_SIGNATURE_ALGORITHM_INCONSISTENCY 78
#define L_X509_V_ERR_NO_ISSUER_PUBLIC_KEY 79
#define L_X509_V_ERR_PATHLEN_INVALID_FOR_NON_CA 80
#define L_X509_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN 81
#define L_X509_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA 82
#define L_X509_V_ERR_ISSUER_NAME_EMPTY 83
#define L_X509_V_ERR_SUBJECT_NAME_EMPTY 84
#define L_X509_V_ERR_MISSING_AUTHORITY_KEY_IDENTIFIER 85
#define L_X509_V_ERR_MISSING_SUBJECT_KEY_IDENTIFIER 86
#define L_X509_V_ERR_EMPTY_SUBJECT_ALT_NAME 87
#define L_X509_V_ERR_EMPTY_SUBJECT_SAN_NOT_CRITICAL 88
#define L_X509_V_ERR_CA_BCONS_NOT_CRITICAL 89
#define L_X509_V_ERR_AUTHORITY_KEY_IDENTIFIER_CRITICAL 90
#define L_X509_V_ERR_SUBJECT_KEY_IDENTIFIER_CRITICAL 91
#define L_X509_V_ERR_CA_CERT_MISSING_KEY_USAGE 92
#define L_X509_V_ERR_EXTENSIONS_REQUIRE_VERSION_3 93
#define L_X509_V_ERR_EC_KEY_EXPLICIT_PARAMS 94

/* ------------------------------------------------------------- callbacks -- */

/*
 * Every callback may be NULL. pUserData is the one of the table in which the
 * callback was registered. The last parameter of all but VERIFY (see the top).
 */

/* TCP connection made (0) or failed. With TLS not yet the time to send. */
typedef L_VOID(pEXT_CALLBACK CONNECTCALLBACK)(
    HDICOMNET hNet, L_INT nError, L_VOID *pUserData);
/* A connection waits at listener hNet: answer with L_DicomAccept. */
typedef L_VOID(pEXT_CALLBACK ACCEPTCALLBACK)(
    HDICOMNET hNet, L_INT nError, L_VOID *pUserData);
/* The connection is gone. On a listener hPeer is the accepted handle; there
 * is where to free it. On a connection hPeer is NULL. */
typedef L_VOID(pEXT_CALLBACK CLOSECALLBACK)(
    HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData);
/* One PDU arrived: PDU_* type and all of its bytes. */
typedef L_VOID(pEXT_CALLBACK RECEIVECALLBACK)(HDICOMNET hNet, L_INT nError,
    L_UCHAR nType, L_UCHAR *pBuffer, L_UINT32 nBytes, L_VOID *pUserData);
/* A queued message was handed to the network. */
typedef L_VOID(pEXT_CALLBACK SENDCALLBACK)(HDICOMNET hNet, L_INT nError,
    L_UCHAR nType, L_UINT32 nBytes, L_VOID *pUserData);

typedef L_VOID(pEXT_CALLBACK RECEIVEASSOCIATEREQUESTCALLBACK)(
    HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVEASSOCIATEACCEPTCALLBACK)(
    HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVEASSOCIATEREJECTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nResult, L_UCHAR nSource, L_UCHAR nReason, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVERELEASEREQUESTCALLBACK)(
    HDICOMNET hNet, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVERELEASERESPONSECALLBACK)(
    HDICOMNET hNet, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVEABORTCALLBACK)(
    HDICOMNET hNet, L_UCHAR nSource, L_UCHAR nReason, L_VOID *pUserData);

typedef L_VOID(pEXT_CALLBACK RECEIVECECHOREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVECECHORESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_UINT16 nStatus, L_VOID *pUserData);
/* C-STORE. The data set is whole, and lent until the callback returns. hDS is
 * NULL if the message has none, or there was no room to keep it in the folder
 * for temporary files: COMMAND_STATUS_REFUSED_OUT_OF_RESOURCES is the answer
 * to that. Text that is not in the message is empty, a number 0. */
typedef L_VOID(pEXT_CALLBACK RECEIVECSTOREREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nPriority, L_TCHAR *pszMoveAE,
    L_UINT16 nMoveMessageID, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVECSTORERESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nStatus, L_VOID *pUserData);
/* Any message, before the callback of its service. hCS is the command set, hDS
 * the data set as above. */
typedef L_VOID(pEXT_CALLBACK RECEIVEDATACALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, HDICOMDS hCS, HDICOMDS hDS, L_VOID *pUserData);
/* A message of a service other than C-ECHO and C-STORE. */
typedef L_VOID(pEXT_CALLBACK RECEIVEUNKNOWNCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, HDICOMDS hCS, HDICOMDS hDS, L_VOID *pUserData);

/* The TLS handshake ended: 0, or why it failed (DICOM_ERROR_TLS_*); CLOSE
 * follows a failure. */
typedef L_VOID(pEXT_CALLBACK ONSECURELINKREADY)(
    HDICOMNET hNet, L_UINT32 nError, L_VOID *pUserData);

/*
 * Callbacks of services that this version does not implement. They are
 * declared so that programs compile and are never called: such messages go
 * to RECEIVE, RECEIVEDATA and RECEIVEUNKNOWN.
 */
typedef L_VOID(pEXT_CALLBACK RECEIVECFINDREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_UINT16 nPriority, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVECFINDRESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_UINT16 nStatus, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVECGETREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_UINT16 nPriority, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVECGETRESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_UINT16 nStatus, L_UINT16 nRemaining, L_UINT16 nCompleted,
    L_UINT16 nFailed, L_UINT16 nWarning, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVECMOVEREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_UINT16 nPriority, L_TCHAR *pszMoveAE, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVECMOVERESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_UINT16 nStatus, L_UINT16 nRemaining, L_UINT16 nCompleted,
    L_UINT16 nFailed, L_UINT16 nWarning, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVECCANCELREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENREPORTREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nEvent, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENREPORTRESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nStatus, L_UINT16 nEvent, HDICOMDS hDS,
    L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENGETREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT32 *pnAttribute, L_UINT16 nCount,
    L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENGETRESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nStatus, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENSETREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENSETRESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nStatus, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENACTIONREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nAction, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENACTIONRESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nStatus, L_UINT16 nAction, HDICOMDS hDS,
    L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENCREATEREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENCREATERESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nStatus, HDICOMDS hDS, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENDELETEREQUESTCALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK RECEIVENDELETERESPONSECALLBACK)(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nStatus, L_VOID *pUserData);
/* ISCL, which is refused; likewise declared and never called. */
typedef L_BOOL(pEXT_CALLBACK GETCHALLENGE)(HDICOMNET hNet,
    L_UINT64 *pnChallenge, L_UINT64 nParameter, L_VOID *pUserData);
typedef L_BOOL(pEXT_CALLBACK INTERNALAUTHENTICATE)(HDICOMNET hNet,
    L_UINT64 nChallenge, L_UINT64 *pnResponse, L_UINT64 nParameter,
    L_VOID *pUserData);
typedef L_BOOL(pEXT_CALLBACK EXTERNALAUTHENTICATE)(HDICOMNET hNet,
    L_UINT64 nChallenge, L_UINT64 nResponse, L_UINT64 nParameter,
    L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK ONNONSECURESENDISCL)(HDICOMNET hNet, L_INT nError,
    L_UCHAR nType, L_UINT32 nBytes, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK ONNONSECURERECEIVEDISCL)(HDICOMNET hNet,
    L_INT nError, L_UCHAR *pBuffer, L_UINT32 nBytes, L_VOID *pUserData);
typedef L_VOID(pEXT_CALLBACK ONRECEIVEDISCLPACKET)(HDICOMNET hNet, L_INT nError,
    L_UCHAR *pBuffer, L_UINT32 nBytes, L_VOID *pUserData);

/* The main table. L_DicomSetCallback copies it. */
typedef struct _DICOMNETCALLBACK {
	CONNECTCALLBACK pfnConnect;
	ACCEPTCALLBACK pfnAccept;
	CLOSECALLBACK pfnClose;
	RECEIVECALLBACK pfnReceive;
	SENDCALLBACK pfnSend;
	RECEIVEASSOCIATEREQUESTCALLBACK pfnReceiveAssociateRequest;
	RECEIVEASSOCIATEACCEPTCALLBACK pfnReceiveAssociateAccept;
	RECEIVEASSOCIATEREJECTCALLBACK pfnReceiveAssociateReject;
	RECEIVEDATACALLBACK pfnReceiveData;
	RECEIVERELEASEREQUESTCALLBACK pfnReceiveReleaseRequest;
	RECEIVERELEASERESPONSECALLBACK pfnReceiveReleaseResponse;
	RECEIVEABORTCALLBACK pfnReceiveAbort;
	RECEIVECSTOREREQUESTCALLBACK pfnReceiveCStoreRequest;
	RECEIVECSTORERESPONSECALLBACK pfnReceiveCStoreResponse;
	RECEIVECFINDREQUESTCALLBACK pfnReceiveCFindRequest;
	RECEIVECFINDRESPONSECALLBACK pfnReceiveCFindResponse;
	RECEIVECGETREQUESTCALLBACK pfnReceiveCGetRequest;
	RECEIVECGETRESPONSECALLBACK pfnReceiveCGetResponse;
	RECEIVECMOVEREQUESTCALLBACK pfnReceiveCMoveRequest;
	RECEIVECMOVERESPONSECALLBACK pfnReceiveCMoveResponse;
	RECEIVECCANCELREQUESTCALLBACK pfnReceiveCCancelRequest;
	RECEIVECECHOREQUESTCALLBACK pfnReceiveCEchoRequest;
	RECEIVECECHORESPONSECALLBACK pfnReceiveCEchoResponse;
	RECEIVENREPORTREQUESTCALLBACK pfnReceiveNReportRequest;
	RECEIVENREPORTRESPONSECALLBACK pfnReceiveNReportResponse;
	RECEIVENGETREQUESTCALLBACK pfnReceiveNGetRequest;
	RECEIVENGETRESPONSECALLBACK pfnReceiveNGetResponse;
	RECEIVENSETREQUESTCALLBACK pfnReceiveNSetRequest;
	RECEIVENSETRESPONSECALLBACK pfnReceiveNSetResponse;
	RECEIVENACTIONREQUESTCALLBACK pfnReceiveNActionRequest;
	RECEIVENACTIONRESPONSECALLBACK pfnReceiveNActionResponse;
	RECEIVENCREATEREQUESTCALLBACK pfnReceiveNCreateRequest;
	RECEIVENCREATERESPONSECALLBACK pfnReceiveNCreateResponse;
	RECEIVENDELETEREQUESTCALLBACK pfnReceiveNDeleteRequest;
	RECEIVENDELETERESPONSECALLBACK pfnReceiveNDeleteResponse;
	RECEIVEUNKNOWNCALLBACK pfnReceiveUnknown;
	L_VOID *pUserData;
	GETCHALLENGE pfnGetChallenge;
	INTERNALAUTHENTICATE pfnInternalAuthenticate;
	EXTERNALAUTHENTICATE pfnExternalAuthenticate;
	ONSECURELINKREADY pfnOnSecureLinkReady;
	ONNONSECURESENDISCL pfnOnNonSecureSendISCL;
	ONNONSECURERECEIVEDISCL pfnOnNonSecureReceivedISCL;
	ONRECEIVEDISCLPACKET pfnOnReceivedISCLPacket;
} DICOMNETCALLBACK, *pDICOMNETCALLBACK;

/*
 * Asks for the password of an encrypted key: write it into pszPassword, nSize
 * bytes of room, and return its length; 0 for none. nFlag is 0, the key is to
 * be decrypted. Called while the certificate is being set, on that thread.
 */
typedef L_INT(pEXT_CALLBACK PRIVATEKEYPASSWORD)(HDICOMNET hNet,
    L_TCHAR *pszPassword, L_INT nSize, L_INT nFlag, L_VOID *pUserData);

/*
 * Judges a finding about a certificate of the peer, during the handshake.
 *
 *   ok       1 this check passed, 0 it failed
 *   nError   L_X509_V_*. Sticky: after an overridden failure later calls carry
 *            the number of that failure even where ok is 1.
 *   pszErrorString        English text for nError
 *   pszCertificateString  the certificate under test, one line each:
 *            "Subject Name: ", "Issuer Name: ", "Valid From: ", "Valid To: ",
 *            "Serial Number:", "Basic Constraints:", "Certificate purposes:"
 *            and 17 lines of TAB, purpose, " : ", Yes or No
 *
 * Returns: 0 stop, the handshake ends with an alert (unless the mode is NONE);
 * any other value continues; `return ok` is what happens without a callback.
 * Calls come in the order and number of OpenSSL's verification: issuer before
 * leaf for a good chain, and a certificate with a failure more than once.
 *
 * Returning 1 always accepts every peer: encryption without authentication.
 */
#ifdef L_DICOM_VERIFY_USERDATA
typedef L_INT(pEXT_CALLBACK VERIFY)(HDICOMNET hNet, L_INT ok,
    L_TCHAR *pszCertificateString, L_INT nError, L_TCHAR *pszErrorString,
    L_VOID *pUserData);
#else
typedef L_INT(pEXT_CALLBACK VERIFY)(HDICOMNET hNet, L_INT ok,
    L_TCHAR *pszCertificateString, L_INT nError, L_TCHAR *pszErrorString);
#endif

/*
 * The last chance to change a command set: called inside the L_DicomSend
 * function, on its thread, so that it can run beside another callback of the
 * handle. The bytes of hCS are Implicit VR Little Endian with group length
 * (PS3.7 6.3); L_DicomSetEncodedDS replaces them. The function refuses what is
 * no command set, or announces a data set where there is none or the reverse,
 * with DICOM_ERROR_PARAMETER; the group length need not be right.
 */
typedef L_VOID(pEXT_CALLBACK BEFORESENDCOMMANDSET)(
    HDICOMNET hNet, HDICOMDS hCS, L_VOID *pUserData);

/* The second table. uStructSize is its sizeof, or less for a program that
 * does not know the last members. */
typedef struct _DICOMNETCALLBACKEXT {
	L_UINT uStructSize;
	PRIVATEKEYPASSWORD pfnPrivateKeyPassword;
	L_VOID *pUserData;
	VERIFY pfnVerify;
	BEFORESENDCOMMANDSET pfnBeforeSendCommandSet;
} DICOMNETCALLBACKEXT, *pDICOMNETCALLBACKEXT;

/* ------------------------------------------------------ library, handles -- */

/* Once before anything else, and once at the end when all handles are freed.
 * Calls may be nested; the last L_DicomShutDown counts. */
L_LTDIC_API L_INT L_DicomStartUp(L_VOID);
L_LTDIC_API L_VOID L_DicomShutDown(L_VOID);

/*
 * Which TLS library there is. The contract asks about OpenSSL; it is not used
 * here, and the texts say which library is ("GnuTLS 3.7.9"): the oldest that
 * will do, and the one that runs. It is part of the installation, so that
 * bIsAvailable is L_TRUE and szDownloadMessage empty. uStructSize as an
 * argument is the struct's sizeof (else DICOM_ERROR_INVALID_STRUCT_SIZE),
 * uFlagsReserved 0 (else DICOM_ERROR_PARAMETER).
 */
typedef struct _DICOMOPENSSLVERSION {
	L_UINT uStructSize;
	L_UINT32 uFlags; /* 0 */
	L_TCHAR szRequiredVersion[32];
	L_TCHAR szInstalledVersion[32];
	L_BOOL bIsAvailable;
	L_TCHAR szDownloadMessage[512];
} DICOMOPENSSLVERSION, *pDICOMOPENSSLVERSION;

L_LTDIC_API L_INT L_DicomGetOpenSslVersion(
    pDICOMOPENSSLVERSION pVersion, L_UINT uStructSize, L_UINT uFlagsReserved);

/*
 * Makes a handle. pszPath is the folder for temporary files: data sets over
 * 64 KiB that arrive for RECEIVEDATA and RECEIVECSTOREREQUEST are kept there,
 * in files without a name. NULL: that of the system (TMPDIR). With
 * DICOM_SECURE_TLS the settings are the defaults of L_SSL_CTX_CREATE, or those
 * of pCtxCreate, which may be NULL. NULL on failure; then pCtxCreate->nSuccess
 * tells why.
 */
L_LTDIC_API HDICOMNET L_DicomCreateNet(L_TCHAR *pszPath, L_INT32 nMode);
L_LTDIC_API HDICOMNET L_DicomCreateNetExt(
    L_TCHAR *pszPath, L_INT32 nMode, pL_SSL_CTX_CREATE pCtxCreate);

/* Gives a handle other security settings, before it connects or accepts
 * (later: DICOM_ERROR_NET_IS_CONNECTED). Returns what it writes into
 * pCtxCreate->nSuccess. Certificates and the cipher list are forgotten. On
 * failure the handle keeps what it had. */
L_LTDIC_API L_INT L_DicomInitializeNet(HDICOMNET hNet, L_TCHAR *pszPath,
    L_INT32 nMode, pL_SSL_CTX_CREATE pCtxCreate);

/* Closes and frees a handle; see "Threads". NULL is fine. */
L_LTDIC_API L_VOID L_DicomFreeNet(HDICOMNET hNet);

/* Stores a callback table; NULL removes it. Set PRIVATEKEYPASSWORD before the
 * certificate and VERIFY before the connection. A table whose uStructSize is
 * unknown is not stored. */
L_LTDIC_API L_VOID L_DicomSetCallback(
    HDICOMNET hNet, pDICOMNETCALLBACK pCallback);
#ifdef L_DICOM_VERIFY_USERDATA
#define L_DicomSetCallbackExt L_DicomSetCallbackExtUserData
#endif
L_LTDIC_API L_VOID L_DicomSetCallbackExt(
    HDICOMNET hNet, pDICOMNETCALLBACKEXT pCallbackExt);

/*
 * Addition: on which threads callbacks are called. For the whole process,
 * before L_DicomStartUp; DICOM_ERROR_NET_INVALID afterwards,
 * DICOM_ERROR_RANGE for another nDelivery.
 *
 *   L_DICOM_DELIVER_BY_THREADS    on threads of the library: the default
 *   L_DICOM_DELIVER_BY_BREATHING  inside L_DicomBreathe, on the thread that
 *                                 calls it. Several may; each callback comes
 *                                 on one of them, those of one handle never
 *                                 two at once.
 *
 * Bytes travel on the library's threads all the same. What waits while a
 * callback waits for its turn is its handle, timers included, and nothing else
 * for as long as the program has no more than 64 handles that were connected;
 * beyond, handles share. A handshake waits for the answer of VERIFY, but no
 * longer than nMilliseconds (0: 30 seconds): no answer by then is a refusal,
 * and so is one that comes later. Every other callback waits until
 * L_DicomBreathe is called or the handle is closed. A callback that is not
 * installed waits for nobody. PRIVATEKEYPASSWORD and BEFORESENDCOMMANDSET come,
 * as always, on the thread that calls the function they belong to.
 *
 * Closing and freeing never wait for a thread that does not breathe: callbacks
 * that wait are given up, and none follows.
 */
#define L_DICOM_DELIVER_BY_THREADS 0
#define L_DICOM_DELIVER_BY_BREATHING 1
L_LTDIC_API L_INT L_DicomSetDelivery(L_UINT nDelivery, L_UINT32 nMilliseconds);

/*
 * Lets waiting callbacks happen. With L_DICOM_DELIVER_BY_BREATHING it calls
 * them, waits up to 10 milliseconds for the first and goes on for up to 10; it
 * may be called inside a callback, where it calls those of other handles that
 * wait. Otherwise callbacks come by themselves, and it yields the processor.
 */
L_LTDIC_API L_VOID L_DicomBreathe(L_VOID);

/* ------------------------------------------------------------------- TLS -- */

/*
 * Certificate and key of this end; both functions do the same, in either
 * role. The file (L_TLS_FILETYPE_PEM or _ASN1) may hold the chain after the
 * certificate; a single certificate is completed from pszCAfile. Key file
 * NULL: the key is in the certificate file. Errors:
 *   DICOM_ERROR_BAD_SECURE_MODE         not a TLS handle
 *   DICOM_ERROR_CERTIFICATE_LOAD_FAILED no certificate could be read, or one
 *                                       is too weak for security level 2: a
 *                                       key below RSA 2048, a SHA-1 signature
 *   DICOM_ERROR_PRIVATE_KEY_LOAD_FAILED no key, or the password is wrong
 *   DICOM_ERROR_KEYS_MISMATCH           key of another certificate
 *   DICOM_ERROR_NET_IS_CONNECTED        too late
 */
L_LTDIC_API L_UINT32 L_DicomSetClientCertificateTLS(HDICOMNET hNet,
    L_TCHAR *pszPathToCertificateFile, L_UINT32 nCertType,
    L_TCHAR *pszPathToKeyFile);
L_LTDIC_API L_UINT32 L_DicomSetServerCertificateTLS(HDICOMNET hNet,
    L_TCHAR *pszPathToCertificateFile, L_UINT32 nCertType,
    L_TCHAR *pszPathToKeyFile);

/* The list of suites in order of preference; 0 ends it, 0 at index 0 empties
 * it. Errors of the setter: DICOM_ERROR_RANGE for the index,
 * DICOM_ERROR_PARAMETER for a number that is no suite, BAD_SECURE_MODE. */
L_LTDIC_API L_CIPHERSUITE L_DicomGetCipherFromIndexTLS(
    HDICOMNET hNet, L_UINT32 nIndex);
L_LTDIC_API L_UINT32 L_DicomSetCipherToIndexTLS(
    HDICOMNET hNet, L_UINT32 nIndex, L_CIPHERSUITE cipher);

/* The suite in use; 0 before ONSECURELINKREADY(0), or one without a number. */
L_LTDIC_API L_CIPHERSUITE L_DicomGetCiphersuiteTLS(HDICOMNET hNet);

/* What a suite consists of: L_CRYPT_*, L_MUTUALAUTH_*, L_MAC_*,
 * L_KEYEXCHANGE_*; 0 for a number that is no suite. */
L_LTDIC_API L_UINT32 L_DicomGetEncryptionAlgorithmTLS(
    HDICOMNET hNet, L_CIPHERSUITE cipher);
L_LTDIC_API L_UINT32 L_DicomGetAuthenticationAlgorithmTLS(
    HDICOMNET hNet, L_CIPHERSUITE cipher);
L_LTDIC_API L_UINT32 L_DicomGetIntegrityAlgorithmTLS(
    HDICOMNET hNet, L_CIPHERSUITE cipher);
L_LTDIC_API L_UINT32 L_DicomGetKeyExchangeAlgorithmTLS(
    HDICOMNET hNet, L_CIPHERSUITE cipher);
/* Key lengths in bits: of the cipher; of this end's certificate, 0 without. */
L_LTDIC_API L_UINT32 L_DicomGetEncryptKeyLengthTLS(
    HDICOMNET hNet, L_CIPHERSUITE cipher);
L_LTDIC_API L_UINT32 L_DicomGetMutualAuthKeyLengthTLS(
    HDICOMNET hNet, L_CIPHERSUITE cipher);

/* Last failure of the secure layer, DICOM_ERROR_TLS_OK if none. */
L_LTDIC_API L_UINT32 L_DicomGetErrorSecure(HDICOMNET hNet);
/* DICOM_SECURE_* of the handle. */
L_LTDIC_API L_UINT32 L_DicomGetSecureMode(HDICOMNET hNet);
/* Is the secure link up? The library sets the flag; a program may too, which
 * changes only what the getter says. */
L_LTDIC_API L_VOID L_DicomSetIsSecureConnected(HDICOMNET hNet, L_BOOL bSecure);
L_LTDIC_API L_BOOL L_DicomGetIsSecureConnected(HDICOMNET hNet);

/*
 * Addition: sessions may be resumed from the next connection on, by tickets in
 * TLS 1.3, by what the server remembers in TLS 1.2; not unless it is asked for.
 * VERIFY is not called for a session that is resumed, as OpenSSL does not call
 * it: the answer it gave stands, for an hour at most, and only if nothing had
 * to be overridden, the path and its CRLs will be good when that hour ends,
 * and settings and files are what they were: whatever sets or reloads them
 * forgets all sessions. In every other case the handshake is a full one.
 * Handles that share what was loaded (L_DicomShareTLS) share sessions, and
 * with them what VERIFY answered on the other handle; a client resumes what
 * the same handle, or one it shares with, had with the same address and port.
 * DICOM_ERROR_BAD_SECURE_MODE.
 */
L_LTDIC_API L_UINT32 L_DicomSetResumeTLS(HDICOMNET hNet, L_BOOL bResume);

/*
 * Addition: the file (PEM, any number of CRLs, or one in DER) that says which
 * certificates are revoked. The peer's certificate, with bWholePath each of
 * its path, needs a valid CRL there that does not list it; what is wrong comes
 * to VERIFY. NULL: nobody looks, which is the default. Errors:
 * DICOM_ERROR_TLS_INVALID_CTX (no CRL could be read), BAD_SECURE_MODE,
 * DICOM_ERROR_NET_IS_CONNECTED (too late; see L_DicomReloadTLS).
 */
L_LTDIC_API L_UINT32 L_DicomSetCrlFileTLS(
    HDICOMNET hNet, L_TCHAR *pszPath, L_BOOL bWholePath);

/*
 * Addition: keeps hNet to a secure transport profile of PS3.15 from the next
 * connection on, by name ("bcp195-8996-mod") or section ("B.13"); dicomtls(1)
 * lists them. Versions, suites, groups, signature algorithms and certificates
 * have to be as it has them, whatever VERIFY answers: a connection outside ends
 * with INSUFFICIENT_SECURITY, HANDSHAKE_FAILURE, PROTOCOL_VERSION or
 * BAD_CERTIFICATE, and an own certificate that is set afterwards is refused
 * when it is. A list of suites chooses from the profile. NULL: the versions and
 * suites of B.12 and no more, which is the default. Errors:
 * DICOM_ERROR_TLS_INVALID_CTX (no such profile, the own certificate is too weak
 * for it, or the system's crypto policy leaves nothing of it), BAD_SECURE_MODE,
 * DICOM_ERROR_NET_IS_CONNECTED.
 */
L_LTDIC_API L_UINT32 L_DicomSetProfileTLS(HDICOMNET hNet, L_TCHAR *pszName);

/*
 * Addition: reads the CA file, the certificate, its key and the CRL file of
 * hNet again. From any thread, also while hNet listens or is connected. The
 * connections that are there, handshakes under way included, go on and end
 * with what they began with; the next one begins with what was read. Either
 * all of it is put in force or nothing: on DICOM_ERROR_TLS_INVALID_CTX what
 * was loaded before stays, and pszReason (may be NULL) tells which file could
 * not be used and why. Also DICOM_ERROR_BAD_SECURE_MODE. An encrypted key has
 * PRIVATEKEYPASSWORD called again, on this thread.
 */
L_LTDIC_API L_UINT32 L_DicomReloadTLS(
    HDICOMNET hNet, L_TCHAR *pszReason, L_UINT32 SizeInWords);

/*
 * Addition: makes hNet a TLS handle with the settings of hFrom, and shares
 * what that has loaded instead of reading files. An SCP keeps one handle with
 * its settings, calls this in ACCEPT for each new handle, and reloads the one:
 *
 *	peer = L_DicomCreateNet(NULL, DICOM_SECURE_NONE);
 *	L_DicomShareTLS(peer, settings);
 *	L_DicomAccept(listener, peer);
 *
 * A later change to one of the two does not concern the other. Callbacks are
 * not shared. DICOM_ERROR_BAD_SECURE_MODE (hFrom is no TLS handle),
 * DICOM_ERROR_NET_IS_CONNECTED (hNet is in use), errors of reading where
 * hFrom has not loaded its files yet.
 */
L_LTDIC_API L_UINT32 L_DicomShareTLS(HDICOMNET hNet, HDICOMNET hFrom);

/* ------------------------------------------------------------ connection -- */

/*
 * Connects; the outcome comes with CONNECT. The local address may be NULL or
 * "" and the local port 0: chosen by the system. nIpType restricts to IPv4 or
 * IPv6 (DICOM_IPTYPE_*). Errors that are known at once:
 * DICOM_ERROR_NET_IS_CONNECTED, DICOM_ERROR_RANGE (port above 65535, peer
 * port 0, nIpType), DICOM_IPV4_IPV6_CONFLICT (address text of the other
 * family), DICOM_ERROR_NET_NOT_INITIALISED.
 */
L_LTDIC_API L_INT L_DicomConnect(HDICOMNET hNet, L_TCHAR *pszHostAddress,
    L_UINT nHostPort, L_TCHAR *pszPeerAddress, L_UINT nPeerPort);
L_LTDIC_API L_INT L_DicomConnectExt(HDICOMNET hNet, L_TCHAR *pszHostAddress,
    L_UINT nHostPort, L_TCHAR *pszPeerAddress, L_UINT nPeerPort, L_INT nIpType);

/*
 * Listens; done when it returns. Address NULL or "" is this computer's, "*"
 * all interfaces; port 0 a free one (L_DicomGetHostInfo tells it); nNbPeers
 * is the backlog, 1 or more. Errors as above and DICOM_ERROR_NET_ADDRESS_*,
 * DICOM_ERROR_NET_ACCESS.
 */
L_LTDIC_API L_INT L_DicomListen(
    HDICOMNET hNet, L_TCHAR *pszHostAddress, L_UINT nHostPort, L_INT nNbPeers);
L_LTDIC_API L_INT L_DicomListenExt(HDICOMNET hNet, L_TCHAR *pszHostAddress,
    L_UINT nHostPort, L_INT nNbPeers, L_INT nIpType);

/* Inside ACCEPT of listener hNet: hPeer takes the waiting connection over.
 * DICOM_ERROR_NET_NO_DATA if none waits, DICOM_ERROR_NET_IS_CONNECTED if
 * hPeer is in use. */
L_LTDIC_API L_INT L_DicomAccept(HDICOMNET hNet, HDICOMNET hPeer);

/* Closes: in order (what is queued is sent, TLS is ended), or at once if
 * bForced. The handle may then connect anew. ServerClose stops a listener;
 * its accepted connections live on. */
L_LTDIC_API L_VOID L_DicomClose(HDICOMNET hNet);
L_LTDIC_API L_INT L_DicomCloseForced(HDICOMNET hNet, L_BOOL bForced);
L_LTDIC_API L_VOID L_DicomServerClose(HDICOMNET hNet);

/* Listening, connecting or connected; TCP connected; associated. */
L_LTDIC_API L_BOOL L_DicomIsActivated(HDICOMNET hNet);
L_LTDIC_API L_BOOL L_DicomIsConnected(HDICOMNET hNet);
L_LTDIC_API L_BOOL L_DicomIsAssociated(HDICOMNET hNet);

/* Addresses of this and the other end as text, and ports. pszAddress or
 * pnPort may be NULL. DICOM_ERROR_NET_NOT_CONNECTED if there is none. */
L_LTDIC_API L_INT L_DicomGetHostInfo(HDICOMNET hNet, L_TCHAR *pszAddress,
    L_UINT32 AddressSizeInWords, L_UINT *pnPort);
L_LTDIC_API L_INT L_DicomGetPeerInfo(HDICOMNET hNet, L_TCHAR *pszAddress,
    L_UINT32 AddressSizeInWords, L_UINT *pnPort);

/*
 * Socket buffers in bytes, 0 for what the system takes, and whether small
 * messages go out at once (TCP_NODELAY; the default). They count from the next
 * connection on. uStructSize, in the struct and as an argument, is its sizeof:
 * else DICOM_ERROR_INVALID_STRUCT_SIZE. Negative sizes: DICOM_ERROR_RANGE.
 */
typedef struct _DICOMSOCKETOPTIONS {
	L_UINT uStructSize;
	L_INT nSendBufferSize;
	L_INT nReceiveBufferSize;
	L_BOOL bNoDelay;
	L_UINT uReserved1; /* 0 */
	L_UINT uReserved2; /* 0 */
} DICOMSOCKETOPTIONS, *pDICOMSOCKETOPTIONS;

L_LTDIC_API L_INT L_DicomSetSocketOptions(
    HDICOMNET hNet, pDICOMSOCKETOPTIONS pOptions);
L_LTDIC_API L_INT L_DicomGetSocketOptions(
    HDICOMNET hNet, pDICOMSOCKETOPTIONS pOptions, L_UINT uStructSize);
L_LTDIC_API L_INT L_DicomGetDefaultSocketOptions(
    HDICOMNET hNet, pDICOMSOCKETOPTIONS pOptions, L_UINT uStructSize);

/* PDUs that are to be sent and are not yet handed to the network, with those
 * that data sets will be cut into; one that SEND reports does not count any
 * more. */
L_LTDIC_API L_UINT32 L_DicomGetQueueSend(HDICOMNET hNet);

/* Inside RECEIVEDATA and the callback of a message: its command set, lent
 * until the callback returns. NULL elsewhere. */
L_LTDIC_API HDICOMDS L_DicomGetCommandSet(HDICOMNET hNet);

/* The answer that established the association of this connection, with the
 * abstract syntaxes; NULL while there is none. It belongs to the handle: valid
 * until that connects or accepts anew or is freed, and not to be freed. */
L_LTDIC_API HDICOMPDU L_DicomGetAssociate(HDICOMNET hNet);

/* Listener of an accepted connection; number of connections of a listener;
 * one of them, NULL if there is none at the index. */
L_LTDIC_API HDICOMNET L_DicomGetServer(HDICOMNET hNet);
L_LTDIC_API L_UINT32 L_DicomGetClientCount(HDICOMNET hNet);
L_LTDIC_API HDICOMNET L_DicomGetClient(HDICOMNET hNet, L_UINT nIndex);

/* ---------------------------------------------------- association object -- */

/*
 * Presentation contexts are named by an identifier, odd, 1..255. Setters
 * answer DICOM_ERROR_PDU_ID for one that is even, already there (where one is
 * added) or not there (elsewhere), DICOM_ERROR_PDU_LENGTH for text that is
 * too long or empty where it must not be, DICOM_ERROR_PARAMETER for text that
 * is no title or UID. On an error nothing has changed.
 */

/* bRequest: L_TRUE for a request, L_FALSE for an answer. The new object has
 * version 1, the DICOM application context, maximum length 46726, this
 * library's implementation class and version, and nothing else. */
L_LTDIC_API HDICOMPDU L_DicomCreateAssociate(L_BOOL bRequest);
/* NULL is fine. */
L_LTDIC_API L_VOID L_DicomFreeAssociate(HDICOMPDU hPDU);
/* Back to the state after creation. */
L_LTDIC_API L_VOID L_DicomResetAssociate(HDICOMPDU hPDU, L_BOOL bRequest);
/* As reset, of the same kind, with the Verification class in Implicit VR
 * Little Endian as context 1. */
L_LTDIC_API L_VOID L_DicomDefaultAssociate(HDICOMPDU hPDU);
L_LTDIC_API L_BOOL L_DicomIsRequest(HDICOMPDU hPDU);
L_LTDIC_API L_VOID L_DicomSetRequest(HDICOMPDU hPDU, L_BOOL bRequest);

/* Protocol version: bit 0 is version 1 and must be set (else
 * DICOM_ERROR_RANGE). */
L_LTDIC_API L_UINT16 L_DicomGetVersion(HDICOMPDU hPDU);
L_LTDIC_API L_INT L_DicomSetVersion(HDICOMPDU hPDU, L_UINT16 nVersion);

/* AE titles (1..16 characters, not only blanks; blanks around are dropped)
 * and the application context UID. */
L_LTDIC_API L_VOID L_DicomGetCalled(
    HDICOMPDU hPDU, L_TCHAR *pszTitle, L_UINT32 SizeInWords);
L_LTDIC_API L_INT L_DicomSetCalled(HDICOMPDU hPDU, L_TCHAR *pszTitle);
L_LTDIC_API L_VOID L_DicomGetCalling(
    HDICOMPDU hPDU, L_TCHAR *pszTitle, L_UINT32 SizeInWords);
L_LTDIC_API L_INT L_DicomSetCalling(HDICOMPDU hPDU, L_TCHAR *pszTitle);
L_LTDIC_API L_VOID L_DicomGetApplication(
    HDICOMPDU hPDU, L_TCHAR *pszUID, L_UINT32 SizeInWords);
L_LTDIC_API L_INT L_DicomSetApplication(HDICOMPDU hPDU, L_TCHAR *pszUID);

/* Contexts by position 0, 1, ...; the identifier of one, which may be changed
 * to another that is free. */
L_LTDIC_API L_INT L_DicomGetPresentationCount(HDICOMPDU hPDU);
L_LTDIC_API L_UCHAR L_DicomGetPresentation(HDICOMPDU hPDU, L_INT nIndex);
L_LTDIC_API L_INT L_DicomSetPresentation(
    HDICOMPDU hPDU, L_INT nIndex, L_UCHAR nID);

/* Adds a context at the end; removes one (nothing happens if it is not
 * there). nResult (PDU_ACCEPT_RESULT_*, else DICOM_ERROR_RANGE) counts in an
 * answer. pszAbstract may be NULL in an answer, which does not carry it. */
L_LTDIC_API L_INT L_DicomAddPresentation(
    HDICOMPDU hPDU, L_UCHAR nID, L_UCHAR nResult, L_TCHAR *pszAbstract);
L_LTDIC_API L_VOID L_DicomDelPresentation(HDICOMPDU hPDU, L_UCHAR nID);

/* Result of a context; PDU_ACCEPT_RESULT_PROVIDER_REJECT for one that is not
 * there. */
L_LTDIC_API L_UCHAR L_DicomGetResult(HDICOMPDU hPDU, L_UCHAR nID);
L_LTDIC_API L_INT L_DicomSetResult(
    HDICOMPDU hPDU, L_UCHAR nID, L_UCHAR nResult);

/* Abstract syntax (SOP class) of a context; the first context that has it,
 * or the next after nID, 0 if there is none; how many have it. */
L_LTDIC_API L_VOID L_DicomGetAbstract(
    HDICOMPDU hPDU, L_UCHAR nID, L_TCHAR *pszUID, L_UINT32 SizeInWords);
L_LTDIC_API L_INT L_DicomSetAbstract(
    HDICOMPDU hPDU, L_UCHAR nID, L_TCHAR *pszUID);
L_LTDIC_API L_UCHAR L_DicomFindAbstract(HDICOMPDU hPDU, L_TCHAR *pszUID);
L_LTDIC_API L_UCHAR L_DicomFindNextAbstract(
    HDICOMPDU hPDU, L_UCHAR nID, L_TCHAR *pszUID);
L_LTDIC_API L_INT L_DicomGetAbstractCount(HDICOMPDU hPDU, L_TCHAR *pszUID);

/* Transfer syntaxes of a context by position. Adding one that is there, or
 * more than 256, is DICOM_ERROR_RANGE. */
L_LTDIC_API L_INT L_DicomGetTransferCount(HDICOMPDU hPDU, L_UCHAR nID);
L_LTDIC_API L_VOID L_DicomGetTransfer(HDICOMPDU hPDU, L_UCHAR nID, L_INT nIndex,
    L_TCHAR *pszUID, L_UINT32 SizeInWords);
L_LTDIC_API L_INT L_DicomSetTransfer(
    HDICOMPDU hPDU, L_UCHAR nID, L_INT nIndex, L_TCHAR *pszUID);
L_LTDIC_API L_INT L_DicomAddTransfer(
    HDICOMPDU hPDU, L_UCHAR nID, L_TCHAR *pszUID);
L_LTDIC_API L_VOID L_DicomDelTransfer(
    HDICOMPDU hPDU, L_UCHAR nID, L_INT nIndex);

/* Longest P-DATA-TF this end takes, and whether to say so. 0 is no limit,
 * which like any length over 1 MiB is announced as 1 MiB when sent; another
 * length below PDU_MIN_MAXIMUM_LENGTH is DICOM_ERROR_RANGE. */
L_LTDIC_API L_BOOL L_DicomIsMaxLength(HDICOMPDU hPDU);
L_LTDIC_API L_UINT32 L_DicomGetMaxLength(HDICOMPDU hPDU);
L_LTDIC_API L_INT L_DicomSetMaxLength(
    HDICOMPDU hPDU, L_BOOL bEnabled, L_UINT32 nLength);

/* Implementation class UID and version name (1..16 characters). With bEnabled
 * L_FALSE the text is not needed and the item is left out. */
L_LTDIC_API L_BOOL L_DicomIsImplementClass(HDICOMPDU hPDU);
L_LTDIC_API L_VOID L_DicomGetImplementClass(
    HDICOMPDU hPDU, L_TCHAR *pszUID, L_UINT32 SizeInWords);
L_LTDIC_API L_INT L_DicomSetImplementClass(
    HDICOMPDU hPDU, L_BOOL bEnabled, L_TCHAR *pszUID);
L_LTDIC_API L_BOOL L_DicomIsImplementVersion(HDICOMPDU hPDU);
L_LTDIC_API L_VOID L_DicomGetImplementVersion(
    HDICOMPDU hPDU, L_TCHAR *pszName, L_UINT32 SizeInWords);
L_LTDIC_API L_INT L_DicomSetImplementVersion(
    HDICOMPDU hPDU, L_BOOL bEnabled, L_TCHAR *pszName);

/*
 * Roles of a context (PS3.7 D.3.3.4), PDU_ROLE_*: may the requestor be SCU
 * (user), SCP (provider)? Without role selection it is SCU alone, and so the
 * getters answer; contexts of one abstract syntax have the same roles on the
 * wire. An answer may take up only what was proposed: what goes beyond it is
 * left out when sent. Other roles than PDU_ROLE_*: DICOM_ERROR_RANGE.
 */
L_LTDIC_API L_BOOL L_DicomIsRoleSelect(HDICOMPDU hPDU, L_UCHAR nID);
L_LTDIC_API L_UCHAR L_DicomGetUserRole(HDICOMPDU hPDU, L_UCHAR nID);
L_LTDIC_API L_UCHAR L_DicomGetProviderRole(HDICOMPDU hPDU, L_UCHAR nID);
L_LTDIC_API L_INT L_DicomSetRoleSelect(HDICOMPDU hPDU, L_UCHAR nID,
    L_BOOL bEnabled, L_UCHAR nUser, L_UCHAR nProvider);

/* Extended negotiation of a context (PS3.7 D.3.3.5): bytes whose meaning is
 * the service class's, at most 65,000 (else DICOM_ERROR_PDU_LENGTH). The
 * pointer is valid until the object changes; NULL and length 0 for none, also
 * to take them away. */
L_LTDIC_API L_UINT16 L_DicomGetLengthExtended(HDICOMPDU hPDU, L_UCHAR nID);
L_LTDIC_API L_VOID *L_DicomGetExtended(HDICOMPDU hPDU, L_UCHAR nID);
L_LTDIC_API L_INT L_DicomSetExtended(
    HDICOMPDU hPDU, L_UCHAR nID, L_VOID *pData, L_UINT16 nLength);

/* Asynchronous operations window (PS3.7 D.3.3.3): how many operations may be
 * under way, invoked and performed by the requestor; 0 is any number, 1 what
 * goes without saying. The program keeps to it: nobody counts for it. An
 * answer is cut to what was proposed. */
L_LTDIC_API L_BOOL L_DicomIsAsyncOperations(HDICOMPDU hPDU);
L_LTDIC_API L_UINT16 L_DicomGetInvokedOperationsCount(HDICOMPDU hPDU);
L_LTDIC_API L_UINT16 L_DicomGetPerformedOperationsCount(HDICOMPDU hPDU);
L_LTDIC_API L_INT L_DicomSetAsyncOperations(HDICOMPDU hPDU, L_BOOL bEnabled,
    L_UINT16 nInvokedCount, L_UINT16 nPerformedCount);

/*
 * Other items of user information by position 0, 1, ...: type and bytes, such
 * as user identity (0x58, PS3.7 D.3.3.7). Types 0x51 to 0x56 have functions of
 * their own (DICOM_ERROR_PARAMETER). The pointer is valid until the object
 * changes. More than 512 items: DICOM_ERROR_RANGE.
 */
L_LTDIC_API L_INT L_DicomGetUserInfoCount(HDICOMPDU hPDU);
L_LTDIC_API L_UCHAR L_DicomGetTypeUserInfo(HDICOMPDU hPDU, L_INT nIndex);
L_LTDIC_API L_UINT16 L_DicomGetLengthUserInfo(HDICOMPDU hPDU, L_INT nIndex);
L_LTDIC_API L_VOID *L_DicomGetDataUserInfo(HDICOMPDU hPDU, L_INT nIndex);
L_LTDIC_API L_INT L_DicomSetUserInfo(HDICOMPDU hPDU, L_INT nIndex,
    L_UCHAR nType, L_VOID *pData, L_UINT16 nLength);
L_LTDIC_API L_INT L_DicomAddUserInfo(
    HDICOMPDU hPDU, L_UCHAR nType, L_VOID *pData, L_UINT16 nLength);
L_LTDIC_API L_VOID L_DicomDelUserInfo(HDICOMPDU hPDU, L_INT nIndex);

/* ------------------------------------------------------------- data sets -- */

/*
 * An HDICOMDS of the program's own: encoded octets, the transfer syntax they
 * are in, and SOP class and instance. It is a container: nothing here looks
 * into the octets. Like an HDICOMPDU it is not protected, one thread at a
 * time; one that was given to L_DicomSend... may be filled anew or freed at
 * once, the message keeps what it had.
 *
 * A data set that is lent to a callback may be read, sent and saved, while the
 * callback runs; to fill it is DICOM_ERROR_LOCKED.
 */

/* nFlags of L_DicomLoadDS and L_DicomSaveDS. */
#define DS_METAHEADER_PRESENT 0x0001
#define DS_METAHEADER_ABSENT 0x0002
#define DS_LITTLE_ENDIAN 0x0004
#define DS_BIG_ENDIAN 0x0008
#define DS_IMPLICIT_VR 0x0010
#define DS_EXPLICIT_VR 0x0020
#define DS_GROUP_LENGTHS 0x0040
#define DS_LENGTH_EXPLICIT 0x0080
#define DS_LOAD_CLOSE 0x0200

/* Makes an empty one; pszPath (a folder for temporary files) may be NULL and
 * is not used. NULL: no memory. NULL may be freed; what is lent is not. */
L_LTDIC_API HDICOMDS L_DicomCreateDS(L_TCHAR *pszPath);
L_LTDIC_API L_VOID L_DicomFreeDS(HDICOMDS hDS);

/*
 * Loads a DICOM file (PS3.10): its octets, and what its head says they are.
 * The file is held open and read when the octets are asked for or sent;
 * changing it meanwhile changes them. With DS_LOAD_CLOSE they are read into
 * memory. Other flags than this and DS_METAHEADER_PRESENT would ask to look
 * into the octets: DICOM_ERROR_FEATURE_NOT_SUPPORTED. Further errors:
 * DICOM_ERROR_OPEN (no such file, or no regular one), DICOM_ERROR_READ,
 * DICOM_ERROR_FORMAT (not a DICOM file, or its head is not in order). On an
 * error hDS is as it was.
 */
L_LTDIC_API L_UINT16 L_DicomLoadDS(
    HDICOMDS hDS, L_TCHAR *pszFile, L_UINT16 nFlags);

/*
 * Saves as a DICOM file, which appears whole or not at all: a file of that
 * name is there unchanged until the new one is on the disk. Needs octets,
 * transfer syntax, class and instance (else DICOM_ERROR_PARAMETER). Flags: 0
 * or DS_METAHEADER_PRESENT, else DICOM_ERROR_FEATURE_NOT_SUPPORTED. Further
 * errors: DICOM_ERROR_OPEN (no file can be made there), DICOM_ERROR_READ,
 * DICOM_ERROR_WRITE (no room, for instance).
 */
L_LTDIC_API L_UINT16 L_DicomSaveDS(
    HDICOMDS hDS, L_TCHAR *pszFile, L_UINT16 nFlags);

/*
 * Additions: the octets. The pointer is valid until they are replaced, hDS is
 * freed or the callback returns; NULL and length 0 for a handle that is none,
 * an empty data set, one of more than 4 GiB, or a file that cannot be read.
 * Those of a file are in memory from then on. pnLength may be NULL. The setter
 * copies pData; in BEFORESENDCOMMANDSET it replaces the command set.
 * L_DicomGetSizeDS tells the length without reading anything.
 */
L_LTDIC_API L_UCHAR *L_DicomGetEncodedDS(HDICOMDS hDS, L_UINT32 *pnLength);
L_LTDIC_API L_INT L_DicomSetEncodedDS(
    HDICOMDS hDS, L_UCHAR *pData, L_UINT32 nLength);
L_LTDIC_API L_INT64 L_DicomGetSizeDS(HDICOMDS hDS);

/* Additions: the transfer syntax, and SOP class and instance; empty where they
 * are not known, NULL or "" to take them away. A data set that arrived has
 * those of its context and command set. DICOM_ERROR_PARAMETER: text that is
 * no UID. */
L_LTDIC_API L_VOID L_DicomGetTransferSyntaxDS(
    HDICOMDS hDS, L_TCHAR *pszUID, L_UINT32 SizeInWords);
L_LTDIC_API L_INT L_DicomSetTransferSyntaxDS(HDICOMDS hDS, L_TCHAR *pszUID);
L_LTDIC_API L_VOID L_DicomGetIdentityDS(HDICOMDS hDS, L_TCHAR *pszClass,
    L_UINT32 ClassSizeInWords, L_TCHAR *pszInstance,
    L_UINT32 InstanceSizeInWords);
L_LTDIC_API L_INT L_DicomSetIdentityDS(
    HDICOMDS hDS, L_TCHAR *pszClass, L_TCHAR *pszInstance);

/* --------------------------------------------------------------- sending -- */

/*
 * Messages are queued; SEND reports when one went out. Errors:
 *   DICOM_ERROR_NET_NOT_CONNECTED   no connection, or no secure link yet
 *   DICOM_ERROR_NET_INVALID         not possible in this state (PS3.8 9.2)
 *   DICOM_ERROR_PDU_TYPE            a request where an answer is needed, or
 *                                   the reverse
 *   DICOM_ERROR_PDU_ID              a context that was not accepted
 *   DICOM_ERROR_PARAMETER           incomplete object: titles or contexts
 *                                   are missing; text that is no UID; an
 *                                   empty data set
 *   DICOM_ERROR_FORMAT              a data set in another transfer syntax
 *                                   than that of the context
 *   DICOM_ERROR_NET_NO_BUFFERS      4,096 PDUs and data sets wait already
 *   DICOM_ERROR_RANGE               a result, source or reason PS3.8 lacks
 */

/* The object is copied; the caller may free it at once. A request needs both
 * titles and a context with a transfer syntax. */
L_LTDIC_API L_INT L_DicomSendAssociateRequest(HDICOMNET hNet, HDICOMPDU hPDU);
/* The titles sent are those of the request (PS3.8 9.3.3). Contexts that the
 * answer leaves out are rejected; one it accepts needs exactly one of the
 * transfer syntaxes proposed (else DICOM_ERROR_PARAMETER). */
L_LTDIC_API L_INT L_DicomSendAssociateAccept(HDICOMNET hNet, HDICOMPDU hPDU);
L_LTDIC_API L_INT L_DicomSendAssociateReject(
    HDICOMNET hNet, L_UCHAR nResult, L_UCHAR nSource, L_UCHAR nReason);
L_LTDIC_API L_INT L_DicomSendReleaseRequest(HDICOMNET hNet);
L_LTDIC_API L_INT L_DicomSendReleaseResponse(HDICOMNET hNet);
L_LTDIC_API L_INT L_DicomSendAbort(
    HDICOMNET hNet, L_UCHAR nSource, L_UCHAR nReason);

/* C-ECHO. pszClass NULL is the Verification class. */
L_LTDIC_API L_INT L_DicomSendCEchoRequest(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass);
L_LTDIC_API L_INT L_DicomSendCEchoResponse(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_UINT16 nStatus);

/*
 * C-STORE. The data set is read while it is sent, a P-DATA-TF at a time, as
 * the peer takes them; an A-ABORT overtakes it. A file that then cannot be
 * read, or is shorter than it was, ends the association: A-ABORT to the peer,
 * CLOSE with DICOM_ERROR_READ here. nPriority is COMMAND_PRIORITY_* (else
 * DICOM_ERROR_RANGE); pszMoveAE NULL or "": not the consequence of a C-MOVE,
 * and nMoveMessageID does not count.
 */
L_LTDIC_API L_INT L_DicomSendCStoreRequest(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nPriority, L_TCHAR *pszMoveAE,
    L_UINT16 nMoveMessageID, HDICOMDS hDS);
/* pszClass and pszInstance are those of the request. Where one of them is no
 * UID it cannot be sent back: NULL leaves it out. */
L_LTDIC_API L_INT L_DicomSendCStoreResponse(HDICOMNET hNet,
    L_UCHAR nPresentationID, L_UINT16 nMessageID, L_TCHAR *pszClass,
    L_TCHAR *pszInstance, L_UINT16 nStatus);

/* Any DIMSE message: hCS holds the bytes of a command set in Implicit VR
 * Little Endian with group length (PS3.7 6.3), hDS its data set. NULL, if and
 * only if the command set announces none (else DICOM_ERROR_PARAMETER). */
L_LTDIC_API L_INT L_DicomSendData(
    HDICOMNET hNet, L_UCHAR nPresentationID, HDICOMDS hCS, HDICOMDS hDS);

#ifdef __cplusplus
}
#endif
#endif
