#include "surveys/analyses/result.h"
#include <math.h>

baro_row baro_row_blank(const baro_measure *measure, baro_statistic statistic)
{
    return (baro_row){.measure = measure,
                      .statistic = statistic,
                      .level = "",
                      .group = "",
                      .group2 = "",
                      .table = SIZE_MAX,
                      .period_label = "",
                      .period_words = "",
                      .against = "",
                      .against_words = "",
                      .base = NAN,
                      .weighted_base = NAN,
                      .positive = NAN,
                      .estimate = NAN,
                      .se = NAN,
                      .lower = NAN,
                      .upper = NAN,
                      .df = NAN,
                      .deff = NAN,
                      .n_eff = NAN,
                      .n_eff_kish = NAN,
                      .difference = NAN,
                      .difference_se = NAN,
                      .difference_lower = NAN,
                      .difference_upper = NAN,
                      .difference_df = NAN,
                      .against_base = NAN,
                      .against_positive = NAN,
                      .p_value = NAN,
                      .p_adjusted = NAN};
}
