/* Strength of keys and signatures; see level.h. */
#include "x509/level.h"

#include "x509/signature.h"

/* Bits of security for levels 1 to 5 (NIST SP 800-57 strengths). */
static const int level_bits[] = { 80, 112, 128, 192, 256 };

static int
required_bits(int level)
{
	const int highest = (int)(sizeof(level_bits) / sizeof(level_bits[0]));

	return level_bits[(level > highest ? highest : level) - 1];
}

bool
dt_level_takes_key(int level, const struct dt_cert *cert)
{
	return level <= 0 ||
	       (cert->key.type != DT_KEY_UNKNOWN &&
		   cert->key.security_bits >= required_bits(level));
}

bool
dt_level_takes_signature(int level, const struct dt_cert *cert)
{
	struct dt_signature_info info;

	if (level <= 0)
		return true;
	dt_signature_info(&info, cert->signature_algorithm);
	return info.known && info.security_bits >= required_bits(level);
}
