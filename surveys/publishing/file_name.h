/** Names of measures and groups as parts of file names. */
#ifndef BARO_SURVEYS_PUBLISHING_FILE_NAME_H
#define BARO_SURVEYS_PUBLISHING_FILE_NAME_H
#include <stddef.h>

/**
 * An id or a label as part of a file name: letters, digits, - and _ and what is not ASCII as they are, a dot but not the first, anything else
 * a dash; "everyone" for none. Writes at most strlen(id) or strlen("everyone") bytes and no NUL.
 */
size_t baro_file_name(char *out, const char *id);

#endif
