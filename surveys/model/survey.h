/**
 * A survey: what a data file means. Filled from a survey file (survey_read.c, by the table of keys in keys.c) and from options of the
 * command line; everything lives in its arena. See the reference page generated from the table of keys.
 */
#ifndef BARO_SURVEYS_MODEL_SURVEY_H
#define BARO_SURVEYS_MODEL_SURVEY_H
#include "io/base/arena.h"
#include "io/base/error.h"
#include "io/base/output.h"
#include "io/readers/frame.h"
#include <stdint.h>

/** A list of texts; n = 0: none. */
typedef struct {
    const char *const *item;
    size_t n;
} baro_texts;

/** Where a thing stands in the survey file, or in one that it extends; line 0: it came from an option. */
typedef struct {
    size_t line, column;
    const char *path; /* NULL: the survey file */
} baro_position;

typedef enum { BARO_ROLE_POSITIVE, BARO_ROLE_NEUTRAL, BARO_ROLE_NEGATIVE, BARO_ROLE_OTHER, BARO_ROLE_DONT_KNOW, BARO_ROLE_REFUSED, BARO_ROLE_NOT_ASKED } baro_role;

/** One answer of a scale: its label and every code or spelling by which data may give it. */
typedef struct {
    const char *label;
    baro_texts codes; /* with the label */
    baro_role role;
    double score; /* NAN: none */
} baro_answer;

typedef struct {
    const char *id; /* NULL: written inline on a measure */
    const baro_answer *answers; /* as written, which is the order of the question; dont_know, refused and not_asked moved to the end */
    size_t n_answers;
    bool open; /* answers that are not listed count too: not positive in a proportion, a level in a distribution, a number in a mean */
    baro_position at;
} baro_scale;

typedef enum { BARO_SAMPLING_PROBABILITY, BARO_SAMPLING_QUOTA, BARO_SAMPLING_OPT_IN } baro_sampling;
typedef enum { BARO_LONELY_FAIL, BARO_LONELY_REMOVE, BARO_LONELY_ADJUST, BARO_LONELY_AVERAGE } baro_lonely_rule;
typedef enum { BARO_SCALE_SAMPLE, BARO_SCALE_POPULATION } baro_weight_scale;
typedef enum { BARO_UNIT_MONTH, BARO_UNIT_QUARTER, BARO_UNIT_YEAR } baro_unit;
typedef enum { BARO_GROUP_DEMOGRAPHIC, BARO_GROUP_CHANNEL, BARO_GROUP_AREA, BARO_GROUP_CONTACT, BARO_GROUP_OTHER } baro_group_kind;
typedef enum { BARO_STAT_PROPORTION, BARO_STAT_DISTRIBUTION, BARO_STAT_MEAN, BARO_STAT_TOTAL, BARO_STAT_RATIO, BARO_STAT_QUANTILE } baro_statistic;
typedef enum { BARO_BETTER_HIGHER, BARO_BETTER_LOWER, BARO_BETTER_NEITHER } baro_better;
typedef enum { BARO_INTERVAL_LOGIT, BARO_INTERVAL_WALD, BARO_INTERVAL_WILSON, BARO_INTERVAL_BETA, BARO_INTERVAL_ARCSINE, BARO_INTERVAL_LIKELIHOOD } baro_interval_method;

typedef struct {
    const char *label;
    baro_texts codes;  /* with the label; n = 0 when derived or a band */
    const char *where; /* derived category, or NULL */
    double from, to;   /* band, both ends included; NAN when not a band; -INFINITY / INFINITY when open */
    baro_position at;
} baro_category;

typedef struct {
    const char *id, *label;
    baro_group_kind kind;
    baro_texts columns;
    const char *of;        /* id of the group whose labels the codes name, or NULL */
    const char *reference; /* label, or NULL */
    baro_texts missing;
    const baro_category *categories; /* n = 0: every distinct answer */
    size_t n_categories;
    bool bands, derived; /* which form the categories have */
    bool ordered, sensitive, overlap;
    bool interview_mode; /* its categories are also ways of interviewing */
    const char *areas, *grid; /* or NULL */
    const struct baro_areas *area_list, *tiles; /* the lists of these names; NULL without */
    baro_position at, columns_at; /* of the map; of the value of `columns` (line 0 without) */
} baro_group;

typedef struct {
    const char *column, *where;
    baro_position at;
} baro_either;

typedef enum { BARO_MISSING_NONE, BARO_MISSING_DONT_KNOW, BARO_MISSING_REFUSED, BARO_MISSING_ALL_AGAINST, BARO_MISSING_ALL_FOR, BARO_MISSING_KINDS } baro_missing;

typedef struct {
    const char *id, *label, *question; /* question may be NULL */
    baro_texts columns;                /* names over the waves */
    const baro_either *either;         /* n_either > 0: row by row the one that was answered */
    size_t n_either;
    baro_texts multi;   /* columns of a multiple-response question */
    const char *split;  /* or one column whose field holds several, parted by this */
    const baro_scale *scale; /* NULL: numbers, or every distinct answer (distribution) */
    baro_statistic statistic;
    const char *over;   /* ratio: the denominator's column */
    const double *at_probability; /* quantile */
    size_t n_at;
    bool base_asked;    /* base: asked */
    baro_better better;
    double target, equivalence; /* NAN: none */
    const char *where;  /* or NULL */
    const char *weight; /* column of its own weight, or NULL */
    const char *value;  /* published series: the value of the measure column */
    bool sensitive;
    const char *missing_of; /* id of the measure whose missing answers this one is about (missing.h); NULL: it is one of the survey file's */
    baro_missing missing;   /* which of them */
    baro_position at, columns_at; /* of the map (in a battery: of its list); of the value of `columns` (line 0 without) */
    baro_position weight_at;
} baro_measure;

typedef struct {
    const char *label; /* canonical period label */
    const char *why;
    baro_position at;
} baro_break;

/** A weight for each rolling window, in columns numbered by the window's last unit. */
typedef struct {
    const char *columns;        /* "WT_Q{n}" */
    const char *before, *after; /* what stands about the number */
    long number, period;        /* the window that ends with this period (a baro_period) has this number */
    size_t rolling;
    baro_texts by;              /* ids of groups; n = 0: every breakdown that no other set is for */
    baro_position at;
} baro_window_weight;

/** How a weight was made, as far as its variance needs to know. */
typedef struct {
    const char *margins; /* file of targets; NULL: nothing is known */
    const char *within;  /* group or column of the areas, or NULL */
    const char *weight;  /* column of the weight before, NULL: 1 each */
    const char *column;  /* the weight itself, where a recipe says it */
    const char *path;    /* file that says so */
    const char *method;  /* as `barometer weight` names it; NULL: raking */
    double bounds[2], trim[2]; /* of the factor, of the weights themselves; 0: none */
    int as_rake;         /* 1: residuals by R's own rule for rake() */
} baro_recipe;

/** Numbers of a list; n = 0: none. */
typedef struct {
    const double *item;
    size_t n;
} baro_numbers;

/* After 0 in the order of stats/replicate.h. */
typedef enum { BARO_METHOD_UNSAID, BARO_METHOD_BRR, BARO_METHOD_FAY, BARO_METHOD_JK1, BARO_METHOD_JKN, BARO_METHOD_BOOTSTRAP, BARO_METHOD_SDR } baro_replicate_words;
typedef enum { BARO_CENTRE_UNSAID, BARO_CENTRE_MEAN, BARO_CENTRE_FULL } baro_replicate_centre;

/** Replicate weights: columns of the data, or made here from the design. */
typedef struct {
    const char *columns;         /* their names, `*` any text and `?` any character; "make:jkn": made here; NULL: linearised variances */
    baro_replicate_words method; /* of columns */
    double rho, scale;           /* NAN: not said */
    baro_numbers rscales;        /* one for all, or one a replicate */
    baro_replicate_centre centre;
    bool factors;                /* combined: no: factors of the weight */
    size_t count;                /* wanted of those made here; 0: bootstrap 500, sdr 80, else what the design needs */
    uint64_t seed;               /* of those made here */
    baro_position at;
} baro_replicate_choice;

/** Everything that CLI.md and SURVEY-FILE.md let a person say. Strings NULL and lists empty when not said. */
typedef struct {
    const char *path;    /* of the survey file; NULL without one */
    const char *extends; /* id or file that it starts from, or NULL */
    baro_texts extended; /* paths of the files that it starts from, nearest first */
    const char *id, *title, *publisher, *population, *source;
    baro_sampling sampling;
    bool model; /* `model: yes`: quota and opt-in treated as if random, said so */

    baro_csv_format input;
    bool ignore_case;
    baro_texts missing; /* default: "" */
    const char *respondent_id;
    bool show_values; /* of the command line: messages may name answers */

    const char *weight;
    baro_weight_scale weight_scale;
    bool weight_missing_out, weight_calibrated;
    const baro_window_weight *window_weights;
    size_t n_window_weights;
    baro_recipe calibration;
    baro_texts strata, psu, fpc;
    bool nested;
    baro_lonely_rule lonely_psu;
    bool lonely_inside; /* the rule holds for strata left with one PSU inside a domain, too */
    baro_replicate_choice replicates;
    double deft; /* NAN: none */
    baro_position weight_at, strata_at, psu_at, fpc_at, period_at, respondent_id_at;

    baro_texts period_columns;
    const char *period_format; /* NULL: auto */
    baro_unit period_unit;
    unsigned year_starts; /* 1 to 12 */
    size_t rolling;       /* 1: none */
    bool has_period;

    const baro_break *breaks;
    size_t n_breaks;
    const baro_group *groups;
    size_t n_groups;
    const baro_measure *measures;
    size_t n_measures;

    const baro_texts *families; /* ids of measures that findings are corrected over together; a measure in none is one of its own */
    size_t n_families;

    bool is_series; /* the published-series form */
    const char *series_date, *series_group, *series_measure, *series_estimate, *series_total, *series_base_column;
    double series_base, series_deft, series_rounding; /* NAN: none */
    baro_position series_at;

    double suppress_below, unreliable_below, caution_below;
    bool nchs;
    int decimals;
    double confidence;
    baro_interval_method interval;
} baro_survey;

/** All defaults of the table of keys. */
void baro_survey_defaults(baro_survey *survey);
/** Reads a survey file strictly. Faults (all of them) have status BARO_BAD_SURVEY. Everything in `arena`. */
baro_status baro_survey_read(const char *path, baro_arena *arena, baro_survey *survey, baro_error *error);
/** The same from bytes in memory; `source` is the name in messages. */
baro_status baro_survey_parse(const char *source, const char *text, size_t length, baro_arena *arena, baro_survey *survey, baro_error *error);
/**
 * Path of a shipped survey of that id, in `arena`: the first there is of NAME.yaml in BARO_SURVEYS (the place of installation), in share/barometer/surveys beside the
 * program's bin, in surveys/definitions below the current directory, and in
 * surveys/definitions two folders above the running program. NULL when there is none, and without memory. An argument with a slash or ending in .yaml / .yml is a path already.
 */
const char *baro_survey_find(const char *name, baro_arena *arena);
/** Whether a name is a path (it has a slash, or ends in .yaml or .yml) and no id. */
bool baro_survey_is_path(const char *name);
/** Ids of the shipped surveys that `baro_survey_find` finds, each once, sorted; fewer without memory. */
baro_texts baro_survey_ids(baro_arena *arena);
/** Path of a shipped file of definitions, found as surveys are. */
const char *baro_definition_find(const char *file, baro_arena *arena);
/** NULL when there is none. */
const baro_group *baro_survey_group(const baro_survey *survey, const char *id);
const baro_measure *baro_survey_measure(const baro_survey *survey, const char *id);
/** Whether any estimate is weighted: by one weight, by window weights, or a measure by its own. */
bool baro_survey_is_weighted(const baro_survey *survey);
/** Whether a stated design factor stands in for a design: there is one, and no design columns. */
bool baro_survey_is_stated(const baro_survey *survey);
/** Prints the reference page of all keys (Markdown), from the table. */
void baro_survey_reference(baro_output *output);

#endif
