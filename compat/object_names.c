/*
 * OpenSSL's object table: the short name of each object identifier, grouped by
 * the first arcs. Facts taken from OpenSSL 3.0; see
 * object_names.h for the form.
 */
#include "compat/object_names.h"

const struct dt_object_arc dt_object_arcs[] = {
	{ "0", "9 data" },
	{ "0.3.4401.5.3", "1.9.1 CAMELLIA-128-ECB 1.9.3 CAMELLIA-128-OFB "
			  "1.9.4 CAMELLIA-128-CFB 1.9.6 CAMELLIA-128-GCM "
			  "1.9.7 CAMELLIA-128-CCM 1.9.9 CAMELLIA-128-CTR "
			  "1.9.10 CAMELLIA-128-CMAC 1.9.21 CAMELLIA-192-ECB "
			  "1.9.23 CAMELLIA-192-OFB 1.9.24 CAMELLIA-192-CFB "
			  "1.9.26 CAMELLIA-192-GCM 1.9.27 CAMELLIA-192-CCM "
			  "1.9.29 CAMELLIA-192-CTR 1.9.30 CAMELLIA-192-CMAC "
			  "1.9.41 CAMELLIA-256-ECB 1.9.43 CAMELLIA-256-OFB "
			  "1.9.44 CAMELLIA-256-CFB 1.9.46 CAMELLIA-256-GCM "
			  "1.9.47 CAMELLIA-256-CCM 1.9.49 CAMELLIA-256-CTR "
			  "1.9.50 CAMELLIA-256-CMAC" },
	{ "0.9", "2342 pss" },
	{ "0.9.2342", "19200300 ucl" },
	{ "0.9.2342.19200300", "100 pilot" },
	{ "0.9.2342.19200300.100",
	    "1 pilotAttributeType 1.1 UID 1.2 textEncodedORAddress "
	    "1.3 mail 1.4 info 1.5 favouriteDrink 1.6 roomNumber 1.7 photo "
	    "1.8 userClass 1.9 host 1.10 manager 1.11 documentIdentifier "
	    "1.12 documentTitle 1.13 documentVersion 1.14 documentAuthor "
	    "1.15 documentLocation 1.20 homeTelephoneNumber 1.21 secretary "
	    "1.22 otherMailbox 1.23 lastModifiedTime 1.24 lastModifiedBy "
	    "1.25 DC 1.26 aRecord 1.27 pilotAttributeType27 1.28 mXRecord "
	    "1.29 nSRecord 1.30 sOARecord 1.31 cNAMERecord "
	    "1.37 associatedDomain 1.38 associatedName "
	    "1.39 homePostalAddress 1.40 personalTitle "
	    "1.41 mobileTelephoneNumber 1.42 pagerTelephoneNumber "
	    "1.43 friendlyCountryName 1.44 uid 1.45 organizationalStatus "
	    "1.46 janetMailbox 1.47 mailPreferenceOption 1.48 buildingName "
	    "1.49 dSAQuality 1.50 singleLevelQuality "
	    "1.51 subtreeMinimumQuality 1.52 subtreeMaximumQuality "
	    "1.53 personalSignature 1.54 dITRedirect 1.55 audio "
	    "1.56 documentPublisher 3 pilotAttributeSyntax "
	    "3.4 iA5StringSyntax 3.5 caseIgnoreIA5StringSyntax "
	    "4 pilotObjectClass 4.3 pilotObject 4.4 pilotPerson "
	    "4.5 account 4.6 document 4.7 room 4.9 documentSeries "
	    "4.13 domain 4.14 rFC822localPart 4.15 dNSDomain "
	    "4.17 domainRelatedObject 4.18 friendlyCountry "
	    "4.19 simpleSecurityObject 4.20 pilotOrganization "
	    "4.21 pilotDSA 4.22 qualityLabelledData 10 pilotGroups" },
	{ "1", "2 member-body 3 ORG 3 identified-organization" },
	{ "1.0.9797.3", "4 GMAC" },
	{ "1.0.10118.3.0", "55 whirlpool" },
	{ "1.2", "156 ISO-CN 804 ISO-UA 840 ISO-US" },
	{ "1.2.156", "10197 oscca" },
	{ "1.2.156.10197", "1 sm-scheme" },
	{ "1.2.156.10197.1",
	    "104.1 SM4-ECB 104.2 SM4-CBC 104.3 SM4-OFB 104.4 SM4-CFB "
	    "104.5 SM4-CFB1 104.6 SM4-CFB8 104.7 SM4-CTR 301 SM2 401 SM3 "
	    "501 SM2-SM3 504 RSA-SM3" },
	{ "1.2.392.200011.61",
	    "1.1.1.2 CAMELLIA-128-CBC 1.1.1.3 CAMELLIA-192-CBC "
	    "1.1.1.4 CAMELLIA-256-CBC 1.1.3.2 id-camellia128-wrap "
	    "1.1.3.3 id-camellia192-wrap 1.1.3.4 id-camellia256-wrap" },
	{ "1.2.410", "200004 KISA" },
	{ "1.2.410.200004.1", "3 SEED-ECB 4 SEED-CBC 5 SEED-CFB 6 SEED-OFB" },
	{ "1.2.410.200046.1",
	    "1.1 ARIA-128-ECB 1.2 ARIA-128-CBC 1.3 ARIA-128-CFB "
	    "1.4 ARIA-128-OFB 1.5 ARIA-128-CTR 1.6 ARIA-192-ECB "
	    "1.7 ARIA-192-CBC 1.8 ARIA-192-CFB 1.9 ARIA-192-OFB "
	    "1.10 ARIA-192-CTR 1.11 ARIA-256-ECB 1.12 ARIA-256-CBC "
	    "1.13 ARIA-256-CFB 1.14 ARIA-256-OFB 1.15 ARIA-256-CTR "
	    "1.34 ARIA-128-GCM 1.35 ARIA-192-GCM 1.36 ARIA-256-GCM "
	    "1.37 ARIA-128-CCM 1.38 ARIA-192-CCM 1.39 ARIA-256-CCM" },
	{ "1.2.643.2", "2 cryptopro 9 cryptocom" },
	{ "1.2.643.2.2",
	    "3 id-GostR3411-94-with-GostR3410-2001 "
	    "4 id-GostR3411-94-with-GostR3410-94 9 md_gost94 "
	    "10 id-HMACGostR3411-94 14.0 id-Gost28147-89-None-KeyMeshing "
	    "14.1 id-Gost28147-89-CryptoPro-KeyMeshing 19 gost2001 "
	    "20 gost94 20.1 id-GostR3410-94-a 20.2 id-GostR3410-94-aBis "
	    "20.3 id-GostR3410-94-b 20.4 id-GostR3410-94-bBis 21 gost89 "
	    "22 gost-mac 23 prf-gostr3411-94 "
	    "30.0 id-GostR3411-94-TestParamSet "
	    "30.1 id-GostR3411-94-CryptoProParamSet "
	    "31.0 id-Gost28147-89-TestParamSet "
	    "31.1 id-Gost28147-89-CryptoPro-A-ParamSet "
	    "31.2 id-Gost28147-89-CryptoPro-B-ParamSet "
	    "31.3 id-Gost28147-89-CryptoPro-C-ParamSet "
	    "31.4 id-Gost28147-89-CryptoPro-D-ParamSet "
	    "31.5 id-Gost28147-89-CryptoPro-Oscar-1-1-ParamSet "
	    "31.6 id-Gost28147-89-CryptoPro-Oscar-1-0-ParamSet "
	    "31.7 id-Gost28147-89-CryptoPro-RIC-1-ParamSet "
	    "32.0 id-GostR3410-94-TestParamSet "
	    "32.2 id-GostR3410-94-CryptoPro-A-ParamSet "
	    "32.3 id-GostR3410-94-CryptoPro-B-ParamSet "
	    "32.4 id-GostR3410-94-CryptoPro-C-ParamSet "
	    "32.5 id-GostR3410-94-CryptoPro-D-ParamSet "
	    "33.1 id-GostR3410-94-CryptoPro-XchA-ParamSet "
	    "33.2 id-GostR3410-94-CryptoPro-XchB-ParamSet "
	    "33.3 id-GostR3410-94-CryptoPro-XchC-ParamSet "
	    "35.0 id-GostR3410-2001-TestParamSet "
	    "35.1 id-GostR3410-2001-CryptoPro-A-ParamSet "
	    "35.2 id-GostR3410-2001-CryptoPro-B-ParamSet "
	    "35.3 id-GostR3410-2001-CryptoPro-C-ParamSet "
	    "36.0 id-GostR3410-2001-CryptoPro-XchA-ParamSet "
	    "36.1 id-GostR3410-2001-CryptoPro-XchB-ParamSet "
	    "98 id-GostR3410-2001DH 99 id-GostR3410-94DH" },
	{ "1.2.643.2.9",
	    "1.3.3 id-GostR3411-94-with-GostR3410-94-cc "
	    "1.3.4 id-GostR3411-94-with-GostR3410-2001-cc 1.5.3 gost94cc "
	    "1.5.4 gost2001cc 1.6.1 id-Gost28147-89-cc "
	    "1.8.1 id-GostR3410-2001-ParamSet-cc" },
	{ "1.2.643.3.131", "1.1 INN" },
	{ "1.2.643.7", "1 id-tc26" },
	{ "1.2.643.7.1",
	    "1 id-tc26-algorithms 1.1 id-tc26-sign 1.1.1 gost2012_256 "
	    "1.1.2 gost2012_512 1.2 id-tc26-digest 1.2.2 md_gost12_256 "
	    "1.2.3 md_gost12_512 1.3 id-tc26-signwithdigest "
	    "1.3.2 id-tc26-signwithdigest-gost3410-2012-256 "
	    "1.3.3 id-tc26-signwithdigest-gost3410-2012-512 "
	    "1.4 id-tc26-mac 1.4.1 id-tc26-hmac-gost-3411-2012-256 "
	    "1.4.2 id-tc26-hmac-gost-3411-2012-512 1.5 id-tc26-cipher "
	    "1.5.1 id-tc26-cipher-gostr3412-2015-magma "
	    "1.5.1.1 magma-ctr-acpkm 1.5.1.2 magma-ctr-acpkm-omac "
	    "1.5.2 id-tc26-cipher-gostr3412-2015-kuznyechik "
	    "1.5.2.1 kuznyechik-ctr-acpkm "
	    "1.5.2.2 kuznyechik-ctr-acpkm-omac 1.6 id-tc26-agreement "
	    "1.6.1 id-tc26-agreement-gost-3410-2012-256 "
	    "1.6.2 id-tc26-agreement-gost-3410-2012-512 1.7 id-tc26-wrap "
	    "1.7.1 id-tc26-wrap-gostr3412-2015-magma 1.7.1.1 magma-kexp15 "
	    "1.7.2 id-tc26-wrap-gostr3412-2015-kuznyechik "
	    "1.7.2.1 kuznyechik-kexp15 2 id-tc26-constants "
	    "2.1 id-tc26-sign-constants "
	    "2.1.1 id-tc26-gost-3410-2012-256-constants "
	    "2.1.1.1 id-tc26-gost-3410-2012-256-paramSetA "
	    "2.1.1.2 id-tc26-gost-3410-2012-256-paramSetB "
	    "2.1.1.3 id-tc26-gost-3410-2012-256-paramSetC "
	    "2.1.1.4 id-tc26-gost-3410-2012-256-paramSetD "
	    "2.1.2 id-tc26-gost-3410-2012-512-constants "
	    "2.1.2.0 id-tc26-gost-3410-2012-512-paramSetTest "
	    "2.1.2.1 id-tc26-gost-3410-2012-512-paramSetA "
	    "2.1.2.2 id-tc26-gost-3410-2012-512-paramSetB "
	    "2.1.2.3 id-tc26-gost-3410-2012-512-paramSetC "
	    "2.2 id-tc26-digest-constants 2.5 id-tc26-cipher-constants "
	    "2.5.1 id-tc26-gost-28147-constants "
	    "2.5.1.1 id-tc26-gost-28147-param-Z" },
	{ "1.2.643.100", "1 OGRN 3 SNILS 5 OGRNIP 111 subjectSignTool "
			 "112 issuerSignTool 113 classSignTool" },
	{ "1.2.643.100.113",
	    "1 classSignToolKC1 2 classSignToolKC2 3 classSignToolKC3 "
	    "4 classSignToolKB1 5 classSignToolKB2 6 classSignToolKA1" },
	{ "1.2.804.2.1",
	    "1.1 ua-pki 1.1.1.1.1 dstu28147 1.1.1.1.1.2 dstu28147-ofb "
	    "1.1.1.1.1.3 dstu28147-cfb 1.1.1.1.1.5 dstu28147-wrap "
	    "1.1.1.1.2 hmacWithDstu34311 1.1.1.2.1 dstu34311 "
	    "1.1.1.3.1.1 dstu4145le 1.1.1.3.1.1.1.1 dstu4145be "
	    "1.1.1.3.1.1.2.0 uacurve0 1.1.1.3.1.1.2.1 uacurve1 "
	    "1.1.1.3.1.1.2.2 uacurve2 1.1.1.3.1.1.2.3 uacurve3 "
	    "1.1.1.3.1.1.2.4 uacurve4 1.1.1.3.1.1.2.5 uacurve5 "
	    "1.1.1.3.1.1.2.6 uacurve6 1.1.1.3.1.1.2.7 uacurve7 "
	    "1.1.1.3.1.1.2.8 uacurve8 1.1.1.3.1.1.2.9 uacurve9" },
	{ "1.2.840", "10040 X9-57 10045 ansi-X9-62 113549 rsadsi" },
	{ "1.2.840.10040", "4 X9cm" },
	{ "1.2.840.10040.2",
	    "1 holdInstructionNone 2 holdInstructionCallIssuer "
	    "3 holdInstructionReject" },
	{ "1.2.840.10040.4", "1 DSA 3 DSA-SHA1" },
	{ "1.2.840.10045.1",
	    "1 prime-field 2 characteristic-two-field "
	    "2.3 id-characteristic-two-basis 2.3.1 onBasis 2.3.2 tpBasis "
	    "2.3.3 ppBasis" },
	{ "1.2.840.10045.2", "1 id-ecPublicKey" },
	{ "1.2.840.10045.3",
	    "0.1 c2pnb163v1 0.2 c2pnb163v2 0.3 c2pnb163v3 0.4 c2pnb176v1 "
	    "0.5 c2tnb191v1 0.6 c2tnb191v2 0.7 c2tnb191v3 0.8 c2onb191v4 "
	    "0.9 c2onb191v5 0.10 c2pnb208w1 0.11 c2tnb239v1 "
	    "0.12 c2tnb239v2 0.13 c2tnb239v3 0.14 c2onb239v4 "
	    "0.15 c2onb239v5 0.16 c2pnb272w1 0.17 c2pnb304w1 "
	    "0.18 c2tnb359v1 0.19 c2pnb368w1 0.20 c2tnb431r1 "
	    "1.1 prime192v1 1.2 prime192v2 1.3 prime192v3 1.4 prime239v1 "
	    "1.5 prime239v2 1.6 prime239v3 1.7 prime256v1" },
	{ "1.2.840.10045.4", "1 ecdsa-with-SHA1 2 ecdsa-with-Recommended "
			     "3 ecdsa-with-Specified 3.1 ecdsa-with-SHA224 "
			     "3.2 ecdsa-with-SHA256 3.3 ecdsa-with-SHA384 "
			     "3.4 ecdsa-with-SHA512" },
	{ "1.2.840.10046.2", "1 dhpublicnumber" },
	{ "1.2.840.113533.7", "66.10 CAST5-CBC 66.12 pbeWithMD5AndCast5CBC "
			      "66.13 id-PasswordBasedMAC 66.30 id-DHBasedMac" },
	{ "1.2.840.113549", "1 pkcs" },
	{ "1.2.840.113549.1",
	    "1 pkcs1 1.1 rsaEncryption 1.2 RSA-MD2 1.3 RSA-MD4 1.4 RSA-MD5 "
	    "1.5 RSA-SHA1 1.6 rsaOAEPEncryptionSET 1.7 RSAES-OAEP 1.8 MGF1 "
	    "1.9 PSPECIFIED 1.10 RSASSA-PSS 1.11 RSA-SHA256 "
	    "1.12 RSA-SHA384 1.13 RSA-SHA512 1.14 RSA-SHA224 "
	    "1.15 RSA-SHA512/224 1.16 RSA-SHA512/256 3 pkcs3 "
	    "3.1 dhKeyAgreement 5 pkcs5 5.1 PBE-MD2-DES 5.3 PBE-MD5-DES "
	    "5.4 PBE-MD2-RC2-64 5.6 PBE-MD5-RC2-64 5.10 PBE-SHA1-DES "
	    "5.11 PBE-SHA1-RC2-64 5.12 PBKDF2 5.13 PBES2 5.14 PBMAC1 "
	    "7 pkcs7 7.1 pkcs7-data 7.2 pkcs7-signedData "
	    "7.3 pkcs7-envelopedData 7.4 pkcs7-signedAndEnvelopedData "
	    "7.5 pkcs7-digestData 7.6 pkcs7-encryptedData 9 pkcs9 "
	    "9.1 emailAddress 9.2 unstructuredName 9.3 contentType "
	    "9.4 messageDigest 9.5 signingTime 9.6 countersignature "
	    "9.7 challengePassword 9.8 unstructuredAddress "
	    "9.9 extendedCertificateAttributes 9.14 extReq 9.15 SMIME-CAPS "
	    "9.16 SMIME 9.16.0 id-smime-mod 9.16.0.1 id-smime-mod-cms "
	    "9.16.0.2 id-smime-mod-ess 9.16.0.3 id-smime-mod-oid "
	    "9.16.0.4 id-smime-mod-msg-v3 "
	    "9.16.0.5 id-smime-mod-ets-eSignature-88 "
	    "9.16.0.6 id-smime-mod-ets-eSignature-97 "
	    "9.16.0.7 id-smime-mod-ets-eSigPolicy-88 "
	    "9.16.0.8 id-smime-mod-ets-eSigPolicy-97 9.16.1 id-smime-ct "
	    "9.16.1.1 id-smime-ct-receipt 9.16.1.2 id-smime-ct-authData "
	    "9.16.1.3 id-smime-ct-publishCert 9.16.1.4 id-smime-ct-TSTInfo "
	    "9.16.1.5 id-smime-ct-TDTInfo 9.16.1.6 id-smime-ct-contentInfo "
	    "9.16.1.7 id-smime-ct-DVCSRequestData "
	    "9.16.1.8 id-smime-ct-DVCSResponseData "
	    "9.16.1.9 id-smime-ct-compressedData "
	    "9.16.1.19 id-smime-ct-contentCollection "
	    "9.16.1.23 id-smime-ct-authEnvelopedData "
	    "9.16.1.24 id-ct-routeOriginAuthz 9.16.1.26 id-ct-rpkiManifest "
	    "9.16.1.27 id-ct-asciiTextWithCRLF 9.16.1.28 id-ct-xml "
	    "9.16.1.35 id-ct-rpkiGhostbusters "
	    "9.16.1.36 id-ct-resourceTaggedAttest "
	    "9.16.1.47 id-ct-geofeedCSVwithCRLF "
	    "9.16.1.48 id-ct-signedChecklist 9.16.2 id-smime-aa "
	    "9.16.2.1 id-smime-aa-receiptRequest "
	    "9.16.2.2 id-smime-aa-securityLabel "
	    "9.16.2.3 id-smime-aa-mlExpandHistory "
	    "9.16.2.4 id-smime-aa-contentHint "
	    "9.16.2.5 id-smime-aa-msgSigDigest "
	    "9.16.2.6 id-smime-aa-encapContentType "
	    "9.16.2.7 id-smime-aa-contentIdentifier "
	    "9.16.2.8 id-smime-aa-macValue "
	    "9.16.2.9 id-smime-aa-equivalentLabels "
	    "9.16.2.10 id-smime-aa-contentReference "
	    "9.16.2.11 id-smime-aa-encrypKeyPref "
	    "9.16.2.12 id-smime-aa-signingCertificate "
	    "9.16.2.13 id-smime-aa-smimeEncryptCerts "
	    "9.16.2.14 id-smime-aa-timeStampToken "
	    "9.16.2.15 id-smime-aa-ets-sigPolicyId "
	    "9.16.2.16 id-smime-aa-ets-commitmentType "
	    "9.16.2.17 id-smime-aa-ets-signerLocation "
	    "9.16.2.18 id-smime-aa-ets-signerAttr "
	    "9.16.2.19 id-smime-aa-ets-otherSigCert "
	    "9.16.2.20 id-smime-aa-ets-contentTimestamp "
	    "9.16.2.21 id-smime-aa-ets-CertificateRefs "
	    "9.16.2.22 id-smime-aa-ets-RevocationRefs "
	    "9.16.2.23 id-smime-aa-ets-certValues "
	    "9.16.2.24 id-smime-aa-ets-revocationValues "
	    "9.16.2.25 id-smime-aa-ets-escTimeStamp "
	    "9.16.2.26 id-smime-aa-ets-certCRLTimestamp "
	    "9.16.2.27 id-smime-aa-ets-archiveTimeStamp "
	    "9.16.2.28 id-smime-aa-signatureType "
	    "9.16.2.29 id-smime-aa-dvcs-dvc "
	    "9.16.2.47 id-smime-aa-signingCertificateV2 "
	    "9.16.3 id-smime-alg 9.16.3.1 id-smime-alg-ESDHwith3DES "
	    "9.16.3.2 id-smime-alg-ESDHwithRC2 "
	    "9.16.3.3 id-smime-alg-3DESwrap 9.16.3.4 id-smime-alg-RC2wrap "
	    "9.16.3.5 id-smime-alg-ESDH 9.16.3.6 id-smime-alg-CMS3DESwrap "
	    "9.16.3.7 id-smime-alg-CMSRC2wrap 9.16.3.8 ZLIB "
	    "9.16.3.9 id-alg-PWRI-KEK 9.16.4 id-smime-cd "
	    "9.16.4.1 id-smime-cd-ldap 9.16.5 id-smime-spq "
	    "9.16.5.1 id-smime-spq-ets-sqt-uri "
	    "9.16.5.2 id-smime-spq-ets-sqt-unotice 9.16.6 id-smime-cti "
	    "9.16.6.1 id-smime-cti-ets-proofOfOrigin "
	    "9.16.6.2 id-smime-cti-ets-proofOfReceipt "
	    "9.16.6.3 id-smime-cti-ets-proofOfDelivery "
	    "9.16.6.4 id-smime-cti-ets-proofOfSender "
	    "9.16.6.5 id-smime-cti-ets-proofOfApproval "
	    "9.16.6.6 id-smime-cti-ets-proofOfCreation 9.20 friendlyName "
	    "9.21 localKeyID 9.22.1 x509Certificate 9.22.2 sdsiCertificate "
	    "9.23.1 x509Crl 12.1.1 PBE-SHA1-RC4-128 12.1.2 PBE-SHA1-RC4-40 "
	    "12.1.3 PBE-SHA1-3DES 12.1.4 PBE-SHA1-2DES "
	    "12.1.5 PBE-SHA1-RC2-128 12.1.6 PBE-SHA1-RC2-40 "
	    "12.10.1.1 keyBag 12.10.1.2 pkcs8ShroudedKeyBag "
	    "12.10.1.3 certBag 12.10.1.4 crlBag 12.10.1.5 secretBag "
	    "12.10.1.6 safeContentsBag" },
	{ "1.2.840.113549.2",
	    "2 MD2 4 MD4 5 MD5 6 hmacWithMD5 7 hmacWithSHA1 "
	    "8 hmacWithSHA224 9 hmacWithSHA256 10 hmacWithSHA384 "
	    "11 hmacWithSHA512 12 hmacWithSHA512-224 13 hmacWithSHA512-256" },
	{ "1.2.840.113549.3",
	    "2 RC2-CBC 4 RC4 7 DES-EDE3-CBC 8 RC5-CBC 10 DES-CDMF" },
	{ "1.3", "6 DOD 111 ieee 132 certicom-arc" },
	{ "1.3.6", "1 IANA" },
	{ "1.3.6.1", "1 directory 2 mgmt 3 experimental 4 private 5 security "
		     "6 snmpv2 7 Mail" },
	{ "1.3.6.1.4",
	    "1 enterprises 1.188.7.1.1.2 IDEA-CBC 1.311.2.1.14 msExtReq "
	    "1.311.2.1.21 msCodeInd 1.311.2.1.22 msCodeCom "
	    "1.311.10.3.1 msCTLSign 1.311.10.3.3 msSGC 1.311.10.3.4 msEFS "
	    "1.311.17.1 CSPName 1.311.17.2 LocalKeySet "
	    "1.311.20.2.2 msSmartcardLogin 1.311.20.2.3 msUPN "
	    "1.311.60.2.1.1 jurisdictionL 1.311.60.2.1.2 jurisdictionST "
	    "1.311.60.2.1.3 jurisdictionC 1.1466.344 dcobject "
	    "1.1722.12.2.1 BLAKE2BMAC 1.1722.12.2.1.16 BLAKE2b512 "
	    "1.1722.12.2.2 BLAKE2SMAC 1.1722.12.2.2.8 BLAKE2s256 "
	    "1.3029.1.2 BF-CBC 1.11129.2.4.2 ct_precert_scts "
	    "1.11129.2.4.3 ct_precert_poison "
	    "1.11129.2.4.4 ct_precert_signer 1.11129.2.4.5 ct_cert_scts "
	    "1.11591.4.11 id-scrypt" },
	{ "1.3.6.1.5",
	    "2.3 id-pkinit 2.3.4 pkInitClientAuth 2.3.5 pkInitKDC 5.7 PKIX "
	    "5.7.0 id-pkix-mod 5.7.0.1 id-pkix1-explicit-88 "
	    "5.7.0.2 id-pkix1-implicit-88 5.7.0.3 id-pkix1-explicit-93 "
	    "5.7.0.4 id-pkix1-implicit-93 5.7.0.5 id-mod-crmf "
	    "5.7.0.6 id-mod-cmc 5.7.0.7 id-mod-kea-profile-88 "
	    "5.7.0.8 id-mod-kea-profile-93 5.7.0.9 id-mod-cmp "
	    "5.7.0.10 id-mod-qualified-cert-88 "
	    "5.7.0.11 id-mod-qualified-cert-93 "
	    "5.7.0.12 id-mod-attribute-cert "
	    "5.7.0.13 id-mod-timestamp-protocol 5.7.0.14 id-mod-ocsp "
	    "5.7.0.15 id-mod-dvcs 5.7.0.16 id-mod-cmp2000 5.7.1 id-pe "
	    "5.7.1.1 authorityInfoAccess 5.7.1.2 biometricInfo "
	    "5.7.1.3 qcStatements 5.7.1.4 ac-auditEntity "
	    "5.7.1.5 ac-targeting 5.7.1.6 aaControls "
	    "5.7.1.7 sbgp-ipAddrBlock 5.7.1.8 sbgp-autonomousSysNum "
	    "5.7.1.9 sbgp-routerIdentifier 5.7.1.10 ac-proxying "
	    "5.7.1.11 subjectInfoAccess 5.7.1.14 proxyCertInfo "
	    "5.7.1.24 tlsfeature 5.7.1.28 sbgp-ipAddrBlockv2 "
	    "5.7.1.29 sbgp-autonomousSysNumv2 5.7.2 id-qt "
	    "5.7.2.1 id-qt-cps 5.7.2.2 id-qt-unotice 5.7.2.3 textNotice "
	    "5.7.3 id-kp 5.7.3.1 serverAuth 5.7.3.2 clientAuth "
	    "5.7.3.3 codeSigning 5.7.3.4 emailProtection "
	    "5.7.3.5 ipsecEndSystem 5.7.3.6 ipsecTunnel 5.7.3.7 ipsecUser "
	    "5.7.3.8 timeStamping 5.7.3.9 OCSPSigning 5.7.3.10 DVCS "
	    "5.7.3.17 ipsecIKE 5.7.3.18 capwapAC 5.7.3.19 capwapWTP "
	    "5.7.3.21 secureShellClient 5.7.3.22 secureShellServer "
	    "5.7.3.23 sendRouter 5.7.3.24 sendProxiedRouter "
	    "5.7.3.25 sendOwner 5.7.3.26 sendProxiedOwner 5.7.3.27 cmcCA "
	    "5.7.3.28 cmcRA 5.7.3.29 cmcArchive "
	    "5.7.3.30 id-kp-bgpsec-router "
	    "5.7.3.31 id-kp-BrandIndicatorforMessageIdentification "
	    "5.7.3.32 cmKGA 5.7.4 id-it 5.7.4.1 id-it-caProtEncCert "
	    "5.7.4.2 id-it-signKeyPairTypes 5.7.4.3 id-it-encKeyPairTypes "
	    "5.7.4.4 id-it-preferredSymmAlg 5.7.4.5 id-it-caKeyUpdateInfo "
	    "5.7.4.6 id-it-currentCRL 5.7.4.7 id-it-unsupportedOIDs "
	    "5.7.4.8 id-it-subscriptionRequest "
	    "5.7.4.9 id-it-subscriptionResponse "
	    "5.7.4.10 id-it-keyPairParamReq 5.7.4.11 id-it-keyPairParamRep "
	    "5.7.4.12 id-it-revPassphrase 5.7.4.13 id-it-implicitConfirm "
	    "5.7.4.14 id-it-confirmWaitTime 5.7.4.15 id-it-origPKIMessage "
	    "5.7.4.16 id-it-suppLangTags 5.7.4.17 id-it-caCerts "
	    "5.7.4.18 id-it-rootCaKeyUpdate 5.7.4.19 id-it-certReqTemplate "
	    "5.7.5 id-pkip 5.7.5.1 id-regCtrl "
	    "5.7.5.1.1 id-regCtrl-regToken "
	    "5.7.5.1.2 id-regCtrl-authenticator "
	    "5.7.5.1.3 id-regCtrl-pkiPublicationInfo "
	    "5.7.5.1.4 id-regCtrl-pkiArchiveOptions "
	    "5.7.5.1.5 id-regCtrl-oldCertID "
	    "5.7.5.1.6 id-regCtrl-protocolEncrKey 5.7.5.2 id-regInfo "
	    "5.7.5.2.1 id-regInfo-utf8Pairs 5.7.5.2.2 id-regInfo-certReq "
	    "5.7.6 id-alg 5.7.6.1 id-alg-des40 5.7.6.2 id-alg-noSignature "
	    "5.7.6.3 id-alg-dh-sig-hmac-sha1 5.7.6.4 id-alg-dh-pop "
	    "5.7.7 id-cmc 5.7.7.1 id-cmc-statusInfo "
	    "5.7.7.2 id-cmc-identification 5.7.7.3 id-cmc-identityProof "
	    "5.7.7.4 id-cmc-dataReturn 5.7.7.5 id-cmc-transactionId "
	    "5.7.7.6 id-cmc-senderNonce 5.7.7.7 id-cmc-recipientNonce "
	    "5.7.7.8 id-cmc-addExtensions 5.7.7.9 id-cmc-encryptedPOP "
	    "5.7.7.10 id-cmc-decryptedPOP 5.7.7.11 id-cmc-lraPOPWitness "
	    "5.7.7.15 id-cmc-getCert 5.7.7.16 id-cmc-getCRL "
	    "5.7.7.17 id-cmc-revokeRequest 5.7.7.18 id-cmc-regInfo "
	    "5.7.7.19 id-cmc-responseInfo 5.7.7.21 id-cmc-queryPending "
	    "5.7.7.22 id-cmc-popLinkRandom 5.7.7.23 id-cmc-popLinkWitness "
	    "5.7.7.24 id-cmc-confirmCertAcceptance 5.7.8 id-on "
	    "5.7.8.1 id-on-personalData 5.7.8.3 id-on-permanentIdentifier "
	    "5.7.8.5 id-on-xmppAddr 5.7.8.7 id-on-dnsSRV "
	    "5.7.8.8 id-on-NAIRealm 5.7.8.9 id-on-SmtpUTF8Mailbox "
	    "5.7.9 id-pda 5.7.9.1 id-pda-dateOfBirth "
	    "5.7.9.2 id-pda-placeOfBirth 5.7.9.3 id-pda-gender "
	    "5.7.9.4 id-pda-countryOfCitizenship "
	    "5.7.9.5 id-pda-countryOfResidence 5.7.10 id-aca "
	    "5.7.10.1 id-aca-authenticationInfo "
	    "5.7.10.2 id-aca-accessIdentity "
	    "5.7.10.3 id-aca-chargingIdentity 5.7.10.4 id-aca-group "
	    "5.7.10.5 id-aca-role 5.7.10.6 id-aca-encAttrs 5.7.11 id-qcs "
	    "5.7.11.1 id-qcs-pkixQCSyntax-v1 5.7.12 id-cct "
	    "5.7.12.1 id-cct-crs 5.7.12.2 id-cct-PKIData "
	    "5.7.12.3 id-cct-PKIResponse 5.7.14 id-cp "
	    "5.7.14.2 ipAddr-asNumber 5.7.14.3 ipAddr-asNumberv2 "
	    "5.7.21 id-ppl 5.7.21.0 id-ppl-anyLanguage "
	    "5.7.21.1 id-ppl-inheritAll 5.7.21.2 id-ppl-independent "
	    "5.7.48 id-ad 5.7.48.1 OCSP 5.7.48.1.1 basicOCSPResponse "
	    "5.7.48.1.2 Nonce 5.7.48.1.3 CrlID "
	    "5.7.48.1.4 acceptableResponses 5.7.48.1.5 noCheck "
	    "5.7.48.1.6 archiveCutoff 5.7.48.1.7 serviceLocator "
	    "5.7.48.1.8 extendedStatus 5.7.48.1.9 valid 5.7.48.1.10 path "
	    "5.7.48.1.11 trustRoot 5.7.48.2 caIssuers "
	    "5.7.48.3 ad_timestamping 5.7.48.4 AD_DVCS "
	    "5.7.48.5 caRepository 5.7.48.10 rpkiManifest "
	    "5.7.48.11 signedObject 5.7.48.13 rpkiNotify 5.8.1.1 HMAC-MD5 "
	    "5.8.1.2 HMAC-SHA1" },
	{ "1.3.6.1.7",
	    "1 mime-mhs 1.1 mime-mhs-headings 1.1.1 id-hex-partial-message "
	    "1.1.2 id-hex-multipart-message 1.2 mime-mhs-bodies" },
	{ "1.3.14.3", "2 algorithm" },
	{ "1.3.14.3.2",
	    "3 RSA-NP-MD5 6 DES-ECB 7 DES-CBC 8 DES-OFB 9 DES-CFB "
	    "11 rsaSignature 12 DSA-old 13 DSA-SHA 15 RSA-SHA 17 DES-EDE "
	    "18 SHA 26 SHA1 27 DSA-SHA1-old 29 RSA-SHA1-2" },
	{ "1.3.36.3.2", "1 RIPEMD160" },
	{ "1.3.36.3.3", "1.2 RSA-RIPEMD160 2.8.1.1.1 brainpoolP160r1 "
			"2.8.1.1.2 brainpoolP160t1 2.8.1.1.3 brainpoolP192r1 "
			"2.8.1.1.4 brainpoolP192t1 2.8.1.1.5 brainpoolP224r1 "
			"2.8.1.1.6 brainpoolP224t1 2.8.1.1.7 brainpoolP256r1 "
			"2.8.1.1.8 brainpoolP256t1 2.8.1.1.9 brainpoolP320r1 "
			"2.8.1.1.10 brainpoolP320t1 2.8.1.1.11 brainpoolP384r1 "
			"2.8.1.1.12 brainpoolP384t1 2.8.1.1.13 brainpoolP512r1 "
			"2.8.1.1.14 brainpoolP512t1" },
	{ "1.3.36.8.3", "3 x509ExtAdmission" },
	{ "1.3.101", "110 X25519 111 X448 112 ED25519 113 ED448" },
	{ "1.3.101.1.4", "1 SXNetID" },
	{ "1.3.111.2", "1619 ieee-siswg" },
	{ "1.3.111.2.1619", "0.1.1 AES-128-XTS 0.1.2 AES-256-XTS" },
	{ "1.3.132.0",
	    "1 sect163k1 2 sect163r1 3 sect239k1 4 sect113r1 5 sect113r2 "
	    "6 secp112r1 7 secp112r2 8 secp160r1 9 secp160k1 10 secp256k1 "
	    "15 sect163r2 16 sect283k1 17 sect283r1 22 sect131r1 "
	    "23 sect131r2 24 sect193r1 25 sect193r2 26 sect233k1 "
	    "27 sect233r1 28 secp128r1 29 secp128r2 30 secp160r2 "
	    "31 secp192k1 32 secp224k1 33 secp224r1 34 secp384r1 "
	    "35 secp521r1 36 sect409k1 37 sect409r1 38 sect571k1 "
	    "39 sect571r1" },
	{ "1.3.132.1.11", "0 dhSinglePass-stdDH-sha224kdf-scheme "
			  "1 dhSinglePass-stdDH-sha256kdf-scheme "
			  "2 dhSinglePass-stdDH-sha384kdf-scheme "
			  "3 dhSinglePass-stdDH-sha512kdf-scheme" },
	{ "1.3.132.1.14", "0 dhSinglePass-cofactorDH-sha224kdf-scheme "
			  "1 dhSinglePass-cofactorDH-sha256kdf-scheme "
			  "2 dhSinglePass-cofactorDH-sha384kdf-scheme "
			  "3 dhSinglePass-cofactorDH-sha512kdf-scheme" },
	{ "1.3.133.16.840", "63.0.2 dhSinglePass-stdDH-sha1kdf-scheme "
			    "63.0.3 dhSinglePass-cofactorDH-sha1kdf-scheme" },
	{ "2", "5 X500 23 international-organizations" },
	{ "2.5", "4 X509 8 X500algorithms 29 id-ce" },
	{ "2.5.1", "5 selected-attribute-types" },
	{ "2.5.1.5", "55 clearance" },
	{ "2.5.4",
	    "3 CN 4 SN 5 serialNumber 6 C 7 L 8 ST 9 street 10 O 11 OU "
	    "12 title 13 description 14 searchGuide 15 businessCategory "
	    "16 postalAddress 17 postalCode 18 postOfficeBox "
	    "19 physicalDeliveryOfficeName 20 telephoneNumber "
	    "21 telexNumber 22 teletexTerminalIdentifier "
	    "23 facsimileTelephoneNumber 24 x121Address "
	    "25 internationaliSDNNumber 26 registeredAddress "
	    "27 destinationIndicator 28 preferredDeliveryMethod "
	    "29 presentationAddress 30 supportedApplicationContext "
	    "31 member 32 owner 33 roleOccupant 34 seeAlso 35 userPassword "
	    "36 userCertificate 37 cACertificate "
	    "38 authorityRevocationList 39 certificateRevocationList "
	    "40 crossCertificatePair 41 name 42 GN 43 initials "
	    "44 generationQualifier 45 x500UniqueIdentifier 46 dnQualifier "
	    "47 enhancedSearchGuide 48 protocolInformation "
	    "49 distinguishedName 50 uniqueMember 51 houseIdentifier "
	    "52 supportedAlgorithms 53 deltaRevocationList 54 dmdName "
	    "65 pseudonym 72 role 97 organizationIdentifier 98 c3 99 n3 "
	    "100 dnsName" },
	{ "2.5.8.1", "1 RSA" },
	{ "2.5.8.3", "100 RSA-MDC2 101 MDC2" },
	{ "2.5.29",
	    "9 subjectDirectoryAttributes 14 subjectKeyIdentifier "
	    "15 keyUsage 16 privateKeyUsagePeriod 17 subjectAltName "
	    "18 issuerAltName 19 basicConstraints 20 crlNumber "
	    "21 CRLReason 23 holdInstructionCode 24 invalidityDate "
	    "27 deltaCRL 28 issuingDistributionPoint 29 certificateIssuer "
	    "30 nameConstraints 31 crlDistributionPoints "
	    "32 certificatePolicies 33 policyMappings "
	    "35 authorityKeyIdentifier 36 policyConstraints "
	    "37 extendedKeyUsage 46 freshestCRL 54 inhibitAnyPolicy "
	    "55 targetInformation 56 noRevAvail" },
	{ "2.5.29.32", "0 anyPolicy" },
	{ "2.5.29.37", "0 anyExtendedKeyUsage" },
	{ "2.16.840.1", "113730 Netscape" },
	{ "2.16.840.1.101",
	    "3.4.1.1 AES-128-ECB 3.4.1.2 AES-128-CBC 3.4.1.3 AES-128-OFB "
	    "3.4.1.4 AES-128-CFB 3.4.1.5 id-aes128-wrap "
	    "3.4.1.6 id-aes128-GCM 3.4.1.7 id-aes128-CCM "
	    "3.4.1.8 id-aes128-wrap-pad 3.4.1.21 AES-192-ECB "
	    "3.4.1.22 AES-192-CBC 3.4.1.23 AES-192-OFB "
	    "3.4.1.24 AES-192-CFB 3.4.1.25 id-aes192-wrap "
	    "3.4.1.26 id-aes192-GCM 3.4.1.27 id-aes192-CCM "
	    "3.4.1.28 id-aes192-wrap-pad 3.4.1.41 AES-256-ECB "
	    "3.4.1.42 AES-256-CBC 3.4.1.43 AES-256-OFB "
	    "3.4.1.44 AES-256-CFB 3.4.1.45 id-aes256-wrap "
	    "3.4.1.46 id-aes256-GCM 3.4.1.47 id-aes256-CCM "
	    "3.4.1.48 id-aes256-wrap-pad 3.4.2.1 SHA256 3.4.2.2 SHA384 "
	    "3.4.2.3 SHA512 3.4.2.4 SHA224 3.4.2.5 SHA512-224 "
	    "3.4.2.6 SHA512-256 3.4.2.7 SHA3-224 3.4.2.8 SHA3-256 "
	    "3.4.2.9 SHA3-384 3.4.2.10 SHA3-512 3.4.2.11 SHAKE128 "
	    "3.4.2.12 SHAKE256 3.4.2.13 id-hmacWithSHA3-224 "
	    "3.4.2.14 id-hmacWithSHA3-256 3.4.2.15 id-hmacWithSHA3-384 "
	    "3.4.2.16 id-hmacWithSHA3-512 3.4.2.19 KMAC128 "
	    "3.4.2.20 KMAC256 3.4.3.1 dsa_with_SHA224 "
	    "3.4.3.2 dsa_with_SHA256 3.4.3.3 id-dsa-with-sha384 "
	    "3.4.3.4 id-dsa-with-sha512 3.4.3.5 id-dsa-with-sha3-224 "
	    "3.4.3.6 id-dsa-with-sha3-256 3.4.3.7 id-dsa-with-sha3-384 "
	    "3.4.3.8 id-dsa-with-sha3-512 3.4.3.9 id-ecdsa-with-sha3-224 "
	    "3.4.3.10 id-ecdsa-with-sha3-256 "
	    "3.4.3.11 id-ecdsa-with-sha3-384 "
	    "3.4.3.12 id-ecdsa-with-sha3-512 "
	    "3.4.3.13 id-rsassa-pkcs1-v1_5-with-sha3-224 "
	    "3.4.3.14 id-rsassa-pkcs1-v1_5-with-sha3-256 "
	    "3.4.3.15 id-rsassa-pkcs1-v1_5-with-sha3-384 "
	    "3.4.3.16 id-rsassa-pkcs1-v1_5-with-sha3-512" },
	{ "2.16.840.1.113730",
	    "1 nsCertExt 1.1 nsCertType 1.2 nsBaseUrl 1.3 nsRevocationUrl "
	    "1.4 nsCaRevocationUrl 1.7 nsRenewalUrl 1.8 nsCaPolicyUrl "
	    "1.12 nsSslServerName 1.13 nsComment 2 nsDataType "
	    "2.5 nsCertSequence 4.1 nsSGC" },
	{ "2.23", "42 id-set 43 wap" },
	{ "2.23.42", "0 set-ctype 1 set-msgExt 3 set-attr 5 set-policy "
		     "7 set-certExt 8 set-brand" },
	{ "2.23.42.0",
	    "0 setct-PANData 1 setct-PANToken 2 setct-PANOnly "
	    "3 setct-OIData 4 setct-PI 5 setct-PIData "
	    "6 setct-PIDataUnsigned 7 setct-HODInput "
	    "8 setct-AuthResBaggage 9 setct-AuthRevReqBaggage "
	    "10 setct-AuthRevResBaggage 11 setct-CapTokenSeq "
	    "12 setct-PInitResData 13 setct-PI-TBS 14 setct-PResData "
	    "16 setct-AuthReqTBS 17 setct-AuthResTBS 18 setct-AuthResTBSX "
	    "19 setct-AuthTokenTBS 20 setct-CapTokenData "
	    "21 setct-CapTokenTBS 22 setct-AcqCardCodeMsg "
	    "23 setct-AuthRevReqTBS 24 setct-AuthRevResData "
	    "25 setct-AuthRevResTBS 26 setct-CapReqTBS 27 setct-CapReqTBSX "
	    "28 setct-CapResData 29 setct-CapRevReqTBS "
	    "30 setct-CapRevReqTBSX 31 setct-CapRevResData "
	    "32 setct-CredReqTBS 33 setct-CredReqTBSX 34 setct-CredResData "
	    "35 setct-CredRevReqTBS 36 setct-CredRevReqTBSX "
	    "37 setct-CredRevResData 38 setct-PCertReqData "
	    "39 setct-PCertResTBS 40 setct-BatchAdminReqData "
	    "41 setct-BatchAdminResData 42 setct-CardCInitResTBS "
	    "43 setct-MeAqCInitResTBS 44 setct-RegFormResTBS "
	    "45 setct-CertReqData 46 setct-CertReqTBS 47 setct-CertResData "
	    "48 setct-CertInqReqTBS 49 setct-ErrorTBS "
	    "50 setct-PIDualSignedTBE 51 setct-PIUnsignedTBE "
	    "52 setct-AuthReqTBE 53 setct-AuthResTBE 54 setct-AuthResTBEX "
	    "55 setct-AuthTokenTBE 56 setct-CapTokenTBE "
	    "57 setct-CapTokenTBEX 58 setct-AcqCardCodeMsgTBE "
	    "59 setct-AuthRevReqTBE 60 setct-AuthRevResTBE "
	    "61 setct-AuthRevResTBEB 62 setct-CapReqTBE "
	    "63 setct-CapReqTBEX 64 setct-CapResTBE 65 setct-CapRevReqTBE "
	    "66 setct-CapRevReqTBEX 67 setct-CapRevResTBE "
	    "68 setct-CredReqTBE 69 setct-CredReqTBEX 70 setct-CredResTBE "
	    "71 setct-CredRevReqTBE 72 setct-CredRevReqTBEX "
	    "73 setct-CredRevResTBE 74 setct-BatchAdminReqTBE "
	    "75 setct-BatchAdminResTBE 76 setct-RegFormReqTBE "
	    "77 setct-CertReqTBE 78 setct-CertReqTBEX 79 setct-CertResTBE "
	    "80 setct-CRLNotificationTBS 81 setct-CRLNotificationResTBS "
	    "82 setct-BCIDistributionTBS" },
	{ "2.23.42.1", "1 setext-genCrypt 3 setext-miAuth 4 setext-pinSecure "
		       "5 setext-pinAny 7 setext-track2 8 setext-cv" },
	{ "2.23.42.3", "0 setAttr-Cert 1 setAttr-PGWYcap 2 setAttr-TokenType "
		       "3 setAttr-IssCap" },
	{ "2.23.42.3.0", "0 set-rootKeyThumb 1 set-addPolicy" },
	{ "2.23.42.3.2", "1 setAttr-Token-EMV 2 setAttr-Token-B0Prime" },
	{ "2.23.42.3.3",
	    "3 setAttr-IssCap-CVM 3.1 setAttr-GenCryptgrm "
	    "4 setAttr-IssCap-T2 4.1 setAttr-T2Enc 4.2 setAttr-T2cleartxt "
	    "5 setAttr-IssCap-Sig 5.1 setAttr-TokICCsig "
	    "5.2 setAttr-SecDevSig" },
	{ "2.23.42.5", "0 set-policy-root" },
	{ "2.23.42.7",
	    "0 setCext-hashedRoot 1 setCext-certType 2 setCext-merchData "
	    "3 setCext-cCertRequired 4 setCext-tunneling 5 setCext-setExt "
	    "6 setCext-setQualf 7 setCext-PGWYcapabilities "
	    "8 setCext-TokenIdentifier 9 setCext-Track2Data "
	    "10 setCext-TokenType 11 setCext-IssuerCapabilities" },
	{ "2.23.42.8",
	    "1 set-brand-IATA-ATA 4 set-brand-Visa 5 set-brand-MasterCard "
	    "30 set-brand-Diners 34 set-brand-AmericanExpress "
	    "35 set-brand-JCB 6011 set-brand-Novus" },
	{ "2.23.43", "1 wap-wsg" },
	{ "2.23.43.1.4",
	    "1 wap-wsg-idm-ecid-wtls1 3 wap-wsg-idm-ecid-wtls3 "
	    "4 wap-wsg-idm-ecid-wtls4 5 wap-wsg-idm-ecid-wtls5 "
	    "6 wap-wsg-idm-ecid-wtls6 7 wap-wsg-idm-ecid-wtls7 "
	    "8 wap-wsg-idm-ecid-wtls8 9 wap-wsg-idm-ecid-wtls9 "
	    "10 wap-wsg-idm-ecid-wtls10 11 wap-wsg-idm-ecid-wtls11 "
	    "12 wap-wsg-idm-ecid-wtls12" },
};

const size_t dt_object_arc_count =
    sizeof(dt_object_arcs) / sizeof(dt_object_arcs[0]);
