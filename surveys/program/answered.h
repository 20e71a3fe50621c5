/** One request answered: what table, trend and chart share. */
#ifndef BARO_SURVEYS_PROGRAM_ANSWERED_H
#define BARO_SURVEYS_PROGRAM_ANSWERED_H
#include "surveys/analyses/gap.h"
#include "surveys/analyses/result.h"
#include "surveys/analyses/spread.h"
#include "surveys/program/commands.h"
#include "surveys/publishing/disclosure.h"

/**
 * A command of several whose results are published together. In the first pass it only computes (and returns BARO_NO: there is nothing to
 * write yet); in the second, once the disclosure was solved, it is given what it computed, with what must not be known erased.
 */
struct baro_together {
    bool publishing;       /* the second pass */
    baro_disclosure *all;
    baro_arena *arena;     /* of the results, which stay in it between the passes */
    baro_results *results; /* NULL: the command has none */
};

/** Reads the data, estimates, adjusts and suppresses, once; says the facts when --verbose. After it nothing hidden is in `out`. */
baro_status baro_answered(const baro_invocation *invocation, const baro_request *request, baro_arena *arena, baro_results *out,
                          baro_error *error);
/** The same of changes and splits of gaps. */
baro_status baro_gaps_answered(const baro_invocation *invocation, const baro_request *request,
                               const baro_gap_request *asked, baro_arena *arena, baro_gaps *out, baro_error *error);
/** What is asked of a spread beside the request: --all-windows, --draws, --seed. */
baro_status baro_spread_of_options(const baro_invocation *invocation, const baro_survey *survey,
                                   const baro_request *request, baro_spread_request *out, baro_error *error);
/** The factors ranked, and suppressed. */
baro_status baro_spreads_answered(const baro_invocation *invocation, const baro_request *request,
                                  const baro_spread_request *asked, baro_arena *arena, baro_spreads *out,
                                  baro_error *error);
/** Writes what --disclosure asks for, after it was solved. @param survey whose inputs are not written over, or NULL */
baro_status baro_disclosure_written(const baro_invocation *invocation, const baro_survey *survey, const baro_disclosure *disclosure,
                                    baro_arena *arena, baro_error *error);
/** The whole of `table` and `trend`. */
baro_status baro_command_levels(const baro_invocation *invocation, bool trend, baro_arena *arena, baro_error *error);

#endif
