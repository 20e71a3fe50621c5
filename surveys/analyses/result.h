/** Results: one row an estimate and what it is compared with, in the order of CLI.md. Numbers are NAN where there is none. */
#ifndef BARO_SURVEYS_ANALYSES_RESULT_H
#define BARO_SURVEYS_ANALYSES_RESULT_H
#include "stats/compare.h"
#include "surveys/analyses/request.h"

typedef enum {
    BARO_MARK_SUPPRESSED = 1, /* c */
    BARO_MARK_UNRELIABLE = 2, /* u */
    BARO_MARK_CAUTION = 4,    /* caution */
    BARO_MARK_REVIEW = 8,     /* review */
    BARO_MARK_BREAK = 16,     /* b */
    BARO_MARK_ABSENT = 32,    /* x: not asked, or a window that lacks a unit */
    BARO_MARK_COMPLEMENT = 64 /* complement: the share of those who did not is of low reliability (the NCHS rule) */
} baro_mark;

typedef struct {
    const baro_measure *measure;
    baro_statistic statistic;
    const char *level;              /* answer of a distribution, else "" */
    const baro_group *by, *by2;     /* NULL: everyone */
    const char *group, *group2;     /* labels, "" for everyone */
    size_t table;                   /* index of the breakdown among the request's; rows of everyone: SIZE_MAX */
    bool has_period;
    baro_period period;             /* last unit of the window */
    const char *period_label;       /* "" without */
    const char *period_words;       /* for reader tables, "" without */
    size_t window;                  /* units pooled; 0 without periods */

    double base, weighted_base;     /* n and sum of weights; NAN unknown (published series) */
    double positive;                /* unweighted count of positive answers; NAN unknown */
    double estimate, se, lower, upper, df, deff, n_eff, n_eff_kish;
    double difference, difference_se, difference_lower, difference_upper, difference_df, p_value, p_adjusted;
    const char *against;            /* "" without */
    const char *against_words;      /* the same for reader tables: periods in words */
    baro_period against_period;     /* last unit of the window that a change is from */
    const baro_against *compared;   /* the comparison that was asked for, also where it does not apply; NULL: none */
    double against_base, against_positive; /* interviews behind what it is compared with; NAN unknown */
    double against_estimate, against_se, against_df; /* its level, se NAN at 0 and 1 */
    double detectable;              /* smallest true difference found with 80 % power; NAN without a test */
    double margin;                  /* of the verdict; NAN: there is no verdict */
    baro_verdict verdict;
    double bound_lower, bound_upper; /* what the level could be if all who are missing had answered one way; NAN: not asked for */
    double difference_bound_lower, difference_bound_upper; /* the same of a difference, its two sides against each other */
    const char *letters;            /* "A:CD": its own letter, and those of the groups that it is clearly higher than; "" without */
    unsigned marks;                 /* baro_mark */
    bool revised;                   /* another level than an older pack had */
    bool difference_withheld;       /* what it is from is withheld as unreliable */
    bool difference_hidden;         /* suppressed: it would give another row's level away */
    size_t comparison;              /* which of the request's comparisons that apply, from 0 */
} baro_row;

/** A row of which nothing is known but its measure: numbers NAN, texts "", table SIZE_MAX. */
baro_row baro_row_blank(const baro_measure *measure, baro_statistic statistic);

/** Two groups of one breakdown in one window, for column letters: first less second, with their covariance. */
typedef struct {
    size_t first, second;           /* rows; the first of each where several comparisons make several */
    unsigned char letter[2];        /* places of the two among the groups, from 0 */
    double difference, p_value;     /* p_value NAN where there is no test */
} baro_contrast;

enum { BARO_LETTERS = 26 };

/** Whom the rows of one measure by one breakdown are about, interview by interview. */
typedef struct {
    const baro_bound_measure *measure;
    const baro_bound_group *first, *second; /* NULL: everyone */
    const double *weight;                   /* [rows] 0: not counted; NULL: all count */
    size_t table;                           /* as the rows' */
} baro_behind_cross;

/** The interviews behind results, for disclosure control; n = 0 where there are none (published series). */
typedef struct {
    size_t rows;
    const int32_t *unit;         /* [rows] units of time from `origin`, or NULL */
    baro_period origin;
    const unsigned char *domain; /* [rows] 1: inside --where; NULL: everyone */
    const baro_behind_cross *cross;
    size_t n;
} baro_behind;

typedef struct {
    const baro_survey *survey;
    const baro_request *request;
    baro_calendar calendar;
    bool has_periods, approximate;
    baro_row *rows;                 /* mutable: suppression erases here, before any sheet */
    size_t n_rows;
    baro_contrast *contrasts;       /* asked for by --letters */
    size_t n_contrasts;
    baro_texts notes;               /* sentences: unweighted, approximate, who is left out ... */
    baro_texts facts;               /* for --verbose: rows read and rows in each file, columns kept */
    const char *period_axis;        /* "Year to", "Quarter", ... for charts */
    baro_behind behind;
} baro_results;

/**
 * One reading of the data, everything that was asked.
 * Remarks (unknown answers, zero weights, mixed line ends ...) go to `error` too. Everything in `arena`.
 * @return BARO_OK or the status of the first fault, all of which are in `error`
 */
baro_status baro_analyse(const baro_request *request, baro_pool *pool, baro_arena *arena, baro_error *error, baro_results *out);

/**
 * Reads files once for several requests of the same files: the columns that any of them wants. Lend it to each through
 * request.reading; close it with baro_reading_close after the last. What is wrong with a request is said when it is run.
 * @return BARO_OK, or the status of the first fault of the files
 */
baro_status baro_requests_read(const baro_request *const requests[], size_t n, baro_pool *pool, baro_arena *arena, baro_error *error,
                               baro_reading *out);

#endif
