/** What all charts are asked alike: the file, the words and the size. */
#ifndef BARO_SURVEYS_PROGRAM_PICTURED_H
#define BARO_SURVEYS_PROGRAM_PICTURED_H
#include "surveys/program/commands.h"
#include "surveys/publishing/sheets.h"

typedef struct {
    const char *path; /* of the picture; {measure} and {group} may be in it */
    const char *data; /* CSV of the numbers, or NULL */
    baro_picture picture;
} baro_picture_file;

/** -o and --data. BARO_USAGE: no -o, an ending that is no picture's, --data that is no CSV or one of the inputs. */
baro_status baro_picture_of_options(const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena,
                                    baro_picture_file *out, baro_error *error);
/** --title, --subtitle, --source, --no-titles, --size. */
baro_status baro_chart_words_of_options(const baro_invocation *invocation, baro_chart_words *words, baro_error *error);
/** Writes the numbers of --data as CSV; nothing when it was not given. */
baro_status baro_picture_numbers(const baro_picture_file *file, const baro_sheet *tidy, baro_error *error);
/**
 * Whether the name behind -o can tell the pictures apart, as far as is known before the data are read: {measure} and
 * {group} where there are several. BARO_USAGE.
 */
baro_status baro_pictures_check_names(const baro_picture_file *file, const baro_survey *survey,
                                      const baro_request *request, baro_error *error);
/**
 * Writes the numbers first, so that they are there when gnuplot is not, and then draws every picture, whatever becomes of
 * the others. BARO_USAGE for a name that does not tell them apart; BARO_BAD_DATA without any.
 */
baro_status baro_pictures_draw(const baro_picture_file *file, const baro_drawing *drawings, size_t n,
                               const baro_sheet *tidy, const baro_invocation *invocation, const baro_survey *survey,
                               baro_arena *arena, baro_error *error);

#endif
