/**
 * Interviews that fit a survey file, drawn from a population of which everything is known.
 *
 * The population is infinite. A person is of one category of each group, groups independent of one another; of period t and
 * categories c the chance of a positive answer is
 *
 *   p = L(t) + sum over groups g of (S_g(c_g, t) - L(t))
 *
 * with L the level of everyone and S_g that of a category. As the levels of a group average to L, the level of category c of g is
 * S_g(c, t) exactly, and every level of a domain is a sum. A PSU moves p by z a, z uniform with mean 0 and variance 1, and
 * a = sqrt(icc p (1 - p)), or as much of it as keeps p within 0 and 1: the mean over PSUs stays p, the intra-class correlation is icc.
 * Answers are drawn with + - * / and sqrt alone, so that the same seed gives the same bytes on any machine.
 */
#ifndef BARO_SURVEYS_ANALYSES_SIMULATE_H
#define BARO_SURVEYS_ANALYSES_SIMULATE_H
#include "io/base/output.h"
#include "surveys/model/truth.h"
#include <stdint.h>

typedef struct {
    const baro_survey *survey;
    const baro_truth *truth;
    uint64_t seed;
    size_t interviews;       /* in each period; 0: as the truth says */
    bool has_first, has_last;
    baro_period first, last; /* instead of the truth's */
} baro_simulation_request;

typedef struct baro_simulation baro_simulation;

/**
 * Works out levels and shares of a sample; nothing is drawn yet.
 * @return BARO_OK; BARO_BAD_SURVEY: levels that cannot all hold (at their places in the truth file), or a part of the survey
 * that cannot be drawn; BARO_USAGE: no period between first and last; BARO_NO_MEMORY
 */
baro_status baro_simulation_new(const baro_simulation_request *request, baro_arena *arena, baro_error *error, baro_simulation **out);
/** How many periods, 1 without; the label of one, "" without. */
size_t baro_simulation_periods(const baro_simulation *simulation);
const char *baro_simulation_period(const baro_simulation *simulation, size_t i);
/**
 * Writes the interviews of `n` periods from number `first` as one CSV file: columns are called as in wave number `wave`.
 * Linear in rows and columns. @return BARO_OK, BARO_NO_MEMORY; what goes wrong in writing is shown by baro_output_close.
 */
baro_status baro_simulation_write(baro_simulation *simulation, size_t first, size_t n, size_t wave, baro_output *output);

/** One true level. Groups NULL: everyone. */
typedef struct {
    const baro_measure *measure;
    const char *level;          /* answer, else "" */
    const baro_group *by, *by2;
    const char *group, *group2;
    const char *period;         /* last of the window; "" without periods */
    size_t window;              /* periods pooled */
    double truth;
} baro_true_level;

/**
 * Every true level: of everyone and each category, in single periods, in rolling windows and over all periods, with the truth that
 * `table` and `trend` estimate. Ratios and quantiles have none here.
 * @param cross each two groups but areas crossed as well, in the last windows and over all periods
 */
baro_status baro_simulation_truth(baro_simulation *simulation, bool cross, const baro_true_level **out, size_t *n);

#endif
