/*
 * VERIFY with six parameters is told what VERIFY with five is told, event for
 * event and byte for byte, and gets its user data. A plain program.
 */
#include "verify_forms.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

L_INT
verify_note(struct scene *scene, HDICOMNET net, L_INT ok,
    const L_TCHAR *certificate, L_INT error, const L_TCHAR *text)
{
	char *trace = scene_end_of(scene, net)->trace;
	size_t used = strlen(trace);

	snprintf(trace + used, sizeof(scene->scu.trace) - used,
	    "ok %d error %d %s\n%s", ok, error, text, certificate);
	return scene->accept_anyway ? 1 : ok;
}

static void
run(struct scene *scene, const struct scene_files *client)
{
	scene_begin(scene, client, true);
	scene_await(scene, &scene->scu.closed);
	scene_await(scene, &scene->scp.closed);
	scene_finish(scene);
}

static void
compare(const struct scene_files *client, bool accept_anyway, const char *first)
{
	struct scene five = { .install = verify_five_install,
		.accept_anyway = accept_anyway };
	struct scene six = { .install = verify_six_install,
		.accept_anyway = accept_anyway };

	run(&five, client);
	run(&six, client);
	check(strncmp(six.scp.trace, first, strlen(first)) == 0,
	    "the six-parameter VERIFY of the SCP gets its user data");
	check_text(six.scp.trace, five.scp.trace,
	    "it is told what the five-parameter one is told");
	check_text(six.scu.trace, five.scu.trace, "on the SCU too");
	check_number(six.echoed, five.echoed, "and its answer counts alike");
	check_number((long)six.scp.secure_error, (long)five.scp.secure_error,
	    "with the same result");
}

int
main(void)
{
	alarm(120);
	if (!scene_prepare())
		return 1;
	compare(&scene_good_client, false, "ok 1 error 0 ");
	compare(&scene_wrong_client, false, "ok 0 error 26 ");
	compare(&scene_wrong_client, true, "ok 0 error 26 ");
	scene_clean_up();
	return check_end();
}
