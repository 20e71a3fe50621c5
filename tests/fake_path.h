/** A PATH of our own: a fresh directory that can hold programs written by a test. */
#ifndef BARO_TESTS_FAKE_PATH_H
#define BARO_TESTS_FAKE_PATH_H

typedef struct {
    char directory[64];
    char *before; /* PATH as it was */
} fake_path;

/** Makes the directory and puts it alone (with `only`) or first in PATH. 0, or -1. */
int fake_path_enter(fake_path *fake, int only);
/** Writes an executable shell script of this name there. 0, or -1. */
int fake_path_program(const fake_path *fake, const char *name, const char *script);
/** Restores PATH and removes the directory with all its files. */
void fake_path_leave(fake_path *fake);

#endif
