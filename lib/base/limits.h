/*
 * Every limit on what a peer or a file can make us do, with the attack it
 * stops. Where OpenSSL has the limit, ours has its value.
 */
#ifndef DICOMTLS_BASE_LIMITS_H
#define DICOMTLS_BASE_LIMITS_H

/* Name of a certificate: memory for the comparison form (OpenSSL
 * X509_NAME_MAX). */
#define DT_MAX_NAME_SIZE (1024 * 1024)

/* Certificate message of the peer: memory and parsing time before anything is
 * trusted (OpenSSL SSL_MAX_CERT_LIST_DEFAULT). */
#define DT_MAX_CERTIFICATE_MESSAGE (100 * 1024)

/* What a peer may send before its handshake is over. GnuTLS looks at the size
 * of a message when all of it is there: up to 16 MiB would be kept of a peer
 * that nobody has judged. */
#define DT_MAX_HANDSHAKE (512u * 1024)

/* Records that bring nothing: in one handshake, and after it in a row (OpenSSL
 * MAX_EMPTY_RECORDS): empty ones, ChangeCipherSpec that TLS 1.3 ignores,
 * session tickets, new keys, requests to renegotiate, each of which costs us
 * more than the peer, without end. The next one ends the session. OpenSSL
 * bounds the first two of these. */
#define DT_MAX_IDLE_RECORDS 32u

/* Warning alerts, in one handshake, and after it without data between: the one
 * that makes this number ends the session (OpenSSL MAX_WARN_ALERT_COUNT). */
#define DT_MAX_WARNINGS 5u

/* Name that a client asks for, in octets (OpenSSL TLSEXT_MAXLEN_host_name): DNS
 * has none longer. */
#define DT_MAX_SERVER_NAME 255

/* A peer's first octets, kept while the handshake lasts to explain why it
 * failed: memory for a peer that is not known yet. */
#define DT_MAX_FIRST_FLIGHT 4096

/* Certificates looked at in one message: path search over a cross-signed
 * mesh. */
#define DT_MAX_CHAIN 256

/* Nesting of ASN.1 in one element: stack exhaustion (OpenSSL
 * ASN1_MAX_CONSTRUCTED_NEST). */
#define DT_MAX_DER_DEPTH 30

/* Names of one certificate times subtrees of another: thousands of each in one
 * Certificate message (OpenSSL NAME_CHECK_MAX). */
#define DT_MAX_NAME_COMPARISONS (1u << 20)

/* Domain of a name constraint in Unicode, in octets: decoding a label takes
 * time by the square of its length (OpenSSL nc_email_eai). */
#define DT_MAX_DOMAIN 254

/* Policy tree of a path: mappings that double it with every certificate
 * (OpenSSL OPENSSL_POLICY_TREE_NODES_MAX). */
#define DT_MAX_POLICY_NODES 1000

/* Nesting of the pieces of one string (OpenSSL ASN1_MAX_STRING_NEST). */
#define DT_MAX_STRING_NEST 5

/* Object identifier to be shown: decimal arithmetic with arcs of any size takes
 * time that grows with the square (OpenSSL's OBJ_obj2txt). */
#define DT_MAX_OID_SIZE 586

/* RSA (OpenSSL OPENSSL_RSA_MAX_MODULUS_BITS, _SMALL_MODULUS_BITS,
 * _MAX_PUBEXP_BITS): one verification with a 16,384-bit exponent takes half a
 * second. */
#define DT_MAX_RSA_MODULUS_BITS 16384
#define DT_MAX_RSA_SMALL_MODULUS_BITS 3072
#define DT_MAX_RSA_EXPONENT_BITS 64

/* Verified signatures remembered, in number: memory that an option of a program
 * may ask for by mistake (32 octets each). */
#define DT_MAX_SIGNATURE_CACHE (1u << 20)

/* DSA (OpenSSL OPENSSL_DSA_MAX_MODULUS_BITS). */
#define DT_MAX_DSA_MODULUS_BITS 10000

/* Field of an elliptic curve spelled out in a key: arithmetic with numbers of
 * any size (OpenSSL OPENSSL_ECC_MAX_FIELD_BITS). */
#define DT_MAX_EC_FIELD_BITS 661

/* File with certificates, CRLs or a key: a path that names a device or a
 * huge file. */
#define DT_MAX_FILE_SIZE (64u * 1024 * 1024)

/* Association PDU (A-ASSOCIATE-RQ, -AC): memory before the peer is known. */
#define DT_MAX_ASSOCIATE_PDU (256u * 1024)

/* P-DATA-TF PDU we accept; larger ones are refused before allocation. */
#define DT_MAX_DATA_PDU (1024u * 1024)

/* Command set of one DIMSE message. */
#define DT_MAX_COMMAND_SET (64u * 1024)

/* File meta information of a DICOM file: a file that goes on for ever without
 * coming to its data set. */
#define DT_MAX_FILE_META (64u * 1024)

/* Data sets being written by an SCP at the same time: descriptors and disk for
 * many that never come to their end. */
#define DT_MAX_OPEN_STORES 512u

/* P-DATA-TF we make where the peer sets no limit: memory for each PDU on its
 * way. */
#define DT_MAX_SENT_FRAGMENT (64u * 1024)

/* PDUs given to the network and not yet taken by it, in octets: a peer that
 * does not read makes us hold what we would have sent. */
#define DT_MAX_IN_FLIGHT (256u * 1024)

/* Messages waiting to be sent on one association: a peer that asks on and on
 * and does not read what it is answered. */
#define DT_MAX_WAITING 4096

/* Data set that is kept for the program in memory; a longer one goes to a
 * temporary file: many associations that send at the same time. */
#define DT_MAX_DATA_IN_MEMORY (64u * 1024)

/* Data set that is kept at all: a message without an end. What an HDICOMDS can
 * tell the length of. */
#define DT_MAX_DATA_SET UINT32_MAX

/* Presentation contexts in one association (identifiers are odd, 1..255). */
#define DT_MAX_CONTEXTS 128

/* Transfer syntaxes in one presentation context. */
#define DT_MAX_TRANSFER_SYNTAXES 256

/* Items of user information kept of one association: memory for many tiny
 * ones. */
#define DT_MAX_USER_ITEMS 512

/* Extended negotiation of all presentation contexts together, in octets: one
 * item is kept for each context of its abstract syntax, 64 KiB become 8 MiB. */
#define DT_MAX_EXTENDED (256u * 1024)

/* Resumption (opt-in). How long the answer of VERIFY stands for, in seconds:
 * a certificate that is withdrawn meanwhile. The path must still be good when
 * that time is over. */
#define DT_RESUME_SECONDS 3600
/* Sessions that one context remembers: memory for handshakes without end. */
#define DT_MAX_SESSIONS 256
/* Age at which the secret that ticket keys are made of is replaced: who steals
 * it reads what was said under the tickets of that time. */
#define DT_TICKET_SECRET_SECONDS (6 * 3600)

/* Time limits, milliseconds. ARTIM is PS3.8 9.1.5; the others stop a peer
 * that connects and stays silent. */
#define DT_ARTIM_MS 30000
#define DT_HANDSHAKE_MS 30000
#define DT_CONNECT_MS 30000
/* Longest wait for the peer to read our alert and close. */
#define DT_LINGER_MS 2000
/* Longest wait for an answer of VERIFY that is given inside L_DicomBreathe. */
#define DT_ANSWER_MS 30000
/* Bytes of the peer read and thrown away in that time. */
#define DT_LINGER_BYTES (1024u * 1024)

#endif
