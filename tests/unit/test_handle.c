/* The table of handles. */
#include "ltdic/handle.h"

#include "ltdic/net.h"

#include <criterion/criterion.h>

static HDICOMNET
add(void)
{
	struct dt_net *net = dt_net_new(DICOM_SECURE_NONE, NULL);
	HDICOMNET handle = dt_handle_add(net);

	dt_net_unref(net);
	return handle;
}

static bool
is_there(HDICOMNET handle)
{
	struct dt_net *net = dt_handle_get(handle);

	dt_net_unref(net);
	return net != NULL;
}

Test(handle, a_handle_leads_to_its_object_until_it_is_taken)
{
	HDICOMNET handle = add();
	struct dt_net *net = dt_handle_get(handle);

	cr_assert_not_null(net);
	cr_expect_eq(net->handle, handle);
	dt_net_unref(net);
	dt_net_unref(dt_handle_take(handle));
	cr_expect_null(dt_handle_get(handle));
	cr_expect_null(dt_handle_take(handle));
}

Test(handle, a_stale_handle_does_not_lead_to_the_slots_next_object)
{
	HDICOMNET first = add();
	HDICOMNET second;

	dt_net_unref(dt_handle_take(first));
	second = add();
	cr_expect_neq(first, second);
	cr_expect_not(is_there(first));
	cr_expect(is_there(second));
	dt_net_unref(dt_handle_take(second));
}

Test(handle, pointers_and_inventions_are_no_handles)
{
	HDICOMNET handle = add();
	int object = 0;

	cr_expect_not(is_there(NULL));
	cr_expect_not(is_there(&object));
	cr_expect_not(is_there((HDICOMNET)UINTPTR_MAX));
	cr_expect_not(is_there((HDICOMNET)((uintptr_t)handle + 2)));
	cr_expect_not(is_there((HDICOMNET)((uintptr_t)handle ^ 1)));
	dt_net_unref(dt_handle_take(handle));
}

Test(handle, all_lists_every_object_of_a_grown_table)
{
	HDICOMNET handles[100];
	struct dt_array nets = { 0 };

	for (size_t i = 0; i < 100; i++)
		handles[i] = add();
	dt_handle_all(&nets);
	cr_expect_eq(nets.count, 100);
	for (size_t i = 0; i < 100; i++) {
		cr_expect(is_there(handles[i]), "%zu", i);
		dt_net_unref(nets.items[i]);
		dt_net_unref(dt_handle_take(handles[i]));
	}
	dt_array_clear(&nets);
}
