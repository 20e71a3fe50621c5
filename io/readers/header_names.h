/** Names of the columns of one file: from one to three header rows, and which column a wanted name names. */
#ifndef BARO_IO_READERS_HEADER_NAMES_H
#define BARO_IO_READERS_HEADER_NAMES_H
#include "io/base/arena.h"
#include "stats/status.h"
#include "io/readers/frame.h"

/** Two rows, in place of the first: a name of the first holds for the unnamed cells to its right that the second row names. */
baro_status baro_names_join(baro_arena *arena, const char **first, const char *const *second, size_t fields);
/** The first of two rows with its merged cells filled in; NULL without memory. */
const char *const *baro_names_questions(const char *const *first, size_t fields, baro_arena *arena);
/**
 * Other names of the columns whose names are known (source->also): the code of `Q7. How satisfied ...` or `Q7[SQ001]. ...` (with the option
 * behind it, `Q7: Burglary`, where several columns share the code); of three rows, the text under an id, alone and behind it (`Q7: How ...`).
 *
 * @param question names of the first of two rows, merged cells filled in; NULL otherwise
 * @param text     second of three rows; NULL otherwise
 */
baro_status baro_names_others(baro_source *source, const char *const *question, const char *const *text, baro_arena *arena);

typedef enum { BARO_NAME_AS_WRITTEN, BARO_NAME_BUT_FOR_SPACES, BARO_NAME_OTHER } baro_name_manner;
/** Whether two names are one but for spaces at their ends. */
bool baro_names_same(const char *a, const char *b);
/** Field (from 0, `from` on) of a name of the header; source->fields when there is none. */
size_t baro_names_find(const baro_source *source, const char *name, bool trimmed, size_t from);
/** The same in any manner. */
size_t baro_names_field(const baro_source *source, const char *name, baro_name_manner manner, size_t from);

#endif
