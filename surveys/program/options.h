/** The one table of options: the parser, help, completion and the manual pages are all made from it. */
#ifndef BARO_SURVEYS_PROGRAM_OPTIONS_H
#define BARO_SURVEYS_PROGRAM_OPTIONS_H
#include <stdbool.h>
#include <stddef.h>

/** Where an option is shown in help. */
typedef enum {
    BARO_GROUP_OF_DATA,
    BARO_GROUP_OF_DESIGN,
    BARO_GROUP_OF_MEASURES,
    BARO_GROUP_OF_PERIODS,
    BARO_GROUP_OF_RESULTS,
    BARO_GROUP_OF_CHARTS,
    BARO_GROUP_OF_OUTPUT,
    BARO_GROUP_OF_MANNERS,
    BARO_OPTION_GROUPS
} baro_option_group;

/** What stands behind an option. The parser checks this much; meaning comes later. */
typedef enum {
    BARO_TAKES_NOTHING,
    BARO_TAKES_TEXT,
    BARO_TAKES_COLUMN, /* one column's name, in double quotes or as it stands */
    BARO_TAKES_FILE,
    BARO_TAKES_CHOICE, /* one of `choices` */
    BARO_TAKES_COUNT,  /* a whole number, at least 1 */
    BARO_TAKES_WHOLE,  /* a whole number, 0 too */
    BARO_TAKES_NUMBER  /* a plain decimal number */
} baro_option_type;

/* Which commands take an option: one bit a command; see commands.c. Those that are not there yet have theirs already. */
enum {
    BARO_IN_DESCRIBE = 1,
    BARO_IN_TABLE = 2,
    BARO_IN_TREND = 4,
    BARO_IN_CHART_BARS = 8,
    BARO_IN_CHART_TREND = 16,
    BARO_IN_TEST = 32,
    BARO_IN_WEIGHT = 64,
    BARO_IN_CHART_WEIGHTS = 128,
    BARO_IN_CHECK = 1 << 8,
    BARO_IN_GAP = 1 << 9,
    BARO_IN_SPREAD = 1 << 10,
    BARO_IN_FINDINGS = 1 << 11,
    BARO_IN_IMPORT = 1 << 12,
    BARO_IN_SIMULATE = 1 << 13,
    BARO_IN_REPORT = 1 << 14,
    BARO_IN_RUN = 1 << 15,
    BARO_IN_VERIFY = 1 << 16,
    BARO_IN_DIFF = 1 << 17,
    BARO_IN_CHART_LIKERT = 1 << 18,
    BARO_IN_CHART_GAP = 1 << 19,
    BARO_IN_CHART_SPREAD = 1 << 20,
    BARO_IN_CHART_TILES = 1 << 21,
    BARO_IN_CHART_HEAT = 1 << 22,
    BARO_IN_CHART_CONTROL = 1 << 23,
    BARO_IN_CHART_MULTIPLES = 1 << 24,
    BARO_IN_CHART_WATERFALL = 1 << 25,
    BARO_IN_WEIGHTS = BARO_IN_WEIGHT | BARO_IN_CHART_WEIGHTS,
    BARO_IN_GAPS = BARO_IN_GAP | BARO_IN_CHART_GAP | BARO_IN_CHART_WATERFALL,
    BARO_IN_SPREADS = BARO_IN_SPREAD | BARO_IN_CHART_SPREAD,
    BARO_IN_CHARTS = BARO_IN_CHART_BARS | BARO_IN_CHART_TREND | BARO_IN_CHART_WEIGHTS | BARO_IN_CHART_LIKERT | BARO_IN_CHART_GAP |
                     BARO_IN_CHART_SPREAD | BARO_IN_CHART_TILES | BARO_IN_CHART_HEAT | BARO_IN_CHART_CONTROL |
                     BARO_IN_CHART_MULTIPLES | BARO_IN_CHART_WATERFALL,
    BARO_IN_TABLES = BARO_IN_DESCRIBE | BARO_IN_CHECK | BARO_IN_TABLE | BARO_IN_TREND | BARO_IN_TEST | BARO_IN_GAP | BARO_IN_SPREAD |
                     BARO_IN_FINDINGS | BARO_IN_WEIGHT | BARO_IN_DIFF,
    BARO_IN_LEVELS = BARO_IN_TABLE | BARO_IN_CHART_BARS | BARO_IN_CHART_LIKERT | BARO_IN_CHART_TILES | BARO_IN_CHART_HEAT,
    BARO_IN_TRENDS = BARO_IN_TREND | BARO_IN_CHART_TREND | BARO_IN_CHART_CONTROL | BARO_IN_CHART_MULTIPLES,
    BARO_IN_ROWS = BARO_IN_LEVELS | BARO_IN_TRENDS | BARO_IN_GAPS | BARO_IN_REPORT, /* a row an estimate */
    BARO_IN_ESTIMATES = BARO_IN_ROWS | BARO_IN_TEST | BARO_IN_SPREADS | BARO_IN_FINDINGS,
    BARO_IN_FILES = BARO_IN_IMPORT | BARO_IN_SIMULATE | BARO_IN_REPORT | BARO_IN_RUN | BARO_IN_VERIFY | BARO_IN_DIFF,
    BARO_IN_ALL = BARO_IN_ESTIMATES | BARO_IN_DESCRIBE | BARO_IN_CHECK | BARO_IN_WEIGHTS
};

/* X(id, name, letter, argument, type, choices, repeats, commands, group, help). An option that no command takes yet is known,
   answered with "not available in this version", and left out of help. */
#define BARO_OPTIONS(X)                                                                                                                \
    X(SURVEY, "survey", 's', "FILE|ID", FILE, NULL, false, BARO_IN_ALL | BARO_IN_SIMULATE, DATA, "survey file, or the id of an installed one: pas, uss")  \
    X(MISSING, "missing", 0, "'A|B|C'", TEXT, NULL, false, BARO_IN_ALL, DATA, "answers that are none, in any column; blank always is") \
    X(DELIMITER, "delimiter", 0, "C", TEXT, NULL, false, BARO_IN_ALL | BARO_IN_IMPORT, DATA, "what parts the fields: a character, tab or auto")         \
    X(DECIMAL, "decimal", 0, "C", CHOICE, ".|,|auto", false, BARO_IN_ALL, DATA, "decimal mark of the data")                            \
    X(ENCODING, "encoding", 0, "E", CHOICE, "utf-8|windows-1252|latin-1", false, BARO_IN_ALL | BARO_IN_IMPORT, DATA, "encoding of the data")            \
    X(HEADER_ROWS, "header-rows", 0, "N", TEXT, NULL, false, BARO_IN_ALL | BARO_IN_IMPORT, DATA, "rows of the header: 1, 2, 3 or auto")                 \
    X(WEIGHT, "weight", 0, "COL", COLUMN, NULL, false, BARO_IN_ESTIMATES | BARO_IN_WEIGHTS, DESIGN,                               \
      "column of weights; without it: unweighted")                                                                                    \
    X(WEIGHT_MISSING, "weight-missing", 0, "error|out", CHOICE, "error|out", false, BARO_IN_ESTIMATES | BARO_IN_WEIGHTS, DESIGN,                         \
      "an interview without a weight is an error, or left out")                                                                       \
    X(STRATA, "strata", 0, "COL[,COL]", TEXT, NULL, true, BARO_IN_ESTIMATES, DESIGN, "columns that make the strata")                   \
    X(PSU, "psu", 0, "COL[,COL]", TEXT, NULL, true, BARO_IN_ESTIMATES, DESIGN, "columns of sampling units, first stage first")         \
    X(FPC, "fpc", 0, "COL[,COL]", TEXT, NULL, true, BARO_IN_ESTIMATES, DESIGN, "sampling fraction or population size, by stage")       \
    X(NESTED, "nested", 0, NULL, NOTHING, NULL, false, BARO_IN_ESTIMATES, DESIGN, "units are numbered afresh in every stratum")        \
    X(LONELY_PSU, "lonely-psu", 0, "RULE", CHOICE, "fail|remove|adjust|average", false, BARO_IN_ESTIMATES, DESIGN,                     \
      "what to do with a stratum of one unit: fail is an error that names it; default: fail")                                           \
    X(LONELY_INSIDE, "lonely-inside", 0, NULL, NOTHING, NULL, false, BARO_IN_ROWS | BARO_IN_SPREADS | BARO_IN_FINDINGS, DESIGN,                                            \
      "the same for a stratum of which a domain meets one unit only")                                                                 \
    X(DEFT, "deft", 0, "X", NUMBER, NULL, false, BARO_IN_ESTIMATES, DESIGN, "stated design factor, where no design column exists")     \
    X(REPLICATES, "replicates", 0, "GLOB|make:METHOD", TEXT, NULL, false, BARO_IN_ESTIMATES, DESIGN,                                   \
      "columns of replicate weights, or make them: brr, fay, jk1, jkn, bootstrap, sdr")                                                \
    X(REPLICATE_METHOD, "replicate-method", 0, "METHOD", CHOICE, "brr|fay|jk1|jkn|bootstrap|sdr", false, BARO_IN_ESTIMATES, DESIGN,    \
      "how the columns of replicate weights were made")                                                                                \
    X(REPLICATE_COUNT, "replicate-count", 0, "N", COUNT, NULL, false, BARO_IN_ESTIMATES, DESIGN,                                       \
      "replicates to make; default: bootstrap 500, sdr 80, else as many as the design needs")                                          \
    X(RHO, "rho", 0, "R", NUMBER, NULL, false, BARO_IN_ESTIMATES, DESIGN, "Fay's coefficient, from 0 to below 1")                      \
    X(SCALE, "scale", 0, "S", NUMBER, NULL, false, BARO_IN_ESTIMATES, DESIGN, "factor of the sum of squares; default: the method's")   \
    X(MSE, "mse", 0, NULL, NOTHING, NULL, false, BARO_IN_ESTIMATES, DESIGN, "squares about the estimate, not the mean of the replicates") \
    X(CALIBRATION, "calibration", 0, "FILE", FILE, NULL, false, BARO_IN_ESTIMATES, DESIGN,                                             \
      "recipe of the weight (FILE.csv.calibration.yaml), for its variance")                                                            \
    X(CALIBRATION_RESIDUALS, "calibration-residuals", 0, "RULE", CHOICE, "base|rake-r", false, BARO_IN_ESTIMATES, DESIGN,              \
      "least squares with the weights before, or the rule of R's rake(); default: base")                                              \
    X(TARGETS, "targets", 0, "FILE", FILE, NULL, false, BARO_IN_WEIGHTS, DESIGN, "known totals or shares: a CSV of margin,category,target") \
    X(METHOD, "method", 0, "M", CHOICE, "post-stratify|rake|linear|raking|logit", false, BARO_IN_WEIGHTS, DESIGN,                       \
      "how they are met; default: rake")                                                                                               \
    X(BOUNDS, "bounds", 0, "L,U", TEXT, NULL, false, BARO_IN_WEIGHTS, DESIGN, "limits of the factor on a weight, as 0.5,2")             \
    X(TRIM, "trim", 0, "L,U", TEXT, NULL, false, BARO_IN_WEIGHTS, DESIGN, "limits of the weights themselves; ,U or L, for one")         \
    X(WITHIN, "within", 0, "G", TEXT, NULL, false, BARO_IN_WEIGHTS, DESIGN, "group or column of areas with targets of their own")      \
    X(ITERATIONS, "iterations", 0, "N", COUNT, NULL, false, BARO_IN_WEIGHTS, DESIGN, "at most; default: 500")                           \
    X(COLUMN, "column", 0, "NAME", TEXT, NULL, false, BARO_IN_WEIGHT, OUTPUT, "name of the new column; default: weight_calibrated")    \
    X(MEASURE, "measure", 'm', "A,B", TEXT, NULL, true, BARO_IN_ESTIMATES, MEASURES, "measures; default: all of the survey file")      \
    X(BY, "by", 'b', "G,H", TEXT, NULL, true, BARO_IN_ESTIMATES, MEASURES,                                                             \
      "breakdowns, each its own table; G*H crosses two; --by= is everyone only")                                                      \
    X(PROPORTION, "proportion", 0, "'NAME=COL:ANSWER|ANSWER'", TEXT, NULL, true, BARO_IN_ESTIMATES, MEASURES,                          \
      "share of those with an answer who gave one of these")                                                                          \
    X(DISTRIBUTION, "distribution", 0, "COL", TEXT, NULL, true, BARO_IN_ESTIMATES, MEASURES, "share of every answer")                  \
    X(MEAN, "mean", 0, "COL", TEXT, NULL, true, BARO_IN_ESTIMATES, MEASURES, "mean of numbers")                                        \
    X(TOTAL, "total", 0, "COL", TEXT, NULL, true, BARO_IN_ESTIMATES, MEASURES, "population total of numbers")                          \
    X(WHERE, "where", 0, "EXPR", TEXT, NULL, false, BARO_IN_ESTIMATES, MEASURES, "the domain: \"age == '16 to 24' and area != 9\"")    \
    X(PERIOD, "period", 0, "COL", COLUMN, NULL, false, BARO_IN_ESTIMATES, PERIODS, "column of dates or periods")                       \
    X(PERIOD_UNIT, "period-unit", 0, "UNIT", CHOICE, "month|quarter|year", false, BARO_IN_ESTIMATES, PERIODS,                          \
      "unit of --period; default: the survey file's, else quarter")                                                                   \
    X(FROM, "from", 0, "P", TEXT, NULL, false, BARO_IN_ESTIMATES | BARO_IN_SIMULATE, PERIODS, "first period: 2023 Q1, 2023-01, 2023, 'Q1 2022/23'")       \
    X(TO, "to", 0, "P", TEXT, NULL, false, BARO_IN_ESTIMATES | BARO_IN_SIMULATE, PERIODS, "last period")                                                  \
    X(ROLLING, "rolling", 0, "N", COUNT, NULL, false, BARO_IN_ESTIMATES, PERIODS, "units that a window pools")                         \
    X(ALL_PERIODS, "all-periods", 0, NULL, NOTHING, NULL, false, BARO_IN_LEVELS | BARO_IN_TEST | BARO_IN_GAPS | BARO_IN_SPREADS | BARO_IN_FINDINGS, PERIODS, "pool everything") \
    X(ACROSS_BREAKS, "across-breaks", 0, NULL, NOTHING, NULL, false, BARO_IN_ROWS | BARO_IN_FINDINGS, PERIODS, "compare across breaks in series")         \
    X(COMPARE, "compare", 0, "WITH,...", TEXT, NULL, true, BARO_IN_LEVELS | BARO_IN_TRENDS, RESULTS,                                                      \
      "total, rest, reference, first, previous, previous-separate, year-ago, [G:]GROUP, a period")                                             \
    X(TEST, "test", 0, "TEST", CHOICE, "rao-scott|wald|adjusted-wald", false, BARO_IN_TEST, RESULTS,                                   \
      "test of answers by group: rao-scott, wald, adjusted-wald; default: rao-scott")                                                  \
    X(ADJUST, "adjust", 0, "METHOD", CHOICE, "none|bonferroni|holm|bh|by", false, BARO_IN_ROWS | BARO_IN_TEST | BARO_IN_FINDINGS, RESULTS,                          \
      "correction of p values; default: holm")                                                                                        \
    X(ADJUST_OVER, "adjust-over", 0, "run", CHOICE, "run", false, BARO_IN_ROWS | BARO_IN_TEST | BARO_IN_FINDINGS, RESULTS, "correct over the whole run")            \
    X(LETTERS, "letters", 0, NULL, NOTHING, NULL, false, BARO_IN_TABLE | BARO_IN_TREND, RESULTS,                                       \
      "column letters: which groups are clearly higher than which")                                                                    \
    X(EQUIVALENCE, "equivalence", 0, "M", NUMBER, NULL, false, BARO_IN_TABLE | BARO_IN_TREND | BARO_IN_FINDINGS, RESULTS,              \
      "a verdict on each difference against the margin M (shares: 0.02 is 2 points); default: the survey file's")                      \
    X(INTERVAL, "interval", 0, "METHOD", CHOICE, "logit|wald|wilson|beta|arcsine|likelihood", false, BARO_IN_ROWS, RESULTS,            \
      "interval of a proportion; default: logit")                                                                                     \
    X(CAP, "cap", 0, NULL, NOTHING, NULL, false, BARO_IN_ROWS, RESULTS, "beta interval: effective base at most the base")         \
    X(CONFIDENCE, "confidence", 0, "X", NUMBER, NULL, false, BARO_IN_ESTIMATES, RESULTS, "between 0 and 1; default: 0.95")             \
    X(DF, "df", 0, "N", NUMBER, NULL, false, BARO_IN_ESTIMATES, RESULTS, "degrees of freedom, in place of the design's")               \
    X(NO_SUPPRESS, "no-suppress", 0, NULL, NOTHING, NULL, false, BARO_IN_ESTIMATES | BARO_IN_CHECK, RESULTS,                                           \
      "show all cells: not for publication")                                                                                          \
    X(DISCLOSURE, "disclosure", 0, "FILE", FILE, NULL, false, BARO_IN_LEVELS | BARO_IN_TREND | BARO_IN_GAP | BARO_IN_CHART_BARS | BARO_IN_CHART_TREND | BARO_IN_RUN, RESULTS, \
      "write how much was hidden and why, without values")                                                                              \
    X(TITLE, "title", 0, "TEXT", TEXT, NULL, false, BARO_IN_CHARTS | BARO_IN_REPORT, CHARTS, "headline")                                                \
    X(SUBTITLE, "subtitle", 0, "TEXT", TEXT, NULL, false, BARO_IN_CHARTS, CHARTS, "what, who, when, unit")                             \
    X(SOURCE, "source", 0, "TEXT", TEXT, NULL, false, BARO_IN_CHARTS, CHARTS, "source line at the foot")                               \
    X(NO_TITLES, "no-titles", 0, NULL, NOTHING, NULL, false, BARO_IN_CHARTS, CHARTS, "draw no words round the chart")                  \
    X(SIZE, "size", 0, "WxH|NAME", TEXT, NULL, false, BARO_IN_CHARTS, CHARTS, "pixels, or slide, page, screen")                        \
    X(DATA, "data", 0, "FILE.csv", FILE, NULL, false, BARO_IN_CHARTS, CHARTS, "write the numbers beside the chart")                    \
    X(OUTPUT, "output", 'o', "FILE", FILE, NULL, false, (BARO_IN_ALL | BARO_IN_FILES) & ~BARO_IN_RUN, OUTPUT, "where to write; - is standard output")                   \
    X(FORMAT, "format", 0, "F", CHOICE, "text|csv|json|jsonl|md|html|xlsx|ods", false, BARO_IN_TABLES, OUTPUT,                         \
      "text, csv, json, jsonl, md, html, xlsx, ods; default: by the ending of -o, else text")                                                          \
    X(DECIMALS, "decimals", 0, "N", WHOLE, NULL, false, BARO_IN_ROWS | BARO_IN_FINDINGS, OUTPUT, "digits after the point in reader tables")               \
    X(WIDTH, "width", 0, "N", COUNT, NULL, false, BARO_IN_TABLES, OUTPUT, "columns of a text table; default: 80")                      \
    X(SHOW_VALUES, "show-values", 0, NULL, NOTHING, NULL, false, BARO_IN_ALL, OUTPUT, "let messages show answers of respondents")      \
    X(SEED, "seed", 0, "N", WHOLE, NULL, false, BARO_IN_ESTIMATES | BARO_IN_SIMULATE, OUTPUT, "seed of anything random")                                  \
    X(THREADS, "threads", 0, "N", COUNT, NULL, false, BARO_IN_ALL, MANNERS, "threads; the results do not depend on it")                \
    X(QUIET, "quiet", 0, NULL, NOTHING, NULL, false, BARO_IN_ALL | BARO_IN_FILES, MANNERS, "no remarks")                                               \
    X(VERBOSE, "verbose", 0, NULL, NOTHING, NULL, false, BARO_IN_ALL | BARO_IN_RUN, MANNERS, "say what was read")                                    \
    X(DRY_RUN, "dry-run", 0, NULL, NOTHING, NULL, false, BARO_IN_ALL | BARO_IN_FILES, MANNERS, "say what would be read and written, do nothing")       \
    X(HELP, "help", 'h', NULL, NOTHING, NULL, false, BARO_IN_ALL | BARO_IN_FILES, MANNERS, "this help")                                                \
    X(VERSION, "version", 0, NULL, NOTHING, NULL, false, BARO_IN_ALL | BARO_IN_FILES, MANNERS, "version of the program")                               \
    X(RATIO, "ratio", 0, "NUM/DEN", TEXT, NULL, true, BARO_IN_ESTIMATES, MEASURES, "ratio of two totals")                              \
    X(QUANTILE, "quantile", 0, "COL:P[,P]", TEXT, NULL, true, BARO_IN_ESTIMATES, MEASURES, "quantiles of numbers, as income:0.25,0.5")   \
    X(QUANTILE_RULE, "quantile-rule", 0, "RULE", CHOICE, "math|school|hf7|hf8", false, BARO_IN_ESTIMATES, MEASURES,                      \
      "which number a quantile is; default: math, the smallest with F >= p")                                                          \
    /* check */                                                                                                                        \
    /* import */                                                                                                                       \
    /* simulate */                                                                                                                     \
    X(TRUTH, "truth", 0, "FILE.yaml", FILE, NULL, false, BARO_IN_SIMULATE, DATA,                                                       \
      "what is true of the population; default: SURVEY.truth.yaml beside the survey, else equal shares and levels of a half")          \
    X(PRESET, "preset", 0, "P", CHOICE, "pas|tdiu", false, BARO_IN_SIMULATE, DATA, "a survey with the published picture: pas, tdiu")   \
    X(INTERVIEWS, "interviews", 0, "N", COUNT, NULL, false, BARO_IN_SIMULATE, DATA, "in each period; default: as the truth says")      \
    /* trend, control charts */                                                                                                        \
    X(LINEAR, "linear", 0, NULL, NOTHING, NULL, false, BARO_IN_TREND, RESULTS,                                                         \
      "the straight line through the windows: its slope a year, and its test")                                                         \
    X(CONTROL, "control", 0, "CHART", CHOICE, "p|xmr", false, BARO_IN_TREND | BARO_IN_CHART_CONTROL, RESULTS,                          \
      "control chart of single units: p (shares, with design effect) or xmr; default of `chart control`: p")                           \
    X(BASELINE, "baseline", 0, "FROM:TO", TEXT, NULL, false, BARO_IN_TREND | BARO_IN_CHART_CONTROL, PERIODS,                           \
      "with --control: the units that centre and limits are made from; default: all")                                                  \
    X(TARGET, "target", 0, "X", NUMBER, NULL, false, BARO_IN_TABLE | BARO_IN_TREND | BARO_IN_CHART_TREND, RESULTS,                                           \
      "level aimed at, and which side of it each level lies (shares: 0.75 is 75%); default: the survey file's")                        \
    /* gap */                                                                                                                          \
    X(AGAINST, "against", 0, "WITH,...", TEXT, NULL, true, BARO_IN_GAPS | BARO_IN_FINDINGS, RESULTS,                                                      \
      "what a gap is to: rest, total, reference, [G:]GROUP; default: rest")                                                            \
    X(CHANGE, "change", 0, "FROM:TO", TEXT, NULL, false, BARO_IN_GAPS, PERIODS,                                                          \
      "change of the gap between the windows that end there, and which side moved")                                                    \
    X(EACH, "each", 0, NULL, NOTHING, NULL, false, BARO_IN_GAP | BARO_IN_CHART_WATERFALL, PERIODS,                                     \
      "with --change: every step between the two")                                                                                     \
    X(MIX, "mix", 0, "FACTOR", TEXT, NULL, false, BARO_IN_GAP | BARO_IN_CHART_WATERFALL, RESULTS,                                      \
      "how much is another mix of FACTOR, how much other rates within it")                                                             \
    /* spread */                                                                                                                       \
    X(ALL_WINDOWS, "all-windows", 0, NULL, NOTHING, NULL, false, BARO_IN_SPREAD, PERIODS,                                              \
      "a ranking for every window, so that a divide is seen to open")                                                                  \
    X(DRAWS, "draws", 0, "N", COUNT, NULL, false, BARO_IN_SPREADS, RESULTS, "draws for the intervals of ranks; default: 2000")         \
    /* findings */                                                                                                                     \
    X(MISSING_SHARES, "missing-shares", 0, NULL, NOTHING, NULL, false, BARO_IN_TABLE | BARO_IN_TREND | BARO_IN_GAP, RESULTS,           \
      "in place of each measure: how many of those asked said don't know, how many refused")                                           \
    X(MISSING_BOUNDS, "missing-bounds", 0, NULL, NOTHING, NULL, false, BARO_IN_TABLE | BARO_IN_TREND, RESULTS,                         \
      "what each share and difference could be, had all who are missing answered one way")                                             \
    /* charts */                                                                                                                       \
    X(NEUTRAL, "neutral", 0, "HOW", CHOICE, "split|apart", false, BARO_IN_CHART_LIKERT, CHARTS,                                        \
      "neutral answers split over the middle, or set apart; default: split")                                                           \
    /* writers */                                                                                                                      \
    X(METADATA, "metadata", 0, NULL, NOTHING, NULL, false, BARO_IN_TABLES & ~(BARO_IN_WEIGHT | BARO_IN_DIFF), OUTPUT,                                                   \
      "beside -o FILE.csv, write what its columns are: FILE.csv-metadata.json")                                                    \
    /* report, verify, diff */                                                                                                         \
    X(PART, "part", 0, "SURVEY=FILE,...", TEXT, NULL, true, BARO_IN_REPORT, DATA,                                                      \
      "a survey of a pack of several, and its data; in place of --survey and DATA")                                                    \
    X(LOGO, "logo", 0, "FILE", FILE, NULL, false, BARO_IN_REPORT, OUTPUT, "picture at the head of the page, .svg or .png")             \
    X(SINCE, "since", 0, "OLD/", FILE, NULL, false, BARO_IN_REPORT, RESULTS, "an older pack: say what changed, mark what was revised") \
    /* run */                                                                                                                          \
    X(JOBS, "jobs", 'j', "N", COUNT, NULL, false, BARO_IN_RUN, RESULTS, "outputs made at once; default: the processors there are")      \
    X(KEEP_GOING, "keep-going", 'k', NULL, NOTHING, NULL, false, BARO_IN_RUN, RESULTS, "after a failure, still make the others")        \
    X(ALWAYS, "always", 0, NULL, NOTHING, NULL, false, BARO_IN_RUN, RESULTS, "make what is up to date, too")                            \
    X(DEPFILE, "depfile", 0, "FILE", FILE, NULL, false, BARO_IN_RUN, OUTPUT, "write what the outputs depend on, as a rule for make")    \
    X(PARTIAL, "partial", 0, NULL, NOTHING, NULL, false, 0, OUTPUT, "sums of a shard")                                                 \
    X(ONLY, "only", 0, "NAME", TEXT, NULL, true, BARO_IN_RUN, RESULTS, "outputs of that name alone; * and ? stand for any text")                                                       \
    X(FORCE, "force", 0, NULL, NOTHING, NULL, false, BARO_IN_REPORT, OUTPUT, "replace a folder whatever is in it")

#define BARO_OPTION_ID(id, name, letter, argument, type, choices, repeats, commands, group, help) BARO_OPTION_##id,
typedef enum { BARO_OPTIONS(BARO_OPTION_ID) BARO_OPTION_COUNT } baro_option_id;
#undef BARO_OPTION_ID

typedef struct {
    const char *name;     /* without the dashes */
    char letter;          /* 0: none */
    const char *argument; /* how help names it; NULL for a flag */
    baro_option_type type;
    const char *choices; /* parted by |; NULL when not a choice */
    bool repeats;        /* each further one adds; the others may be given once */
    unsigned commands;   /* bits above; 0: not in this version */
    baro_option_group group;
    const char *help;
} baro_option;

const baro_option *baro_option_at(baro_option_id id);
/** Number of the option of that name (`length` bytes) or letter; BARO_OPTION_COUNT when there is none. */
baro_option_id baro_option_find(const char *name, size_t length);
baro_option_id baro_option_find_letter(char letter);
/** Heading of a group in help. */
const char *baro_option_group_title(baro_option_group group);
/** Place of `word` among choices parted by |, or -1. `choices` as in baro_option. */
int baro_choice_find(const char *choices, const char *word);

#endif
