/** How a group's gap changed between two periods, and what moved it; and what of a gap is mix, what rate. */
#ifndef BARO_SURVEYS_ANALYSES_GAP_H
#define BARO_SURVEYS_ANALYSES_GAP_H
#include "surveys/analyses/result.h"

/** What is asked beside the request, whose comparisons are total, rest or groups and whose `mix` is the factor of a split. */
typedef struct {
    bool change; /* between windows that end with `from` and `to`; false: the gap of the request's window, split by mix
                  */
    bool each;   /* every step of one unit between the two, in place of the whole */
    baro_period from, to;
} baro_gap_request;

/** The four levels behind a row; at one time the first two are not there. */
typedef enum {
    BARO_GAP_GROUP_FROM,
    BARO_GAP_AGAINST_FROM,
    BARO_GAP_GROUP_TO,
    BARO_GAP_AGAINST_TO,
    BARO_GAP_SIDES
} baro_gap_side;

typedef struct {
    double base, positive;   /* interviews; those with a positive answer */
    double estimate, se, df; /* se NAN where a share is 0 or 1 */
} baro_gap_level;

/** What a row is made of, in the order of the contract; the last two are of a gap at one time. */
typedef enum {
    BARO_GAP_FROM,
    BARO_GAP_TO,
    BARO_GAP_CHANGE,       /* to - from = from_group - from_against */
    BARO_GAP_FROM_GROUP,   /* change of the group = group_mix + group_rate */
    BARO_GAP_FROM_AGAINST, /* change of what it is compared with = against_mix + against_rate */
    BARO_GAP_GROUP_MIX,
    BARO_GAP_GROUP_RATE,
    BARO_GAP_AGAINST_MIX,
    BARO_GAP_AGAINST_RATE,
    BARO_GAP_MIX, /* gap = mix + rate */
    BARO_GAP_RATE,
    BARO_GAP_PARTS
} baro_gap_part;

typedef struct {
    double value, se, lower, upper; /* NAN where there is none */
} baro_gap_estimate;

typedef struct {
    const baro_measure *measure;
    baro_statistic statistic;
    const char *level; /* answer of a distribution, else "" */
    const baro_group *by, *by2;
    const char *group, *group2;
    const baro_against *compared;
    const char *against; /* "total", "rest" or a label */
    bool has_period, change;
    baro_period from, to;                /* last units of the windows */
    const char *from_label, *from_words; /* "" at one time */
    const char *to_label, *to_words;     /* "" without periods */
    size_t table, window;                /* breakdown of the request; units pooled */
    baro_gap_level side[BARO_GAP_SIDES];
    baro_gap_estimate part[BARO_GAP_PARTS];
    double df, p_value, p_adjusted; /* of the change, or of the gap at one time */
    size_t joined;                  /* categories of the mix that one side lacked and that were joined with others */
    bool unsplit;                   /* a split was asked for, and no category has interviews on both sides */
    bool broken;                    /* the series breaks between the windows, which are not compared */
    unsigned marks;                 /* baro_mark */
} baro_gap_row;

typedef struct {
    baro_results run; /* without rows: survey, request, notes, facts */
    baro_gap_request asked;
    const baro_group *mix;
    baro_gap_row *rows; /* by measure, answer, breakdown, group, step, comparison */
    size_t n_rows;
} baro_gaps;

/** Of which sides a part is made: +1, -1 or 0; of mix and rate only whether it is. */
double baro_gap_takes(baro_gap_part part, baro_gap_side side);
/** Whether a part is one of a split by mix. */
bool baro_gap_is_split(baro_gap_part part);

/**
 * Gaps of all groups of every breakdown, in one reading.
 *
 *   gap = m_group - m_against;  change = gap_to - gap_from = (m_group,to - m_group,from) - (m_against,to -
 * m_against,from)
 *
 * and, with P_s the share of category s of the factor in a domain and R_s its level, from domain 0 to domain 1
 *
 *   mix = sum_s (P_s1 - P_s0) (R_s1 + R_s0) / 2,   rate = sum_s (R_s1 - R_s0) (P_s1 + P_s0) / 2
 *
 * of the group's change and of the other's (0: earlier), or of the gap at one time (0: what it is compared with). All
 * are expressions on totals, with their linearised or replicated variance; df is the smallest among the levels. With a
 * factor everything in a row is of the interviews whose category is known. A category that one domain lacks is joined
 * with another: of an ordered factor the nearest, else the smallest that both have. Shares of a ratio are shares of its
 * denominator. Totals are not split; quantiles have no gap here (mark x).
 *
 * A published series: from levels, no covariance; an interval between areas whose base and design factor are stated,
 * else none. Not split.
 * @param request its comparisons; no period of its own when `asked` is a change
 * @return BARO_OK; BARO_USAGE (no breakdown, windows that the data do not hold, groups that overlap); the status of the
 * first fault, all of which are in `error`
 * Source: Kitagawa 1955, JASA 50:1168.
 */
baro_status baro_gap(const baro_request *request, const baro_gap_request *asked, baro_pool *pool, baro_arena *arena,
                     baro_error *error, baro_gaps *out);

#endif
