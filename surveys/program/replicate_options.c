/* What options say of replicate weights, laid over the survey file. */
#include "io/base/number.h"
#include "surveys/program/asked.h"
#include <math.h>
#include <string.h>

/* Columns named on the command line are other columns: nothing that the file says of its own holds for them. */
static void lay_columns(const baro_invocation *invocation, baro_survey *survey)
{
    const char *columns = baro_value_of(invocation, BARO_OPTION_REPLICATES);
    if (!columns)
        return;
    survey->replicates = (baro_replicate_choice){.columns = columns, .rho = NAN, .scale = NAN};
    survey->deft = NAN;
}

baro_status baro_lay_replicates(const baro_invocation *invocation, baro_survey *survey, baro_error *error)
{
    static const baro_option_id of_replicates[] = {BARO_OPTION_REPLICATE_METHOD, BARO_OPTION_REPLICATE_COUNT,
                                                   BARO_OPTION_RHO, BARO_OPTION_SCALE, BARO_OPTION_MSE};
    baro_replicate_choice *choice = &survey->replicates;
    lay_columns(invocation, survey);
    for (size_t i = 0; i < sizeof of_replicates / sizeof *of_replicates && !choice->columns; i++)
        if (baro_is_given(invocation, of_replicates[i]))
            return baro_usage(error, "--%s is for replicate weights: --replicates names them",
                              baro_option_at(of_replicates[i])->name);
    const char *seed = baro_value_of(invocation, BARO_OPTION_SEED);
    size_t start = 1;
    if (seed && !baro_number_read_size(seed, strlen(seed), &start))
        return baro_usage(error, "--seed: a whole number is wanted");
    choice->seed = start;
    int method = baro_choice_of(invocation, BARO_OPTION_REPLICATE_METHOD, -1);
    if (method >= 0)
        choice->method = (baro_replicate_words)(method + 1);
    choice->count = baro_count_of(invocation, BARO_OPTION_REPLICATE_COUNT, 0);
    choice->rho = baro_number_of(invocation, BARO_OPTION_RHO, choice->rho);
    choice->scale = baro_number_of(invocation, BARO_OPTION_SCALE, choice->scale);
    if (baro_is_given(invocation, BARO_OPTION_SCALE) && !(choice->scale > 0))
        return baro_usage(error, "--scale: a number above 0 is wanted");
    if (baro_is_given(invocation, BARO_OPTION_MSE))
        choice->centre = BARO_CENTRE_FULL;
    if (choice->columns && baro_is_given(invocation, BARO_OPTION_DEFT))
        return baro_usage(error, "--deft is for data without a design; leave it or the replicate weights out");
    return BARO_OK;
}
