/* `weight` and `chart weights`: what is to be weighted, and how. */
#include "io/base/number.h"
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include <string.h>

/* "L,U": two numbers of which the first is the smaller; either may be empty where `open`. */
static baro_status read_pair(const baro_invocation *invocation, baro_option_id id, bool open, double *low, double *high,
                             baro_error *error)
{
    const char *value = baro_value_of(invocation, id), *comma = value ? strchr(value, ',') : NULL;
    double ends[2] = {0, 0};
    bool good = comma != NULL;
    if (!value)
        return BARO_OK;
    const char *text[] = {value, comma ? comma + 1 : ""};
    size_t length[] = {comma ? (size_t)(comma - value) : 0, comma ? strlen(comma + 1) : 0};
    for (size_t i = 0; i < 2 && good; i++)
        good = (open && length[i] == 0) || (baro_number_read(text[i], length[i], '.', &ends[i]) && ends[i] >= 0);
    if (!good || (ends[1] > 0 ? ends[0] >= ends[1] : length[1] > 0 || length[0] == 0))
        return baro_usage(error, "--%s: two numbers are wanted, the smaller first, as %s", baro_option_at(id)->name,
                          open ? "0.3,4 or ,4" : "0.5,2");
    *low = ends[0];
    *high = ends[1];
    return BARO_OK;
}

static baro_status choose_method(const baro_invocation *invocation, baro_weighting_request *request, baro_error *error)
{
    request->kind = (baro_calibrate_kind)baro_choice_of(invocation, BARO_OPTION_METHOD, BARO_CALIBRATE_RAKE);
    request->most = baro_count_of(invocation, BARO_OPTION_ITERATIONS, 0);
    if (request->most > 1000000)
        return baro_usage(error, "--iterations: at most 1000000");
    baro_status status = read_pair(invocation, BARO_OPTION_BOUNDS, false, &request->lower, &request->upper, error);
    if (status == BARO_OK)
        status = read_pair(invocation, BARO_OPTION_TRIM, true, &request->smallest, &request->largest, error);
    if (status)
        return status;
    bool bounds = baro_is_given(invocation, BARO_OPTION_BOUNDS);
    if (bounds && request->kind != BARO_CALIBRATE_LINEAR && request->kind != BARO_CALIBRATE_LOGIT)
        return baro_usage(error, "--bounds are for --method linear and logit");
    if (!bounds && request->kind == BARO_CALIBRATE_LOGIT)
        return baro_usage(error, "--method logit needs --bounds, as 0.5,2");
    if (bounds && !(request->lower < 1 && request->upper > 1))
        return baro_usage(error, "--bounds: 1 must lie between them");
    return BARO_OK;
}

/* The weight before: --weight, else what the survey file calls it, else 1 each. */
baro_status baro_weighting_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                                      baro_weighting_request *out, baro_error *error)
{
    const char *command = baro_command_words(invocation->command, arena);
    baro_status status = baro_check_data(invocation, error);
    if (status == BARO_OK)
        status = baro_survey_of_options(invocation, arena, survey, error);
    if (status)
        return status;
    bool said = baro_is_given(invocation, BARO_OPTION_WEIGHT);
    *out = (baro_weighting_request){.survey = survey, .path = invocation->files[0]};
    out->targets = baro_value_of(invocation, BARO_OPTION_TARGETS);
    out->weight = !said && survey->calibration.weight ? survey->calibration.weight : survey->weight;
    out->within = survey->calibration.within;
    const char *within = baro_value_of(invocation, BARO_OPTION_WITHIN);
    if (within)
        status = baro_word_single("--within", within, arena, &out->within, error);
    if (status == BARO_OK)
        status = choose_method(invocation, out, error);
    if (status)
        return status;
    if (invocation->n_files > 1)
        return baro_usage(error, "%s: one data file is wanted; weights are made for each by itself", command);
    if (!out->targets)
        return baro_usage(error, "%s: name the known totals with --targets FILE", command);
    return BARO_OK;
}
