/* Reader sheets: one a measure by a breakdown, rounded, with shorthand in the cells and significance in words. */
#include "surveys/publishing/reader_rows.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/wording.h"
#include "surveys/publishing/workbook.h"
#include <math.h>
#include <string.h>

/* What a column of a reader sheet says of a row. */
typedef enum { MEASURE, PERIOD, BREAKDOWN, GROUP, GROUP2, LEVEL, BASE, ESTIMATE, LOWER, UPPER, DEFF, DIFFERENCE, TARGET, VERDICT, CLEAR, HIGHER, KINDS } kind;

typedef struct {
    const baro_results *results;
    baro_arena *arena;
    size_t first, end; /* rows of results */
    bool measures;     /* a sheet of several measures, everyone only */
    bool joined;       /* all breakdowns of a measure, for a workbook */
    kind kind[KINDS];
    size_t n;
    baro_display display;
} draft;

/* A row that speaks for the sheet: the first of a group, where there is one. */
static const baro_row *first_row(const draft *d)
{
    for (size_t i = d->first; i < d->end; i++)
        if (d->results->rows[i].by)
            return &d->results->rows[i];
    return &d->results->rows[d->first];
}

/* ---- which rows make a sheet ---- */

static bool same_sheet(const baro_row *a, const baro_row *b, bool measures)
{
    if (measures && !*a->level && !*b->level)
        return a->statistic == b->statistic && a->comparison == b->comparison;
    return a->measure == b->measure && a->table == b->table && a->comparison == b->comparison;
}

/* The one comparison of the sheet; NULL: none. */
static const baro_against *compared_with(const draft *d)
{
    for (size_t i = d->first; i < d->end; i++)
        if (d->results->rows[i].compared && (d->results->rows[i].by || !first_row(d)->by))
            return d->results->rows[i].compared;
    return NULL;
}

/* ---- which columns it has ---- */

static bool any_number(const draft *d, size_t offset)
{
    for (size_t i = d->first; i < d->end; i++)
        if (!isnan(*(const double *)(const void *)((const char *)&d->results->rows[i] + offset)))
            return true;
    return false;
}

/* Whether the number of comparisons was allowed for: without, "clear" says no more than a verdict does. */
static bool any_adjusted(const draft *d)
{
    for (size_t i = d->first; i < d->end; i++)
        if (d->results->rows[i].p_adjusted > d->results->rows[i].p_value)
            return true;
    return false;
}

static bool has_letters(const draft *d)
{
    for (size_t i = d->first; i < d->end; i++)
        if (*d->results->rows[i].letters)
            return true;
    return false;
}

static bool any_target(const draft *d)
{
    for (size_t i = d->first; i < d->end; i++)
        if (baro_say_target(&d->results->rows[i]))
            return true;
    return false;
}

static void choose_columns(draft *d)
{
    const baro_request *request = d->results->request;
    const baro_row *row = first_row(d);
    bool verdicts = any_number(d, offsetof(baro_row, margin)), letters = has_letters(d);
    const struct {
        kind kind;
        bool wanted;
    } choice[] = {{MEASURE, d->measures},
                  {LEVEL, *row->level != '\0'},
                  {BREAKDOWN, d->joined && row->by},
                  {GROUP, row->by != NULL},
                  {GROUP2, row->by2 != NULL && !d->joined},
                  {PERIOD, request->trend && row->has_period},
                  {BASE, any_number(d, offsetof(baro_row, base)) || !d->results->survey->is_series},
                  {ESTIMATE, true},
                  {LOWER, any_number(d, offsetof(baro_row, lower))},
                  {UPPER, any_number(d, offsetof(baro_row, upper))},
                  {TARGET, any_target(d)},
                  {DIFFERENCE, any_number(d, offsetof(baro_row, difference))},
                  {CLEAR, any_number(d, offsetof(baro_row, p_adjusted)) && !verdicts},
                  {HIGHER, letters},
                  {VERDICT, verdicts},
                  {CLEAR, verdicts && any_adjusted(d)}, /* behind, so that it goes first where there is no room */
                  /* beside a comparison it would crowd out what the comparison says */
                  {DEFF, any_number(d, offsetof(baro_row, deff)) && !any_number(d, offsetof(baro_row, difference)) && !letters}};
    for (size_t i = 0; i < sizeof choice / sizeof *choice; i++)
        if (choice[i].wanted)
            d->kind[d->n++] = choice[i].kind;
}

static bool is_change(const draft *d)
{
    const baro_against *against = compared_with(d);
    return against && against->kind >= BARO_AGAINST_PREVIOUS;
}

/* From what: several comparisons are a sheet each. */
static const char *difference_title(const draft *d, bool share)
{
    static const char *const from[] = {[BARO_AGAINST_TOTAL] = "Difference from everyone", [BARO_AGAINST_REST] = "Difference from the rest",
                                       [BARO_AGAINST_PREVIOUS] = "Change on previous", [BARO_AGAINST_PREVIOUS_SEPARATE] = "Change on previous, without overlap",
                                       [BARO_AGAINST_YEAR_AGO] = "Change on a year ago", [BARO_AGAINST_FIRST] = "Change on the first"};
    const baro_against *against = compared_with(d);
    const char *title = is_change(d) ? "Change" : "Difference", *unit = share ? " (points)" : "";
    if (against && against->kind < BARO_AGAINST_PERIOD && from[against->kind])
        title = from[against->kind];
    else if (against)
        title = baro_arena_format(d->arena, "%s from %s", title, against->text);
    return baro_arena_format(d->arena, "%s%s", title, unit);
}

/* A target is set by hand: shown with the digits that it has, up to two more than levels. */
static baro_display target_display(const draft *d, const baro_row *row)
{
    baro_display display = baro_display_of(d->results, row->statistic);
    double shown = row->measure->target * display.scale;
    for (int more = 0; more < 2 && fabs(shown * pow(10, display.decimals) - round(shown * pow(10, display.decimals))) > 1e-9; more++)
        display.decimals++;
    return display;
}

static const char *target_words(const draft *d, const baro_row *row)
{
    const char *said = baro_say_target(row);
    const char *target = said && d->measures ? baro_say_number(d->arena, row->measure->target, target_display(d, row)) : "";
    if (!said || !target)
        return said;
    bool clear = row->lower > row->measure->target || row->upper < row->measure->target;
    return clear ? baro_arena_format(d->arena, "clearly %s%s%s", said, *target ? " " : "", target)
                 : baro_arena_format(d->arena, "no clear difference%s%s", *target ? " from " : "", target);
}

static baro_sheet_column column_of(const draft *d, kind k)
{
    const baro_row *row = first_row(d);
    baro_sheet_column column = {.keep = k != DEFF && !(k == CLEAR && any_number(d, offsetof(baro_row, margin))),
                                .scale = 1,
                                .numeric = k >= BASE && k <= DIFFERENCE};
    const char *percent = baro_say_confidence(d->results, d->arena);
    const char *title[KINDS] = {[MEASURE] = "Measure", [PERIOD] = "Period", [LEVEL] = row->statistic == BARO_STAT_QUANTILE ? "Share below" : "Answer", [BASE] = d->results->survey->is_series ? "Assumed base" : "Interviews", [DEFF] = "Design effect",
                                [CLEAR] = is_change(d) ? "Clear change?" : "Clear difference?",
                                [VERDICT] = "Verdict", [HIGHER] = "Higher than"};
    bool share = row->statistic == BARO_STAT_PROPORTION;
    title[BREAKDOWN] = "Breakdown";
    title[GROUP] = d->joined ? "Group" : row->by ? row->by->label : "";
    title[GROUP2] = row->by2 ? row->by2->label : "";
    static const char *const estimate[] = {[BARO_STAT_PROPORTION] = "Per cent", [BARO_STAT_DISTRIBUTION] = "Per cent", [BARO_STAT_MEAN] = "Mean",
                                           [BARO_STAT_TOTAL] = "Total", [BARO_STAT_RATIO] = "Ratio", [BARO_STAT_QUANTILE] = "Value"};
    title[ESTIMATE] = estimate[row->statistic];
    title[LOWER] = baro_arena_format(d->arena, "Lower %s", percent);
    title[UPPER] = baro_arena_format(d->arena, "Upper %s", percent);
    title[DIFFERENCE] = difference_title(d, share);
    title[TARGET] = "Against target";
    if (k == TARGET && !d->measures)
        title[k] = baro_arena_format(d->arena, "Against target of %s", baro_say_number(d->arena, row->measure->target, target_display(d, row)));
    column.name = title[k];
    if (k == ESTIMATE || k == LOWER || k == UPPER || k == DIFFERENCE) {
        column.scale = d->display.scale;
        column.decimals = d->display.decimals;
        column.unit = k != DIFFERENCE && *d->display.unit ? d->display.unit : NULL;
    }
    column.thousands = k == BASE || k == ESTIMATE || k == LOWER || k == UPPER;
    if (k == DEFF)
        column.decimals = 2;
    return column;
}

/* ---- cells ---- */

static baro_cell words(const char *text)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = text ? text : ""};
}

static baro_cell number(double x, const char *otherwise)
{
    return isfinite(x) ? (baro_cell){.kind = BARO_CELL_NUMBER, .number = x} : words(otherwise);
}

static baro_cell words_or(const char *text, const char *otherwise)
{
    return words(text ? text : otherwise);
}

static baro_cell number_cell(const baro_row *row, kind k)
{
    const char *hidden = baro_row_shorthand(row);
    if (hidden && k != DIFFERENCE && !(k == BASE && !isnan(row->base)))
        return words(hidden);
    switch (k) {
    case BASE: return number(row->base, "[x]");
    case ESTIMATE: {
        baro_cell cell = number(row->estimate, "[x]");
        cell.text = cell.kind == BARO_CELL_TEXT ? cell.text : baro_row_marks_behind(row);
        return cell;
    }
    case LOWER: return number(row->lower, "[x]");
    case UPPER: return number(row->upper, "[x]");
    case DEFF: return number(row->deff, "[x]");
    case DIFFERENCE: return number(row->difference, baro_row_no_difference(row));
    default: return words(NULL);
    }
}

static const char *group_of(const draft *d, const baro_row *row)
{
    if (!row->by)
        return baro_say_everyone(d->results->survey);
    if (d->joined)
        return baro_say_with_letter(baro_say_group(d->results->survey, row, d->arena), row, d->arena);
    return row->by2 ? row->group : baro_say_with_letter(row->group, row, d->arena);
}

static baro_cell cell_of(const draft *d, const baro_row *row, kind k)
{
    switch (k) {
    case MEASURE: return words(row->measure->label);
    case LEVEL: return words(row->level);
    case BREAKDOWN: return words(row->by ? baro_say_breakdown(row, d->arena) : "Total");
    case GROUP: return words(group_of(d, row));
    case GROUP2: return words(row->by2 ? baro_say_with_letter(row->group2, row, d->arena) : "");
    case PERIOD:
        return words(row->marks & BARO_MARK_BREAK ? baro_arena_format(d->arena, "%s [b]", row->period_words) : row->period_words);
    case TARGET: return words_or(target_words(d, row), baro_row_shorthand(row) ? baro_row_shorthand(row) : isnan(row->measure->target) ? "[z]" : "[x]");
    case CLEAR: return words_or(baro_say_difference(d->results, row), baro_row_no_difference(row));
    case VERDICT: return words_or(baro_say_verdict_at_length(d->results, row, d->arena), baro_row_no_difference(row));
    case HIGHER: return words_or(baro_say_higher_than(row, d->arena), baro_row_no_letter(row));
    default: return number_cell(row, k);
    }
}

/* ---- titles and notes ---- */

/* "from year to Dec 2022 until year to Dec 2023", or the one window that there is. */
static const char *windows_of(const draft *d)
{
    const char *first = d->results->rows[d->first].period_words, *last = d->results->rows[d->end - 1].period_words;
    if (strcmp(first, last) == 0)
        return first;
    return baro_arena_format(d->arena, "from %s until %s", baro_say_inside(first, d->arena), baro_say_inside(last, d->arena));
}

static const char *title_of(const draft *d)
{
    const baro_row *row = first_row(d);
    const char *breakdown = baro_say_breakdown(row, d->arena), *when = !d->results->request->trend && row->has_period ? row->period_words : NULL;
    if (d->measures && (d->end - d->first > 1 || d->results->survey->title))
        return baro_arena_format(d->arena, "%s%s%s", d->results->survey->title ? d->results->survey->title : "Every measure", when ? ", " : "",
                                 when ? baro_say_inside(when, d->arena) : "");
    if (d->joined && row->by)
        breakdown = "group";
    if (d->joined && d->results->request->trend && row->has_period)
        when = windows_of(d);
    return baro_arena_format(d->arena, "%s%s%s%s%s", row->measure->label, breakdown ? " by " : "", breakdown ? baro_say_inside(breakdown, d->arena) : "", when ? ", " : "",
                             when ? baro_say_inside(when, d->arena) : "");
}

static const char *subtitle_of(const draft *d)
{
    const baro_survey *survey = d->results->survey;
    const baro_row *row = first_row(d);
    const char *question = d->measures ? NULL : row->measure->question, *positive = d->measures ? NULL : baro_say_positive(row->measure, d->arena);
    const char *text = NULL;
    if (question)
        text = baro_say_sentence(NULL, question, d->arena);
    if (positive && !*row->level)
        text = baro_say_sentence(text, baro_arena_format(d->arena, "Per cent: %s", positive), d->arena);
    return survey->population ? baro_say_sentence(text, survey->population, d->arena) : text;
}

static unsigned marks_of(const draft *d)
{
    unsigned marks = 0;
    for (size_t i = d->first; i < d->end; i++)
        marks |= d->results->rows[i].marks;
    return marks;
}

static bool has_text(const baro_cell *cell, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (cell[i].kind == BARO_CELL_TEXT && strcmp(cell[i].text, text) == 0)
            return true;
    return false;
}

/* What the words of comparisons mean. */
static size_t note_comparisons(draft *d, const char **note, size_t n)
{
    bool verdicts = any_number(d, offsetof(baro_row, margin));
    if (any_number(d, offsetof(baro_row, p_adjusted)) && (!verdicts || any_adjusted(d)))
        note[n++] = "Clear: unlikely to be chance alone, allowing for the number of comparisons in the table.";
    if (verdicts)
        note[n++] = baro_arena_format(d->arena,
                                      "Verdict, of each comparison by itself. Changed: the %s interval of the difference leaves out 0. No change beyond, or by less "
                                      "than, a margin: the 90%% interval lies within it. Could see: a difference of that size is found 4 times in 5.",
                                      baro_say_confidence(d->results, d->arena));
    if (has_letters(d))
        note[n++] = "Higher than: the letters of groups that are clearly lower, allowing for the number of pairs in the table.";
    return n;
}

static bool any_revised(const draft *d)
{
    for (size_t i = d->first; i < d->end; i++)
        if (d->results->rows[i].revised)
            return true;
    return false;
}

/* What quality marks mean. */
static size_t note_marks(draft *d, unsigned marks, const char **note, size_t n)
{
    const baro_survey *survey = d->results->survey;
    bool rule = survey->nchs && first_row(d)->statistic == BARO_STAT_PROPORTION;
    if (marks & BARO_MARK_UNRELIABLE)
        note[n++] = rule ? "[u] low reliability, by the NCHS standard for proportions."
                         : baro_arena_format(d->arena, "[u] low reliability: fewer than %g interviews.", survey->unreliable_below);
    if (marks & BARO_MARK_COMPLEMENT)
        note[n++] = "[complement] 100% less this share is of low reliability, by the NCHS standard for proportions.";
    if (marks & BARO_MARK_REVIEW)
        note[n++] = "[review] to be looked at by a statistician before it is published: a share of 0% or 100%, or fewer than 8 degrees of freedom.";
    if (marks & BARO_MARK_CAUTION)
        note[n++] = baro_arena_format(d->arena, "Some rows rest on fewer than %g interviews: read with caution.", survey->caution_below);
    return n;
}

static baro_status add_notes(draft *d, baro_sheet *sheet)
{
    const baro_results *results = d->results;
    const baro_survey *survey = results->survey;
    const char **note = BARO_ARRAY(d->arena, const char *, results->notes.n + 16);
    size_t n = 0, cells = sheet->n_rows * sheet->n_columns;
    unsigned marks = marks_of(d);
    if (!note)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < results->notes.n; i++)
        note[n++] = results->notes.item[i];
    if (any_number(d, offsetof(baro_row, lower)))
        note[n++] = baro_say_intervals(results, d->first, d->end, d->arena);
    n = note_comparisons(d, note, n);
    if (any_target(d))
        note[n++] = "Against target: clear when the whole interval lies to one side of it, of each level by itself.";
    if (has_text(sheet->cells, cells, "[c]"))
        note[n++] = baro_arena_format(d->arena, "[c] confidential: fewer than %g interviews, or a number that would give one away.", survey->suppress_below);
    n = note_marks(d, marks, note, n);
    if (any_revised(d))
        note[n++] = "[r] revised: another number than in the older pack.";
    if (has_text(sheet->cells, cells, "[x]"))
        note[n++] = "[x] not available.";
    if (has_text(sheet->cells, cells, "[z]"))
        note[n++] = "[z] not applicable.";
    if (marks & BARO_MARK_BREAK)
        note[n++] = "[b] the window spans a break in the series.";
    if (survey->source)
        note[n++] = baro_arena_format(d->arena, "Source: %s.", survey->source);
    for (size_t i = 0; i < n; i++)
        if (!note[i])
            return BARO_NO_MEMORY;
    sheet->notes = note;
    sheet->n_notes = n;
    return BARO_OK;
}

static const char *id_of(const draft *d)
{
    const baro_row *row = first_row(d);
    if (d->joined && d->measures && d->end - d->first > 1)
        return "all_measures";
    if (d->joined)
        return baro_arena_format(d->arena, "%s_%s", row->measure->id, d->results->request->trend ? "trend" : "groups");
    if (!row->by)
        return row->measure->id;
    return baro_arena_format(d->arena, "%s-by-%s%s%s", row->measure->id, row->by->id, row->by2 ? "-" : "", row->by2 ? row->by2->id : "");
}

static baro_status make_sheet(draft *d, baro_sheet *out)
{
    size_t rows = d->end - d->first;
    choose_columns(d);
    baro_cell *cell = BARO_ARRAY(d->arena, baro_cell, rows * d->n + 1);
    baro_sheet_column *column = BARO_ARRAY(d->arena, baro_sheet_column, d->n + 1);
    if (!cell || !column)
        return BARO_NO_MEMORY;
    size_t headers = 0;
    for (size_t c = 0; c < d->n; c++) {
        column[c] = column_of(d, d->kind[c]);
        if (!column[c].name)
            return BARO_NO_MEMORY;
        headers += d->kind[c] < BASE;
        for (size_t i = 0; i < rows; i++)
            cell[i * d->n + c] = cell_of(d, &d->results->rows[d->first + i], d->kind[c]);
    }
    *out = (baro_sheet){.title = title_of(d), .subtitle = subtitle_of(d), .columns = column, .n_columns = d->n, .cells = cell, .n_rows = rows, .row_headers = headers};
    out->id = id_of(d);
    return out->title && out->id ? add_notes(d, out) : BARO_NO_MEMORY;
}

static baro_status make_sheets(const baro_results *results, bool joined, baro_arena *arena, baro_sheet **out, size_t *n)
{
    baro_results ordered;
    baro_status status = baro_reader_rows(results, joined, arena, &ordered);
    bool measures = results->request->n_by == 0 && !results->request->trend;
    *out = BARO_ARRAY(arena, baro_sheet, ordered.n_rows + 1);
    *n = 0;
    if (status || !*out)
        return BARO_NO_MEMORY;
    for (size_t first = 0, end; first < ordered.n_rows && status == BARO_OK; first = end) {
        for (end = first + 1; end < ordered.n_rows && same_sheet(&ordered.rows[first], &ordered.rows[end], measures);)
            end++;
        draft d = {.results = &ordered, .arena = arena, .first = first, .end = end, .joined = joined,
                   .measures = measures && !*ordered.rows[first].level};
        d.display = baro_display_of(results, ordered.rows[first].statistic);
        status = make_sheet(&d, &(*out)[(*n)++]);
    }
    return status;
}

baro_status baro_sheets_reader(const baro_results *results, baro_arena *arena, baro_sheet **out, size_t *n)
{
    return make_sheets(results, false, arena, out, n);
}

baro_status baro_sheets_for_workbook(const baro_results *results, baro_arena *arena, baro_sheet **out, size_t *n)
{
    return make_sheets(results, true, arena, out, n);
}
