/* Strength of certificates for a profile; see strength.h. */
#include "x509/strength.h"

#include "x509/signature.h"

static bool
has_bits(const char *kind, int bits, int needed, struct dt_message *why)
{
	if (bits >= needed)
		return true;
	dt_message_set(
	    why, "its %s key has %d bits, %d are needed", kind, bits, needed);
	return false;
}

static bool
key_suffices(const struct dt_strength *strength, const struct dt_key *key,
    struct dt_message *why)
{
	if (key->type == DT_KEY_RSA || key->type == DT_KEY_RSA_PSS)
		return has_bits("RSA", key->size_bits, strength->rsa_bits, why);
	if (key->type == DT_KEY_EC)
		return has_bits(
		    "elliptic curve", key->size_bits, strength->ec_bits, why);
	if (strength->edwards &&
	    (key->type == DT_KEY_ED25519 || key->type == DT_KEY_ED448))
		return true;
	dt_message_set(why, "the profile has no use for its kind of key");
	return false;
}

static bool
signature_suffices(const struct dt_strength *strength,
    const struct dt_cert *cert, struct dt_message *why)
{
	struct dt_signature_info info;

	if ((cert->flags & DT_CERT_SELF_SIGNED) != 0)
		return true;
	dt_signature_info(&info, cert->signature_algorithm);
	if (info.known && info.security_bits >= strength->digest_bits)
		return true;
	dt_message_set(why, "it is signed with a digest weaker than SHA-256");
	return false;
}

bool
dt_strength_suffices(const struct dt_strength *strength,
    const struct dt_cert *cert, struct dt_message *why)
{
	return strength->rsa_bits == 0 ||
	       (key_suffices(strength, &cert->key, why) &&
		   signature_suffices(strength, cert, why));
}
