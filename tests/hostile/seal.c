/* Messages and records of our own in a session of GnuTLS; see seal.h. */
#include "hostile/seal.h"

#include "hostile/wire.h"

#include <gnutls/crypto.h>

enum { HEADER = 4, TAG = 16, SALT = 4, SEQUENCE = 8, NONCE = SALT + SEQUENCE };

void
message_edit(const struct message_edit *edit, unsigned type,
    const gnutls_datum_t *message)
{
	uint8_t *whole = message->data - HEADER; /* GnuTLS has it there */

	if (edit->type != type || type == 0 ||
	    edit->at + 2 > HEADER + message->size)
		return;
	whole[edit->at] ^= (uint8_t)(edit->mask >> 8);
	whole[edit->at + 1] ^= (uint8_t)edit->mask;
}

struct keys {
	bool modern; /* TLS 1.3 */
	gnutls_aead_cipher_hd_t cipher;
	gnutls_datum_t iv;
	uint8_t sequence[SEQUENCE];
};

static bool
open_keys(struct keys *keys, gnutls_session_t session)
{
	gnutls_datum_t mac, key;

	keys->modern = gnutls_protocol_get_version(session) >= GNUTLS_TLS1_3;
	return gnutls_record_get_state(
		   session, 0, &mac, &keys->iv, &key, keys->sequence) == 0 &&
	       gnutls_aead_cipher_init(
		   &keys->cipher, gnutls_cipher_get(session), &key) == 0;
}

static void
step_sequence(uint8_t sequence[SEQUENCE])
{
	for (size_t i = SEQUENCE; i-- > 0 && ++sequence[i] == 0;)
		;
}

/* The salt and the sequence, or both together. */
static void
make_nonce(const struct keys *keys, uint8_t nonce[NONCE])
{
	memcpy(nonce, keys->iv.data, keys->modern ? NONCE : SALT);
	for (size_t i = 0; i < SEQUENCE; i++)
		nonce[SALT + i] = keys->modern
				      ? nonce[SALT + i] ^ keys->sequence[i]
				      : keys->sequence[i];
}

static void
append_header(struct dt_buffer *out, unsigned type, size_t size)
{
	dt_buffer_byte(out, (uint8_t)type);
	dt_buffer_be16(out, 0x0303);
	dt_buffer_be16(out, (uint16_t)size);
}

static bool
seal_record(struct keys *keys, unsigned type, struct dt_span plain,
    struct dt_buffer *out)
{
	const size_t explicit_size = keys->modern ? 0 : SEQUENCE;
	struct dt_buffer bound = { 0 };
	uint8_t nonce[NONCE], *room;
	size_t size = plain.size + TAG;
	bool good;

	make_nonce(keys, nonce);
	if (!keys->modern)
		dt_buffer_append(&bound, keys->sequence, SEQUENCE);
	append_header(&bound, type, keys->modern ? size : plain.size);
	append_header(out, type, explicit_size + size);
	dt_buffer_append(out, keys->sequence, explicit_size);
	room = dt_buffer_reserve(out, size);
	good = room != NULL &&
	       gnutls_aead_cipher_encrypt(keys->cipher, nonce, NONCE,
		   dt_buffer_span(&bound).data, dt_buffer_size(&bound), TAG,
		   plain.data, plain.size, room, &size) == 0;
	if (good)
		dt_buffer_commit(out, size);
	step_sequence(keys->sequence);
	dt_buffer_clear(&bound);
	return good;
}

bool
seal(gnutls_session_t session, const struct sealed *sealed,
    struct dt_buffer *out)
{
	struct dt_buffer plain = { 0 };
	struct keys keys;
	bool good = open_keys(&keys, session);

	if (!good)
		return false;
	dt_buffer_append(&plain, "", 0);
	hex_append(&plain, sealed->octets);
	for (size_t i = 0; i < sealed->zeros; i++)
		dt_buffer_byte(&plain, 0);
	if (keys.modern)
		dt_buffer_byte(&plain, (uint8_t)sealed->type);
	for (unsigned i = 0; good && i < sealed->count; i++)
		good =
		    seal_record(&keys, keys.modern ? RECORD_DATA : sealed->type,
			dt_buffer_span(&plain), out);
	gnutls_record_set_state(session, 0, keys.sequence);
	gnutls_aead_cipher_deinit(keys.cipher);
	dt_buffer_clear(&plain);
	return good;
}
