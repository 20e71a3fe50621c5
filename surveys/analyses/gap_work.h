/** What the files about gaps share: domains of groups by categories of a factor, a task, and what is known while it is
 * computed. */
#ifndef BARO_SURVEYS_ANALYSES_GAP_WORK_H
#define BARO_SURVEYS_ANALYSES_GAP_WORK_H
#include "surveys/analyses/cross_work.h"
#include "surveys/analyses/gap.h"
#include "surveys/analyses/interviews.h"

/**
 * Every domain that a breakdown's gaps are made of, as the categories of one group: the groups, their rests, then by
 * category of the factor everyone, the groups and the rests. Domain number bound.n is everyone.
 */
typedef struct {
    baro_bound_group bound;
    size_t groups, second; /* of the breakdown; of its second group, 1 without */
    size_t parts;          /* categories of the factor; 0: none */
} baro_gap_domains;

/** Patterns of the rows over the breakdown's groups (`second`, `mix`: NULL where there is none). BARO_USAGE: too many.
 */
baro_status baro_gap_domains_make(baro_analysis *analysis, const baro_bound_group *first,
                                  const baro_bound_group *second, const baro_bound_group *mix, baro_gap_domains *out);
/** Domain that group g is compared with; SIZE_MAX where it is not, as a reference with itself. */
size_t baro_gap_other(const baro_gap_domains *domains, const baro_bound_group *first, const baro_bound_group *second,
                      const baro_against *against, size_t g);
/** Domain d inside category s of the factor. */
size_t baro_gap_inside(const baro_gap_domains *domains, size_t d, size_t s);

/** Two windows; at one time `from` is BARO_NO_WINDOW. */
typedef struct {
    size_t from, to;
    bool broken, marked; /* not compared; marked b */
} baro_gap_step;

typedef struct {
    baro_cross_task cross; /* its first group is domains->bound */
    const baro_gap_domains *domains;
    const baro_bound_group *first, *second, *mix;
    const baro_against *const *against; /* [n_against] that apply */
    size_t n_against;
    const baro_gap_step *step;
    size_t n_steps;
    baro_gap_row *rows; /* [levels][groups][steps][n_against] but for a group's own reference */
    size_t n_rows;
} baro_gap_task;

/** Rows of a task, and of each level. */
void baro_gap_size(baro_gap_task *task);
/** Fills task->rows. Safe to call from several threads for different tasks. */
baro_status baro_gap_compute(baro_gap_task *task);

typedef struct {
    size_t window[BARO_GAP_SIDES], domain[BARO_GAP_SIDES];
    size_t level[BARO_GAP_SIDES], part[BARO_GAP_PARTS]; /* forms; SIZE_MAX: none */
} baro_gap_plan;

typedef struct {
    baro_gap_task *task;
    baro_cross_work cross;
    uint32_t *sum;       /* [windows][domains + 1][outcomes + 1] nodes */
    size_t *form_of;     /* [windows][domains + 1][levels] forms of levels */
    baro_gap_plan *plan; /* [rows] */
    double *base;        /* [2][parts] scratch */
    size_t *into;        /* [parts] */
    unsigned char *mark; /* [cells] scratch, with a stated design factor */
} baro_gap_work;

/** Node of outcome k (outcomes: the weights) summed over domain d in window t; made when first asked for. */
uint32_t baro_gap_sum(baro_gap_work *work, size_t t, size_t d, size_t k);
/** Numerator and denominator of level j in a domain: the level is the one over the other, but for a total. */
uint32_t baro_gap_over(baro_gap_work *work, size_t t, size_t d);
/** Interviews in domain d of window t; with `hits`, those that outcome j is not 0 of. */
double baro_gap_base(baro_gap_work *work, size_t t, size_t d, size_t j, double *hits);
/**
 * Kitagawa's two parts of level j from domain[0] in window[0] to domain[1] in window[1].
 * @param joined how many categories were joined with another
 * @return false where no category has interviews on both sides, or the measure is a total: no nodes then
 */
bool baro_gap_split(baro_gap_work *work, size_t j, const size_t window[2], const size_t domain[2], uint32_t node[2],
                    size_t *joined);

/** Gaps of a published series. */
baro_status baro_gap_of_series(baro_analysis *analysis, baro_gaps *out);
/** A row without numbers, and its parts as intervals: value and se are there, lower, upper and p_value are made. */
baro_gap_row baro_gap_blank(const baro_measure *measure);
void baro_gap_intervals(baro_gap_row *row, const baro_request *request, const double df[BARO_GAP_PARTS]);

#endif
