/** What is known while one cross is computed; shared by cross_cells.c (sums), cross.c (forms, variances) and fill.c (rows of results). */
#ifndef BARO_SURVEYS_ANALYSES_CROSS_WORK_H
#define BARO_SURVEYS_ANALYSES_CROSS_WORK_H
#include "surveys/analyses/builder.h"
#include "surveys/analyses/cross.h"

#define BARO_NO_FORM UINT32_MAX

/** The linear forms of one row of results. */
typedef struct {
    size_t level, everyone, other, difference;
    size_t other_window;
} baro_cross_plan;

/**
 * Domains of a window: 0 .. groups - 1 the groups, `groups` everyone, groups + 1 + g the rest of group g, 2 groups + 1 all of known group. For
 * everyone alone there is one group, everyone.
 */
typedef struct {
    baro_cross_task *task;
    baro_arena *arena;      /* of this cross alone */
    baro_builder builder;
    int32_t *place_of_unit; /* [units] of time among the cells; -1: in no window; of stacked rows the windows are the places */
    size_t units, domains;
    const baro_design *design; /* in which the rows of `cross` are summed */
    size_t rows;            /* of `cross` */
    const uint32_t *row_of; /* [rows] row of the data, where windows have a weight each and rows are stacked; NULL: they are the data's */
    uint32_t *pattern;      /* patterns of each category of the first group, then of the second; pattern_end[0], [1] where each one's end */
    size_t *pattern_end[2];
    bool *asked, *row_lacks_group; /* [units] */
    bool *lacks_level; /* [units * outcomes] somebody in the base could not give this answer; NULL: all could */
    baro_cross cross;
    baro_totals totals;
    struct baro_cross_calibrated *calibrated; /* NULL: weights are taken as they are */
    uint32_t *cell_list;
    uint32_t *level;        /* [windows * domains * levels] nodes */
    uint32_t *sum;          /* [windows * domains * (outcomes + 1)] nodes */
    uint32_t *form_of;      /* [nodes] */
    size_t n_form_of;
    uint32_t *form_node;
    size_t *form_window, *form_domain;
    size_t n_forms;
    size_t known_window, known_level; /* of which known_n and known_hits are the counts; window from 1, 0: of none */
    double known_n, known_hits;
    baro_cross_plan *plan;  /* [rows] */
    baro_cross_plan *contrast; /* [contrasts] level and other: the two groups */
    double *value;          /* [nodes] */
    double *variance;       /* [forms] */
    baro_reach *reach;      /* [forms] */
} baro_cross_work;

/** Rows to cells, patterns by category, room for cell_list. All else of `work` but task and arena may be zero. */
baro_status baro_cross_assign(baro_cross_work *work);
/** Stacks the rows for windows with a weight each. @param pattern [rows of the data] 0 .. patterns - 1 or BARO_NO_CELL; */
baro_status baro_cross_stack(baro_cross_work *work, const uint32_t *pattern, size_t patterns);
/** Cells of domain d (not a rest) in window t, into work->cell_list; returns how many. */
size_t baro_cross_cells(baro_cross_work *work, size_t t, size_t d);
/** The domain of all whose group is known. */
size_t baro_cross_known(const baro_cross_work *work);
/** Variances from a stated design factor, in place of those of the design. Means and shares only. */
baro_status baro_cross_state(baro_cross_work *work);
typedef struct {
    size_t window, domain;
} baro_cross_domain;
/** The same of level j in two domains, their covariance. @param mark [cells] scratch */
double baro_cross_stated_covariance(baro_cross_work *work, const baro_cross_domain *first, const baro_cross_domain *second, size_t j,
                                    unsigned char *mark);
/** Sums by unit and cell; variances and reach of all forms. */
baro_status baro_cross_sum(baro_cross_work *work);
baro_status baro_cross_vary(baro_cross_work *work);
/** A row of group d, level j and window t, as yet without numbers; whether the window lacks a unit in which the measure was asked. */
baro_row baro_cross_row(const baro_cross_work *work, size_t t, size_t d, size_t j);
bool baro_cross_lacks(const baro_cross_work *work, size_t t);
/** The same, or in which level j is an answer that was not put to some of the base. */
bool baro_cross_level_lacks(const baro_cross_work *work, size_t t, size_t j);
/** Fills the rows of a quantile measure. */
baro_status baro_cross_quantiles(baro_cross_work *work);
/** Room for the nodes and forms of all levels, and for so many more of each. */
baro_status baro_cross_make_room(baro_cross_work *work, size_t more_forms, size_t more_nodes);
/** Node of level j in domain d and window t; made when first asked for. */
uint32_t baro_cross_level(baro_cross_work *work, size_t t, size_t d, size_t j);
/** Form of a node, whose domain and window are d and t; made when first asked for. */
size_t baro_cross_form(baro_cross_work *work, uint32_t node, size_t t, size_t d);
void baro_cross_fill(baro_cross_work *work);
/** Interviews in domain d of window t; with `hits`, those that outcome j is not 0 of. */
double baro_cross_base(baro_cross_work *work, size_t t, size_t d, size_t j, double *hits);

#endif
