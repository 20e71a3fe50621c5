/* The tidy sheet: the columns of the contract, full numbers, one row an estimate. */
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <stddef.h>

typedef enum { FROM_TEXT, FROM_NUMBER, FROM_ROW } column_source;

typedef struct {
    const char *name, *description;
    column_source source;
    size_t at; /* offset in baro_row of a text or number */
    const char *unit;
} tidy_column;

#define TEXT(name, field, description) {name, description, FROM_TEXT, offsetof(baro_row, field), NULL}
#define NUMBER(name, field, unit, description) {name, description, FROM_NUMBER, offsetof(baro_row, field), unit}
#define OTHER(name, description) {name, description, FROM_ROW, 0, NULL}
#define OF_ESTIMATE "share of 1 for proportions, else the unit of the measure"

enum { SURVEY, MEASURE, STATISTIC, LEVEL, BY, GROUP, BY2, GROUP2, PERIOD, MARKER = 24, WINDOW = 25, VERDICT = 28, TARGET = 31, AGAINST_TARGET = 32 };

/* The order is a contract; new columns come at the end only. */
static const tidy_column columns[] = {
    OTHER("survey", "Id of the survey"),
    OTHER("measure", "Id of the measure"),
    OTHER("statistic", "proportion, mean, total, ratio or quantile"),
    TEXT("level", level, "Answer of a distribution, probability of a quantile"),
    OTHER("by", "Id of the breakdown; empty for everyone"),
    TEXT("group", group, "Category of the breakdown"),
    OTHER("by2", "Id of the second breakdown"),
    TEXT("group2", group2, "Category of the second breakdown"),
    TEXT("period", period_label, "Last period of the window"),
    NUMBER("base", base, "interviews", "Interviews with a weight above 0 and a counted answer"),
    NUMBER("weighted_base", weighted_base, "sum of weights", "Sum of their weights"),
    NUMBER("estimate", estimate, OF_ESTIMATE, "Estimate; proportions are 0 to 1"),
    NUMBER("se", se, OF_ESTIMATE, "Standard error"),
    NUMBER("lower", lower, OF_ESTIMATE, "Lower end of the interval"),
    NUMBER("upper", upper, OF_ESTIMATE, "Upper end of the interval"),
    NUMBER("df", df, "degrees of freedom", "Degrees of freedom inside the domain"),
    NUMBER("deff", deff, NULL, "Design effect"),
    NUMBER("n_eff", n_eff, "interviews", "Effective base: base / deff"),
    NUMBER("difference", difference, OF_ESTIMATE, "Group minus reference, or later minus earlier"),
    NUMBER("difference_se", difference_se, OF_ESTIMATE, "Standard error of the difference, with the covariance"),
    NUMBER("difference_lower", difference_lower, OF_ESTIMATE, "Lower end of its interval"),
    NUMBER("difference_upper", difference_upper, OF_ESTIMATE, "Upper end of its interval"),
    NUMBER("p_value", p_value, NULL, "Two-sided p-value of no difference"),
    NUMBER("p_adjusted", p_adjusted, NULL, "The same, adjusted for the number of contrasts"),
    OTHER("marker", "c suppressed, u unreliable, caution, review, b break, x not available, complement"),
    OTHER("window", "Units pooled"),
    TEXT("against", against, "What the difference is from"),
    NUMBER("n_eff_kish", n_eff_kish, "interviews", "Base that unequal weights alone leave"),
    OTHER("verdict", "The difference against a margin set beforehand"),
    NUMBER("detectable", detectable, OF_ESTIMATE, "Smallest true difference that is found with 80 % power"),
    TEXT("letters", letters, "Own letter, a colon, letters of the groups that it is clearly higher than"),
    OTHER("target", "Level aimed at"),
    OTHER("against_target", "above or below: the whole interval lies there; not clear"),
    NUMBER("bound_lower", bound_lower, OF_ESTIMATE, "Estimate if nobody who is missing had given a positive answer"),
    NUMBER("bound_upper", bound_upper, OF_ESTIMATE, "Estimate if all who are missing had given a positive answer"),
    NUMBER("difference_bound_lower", difference_bound_lower, OF_ESTIMATE, "Least that the difference could be, whatever those missing had answered"),
    NUMBER("difference_bound_upper", difference_bound_upper, OF_ESTIMATE, "Most that the difference could be, whatever those missing had answered"),
};
enum { ALL_COLUMNS = sizeof columns / sizeof *columns, BOUND_COLUMNS = 4 };

static const char *const statistic_name[] = {
    [BARO_STAT_PROPORTION] = "proportion", [BARO_STAT_DISTRIBUTION] = "proportion", [BARO_STAT_MEAN] = "mean",
    [BARO_STAT_TOTAL] = "total",           [BARO_STAT_RATIO] = "ratio",             [BARO_STAT_QUANTILE] = "quantile"};

static baro_cell text_cell(const char *text)
{
    return text && *text ? (baro_cell){.kind = BARO_CELL_TEXT, .text = text} : (baro_cell){.kind = BARO_CELL_EMPTY};
}

static baro_cell number_cell(double x)
{
    return isfinite(x) ? (baro_cell){.kind = BARO_CELL_NUMBER, .number = x} : (baro_cell){.kind = BARO_CELL_EMPTY};
}

static baro_cell other_cell(const baro_results *results, const baro_row *row, size_t column, baro_arena *arena)
{
    switch (column) {
    case SURVEY: return text_cell(results->survey->id);
    case MEASURE: return text_cell(row->measure->id);
    case STATISTIC: return text_cell(statistic_name[row->statistic]);
    case BY: return text_cell(row->by ? row->by->id : NULL);
    case BY2: return text_cell(row->by2 ? row->by2->id : NULL);
    case MARKER: return text_cell(baro_row_marker(row, arena));
    case VERDICT: return text_cell(baro_say_verdict(row, arena));
    case TARGET: return number_cell(*row->level ? NAN : row->measure->target);
    case AGAINST_TARGET: return text_cell(baro_say_target(row));
    case WINDOW: return row->window ? number_cell((double)row->window) : text_cell(NULL);
    default: return text_cell(NULL);
    }
}

/* What the numbers must not be read without goes with them, in formats that have room for it. */
static const char **notes_of(const baro_results *results, baro_arena *arena, size_t *n)
{
    const char **note = BARO_ARRAY(arena, const char *, results->notes.n + 2), *intervals = baro_say_intervals(results, 0, results->n_rows, arena);
    *n = 0;
    for (size_t i = 0; note && i < results->notes.n; i++)
        note[(*n)++] = results->notes.item[i];
    if (note && intervals)
        note[(*n)++] = intervals;
    if (note && results->survey->source)
        note[(*n)++] = baro_say_sentence(NULL, baro_arena_format(arena, "Source: %s", results->survey->source), arena);
    return note && (*n == 0 || note[*n - 1]) ? note : NULL;
}

baro_status baro_sheet_tidy(const baro_results *results, baro_arena *arena, baro_sheet *out)
{
    size_t n_columns = results->request->bounds ? ALL_COLUMNS : ALL_COLUMNS - BOUND_COLUMNS;
    baro_cell *cell = BARO_ARRAY(arena, baro_cell, results->n_rows * n_columns + 1);
    baro_sheet_column *column = BARO_ARRAY(arena, baro_sheet_column, n_columns);
    if (!cell || !column)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < n_columns; c++)
        column[c] = (baro_sheet_column){.name = columns[c].name,
                                        .description = columns[c].description,
                                        .numeric = columns[c].source == FROM_NUMBER || c == WINDOW || c == TARGET,
                                        .scale = 1,
                                        .unit = c == WINDOW ? "periods" : columns[c].unit,
                                        .keep = true};
    for (size_t i = 0; i < results->n_rows; i++)
        for (size_t c = 0; c < n_columns; c++) {
            const baro_row *row = &results->rows[i];
            const char *field = (const char *)row + columns[c].at;
            baro_cell *to = &cell[i * n_columns + c];
            if (columns[c].source == FROM_TEXT)
                *to = text_cell(*(const char *const *)(const void *)field);
            else if (columns[c].source == FROM_NUMBER)
                *to = number_cell(*(const double *)(const void *)field);
            else
                *to = other_cell(results, row, c, arena);
        }
    size_t n_notes;
    const char **notes = notes_of(results, arena, &n_notes);
    if (!notes)
        return BARO_NO_MEMORY;
    *out = (baro_sheet){.id = "tidy",
                        .title = results->survey->title,
                        .notes = notes,
                        .n_notes = n_notes,
                        .columns = column,
                        .n_columns = n_columns,
                        .cells = cell,
                        .n_rows = results->n_rows,
                        .row_headers = PERIOD + 1};
    return BARO_OK;
}
