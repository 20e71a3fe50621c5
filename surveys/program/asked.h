/** From what was typed to what is asked: options laid over the survey file, and the request. */
#ifndef BARO_SURVEYS_PROGRAM_ASKED_H
#define BARO_SURVEYS_PROGRAM_ASKED_H
#include "surveys/analyses/control.h"
#include "surveys/analyses/gap.h"
#include "surveys/analyses/request.h"
#include "surveys/analyses/weighting.h"
#include "surveys/program/commands.h"

/**
 * The survey of a command: the file named by --survey (or all defaults), what options say of data, design and period laid over it.
 * @return BARO_OK; BARO_USAGE; BARO_NO_INPUT (no such survey, with "did you mean"); BARO_BAD_SURVEY; BARO_NO_MEMORY
 */
baro_status baro_survey_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *out, baro_error *error);

/** Replicate weights of the options, laid over the survey file's. */
baro_status baro_lay_replicates(const baro_invocation *invocation, baro_survey *survey, baro_error *error);

/** Adds the measures of --proportion, --distribution, --mean, --total to the survey, in the order given; `made` gets their ids. */
baro_status baro_measures_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey, baro_texts *made,
                                     baro_error *error);

/** The breakdowns of --by; without a survey file each column named becomes a group of the survey. */
baro_status baro_breakdowns_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                                       baro_request *request, baro_error *error);

/** The references of --compare. After the breakdowns are known. */
baro_status baro_comparisons_of_options(const baro_invocation *invocation, baro_arena *arena, const baro_survey *survey,
                                        baro_request *request, baro_error *error);

/**
 * All of the above: what a command about estimates asks.
 * @param survey filled here, and pointed to by the request; must live as long
 * @param trend  every window is asked for, each against the previous unless --compare says otherwise
 */
baro_status baro_request_of_options(const baro_invocation *invocation, bool trend, baro_arena *arena, baro_survey *survey,
                                    baro_request *request, baro_error *error);

/**
 * What is to be weighted, and how: one data file, targets, base weight, areas, method and its limits.
 * @param survey filled here, and pointed to by the request; must live as long
 */
baro_status baro_weighting_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                                      baro_weighting_request *out, baro_error *error);

/**
 * The factor of --mix, which is then no breakdown; without a survey file its column becomes a group of the survey. After
 * the breakdowns are known.
 */
baro_status baro_mix_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey, baro_request *request,
                                baro_error *error);
/** What of a gap is asked beside the request: --change, --each. */
baro_status baro_gap_of_options(const baro_invocation *invocation, baro_arena *arena, const baro_survey *survey,
                                const baro_request *request, baro_gap_request *out, baro_error *error);
/** --target: lays it over the measures that are asked for. After the measures are known. */
baro_status baro_target_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                                   const baro_request *request, baro_error *error);
/** BARO_USAGE for options that compare levels, which `option` has no use for. */
baro_status baro_check_no_comparisons(const baro_invocation *invocation, const char *option, baro_error *error);
/** What of a control chart is asked beside the request: --control, --baseline. BARO_USAGE also for options that it has no use for. */
baro_status baro_control_of_options(const baro_invocation *invocation, baro_arena *arena, const baro_survey *survey,
                                    baro_control_request *out, baro_error *error);
/** The id of the group called `name`, which `option` asks for. Without a survey file it is a column, and made a group. */
baro_status baro_group_of_option(const char *option, const char *name, baro_arena *arena, baro_survey *survey, const char **id,
                                 baro_error *error);

/** The files given as data: at least one, standard input at most once. */
baro_status baro_check_data(const baro_invocation *invocation, baro_error *error);
/** How a survey counts periods. */
baro_calendar baro_calendar_of(const baro_survey *survey);
/** "; did you mean 'x'?" for the nearest of `candidates`, or "". */
const char *baro_did_you_mean(const char *word, const char *const *candidates, size_t n, baro_arena *arena);

#endif
