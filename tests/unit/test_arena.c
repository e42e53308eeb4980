/* Built with AddressSanitizer every piece is a block of its own; what is said
 * here holds all the same. */
#include "base/arena.h"

#include <criterion/criterion.h>

#include <stdalign.h>
#include <stddef.h>

static struct dt_arena arena;
static alignas(max_align_t) uint8_t first[256];

static void
setup(void)
{
	memset(first, 0xee, sizeof(first));
	dt_arena_init(&arena, first, sizeof(first));
}

static void
teardown(void)
{
	dt_arena_clear(&arena);
}

TestSuite(arena, .init = setup, .fini = teardown);

static bool
is_zero(const uint8_t *octets, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (octets[i] != 0)
			return false;
	return true;
}

Test(arena, arrays_are_zero_and_aligned)
{
	for (size_t i = 1; i < 60; i++) {
		uint8_t *octets = dt_arena_octets(&arena, i);
		uint8_t *array = dt_arena_array(&arena, i, 3);

		cr_assert_not_null(octets);
		cr_assert_not_null(array);
		cr_expect_eq((uintptr_t)array % alignof(max_align_t), 0);
		cr_expect(is_zero(array, i * 3));
		memset(octets, 0xdd, i);
		memset(array, 0xcc, i * 3);
	}
}

Test(arena, pieces_do_not_touch_each_other)
{
	uint8_t *pieces[100];

	for (size_t i = 0; i < 100; i++) {
		pieces[i] = dt_arena_octets(&arena, 37 * i % 700);
		cr_assert_not_null(pieces[i]);
		memset(pieces[i], (int)i, 37 * i % 700);
	}
	for (size_t i = 0; i < 100; i++)
		for (size_t k = 0; k < 37 * i % 700; k++)
			cr_assert_eq(pieces[i][k], (uint8_t)i);
}

Test(arena, what_was_cut_off_is_used_again)
{
	uint8_t *one = dt_arena_octets(&arena, 200), *two;

	memset(one, 1, 10);
	dt_arena_cut(&arena, one, 200, 10);
	two = dt_arena_octets(&arena, 200);
	memset(two, 2, 200);
	for (size_t i = 0; i < 10; i++)
		cr_expect_eq(one[i], 1);
	/* Not the last one any more: nothing happens. */
	dt_arena_cut(&arena, one, 200, 0);
	memset(dt_arena_octets(&arena, 20), 3, 20);
	for (size_t i = 0; i < 200; i++)
		cr_expect_eq(two[i], 2);
}

Test(arena, needs_no_first_block)
{
	struct dt_arena none = { 0 };

	cr_expect_not_null(dt_arena_octets(&none, 1));
	cr_expect_not_null(dt_arena_array(&none, 0, 8));
	cr_expect_not_null(dt_arena_array(&none, 1000, 8));
	dt_arena_clear(&none);
	cr_expect_null(none.blocks);
	dt_arena_clear(&none);
}

Test(arena, sizes_that_cannot_be_are_refused)
{
	cr_expect_null(dt_arena_array(&arena, SIZE_MAX / 2, 4));
	cr_expect_null(dt_arena_array(&arena, SIZE_MAX / 16, 8));
	cr_expect_null(dt_arena_octets(&arena, SIZE_MAX - 4));
	cr_expect_not_null(dt_arena_octets(&arena, 4));
}
