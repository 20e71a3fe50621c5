/** Where results go: the format and the file of a command, and the sheets written to it. */
#ifndef BARO_SURVEYS_PROGRAM_WRITTEN_H
#define BARO_SURVEYS_PROGRAM_WRITTEN_H
#include "io/writers/sheet.h"
#include "surveys/model/survey.h"
#include "surveys/program/commands.h"

typedef struct {
    const char *path; /* "-": standard output */
    int format;       /* place among the choices of --format */
    bool tidy;        /* full numbers, for machines; else rounded, for readers */
    size_t width;     /* of a text table */
    const baro_survey *survey; /* for what a workbook and metadata say of it; NULL: nothing is said */
    const char *period;        /* what the sheets are about, for the cover of a workbook; NULL: not said */
    const char *metadata;      /* file beside a CSV; NULL: not asked for */
    int64_t made;              /* when the document says that it was made: SOURCE_DATE_EPOCH, or 0 */
} baro_written;

/**
 * Format and file, from --format, the ending of --output, or text.
 * @param survey its file, and the data files, are never written over: BARO_USAGE "would overwrite the data"
 */
baro_status baro_written_of_options(const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena,
                                    baro_written *out, baro_error *error);
/** The same of another file, by its ending. @param survey NULL: inputs are not looked at */
baro_status baro_written_of_path(const char *path, const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena, baro_written *out,
                                 baro_error *error);
/** BARO_USAGE when `path` is one of the command's inputs. */
baro_status baro_check_no_input(const baro_invocation *invocation, const baro_survey *survey, const char *path, baro_arena *arena,
                                baro_error *error);
/** When documents say that they were made: SOURCE_DATE_EPOCH, in seconds since 1970; 0, for a fixed date, where it is not that. */
int64_t baro_made_at(void);
/** Whether the format is a workbook, for which baro_sheets_for_workbook makes the sheets. */
bool baro_written_is_workbook(const baro_written *written);
/** Remarks on a quota or opt-in sample where the format has no notes that would say so. */
void baro_note_sampling(const baro_written *written, const baro_survey *survey, baro_error *error);
/** Writes the sheets whole, or nothing; then the metadata of a CSV, if they are asked for. */
baro_status baro_written_sheets(const baro_written *written, const baro_sheet *sheets, size_t n, baro_error *error);
/** Writes lines, as help does. */
baro_status baro_written_text(const char *path, const char *text, baro_error *error);

/** --dry-run: says on standard output what would be read and what written. BARO_NO_INPUT when an input cannot be read. */
baro_status baro_dry_run(const baro_invocation *invocation, const baro_survey *survey, const char *const *outputs, size_t n,
                         baro_arena *arena, baro_error *error);
/** --verbose: prints facts to standard error. */
void baro_say_facts(const baro_invocation *invocation, const baro_texts *facts);

#endif
