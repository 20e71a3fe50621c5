/* Weights: missing, negative, 0, extreme, and whether their sum is what the survey file says of it. */
#include "surveys/analyses/check_work.h"
#include <math.h>
#include <string.h>

#define EXTREME 5      /* times the mean of the weights above 0 */
#define SUM_OFF 0.01   /* of the interviews, that the sum of weights scaled to the sample may differ by */
#define KISH_LARGE 2.0 /* design effect of the weights alone worth a warning */

typedef struct {
    size_t n, first;
} rows_met;

typedef struct {
    rows_met missing, negative, zero, extreme;
    size_t above;
    double sum, squares;
} weights_met;

static void meet(rows_met *rows, size_t row)
{
    if (rows->n++ == 0)
        rows->first = row;
}

static weights_met look_at(const baro_checking *c, const double *weight)
{
    weights_met met = {.above = 0};
    for (size_t row = 0; row < c->rows; row++) {
        double w = weight[row];
        if (isnan(w))
            meet(&met.missing, row);
        else if (w < 0)
            meet(&met.negative, row);
        else if (w == 0)
            meet(&met.zero, row);
        else {
            met.above++;
            met.sum += w;
            met.squares += w * w;
        }
    }
    for (size_t row = 0; row < c->rows && met.above > 0; row++)
        if (weight[row] > EXTREME * met.sum / (double)met.above)
            meet(&met.extreme, row);
    return met;
}

static void say_rows(baro_checking *c, const baro_found *base, const rows_met *rows, const char *check, baro_severity severity,
                     const char *what, const char *advice)
{
    baro_found found = *base;
    if (rows->n == 0)
        return;
    found.severity = severity;
    found.check = check;
    found.count = (double)rows->n;
    found.of = (double)c->rows;
    found.place = baro_row_place(c->binding, rows->first);
    baro_find(c, &found, "%s: %s, this one first; %s", what, baro_check_count(c, found.count, found.of, "interviews"), advice);
}

static void say_sum(baro_checking *c, const baro_found *base, const weights_met *met)
{
    baro_found found = *base;
    double n = (double)met->above, ratio = met->sum / n, kish = n * met->squares / (met->sum * met->sum);
    bool sample = c->survey->weight_scale == BARO_SCALE_SAMPLE, near = fabs(ratio - 1) <= SUM_OFF;
    found.check = "weight-sum";
    found.severity = BARO_FINDING_WARNING;
    if (sample && !near)
        baro_find(c, &found, "weights add up to %.6g times the interviews, but are said to be scaled to the sample; %s", ratio,
                  ratio > 2 ? "say weight_scale: population if they are" : "scale them, or look for interviews left out");
    if (!sample && near)
        baro_find(c, &found, "weights add up to the interviews, but are said to add up to the population; totals would be of the sample");
    found.check = "weight-spread";
    found.severity = kish > KISH_LARGE ? BARO_FINDING_WARNING : BARO_FINDING_NOTE;
    baro_find(c, &found, "design effect of the weights (Kish): %.3f%s", kish,
              kish > KISH_LARGE ? "; over half of the sample's information is lost to them: consider trimming (barometer weight --trim)" : "");
}

static void check_weight(baro_checking *c, const char *const *name, const char *item, baro_position at, bool everyone)
{
    const baro_column *column = baro_binding_column(c->binding, (baro_texts){name, 1}, BARO_NUMBER);
    bool any = false;
    for (size_t s = 0; column && s < c->sources; s++)
        any = any || column->found[s];
    if (!any) /* said already */
        return;
    baro_found found = {.item = item, .at = at};
    baro_check_numbers_of(c, column, NULL, item, at);
    weights_met met = look_at(c, column->numbers);
    const char *shown = baro_check_name(c, *name);
    if (everyone)
        say_rows(c, &found, &met.missing, "weight-missing", c->survey->weight_missing_out ? BARO_FINDING_WARNING : BARO_FINDING_ERROR,
                 baro_check_text(c, "weight missing (column %s)", shown),
                 c->survey->weight_missing_out ? "they are left out" : "give weights, or leave them out with weight_missing: out");
    say_rows(c, &found, &met.negative, "weight-negative", BARO_FINDING_ERROR, baro_check_text(c, "weight negative (column %s)", shown),
             "weights are 0 or more");
    if (met.above == 0) {
        found.severity = BARO_FINDING_ERROR;
        found.check = "weight-all-zero";
        baro_find(c, &found, "no interview has a weight above 0 (column %s): nothing can be estimated", shown);
        return;
    }
    say_rows(c, &found, &met.zero, "weight-zero", BARO_FINDING_NOTE, baro_check_text(c, "weight 0 (column %s)", shown),
             "they stay in the design and count in no base");
    say_rows(c, &found, &met.extreme, "weight-extreme", BARO_FINDING_WARNING,
             baro_check_text(c, "weight over %d times the mean (column %s)", EXTREME, shown), "a few interviews may decide an estimate; consider trimming");
    say_sum(c, &found, &met);
}

void baro_check_weights(baro_checking *c)
{
    const baro_survey *survey = c->survey;
    if (survey->weight && c->rows > 0)
        check_weight(c, &survey->weight, "weight", survey->weight_at, true);
    for (size_t m = 0; m < survey->n_measures && c->rows > 0 && !survey->is_series; m++) {
        const char *const *name = &survey->measures[m].weight;
        bool seen = !*name || (survey->weight && strcmp(*name, survey->weight) == 0);
        for (size_t before = 0; before < m && !seen; before++)
            seen = survey->measures[before].weight && strcmp(survey->measures[before].weight, *name) == 0;
        if (!seen) /* a module's weight is empty outside it */
            check_weight(c, name, baro_check_text(c, "weight of measure %s", survey->measures[m].id), survey->measures[m].at, false);
    }
}
