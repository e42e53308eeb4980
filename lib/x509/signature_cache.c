/*
 * The cache of verified signatures; see signature_cache.h.
 *
 * A table of fixed size, in sets of eight at most: a new entry pushes out the
 * one of its set that was used longest ago. One lock; nothing is computed
 * while it is held.
 */
#include "x509/signature_cache.h"

#include "base/limits.h"

#include <nettle/sha2.h>

#include <pthread.h>
#include <stdlib.h>

#define MAX_WAYS 8

/* All zero where it is free, which no SHA-256 will ever be. */
struct entry {
	uint8_t key[DT_SHA256_SIZE];
};

struct dicomtls_signature_cache {
	unsigned refs;
	unsigned sets; /* 0: remembers nothing */
	unsigned ways;
	pthread_mutex_t lock; /* of all below */
	uint64_t found;
	uint64_t computed;
	struct entry entries[]; /* of each set the last used first */
};

int
dicomtls_signature_cache_new(
    struct dicomtls_signature_cache **cache, unsigned entries)
{
	unsigned sets = entries / MAX_WAYS + (entries % MAX_WAYS > 0);
	struct dicomtls_signature_cache *made;

	if (cache == NULL)
		return DICOMTLS_E_INVALID;
	if (entries > DT_MAX_SIGNATURE_CACHE)
		return DICOMTLS_E_LIMIT;
	made = calloc(1, sizeof(*made) + entries * sizeof(struct entry));
	if (made == NULL)
		return DICOMTLS_E_NOMEM;
	if (pthread_mutex_init(&made->lock, NULL) != 0) {
		free(made);
		return DICOMTLS_E_NOMEM;
	}
	made->refs = 1;
	made->sets = sets;
	made->ways = sets == 0 ? 0 : entries / sets;
	*cache = made;
	return 0;
}

struct dicomtls_signature_cache *
dicomtls_signature_cache_ref(struct dicomtls_signature_cache *cache)
{
	if (cache != NULL)
		__atomic_add_fetch(&cache->refs, 1, __ATOMIC_RELAXED);
	return cache;
}

void
dicomtls_signature_cache_free(struct dicomtls_signature_cache *cache)
{
	if (cache == NULL ||
	    __atomic_sub_fetch(&cache->refs, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	pthread_mutex_destroy(&cache->lock);
	free(cache);
}

int
dt_signature_cache_share(
    struct dicomtls_signature_cache **cache, unsigned entries)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static struct dicomtls_signature_cache *shared;
	static unsigned size;
	int rc = 0;

	if (entries == 0)
		return dicomtls_signature_cache_new(cache, 0);
	pthread_mutex_lock(&lock);
	if (shared == NULL) {
		rc = dicomtls_signature_cache_new(&shared, entries);
		size = entries;
	}
	if (rc == 0 && size == entries)
		*cache = dicomtls_signature_cache_ref(shared);
	else if (rc == 0)
		rc = dicomtls_signature_cache_new(cache, entries);
	pthread_mutex_unlock(&lock);
	return rc;
}

void
dicomtls_signature_cache_counts(
    struct dicomtls_signature_cache *cache, uint64_t *found, uint64_t *computed)
{
	pthread_mutex_lock(&cache->lock);
	*found = cache->found;
	*computed = cache->computed;
	pthread_mutex_unlock(&cache->lock);
}

/* Numbers and lengths have eight octets, so that no two lists of fields make
 * the same octets. */
static void
add_number(struct sha256_ctx *hash, uint64_t number)
{
	uint8_t octets[8];

	for (size_t i = sizeof(octets); i > 0; i--, number >>= 8)
		octets[i - 1] = (uint8_t)number;
	sha256_update(hash, sizeof(octets), octets);
}

static void
add_field(struct sha256_ctx *hash, struct dt_span field)
{
	add_number(hash, field.size);
	sha256_update(hash, field.size, field.data);
}

void
dt_signature_cache_key(
    uint8_t *out, const struct dt_key *key, const struct dt_signed *object)
{
	struct sha256_ctx hash;

	sha256_init(&hash);
	add_field(&hash, object->data);
	add_field(&hash, key->spki);
	add_field(&hash, object->algorithm);
	add_number(&hash, object->unused);
	add_field(&hash, object->bits);
	sha256_digest(&hash, DT_SHA256_SIZE, out);
}

static struct entry *
set_of(struct dicomtls_signature_cache *cache, const struct entry *wanted)
{
	uint64_t number;

	memcpy(&number, wanted->key, sizeof(number));
	return cache->entries + number % cache->sets * cache->ways;
}

/* Puts an entry in front of its set, at the cost of the last one if it was not
 * there; true if it was. */
static bool
touch(struct entry *set, unsigned ways, const struct entry *wanted, bool add)
{
	unsigned at = 0;
	bool found;

	while (at < ways &&
	       memcmp(set[at].key, wanted->key, sizeof(wanted->key)) != 0)
		at++;
	found = at < ways;
	if (!found && !add)
		return false;
	memmove(set + 1, set, (found ? at : ways - 1) * sizeof(*set));
	set[0] = *wanted;
	return found;
}

static bool
is_known(struct dicomtls_signature_cache *cache, const struct entry *wanted)
{
	bool found;

	pthread_mutex_lock(&cache->lock);
	found = touch(set_of(cache, wanted), cache->ways, wanted, false);
	if (found)
		cache->found++;
	else
		cache->computed++;
	pthread_mutex_unlock(&cache->lock);
	return found;
}

static void
remember(struct dicomtls_signature_cache *cache, const struct entry *wanted)
{
	pthread_mutex_lock(&cache->lock);
	(void)touch(set_of(cache, wanted), cache->ways, wanted, true);
	pthread_mutex_unlock(&cache->lock);
}

static bool
is_valid(const struct dt_key *key, const struct dt_signed *object)
{
	return dt_signature_verify(key, object->algorithm, object->data,
		   object->bits, object->unused) == DT_SIGNATURE_VALID;
}

bool
dt_signature_cache_verify(struct dicomtls_signature_cache *cache,
    const struct dt_key *key, const struct dt_signed *object)
{
	struct entry wanted;

	if (cache == NULL || cache->sets == 0)
		return is_valid(key, object);
	dt_signature_cache_key(wanted.key, key, object);
	if (is_known(cache, &wanted))
		return true;
	if (!is_valid(key, object))
		return false;
	remember(cache, &wanted);
	return true;
}
