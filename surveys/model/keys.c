/* The keys of a survey file. A row whose working is not there yet says BARO_KEY_LATER: it is then named, never ignored.
 */
#include "surveys/model/keys.h"

#define OF(type, member) .offset = offsetof(type, member), .size = sizeof(((type *)NULL)->member)
#define IN(member) OF(baro_draft, is.member)
#define GROUP(member) OF(baro_draft_group, is.member)
#define CATEGORY(member) OF(baro_draft_category, is.member)
#define MEASURE(member) OF(baro_draft_measure, is.member)
#define WINDOW(member) OF(baro_draft_window, is.member)
#define LATER .flags = BARO_KEY_LATER

/* One row a key: a row is a line, and the columns are read across. */
/* clang-format off */
static const baro_word samplings[] = {{"probability", BARO_SAMPLING_PROBABILITY, false}, {"quota", BARO_SAMPLING_QUOTA, false}, {"opt-in", BARO_SAMPLING_OPT_IN, false}, {0}};
static const baro_word delimiters[] = {{"auto", 0, false}, {",", ',', false}, {";", ';', false}, {"tab", '\t', false}, {"|", '|', false}, {0}};
static const baro_word decimals[] = {{"auto", 0, false}, {".", '.', false}, {",", ',', false}, {0}};
static const baro_word encodings[] = {{"utf-8", BARO_UTF8, false}, {"windows-1252", BARO_WINDOWS_1252, false}, {"latin-1", BARO_LATIN_1, false}, {0}};
static const baro_word cases[] = {{"exact", 0, false}, {"ignore", 1, false}, {0}};
static const baro_word weight_scales[] = {{"sample", BARO_SCALE_SAMPLE, false}, {"population", BARO_SCALE_POPULATION, false}, {0}};
static const baro_word weight_missings[] = {{"error", 0, false}, {"out", 1, false}, {0}};
static const baro_word lonely_rules[] = {{"fail", BARO_LONELY_FAIL, false}, {"remove", BARO_LONELY_REMOVE, false}, {"adjust", BARO_LONELY_ADJUST, false}, {"average", BARO_LONELY_AVERAGE, false}, {0}};
static const baro_word residual_rules[] = {{"base", 0, false}, {"rake-r", 1, false}, {0}};
static const baro_word replicate_methods[] = {{"brr", BARO_METHOD_BRR, false}, {"fay", BARO_METHOD_FAY, false}, {"jk1", BARO_METHOD_JK1, false}, {"jkn", BARO_METHOD_JKN, false}, {"bootstrap", BARO_METHOD_BOOTSTRAP, false}, {"sdr", BARO_METHOD_SDR, false}, {0}};
static const baro_word centres[] = {{"yes", BARO_CENTRE_FULL, false}, {"no", BARO_CENTRE_MEAN, false}, {0}};
static const baro_word combinations[] = {{"yes", 0, false}, {"no", 1, false}, {0}};
static const baro_word units[] = {{"month", BARO_UNIT_MONTH, false}, {"quarter", BARO_UNIT_QUARTER, false}, {"year", BARO_UNIT_YEAR, false}, {0}};
static const baro_word months[] = {{"January", 1, false}, {"February", 2, false}, {"March", 3, false}, {"April", 4, false}, {"May", 5, false}, {"June", 6, false},
    {"July", 7, false}, {"August", 8, false}, {"September", 9, false}, {"October", 10, false}, {"November", 11, false}, {"December", 12, false}, {0}};
static const baro_word roles[] = {{"positive", BARO_ROLE_POSITIVE, false}, {"neutral", BARO_ROLE_NEUTRAL, false}, {"negative", BARO_ROLE_NEGATIVE, false}, {"other", BARO_ROLE_OTHER, false},
    {"dont_know", BARO_ROLE_DONT_KNOW, false}, {"refused", BARO_ROLE_REFUSED, false}, {"not_asked", BARO_ROLE_NOT_ASKED, false}, {0}};
static const baro_word kinds[] = {{"demographic", BARO_GROUP_DEMOGRAPHIC, false}, {"channel", BARO_GROUP_CHANNEL, false}, {"area", BARO_GROUP_AREA, false}, {"contact", BARO_GROUP_CONTACT, false}, {"other", BARO_GROUP_OTHER, false}, {0}};
static const baro_word statistics[] = {{"proportion", BARO_STAT_PROPORTION, false}, {"distribution", BARO_STAT_DISTRIBUTION, false}, {"mean", BARO_STAT_MEAN, false}, {"total", BARO_STAT_TOTAL, false},
    {"ratio", BARO_STAT_RATIO, false}, {"quantile", BARO_STAT_QUANTILE, false}, {0}};
static const baro_word bases[] = {{"answered", 0, false}, {"asked", 1, false}, {0}};
static const baro_word betters[] = {{"higher", BARO_BETTER_HIGHER, false}, {"lower", BARO_BETTER_LOWER, false}, {"neither", BARO_BETTER_NEITHER, false}, {0}};
static const baro_word intervals[] = {{"logit", BARO_INTERVAL_LOGIT, false}, {"wald", BARO_INTERVAL_WALD, false}, {"wilson", BARO_INTERVAL_WILSON, false}, {"beta", BARO_INTERVAL_BETA, false},
    {"arcsine", BARO_INTERVAL_ARCSINE, false}, {"likelihood", BARO_INTERVAL_LIKELIHOOD, false}, {0}};

static const baro_map_row maps[BARO_MAP_COUNT] = {
    [BARO_MAP_TOP] = {"", 0},
    [BARO_MAP_SURVEY] = {"survey", 0},
    [BARO_MAP_INPUT] = {"input", 0},
    [BARO_MAP_DESIGN] = {"design", 0},
    [BARO_MAP_WINDOW] = {"design.window_weights[]", sizeof(baro_draft_window)},
    [BARO_MAP_REPLICATES] = {"design.replicates", 0},
    [BARO_MAP_CALIBRATION] = {"design.calibration", 0},
    [BARO_MAP_PERIOD] = {"period", 0},
    [BARO_MAP_BREAK] = {"breaks[]", sizeof(baro_draft_break)},
    [BARO_MAP_SCALE] = {"scales[]", sizeof(baro_draft_scale)},
    [BARO_MAP_ANSWER] = {"scales[].answers[]", sizeof(baro_draft_answer)},
    [BARO_MAP_ENTRY] = {"scales[].positive[]", sizeof(baro_draft_answer)},
    [BARO_MAP_GROUP] = {"groups[]", sizeof(baro_draft_group)},
    [BARO_MAP_CATEGORY] = {"groups[].categories[]", sizeof(baro_draft_category)},
    [BARO_MAP_BAND] = {"groups[].bands[]", sizeof(baro_draft_category)},
    [BARO_MAP_MEASURE] = {"measures[]", sizeof(baro_draft_measure)},
    [BARO_MAP_EITHER] = {"measures[].either[]", sizeof(baro_draft_either)},
    [BARO_MAP_BATTERY] = {"batteries[]", sizeof(baro_draft_battery)},
    [BARO_MAP_SERIES] = {"series", 0},
    [BARO_MAP_PUBLISH] = {"publish", 0},
};

static const baro_key keys[] = {
    {BARO_MAP_TOP, "survey", BARO_KEY_SECTION, .inside = BARO_MAP_SURVEY, .flags = BARO_KEY_REQUIRED, .meaning = "What the survey is."},
    {BARO_MAP_TOP, "extends", BARO_KEY_TEXT, IN(extends), .meaning = "An id or file to start from: maps are overlaid; scales, groups and measures merged by id, questions of batteries too."},
    {BARO_MAP_TOP, "input", BARO_KEY_SECTION, .inside = BARO_MAP_INPUT, .meaning = "How data files are written."},
    {BARO_MAP_TOP, "design", BARO_KEY_SECTION, .inside = BARO_MAP_DESIGN, .meaning = "How the sample was drawn and weighted."},
    {BARO_MAP_TOP, "period", BARO_KEY_SECTION, .inside = BARO_MAP_PERIOD, .meaning = "When interviews were held."},
    {BARO_MAP_TOP, "breaks", BARO_KEY_RECORDS, OF(baro_draft, breaks), .inside = BARO_MAP_BREAK, .meaning = "Breaks in the series."},
    {BARO_MAP_TOP, "scales", BARO_KEY_RECORDS, OF(baro_draft, scales), .inside = BARO_MAP_SCALE, .meaning = "Scales of answers."},
    {BARO_MAP_TOP, "groups", BARO_KEY_RECORDS, OF(baro_draft, groups), .inside = BARO_MAP_GROUP, .meaning = "What results are broken down by."},
    {BARO_MAP_TOP, "measures", BARO_KEY_RECORDS, OF(baro_draft, measures), .inside = BARO_MAP_MEASURE, .meaning = "What is measured."},
    {BARO_MAP_TOP, "batteries", BARO_KEY_RECORDS, OF(baro_draft, batteries), .inside = BARO_MAP_BATTERY, .meaning = "Many questions on one scale, written tersely; they follow the measures."},
    {BARO_MAP_TOP, "families", BARO_KEY_LISTS, OF(baro_draft, families), .says = "one for each measure", .meaning = "Lists of measures that findings are corrected over together."},
    {BARO_MAP_TOP, "series", BARO_KEY_SECTION, .inside = BARO_MAP_SERIES, .meaning = "Columns of a published series, where there are no respondent data."},
    {BARO_MAP_TOP, "publish", BARO_KEY_SECTION, .inside = BARO_MAP_PUBLISH, .meaning = "How results may be published."},

    {BARO_MAP_SURVEY, "id", BARO_KEY_ID, IN(id), .flags = BARO_KEY_REQUIRED, .meaning = "Name in outputs and for `--survey`."},
    {BARO_MAP_SURVEY, "title", BARO_KEY_TEXT, IN(title), .meaning = "Title in outputs for people."},
    {BARO_MAP_SURVEY, "publisher", BARO_KEY_TEXT, IN(publisher), .meaning = "Who publishes the results."},
    {BARO_MAP_SURVEY, "population", BARO_KEY_TEXT, IN(population), .meaning = "Whom the results are about."},
    {BARO_MAP_SURVEY, "source", BARO_KEY_TEXT, IN(source), .meaning = "Where the data come from, for source lines."},
    {BARO_MAP_SURVEY, "sampling", BARO_KEY_CHOICE, IN(sampling), .standard = "probability", .words = samplings, .meaning = "How people were chosen; quota and opt-in give no intervals or tests without `model: yes`."},
    {BARO_MAP_SURVEY, "model", BARO_KEY_YES_NO, IN(model), .standard = "no", .meaning = "Treats a quota or opt-in sample as if it were random, and says so in every output."},

    {BARO_MAP_INPUT, "delimiter", BARO_KEY_CHOICE, IN(input.delimiter), .standard = "auto", .words = delimiters, .meaning = "What parts fields."},
    {BARO_MAP_INPUT, "decimal", BARO_KEY_CHOICE, IN(input.decimal), .standard = "auto", .words = decimals, .meaning = "Decimal sign of numbers."},
    {BARO_MAP_INPUT, "encoding", BARO_KEY_CHOICE, IN(input.encoding), .standard = "utf-8", .words = encodings, .meaning = "Encoding of the text."},
    {BARO_MAP_INPUT, "header_rows", BARO_KEY_WHOLE, IN(input.header_rows), .standard = "auto", .low = 1, .high = 3, .flags = BARO_KEY_AUTO_OK, .meaning = "Rows of the header."},
    {BARO_MAP_INPUT, "case", BARO_KEY_CHOICE, IN(ignore_case), .standard = "exact", .words = cases, .meaning = "Whether capitals matter in answers."},
    {BARO_MAP_INPUT, "missing", BARO_KEY_TEXTS, IN(missing), .standard = "", .flags = BARO_KEY_EMPTY_OK, .meaning = "Fields that are never an answer, in any column; an empty field always is one of them."},
    {BARO_MAP_INPUT, "id", BARO_KEY_TEXT, IN(respondent_id), .meaning = "Column that identifies a respondent; duplicates are then an error."},

    {BARO_MAP_DESIGN, "weight", BARO_KEY_TEXT, IN(weight), .says = "unweighted", .meaning = "Column of the weight."},
    {BARO_MAP_DESIGN, "weight_scale", BARO_KEY_CHOICE, IN(weight_scale), .standard = "sample", .words = weight_scales, .meaning = "What weights add up to; totals need population."},
    {BARO_MAP_DESIGN, "weight_missing", BARO_KEY_CHOICE, IN(weight_missing_out), .standard = "error", .words = weight_missings, .meaning = "Whether an empty weight is an error, or puts the row out with weight 0."},
    {BARO_MAP_DESIGN, "weight_calibrated", BARO_KEY_YES_NO, IN(weight_calibrated), .standard = "no", .meaning = "The weight was calibrated by margins that are not known here: a note then says that intervals are, if anything, too wide."},
    {BARO_MAP_DESIGN, "window_weights", BARO_KEY_RECORDS, OF(baro_draft, windows), .inside = BARO_MAP_WINDOW, .meaning = "A weight for each rolling window, empty outside it; windows of another length take `weight`."},
    {BARO_MAP_WINDOW, "columns", BARO_KEY_TEXT, WINDOW(columns), .flags = BARO_KEY_REQUIRED, .meaning = "Name of the columns with `{n}` for the number of the window."},
    {BARO_MAP_WINDOW, "n", BARO_KEY_MAP, OF(baro_draft_window, n), .flags = BARO_KEY_REQUIRED, .meaning = "One number and the period that its window ends with, as in {61: 2020 Q2}; n counts units on from there."},
    {BARO_MAP_WINDOW, "rolling", BARO_KEY_WHOLE, WINDOW(rolling), .low = 1, .high = 1200, .flags = BARO_KEY_REQUIRED, .meaning = "Units in the window."},
    {BARO_MAP_WINDOW, "by", BARO_KEY_TEXTS, WINDOW(by), .says = "all that no other set is for", .meaning = "Groups whose breakdowns, crossed ones too, the weight is for: all rows of their tables, and the total and rest they are compared with."},
    {BARO_MAP_DESIGN, "strata", BARO_KEY_TEXTS, IN(strata), .says = "none", .meaning = "Columns, groups or `period` whose combinations are the strata."},
    {BARO_MAP_DESIGN, "psu", BARO_KEY_TEXTS, IN(psu), .says = "each interview is its own", .flags = BARO_KEY_NONE_OK, .meaning = "Columns of the primary sampling units, first stage first."},
    {BARO_MAP_DESIGN, "fpc", BARO_KEY_TEXTS, IN(fpc), .says = "none", .flags = BARO_KEY_NONE_OK, .meaning = "Columns of the finite population correction, one a stage: sampling fractions (at most 1) or population sizes."},
    {BARO_MAP_DESIGN, "nested", BARO_KEY_YES_NO, IN(nested), .standard = "no", .meaning = "PSU names are used again in other strata."},
    {BARO_MAP_DESIGN, "lonely_psu", BARO_KEY_CHOICE, IN(lonely_psu), .standard = "fail", .words = lonely_rules, .meaning = "What to do with a stratum that has one PSU."},
    {BARO_MAP_DESIGN, "lonely_inside", BARO_KEY_YES_NO, IN(lonely_inside), .standard = "no", .meaning = "The same for a stratum of which a domain meets one PSU only."},
    {BARO_MAP_DESIGN, "replicates", BARO_KEY_SECTION, .inside = BARO_MAP_REPLICATES, .meaning = "Replicate weights: variances are then taken from them."},
    {BARO_MAP_REPLICATES, "columns", BARO_KEY_TEXT, IN(replicates.columns), .flags = BARO_KEY_REQUIRED, .meaning = "Names of their columns, with `*` for any text and `?` for any character; or `make:` and a method, to make them from the design."},
    {BARO_MAP_REPLICATES, "method", BARO_KEY_CHOICE, IN(replicates.method), .words = replicate_methods, .meaning = "How the columns were made."},
    {BARO_MAP_REPLICATES, "rho", BARO_KEY_NUMBER, IN(replicates.rho), .low = 0, .high = 1, .flags = BARO_KEY_OPEN_HIGH, .meaning = "Fay's coefficient."},
    {BARO_MAP_REPLICATES, "scale", BARO_KEY_NUMBER, IN(replicates.scale), .low = 0, .high = 1e300, .flags = BARO_KEY_OPEN_LOW, .says = "by the method", .meaning = "Factor of the sum of squares."},
    {BARO_MAP_REPLICATES, "rscales", BARO_KEY_NUMBERS, IN(replicates.rscales), .low = 0, .high = 1000, .says = "1", .meaning = "Factors of the squares, one for all or one a column, columns sorted by their names and numbers; jkn needs them, or a scale."},
    {BARO_MAP_REPLICATES, "mse", BARO_KEY_CHOICE, IN(replicates.centre), .words = centres, .says = "no; sdr: yes", .meaning = "Whether squares are taken about the full estimate, or about the mean of the replicates."},
    {BARO_MAP_REPLICATES, "combined", BARO_KEY_CHOICE, IN(replicates.factors), .standard = "yes", .words = combinations, .meaning = "Whether columns are whole weights, or factors of the weight."},
    {BARO_MAP_DESIGN, "calibration", BARO_KEY_SECTION, .inside = BARO_MAP_CALIBRATION, .meaning = "How the weight was made, for the right variance."},
    {BARO_MAP_CALIBRATION, "margins", BARO_KEY_TEXT, IN(calibration.margins), .flags = BARO_KEY_REQUIRED, .meaning = "File of the population margins (`margin,category,target`), as seen from the survey file."},
    {BARO_MAP_CALIBRATION, "within", BARO_KEY_TEXT, IN(calibration.within), .says = "everyone", .meaning = "Group or column of the areas within which margins hold."},
    {BARO_MAP_CALIBRATION, "weight", BARO_KEY_TEXT, IN(calibration.weight), .says = "1 each", .meaning = "Column of the weight before calibration."},
    {BARO_MAP_CALIBRATION, "residuals", BARO_KEY_CHOICE, IN(calibration.as_rake), .standard = "base", .words = residual_rules, .meaning = "Least squares with the weights before (base), or R's own rule for rake() (rake-r)."},
    {BARO_MAP_DESIGN, "deft", BARO_KEY_NUMBER, IN(deft), .low = 0, .high = 100, .flags = BARO_KEY_OPEN_LOW, .meaning = "Stated design factor, where there are no design columns."},

    {BARO_MAP_PERIOD, "columns", BARO_KEY_TEXTS, IN(period_columns), .meaning = "Column of the date or period, by its names over the waves."},
    {BARO_MAP_PERIOD, "format", BARO_KEY_TEXT, IN(period_format), .says = "auto", .meaning = "`auto`, or a strptime format of %d %m %Y %y %b %B %H %M %S."},
    {BARO_MAP_PERIOD, "unit", BARO_KEY_CHOICE, IN(period_unit), .standard = "quarter", .words = units, .meaning = "Unit of time of results."},
    {BARO_MAP_PERIOD, "year_starts", BARO_KEY_CHOICE, IN(year_starts), .standard = "January", .words = months, .meaning = "First month of the year."},
    {BARO_MAP_PERIOD, "rolling", BARO_KEY_WHOLE, IN(rolling), .standard = "1", .low = 1, .high = 1200, .meaning = "Units that a window pools; of published series: that a point already pools."},
    {BARO_MAP_BREAK, "period", BARO_KEY_TEXT, OF(baro_draft_break, is.label), .flags = BARO_KEY_REQUIRED, .meaning = "First period after the break."},
    {BARO_MAP_BREAK, "why", BARO_KEY_TEXT, OF(baro_draft_break, is.why), .flags = BARO_KEY_REQUIRED, .meaning = "What changed, for notes."},

    {BARO_MAP_SCALE, "id", BARO_KEY_ID, OF(baro_draft_scale, id), .flags = BARO_KEY_REQUIRED, .meaning = "Name that measures use."},
    {BARO_MAP_SCALE, "positive", BARO_KEY_ANSWERS, OF(baro_draft_scale, roles[BARO_ROLE_POSITIVE]), .inside = BARO_MAP_ENTRY, .meaning = "Short form: positive answers; positive, neutral, negative and other get codes 1, 2, 3 ... in the order written."},
    {BARO_MAP_SCALE, "neutral", BARO_KEY_ANSWERS, OF(baro_draft_scale, roles[BARO_ROLE_NEUTRAL]), .inside = BARO_MAP_ENTRY, .meaning = "Short form: neutral answers."},
    {BARO_MAP_SCALE, "negative", BARO_KEY_ANSWERS, OF(baro_draft_scale, roles[BARO_ROLE_NEGATIVE]), .inside = BARO_MAP_ENTRY, .meaning = "Short form: negative answers."},
    {BARO_MAP_SCALE, "other", BARO_KEY_ANSWERS, OF(baro_draft_scale, roles[BARO_ROLE_OTHER]), .inside = BARO_MAP_ENTRY, .meaning = "Short form: answers in the base that are none of these."},
    {BARO_MAP_SCALE, "dont_know", BARO_KEY_ANSWERS, OF(baro_draft_scale, roles[BARO_ROLE_DONT_KNOW]), .inside = BARO_MAP_ENTRY, .meaning = "Short form: don't know."},
    {BARO_MAP_SCALE, "refused", BARO_KEY_ANSWERS, OF(baro_draft_scale, roles[BARO_ROLE_REFUSED]), .inside = BARO_MAP_ENTRY, .meaning = "Short form: refused."},
    {BARO_MAP_SCALE, "not_asked", BARO_KEY_ANSWERS, OF(baro_draft_scale, roles[BARO_ROLE_NOT_ASKED]), .inside = BARO_MAP_ENTRY, .meaning = "Short form: not asked."},
    {BARO_MAP_SCALE, "answers", BARO_KEY_RECORDS, OF(baro_draft_scale, answers), .inside = BARO_MAP_ANSWER, .meaning = "Long form: every answer, in the order of the question."},
    {BARO_MAP_ENTRY, "label", BARO_KEY_TEXT, OF(baro_draft_answer, label), .flags = BARO_KEY_REQUIRED, .meaning = "Label of an answer in any of these lists; an answer may also be its label alone."},
    {BARO_MAP_ENTRY, "codes", BARO_KEY_TEXTS, OF(baro_draft_answer, codes), .flags = BARO_KEY_EMPTY_OK, .meaning = "Its spellings besides the label, instead of the number that the short form gives."},
    {BARO_MAP_ANSWER, "label", BARO_KEY_TEXT, OF(baro_draft_answer, label), .flags = BARO_KEY_REQUIRED, .meaning = "Label of the answer."},
    {BARO_MAP_ANSWER, "codes", BARO_KEY_TEXTS, OF(baro_draft_answer, codes), .flags = BARO_KEY_EMPTY_OK, .meaning = "Codes and spellings by which data give it, besides the label."},
    {BARO_MAP_ANSWER, "role", BARO_KEY_CHOICE, OF(baro_draft_answer, role), .words = roles, .flags = BARO_KEY_REQUIRED, .meaning = "What the answer counts as; other is in the base and not positive."},
    {BARO_MAP_ANSWER, "score", BARO_KEY_NUMBER, OF(baro_draft_answer, score), .meaning = "Its number in means."},

    {BARO_MAP_GROUP, "id", BARO_KEY_ID, GROUP(id), .flags = BARO_KEY_REQUIRED, .meaning = "Name for `--by` and in outputs."},
    {BARO_MAP_GROUP, "label", BARO_KEY_TEXT, GROUP(label), .says = "the id", .meaning = "Name for people."},
    {BARO_MAP_GROUP, "kind", BARO_KEY_CHOICE, GROUP(kind), .standard = "other", .words = kinds, .meaning = "What sort of factor it is."},
    {BARO_MAP_GROUP, "columns", BARO_KEY_TEXTS, GROUP(columns), .meaning = "Column of the group, by its names over the waves: the first that a file has."},
    {BARO_MAP_GROUP, "of", BARO_KEY_TEXT, GROUP(of), .meaning = "Group whose labels the codes of the categories name."},
    {BARO_MAP_GROUP, "reference", BARO_KEY_TEXT, GROUP(reference), .meaning = "Category that others are compared with."},
    {BARO_MAP_GROUP, "missing", BARO_KEY_TEXTS, GROUP(missing), .flags = BARO_KEY_EMPTY_OK, .meaning = "Fields that mean an unknown group, besides `input.missing`."},
    {BARO_MAP_GROUP, "ordered", BARO_KEY_YES_NO, GROUP(ordered), .standard = "no", .meaning = "Charts keep the order of the categories."},
    {BARO_MAP_GROUP, "sensitive", BARO_KEY_YES_NO, GROUP(sensitive), .standard = "no", .meaning = "Counts of answers are protected too."},
    {BARO_MAP_GROUP, "overlap", BARO_KEY_YES_NO, GROUP(overlap), .standard = "no", .meaning = "A respondent may be in several categories."},
    {BARO_MAP_GROUP, "interview_mode", BARO_KEY_YES_NO, GROUP(interview_mode), .standard = "no", .meaning = "The categories are also the ways in which people were interviewed; findings then say so."},
    {BARO_MAP_GROUP, "areas", BARO_KEY_TEXT, GROUP(areas), .meaning = "List of areas: answers are matched by code, name or known spelling, and named as in the list; `ons-e09` (London boroughs), or a CSV of code, name, x, y, spellings beside the survey file."},
    {BARO_MAP_GROUP, "grid", BARO_KEY_TEXT, GROUP(grid), .meaning = "List of areas with the tiles of a map: `london-boroughs`, or such a CSV."},
    {BARO_MAP_GROUP, "categories", BARO_KEY_RECORDS, OF(baro_draft_group, categories), .inside = BARO_MAP_CATEGORY, .says = "every distinct answer", .meaning = "Categories, in the order of tables."},
    {BARO_MAP_CATEGORY, "label", BARO_KEY_TEXT, CATEGORY(label), .flags = BARO_KEY_REQUIRED, .meaning = "Label of the category; also a spelling of it."},
    {BARO_MAP_CATEGORY, "codes", BARO_KEY_TEXTS, CATEGORY(codes), .flags = BARO_KEY_EMPTY_OK, .meaning = "Codes and spellings by which data give it, besides the label."},
    {BARO_MAP_CATEGORY, "where", BARO_KEY_WHERE, CATEGORY(where), .meaning = "Derived category: who is in it; the first that is true counts, unless `overlap: yes`."},
    {BARO_MAP_GROUP, "bands", BARO_KEY_RECORDS, OF(baro_draft_group, bands), .inside = BARO_MAP_BAND, .meaning = "Bands of a column of numbers, instead of categories."},
    {BARO_MAP_BAND, "label", BARO_KEY_TEXT, CATEGORY(label), .flags = BARO_KEY_REQUIRED, .meaning = "Label of the band."},
    {BARO_MAP_BAND, "from", BARO_KEY_NUMBER, CATEGORY(from), .says = "no lower end", .meaning = "Lowest number in it."},
    {BARO_MAP_BAND, "to", BARO_KEY_NUMBER, CATEGORY(to), .says = "no upper end", .meaning = "Highest number in it; a number in no band is unknown."},

    {BARO_MAP_MEASURE, "id", BARO_KEY_ID, MEASURE(id), .flags = BARO_KEY_REQUIRED, .meaning = "Name for `--measure` and in outputs."},
    {BARO_MAP_MEASURE, "label", BARO_KEY_TEXT, MEASURE(label), .says = "the id", .meaning = "Name for people."},
    {BARO_MAP_MEASURE, "question", BARO_KEY_TEXT, MEASURE(question), .meaning = "The question as asked."},
    {BARO_MAP_MEASURE, "columns", BARO_KEY_TEXTS, MEASURE(columns), .meaning = "Column of the answers, by its names over the waves."},
    {BARO_MAP_MEASURE, "either", BARO_KEY_RECORDS, OF(baro_draft_measure, either), .inside = BARO_MAP_EITHER, .meaning = "Several columns of which each row answered one; both is a fault."},
    {BARO_MAP_EITHER, "column", BARO_KEY_TEXT, OF(baro_draft_either, is.column), .flags = BARO_KEY_REQUIRED, .meaning = "One of the columns."},
    {BARO_MAP_EITHER, "where", BARO_KEY_WHERE, OF(baro_draft_either, is.where), .meaning = "Rows in which it counts."},
    {BARO_MAP_MEASURE, "multi", BARO_KEY_TEXTS, MEASURE(multi), .flags = BARO_KEY_MAP_OK, .meaning = "Columns of a multiple-response question, or {column, split}: every answer is a level."},
    {BARO_MAP_MEASURE, "split", BARO_KEY_TEXT, MEASURE(split), .meaning = "What parts several answers in one field."},
    {BARO_MAP_MEASURE, "scale", BARO_KEY_TEXT, OF(baro_draft_measure, scale), .meaning = "Id of the scale of its answers."},
    {BARO_MAP_MEASURE, "positive", BARO_KEY_ANSWERS, OF(baro_draft_measure, roles[BARO_ROLE_POSITIVE]), .inside = BARO_MAP_ENTRY, .meaning = "Instead of a scale: positive answers; any other that is not missing counts as not positive, unless neutral, negative or other is given too."},
    {BARO_MAP_MEASURE, "neutral", BARO_KEY_ANSWERS, OF(baro_draft_measure, roles[BARO_ROLE_NEUTRAL]), .inside = BARO_MAP_ENTRY, .meaning = "Instead of a scale: neutral answers; then every answer must be listed."},
    {BARO_MAP_MEASURE, "negative", BARO_KEY_ANSWERS, OF(baro_draft_measure, roles[BARO_ROLE_NEGATIVE]), .inside = BARO_MAP_ENTRY, .meaning = "Instead of a scale: negative answers; then every answer must be listed."},
    {BARO_MAP_MEASURE, "other", BARO_KEY_ANSWERS, OF(baro_draft_measure, roles[BARO_ROLE_OTHER]), .inside = BARO_MAP_ENTRY, .meaning = "Instead of a scale: answers in the base that are none of these; then every answer must be listed."},
    {BARO_MAP_MEASURE, "dont_know", BARO_KEY_ANSWERS, OF(baro_draft_measure, roles[BARO_ROLE_DONT_KNOW]), .inside = BARO_MAP_ENTRY, .meaning = "Instead of a scale: don't know."},
    {BARO_MAP_MEASURE, "refused", BARO_KEY_ANSWERS, OF(baro_draft_measure, roles[BARO_ROLE_REFUSED]), .inside = BARO_MAP_ENTRY, .meaning = "Instead of a scale: refused."},
    {BARO_MAP_MEASURE, "not_asked", BARO_KEY_ANSWERS, OF(baro_draft_measure, roles[BARO_ROLE_NOT_ASKED]), .inside = BARO_MAP_ENTRY, .meaning = "Instead of a scale: not asked."},
    {BARO_MAP_MEASURE, "statistic", BARO_KEY_CHOICE, MEASURE(statistic), .words = statistics, .says = "proportion with a scale or positive answers, else distribution", .meaning = "What is estimated; a mean is of scores, or of numbers where there is no scale."},
    {BARO_MAP_MEASURE, "over", BARO_KEY_TEXT, MEASURE(over), .meaning = "Ratio: column of the denominator."},
    {BARO_MAP_MEASURE, "at", BARO_KEY_NUMBERS, OF(baro_draft_measure, at_probability), .low = 0, .high = 1, .meaning = "Quantile: its probabilities."},
    {BARO_MAP_MEASURE, "base", BARO_KEY_CHOICE, MEASURE(base_asked), .standard = "answered", .words = bases, .meaning = "Whether don't know and refused stay in the base, as not positive."},
    {BARO_MAP_MEASURE, "better", BARO_KEY_CHOICE, MEASURE(better), .standard = "higher", .words = betters, .meaning = "Which way is better."},
    {BARO_MAP_MEASURE, "target", BARO_KEY_NUMBER, MEASURE(target), .meaning = "Level aimed at; a proportion as 0 to 1."},
    {BARO_MAP_MEASURE, "equivalence", BARO_KEY_NUMBER, MEASURE(equivalence), .low = 0, .high = 1e300, .flags = BARO_KEY_OPEN_LOW, .meaning = "Changes within this are of no importance."},
    {BARO_MAP_MEASURE, "where", BARO_KEY_WHERE, MEASURE(where), .meaning = "Who is measured: a domain."},
    {BARO_MAP_MEASURE, "weight", BARO_KEY_TEXT, MEASURE(weight), .says = "`design.weight`", .meaning = "Column of a weight of its own, needed only where the measure was answered."},
    {BARO_MAP_MEASURE, "sensitive", BARO_KEY_YES_NO, MEASURE(sensitive), .standard = "no", .meaning = "Counts of answers are protected too."},
    {BARO_MAP_MEASURE, "value", BARO_KEY_TEXT, MEASURE(value), .meaning = "Published series: its value in the measure column."},
    {BARO_MAP_BATTERY, "scale", BARO_KEY_TEXT, OF(baro_draft_battery, scale), .flags = BARO_KEY_REQUIRED, .meaning = "Id of the scale of all its questions."},
    {BARO_MAP_BATTERY, "ask", BARO_KEY_MAP, OF(baro_draft_battery, ask), .flags = BARO_KEY_REQUIRED, .meaning = "id: [column, label] or id: [column, label, question]."},

    {BARO_MAP_SERIES, "date", BARO_KEY_TEXT, IN(series_date), .flags = BARO_KEY_REQUIRED, .meaning = "Column of the end of the period."},
    {BARO_MAP_SERIES, "group", BARO_KEY_TEXT, IN(series_group), .meaning = "Column of the group."},
    {BARO_MAP_SERIES, "measure", BARO_KEY_TEXT, IN(series_measure), .flags = BARO_KEY_REQUIRED, .meaning = "Column of the measure."},
    {BARO_MAP_SERIES, "estimate", BARO_KEY_TEXT, IN(series_estimate), .flags = BARO_KEY_REQUIRED, .meaning = "Column of the published estimate."},
    {BARO_MAP_SERIES, "total", BARO_KEY_TEXT, IN(series_total), .meaning = "Column of the value for everyone."},
    {BARO_MAP_SERIES, "base", BARO_KEY_TEXT, OF(baro_draft, series_base), .meaning = "Number or column of the base; with deft and rounding gives approximate intervals, said to be approximate."},
    {BARO_MAP_SERIES, "deft", BARO_KEY_NUMBER, IN(series_deft), .low = 0, .high = 100, .flags = BARO_KEY_OPEN_LOW, .meaning = "Stated design factor."},
    {BARO_MAP_SERIES, "rounding", BARO_KEY_NUMBER, IN(series_rounding), .low = 0, .high = 1e300, .meaning = "What published values are rounded to."},

    {BARO_MAP_PUBLISH, "suppress_below", BARO_KEY_NUMBER, IN(suppress_below), .standard = "10", .low = 0, .high = 1e9, .meaning = "Bases under this are suppressed, and what would let them be worked out."},
    {BARO_MAP_PUBLISH, "unreliable_below", BARO_KEY_NUMBER, IN(unreliable_below), .standard = "50", .low = 0, .high = 1e9, .meaning = "Bases under this are marked unreliable."},
    {BARO_MAP_PUBLISH, "caution_below", BARO_KEY_NUMBER, IN(caution_below), .standard = "100", .low = 0, .high = 1e9, .meaning = "Bases under this get a note of caution."},
    {BARO_MAP_PUBLISH, "nchs", BARO_KEY_YES_NO, IN(nchs), .standard = "no", .meaning = "The NCHS rule for proportions, in place of unreliable_below: withhold, mark the complement, review."},
    {BARO_MAP_PUBLISH, "decimals", BARO_KEY_WHOLE, IN(decimals), .standard = "0", .low = 0, .high = 15, .meaning = "Decimals of percentages in tables for people."},
    {BARO_MAP_PUBLISH, "confidence", BARO_KEY_NUMBER, IN(confidence), .standard = "0.95", .low = 0, .high = 1, .flags = BARO_KEY_OPEN_LOW | BARO_KEY_OPEN_HIGH, .meaning = "Confidence of intervals."},
    {BARO_MAP_PUBLISH, "interval", BARO_KEY_CHOICE, IN(interval), .standard = "logit", .words = intervals, .meaning = "Interval of proportions."},
};
/* clang-format on */

size_t baro_keys_count(void)
{
    return sizeof keys / sizeof keys[0];
}

const baro_key *baro_keys_at(size_t i)
{
    return &keys[i];
}

const baro_map_row *baro_keys_map(baro_map map)
{
    return &maps[map];
}
