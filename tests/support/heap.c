/* malloc and its relatives over glibc's, failing on demand; see heap.h.
 * Symbols of the program come before those of a library, so this is for all
 * libraries too. */
#include "support/heap.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <gmp.h>
#include <link.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static atomic_long blocks, bytes, peak;

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) &&                    \
    !defined(__SANITIZE_THREAD__)

#define EXPORTED __attribute__((visibility("default")))

static atomic_bool armed;
static atomic_size_t count;
static atomic_size_t failing;
static _Atomic(const void *) failed_for;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

/* Who must not be told that there is no memory: a library, or one function of
 * it; realloc alone, or all. */
static struct spared {
	const char *library; /* start of its file's name; NULL: any */
	const char *function;
	bool resizing;
	uintptr_t begin, end;
} spared[] = {
	/* Copies a structure, as GnuTLS has it do for a key, and follows the
	 * null pointer. */
	{ .library = "libtasn1.so" },
	/* Follows the null pointer. */
	{ .function = "gnutls_x509_dn_init" },
	/* Ends the process when the table of its descriptors cannot grow. */
	{ .library = "libuv.so", .resizing = true },
};
#define SPARED (sizeof(spared) / sizeof(spared[0]))

static bool
is_spared(const void *caller, bool resizing)
{
	uintptr_t at = (uintptr_t)caller;

	for (size_t i = 0; i < SPARED; i++)
		if (at >= spared[i].begin && at < spared[i].end &&
		    (resizing || !spared[i].resizing))
			return true;
	return false;
}

/* ------------------------------------------------------------- tracing -- */

enum { TRACED = 1 << 17, FRAMES = 48 };

/* Where a block comes from: the place in the program's own code, and whether
 * malloc was called there or somewhere below. */
struct origin {
	const void *call;
	bool direct;
};

static struct traced {
	const void *block;
	struct origin origin;
} traced[TRACED];
static atomic_bool tracing;
static atomic_flag traced_lock = ATOMIC_FLAG_INIT;
static struct origin failed_origin;

static bool
is_of_program(const void *address)
{
	static Dl_info here;
	Dl_info place;

	if (here.dli_fbase == NULL)
		dladdr(&tracing, &here);
	return dladdr(address, &place) != 0 &&
	       place.dli_fbase == here.dli_fbase;
}

/* caller is who called malloc: what is further in is ourselves. */
static struct origin
find_origin(const void *caller)
{
	void *frames[FRAMES];
	int depth = backtrace(frames, FRAMES), i = 0;

	while (i < depth && frames[i] != caller)
		i++;
	for (; i < depth; i++)
		if (is_of_program(frames[i]))
			return (
			    struct origin){ frames[i], frames[i] == caller };
	return (struct origin){ NULL, false };
}

static void
lock_traced(void)
{
	while (atomic_flag_test_and_set(&traced_lock))
		continue;
}

/* In a slot that is taken no more: those behind it are still to be found. */
static const char nothing;

/* The slot of a block; or of what is not there, where it would be. */
static struct traced *
find_traced(const void *block, const void *otherwise)
{
	size_t at = (uintptr_t)block / 16 % TRACED;

	while (traced[at].block != NULL && traced[at].block != block &&
	       traced[at].block != otherwise)
		at = (at + 1) % TRACED;
	return &traced[at];
}

static void
trace(const void *block, const void *caller)
{
	struct origin origin;

	if (block == NULL || !atomic_load(&tracing))
		return;
	origin = find_origin(caller);
	lock_traced();
	*find_traced(block, &nothing) = (struct traced){ block, origin };
	atomic_flag_clear(&traced_lock);
}

static void
trace_end(const void *block)
{
	struct traced *found;

	if (block == NULL || !atomic_load(&tracing))
		return;
	lock_traced();
	found = find_traced(block, block);
	if (found->block == block)
		found->block = &nothing;
	atomic_flag_clear(&traced_lock);
}

void
heap_trace(void)
{
	atomic_store(&tracing, true);
}

struct heap_left
heap_left(void)
{
	struct heap_left left = { 0, 0 };

	lock_traced();
	for (size_t i = 0; i < TRACED; i++) {
		const struct traced *t = &traced[i];

		if (t->block == NULL || t->block == &nothing)
			continue;
		if (!t->origin.direct && !failed_origin.direct &&
		    t->origin.call == failed_origin.call)
			left.by_library++;
		else
			left.by_program++;
	}
	atomic_flag_clear(&traced_lock);
	return left;
}

/* ------------------------------------------------------------- failing -- */

static bool
is_to_fail(const void *caller, bool resizing)
{
	if (!atomic_load(&armed) || is_spared(caller, resizing) ||
	    atomic_fetch_add(&count, 1) + 1 != atomic_load(&failing))
		return false;
	atomic_store(&failed_for, caller);
	if (atomic_load(&tracing))
		failed_origin = find_origin(caller);
	errno = ENOMEM;
	return true;
}

static long
size_of(void *block)
{
	return (long)malloc_usable_size(block);
}

static void
note_peak(long now)
{
	long most = atomic_load(&peak);

	while (now > most && !atomic_compare_exchange_weak(&peak, &most, now))
		;
}

static void *
counted(void *block, const void *caller)
{
	long size;

	if (block == NULL)
		return NULL;
	size = size_of(block);
	atomic_fetch_add(&blocks, 1);
	note_peak(atomic_fetch_add(&bytes, size) + size);
	trace(block, caller);
	return block;
}

static void
forget(void *block)
{
	if (block == NULL)
		return;
	trace_end(block);
	atomic_fetch_sub(&blocks, 1);
	atomic_fetch_sub(&bytes, size_of(block));
}

static void *
resize(void *old, size_t size, const void *caller)
{
	void *block;

	forget(old);
	block = __libc_realloc(old, size);
	/* What could not grow is still there. */
	if (block == NULL && size > 0)
		counted(old, caller);
	return counted(block, caller);
}

EXPORTED void *
malloc(size_t size)
{
	const void *caller = __builtin_return_address(0);

	return is_to_fail(caller, false) ? NULL
					 : counted(__libc_malloc(size), caller);
}

EXPORTED void *
calloc(size_t n, size_t size)
{
	const void *caller = __builtin_return_address(0);

	return is_to_fail(caller, false)
		   ? NULL
		   : counted(__libc_calloc(n, size), caller);
}

EXPORTED void *
realloc(void *old, size_t size)
{
	const void *caller = __builtin_return_address(0);

	return is_to_fail(caller, true) ? NULL : resize(old, size, caller);
}

EXPORTED int
posix_memalign(void **block, size_t alignment, size_t size)
{
	const void *caller = __builtin_return_address(0);
	void *made = NULL;

	if (!is_to_fail(caller, false))
		made = counted(__libc_memalign(alignment, size), caller);
	if (made == NULL)
		return ENOMEM;
	*block = made;
	return 0;
}

EXPORTED void *
memalign(size_t alignment, size_t size)
{
	void *made;

	return posix_memalign(&made, alignment, size) == 0 ? made : NULL;
}

EXPORTED void *
aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

EXPORTED void
free(void *block)
{
	forget(block);
	__libc_free(block);
}

/* GMP has no way to fail: GnuTLS, which gives it its memory, ends the process
 * when there is none. */
static void *
spare_malloc(size_t size)
{
	return counted(__libc_malloc(size), __builtin_return_address(0));
}

static void *
spare_resize(void *old, size_t old_size, size_t size)
{
	(void)old_size;
	return resize(old, size, __builtin_return_address(0));
}

static void
spare_free(void *block, size_t size)
{
	(void)size;
	free(block);
}

static void
note_code(struct spared *s, const struct dl_phdr_info *info)
{
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];

		if (header->p_type != PT_LOAD || (header->p_flags & PF_X) == 0)
			continue;
		s->begin = info->dlpi_addr + header->p_vaddr;
		s->end = s->begin + header->p_memsz;
	}
}

static int
note_library(struct dl_phdr_info *info, size_t size, void *arg)
{
	const char *slash = strrchr(info->dlpi_name, '/');
	const char *name = slash == NULL ? info->dlpi_name : slash + 1;

	(void)size;
	(void)arg;
	for (size_t i = 0; i < SPARED; i++)
		if (spared[i].library != NULL &&
		    strncmp(name, spared[i].library,
			strlen(spared[i].library)) == 0)
			note_code(&spared[i], info);
	return 0;
}

static void
note_functions(void)
{
	for (size_t i = 0; i < SPARED; i++) {
		void *found = spared[i].function == NULL
				  ? NULL
				  : dlsym(RTLD_DEFAULT, spared[i].function);
		const ElfW(Sym) *symbol = NULL;
		Dl_info info;

		if (found == NULL || dladdr1(found, &info, (void **)&symbol,
					 RTLD_DL_SYMENT) == 0)
			continue;
		spared[i].begin = (uintptr_t)found;
		spared[i].end = spared[i].begin + symbol->st_size;
	}
}

bool
heap_take_over_all(void)
{
	return true;
}

bool
heap_take_over(void)
{
	mp_set_memory_functions(spare_malloc, spare_resize, spare_free);
	dl_iterate_phdr(note_library, NULL);
	note_functions();
	return true;
}

void
heap_fail_at(size_t nth)
{
	atomic_store(&count, 0);
	atomic_store(&failing, nth);
	atomic_store(&armed, true);
}

bool
heap_fail_no_more(void)
{
	atomic_store(&armed, false);
	return atomic_load(&count) >= atomic_load(&failing);
}

const void *
heap_failed_at(void)
{
	return atomic_load(&failed_for);
}

bool
heap_failed_in(const char *library)
{
	Dl_info info;
	const char *slash;

	if (dladdr(atomic_load(&failed_for), &info) == 0)
		return false;
	slash = strrchr(info.dli_fname, '/');
	return strncmp(slash == NULL ? info.dli_fname : slash + 1, library,
		   strlen(library)) == 0;
}

#else

bool
heap_take_over_all(void)
{
	return false;
}

void
heap_trace(void)
{
}

struct heap_left
heap_left(void)
{
	return (struct heap_left){ 0, 0 };
}

bool
heap_take_over(void)
{
	return false;
}

void
heap_fail_at(size_t nth)
{
	(void)nth;
}

bool
heap_fail_no_more(void)
{
	return false;
}

const void *
heap_failed_at(void)
{
	return NULL;
}

bool
heap_failed_in(const char *library)
{
	(void)library;
	return false;
}

#endif

long
heap_blocks(void)
{
	return atomic_load(&blocks);
}

long
heap_bytes(void)
{
	return atomic_load(&bytes);
}

void
heap_forget_peak(void)
{
	atomic_store(&peak, atomic_load(&bytes));
}

long
heap_peak(void)
{
	return atomic_load(&peak);
}
