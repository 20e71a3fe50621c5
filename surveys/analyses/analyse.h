/** What respondent files and published series share on the way to results. */
#ifndef BARO_SURVEYS_ANALYSES_ANALYSE_H
#define BARO_SURVEYS_ANALYSES_ANALYSE_H
#include "surveys/analyses/windows.h"
#include "surveys/binding/binding.h"

typedef struct {
    const baro_request *request;
    baro_pool *pool;
    baro_arena *arena;
    baro_error *error;
    baro_binding *binding;
    const baro_measure **measure; /* asked for */
    size_t n_measures;
    baro_results *results;
    const char **note;            /* room for 16 */
    const char **fact;            /* room for one a file, and one */
    size_t n_notes, n_facts;
} baro_analysis;

/** Adds a sentence to the notes of the results; NULL (no memory for it) is passed over. */
void baro_analysis_note(baro_analysis *analysis, const char *note);
baro_status baro_analysis_no_memory(baro_analysis *analysis);
/** A group of the request by its id; every id was checked. */
const baro_group *baro_analysis_group(const baro_analysis *analysis, const char *id);

/** What a command does with a request whose names were checked: reads the data and answers. */
typedef baro_status baro_answerer(baro_analysis *analysis, void *context);
/** Opens an analysis, has it answered, closes it: notes and facts are in `out`, whose rows are what `answer` left there. */
baro_status baro_analysis_run(const baro_request *request, baro_answerer *answer, void *context, baro_pool *pool, baro_arena *arena,
                              baro_error *error, baro_results *out);

baro_status baro_analyse_interviews(baro_analysis *analysis);
baro_status baro_analyse_series(baro_analysis *analysis);
baro_status baro_series_want(baro_analysis *analysis);
/** Gives every difference that has a standard error its verdict, where there is a margin, and its detectable difference. */
void baro_analysis_verdicts(const baro_analysis *analysis);

#endif
