# DT_TRY_FLAGS(VARIABLE, COMPILE|LINK, FLAG...)
# Adds to VARIABLE each flag (one shell word) with which a program compiles, or
# links, without a warning under the user's own CFLAGS.
AC_DEFUN([DT_TRY_FLAGS], [
  for dt_flag in $3; do
    AC_MSG_CHECKING([whether $CC takes $dt_flag])
    dt_cflags=$CFLAGS
    dt_ldflags=$LDFLAGS
    CFLAGS="$CFLAGS -Werror"
    m4_if([$2], [LINK], [LDFLAGS="$LDFLAGS $dt_flag"],
      [CFLAGS="$CFLAGS $dt_flag"])
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <string.h>]],
        [[char text[8]; strcpy(text, "text"); return text[0] == 0;]])],
      [$1="$$1 $dt_flag"
       AC_MSG_RESULT([yes])],
      [AC_MSG_RESULT([no])])
    CFLAGS=$dt_cflags
    LDFLAGS=$dt_ldflags
  done
])
