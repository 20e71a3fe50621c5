#include "surveys/publishing/related_sheet.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/families.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <string.h>

/* ---- before anything is laid out ---- */

baro_status baro_relations_adjust(baro_relations *relations, baro_arena *arena)
{
    baro_family_test *test = BARO_ARRAY(arena, baro_family_test, relations->n_rows + 1);
    baro_row *of = BARO_ARRAY(arena, baro_row, relations->n_rows + 1); /* families are told by rows of levels */
    size_t n = 0;
    if (!test || !of)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < relations->n_rows; i++) {
        const baro_relation *row = &relations->rows[i];
        if (isnan(row->p_value))
            continue;
        of[n] = baro_row_blank(row->measure, row->measure->statistic);
        of[n].table = row->table;
        of[n].period = row->period;
        test[n] = (baro_family_test){.row = &of[n], .number = i, .p = row->p_value};
        n++;
    }
    baro_status status = baro_adjust_families(&relations->run, test, n, arena);
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        relations->rows[test[i].number].p_adjusted = test[i].p;
    return status;
}

static bool is_sensitive(const baro_relation *row)
{
    return row->measure->sensitive || row->by->sensitive || (row->by2 && row->by2->sensitive);
}

void baro_relations_suppress(baro_relations *relations)
{
    const baro_survey *survey = relations->run.survey;
    bool hide = !relations->run.request->no_suppress;
    for (size_t i = 0; i < relations->n_rows; i++) {
        baro_relation *row = &relations->rows[i];
        if (isnan(row->base))
            continue; /* not asked */
        if (hide && (row->least_group < survey->suppress_below ||
                     (is_sensitive(row) && row->least_answer < survey->suppress_below))) {
            row->base = row->df = row->statistic = row->ndf = row->ddf = row->p_value = row->p_adjusted = NAN;
            row->least_group = row->least_answer = NAN;
            row->why = NULL;
            row->marks = (row->marks & ~(unsigned)BARO_MARK_ABSENT) | BARO_MARK_SUPPRESSED;
        } else if (isnan(row->p_value))
            continue;
        else if (row->least_group < survey->unreliable_below)
            row->marks |= BARO_MARK_UNRELIABLE;
        else if (row->least_group < survey->caution_below)
            row->marks |= BARO_MARK_CAUTION;
    }
}

/* ---- columns ---- */

static const baro_sheet_column tidy_columns[] = {
    {.name = "survey", .description = "Id of the survey", .scale = 1},
    {.name = "measure", .description = "Id of the measure", .scale = 1},
    {.name = "by", .description = "Id of the breakdown", .scale = 1},
    {.name = "period", .description = "Last period of the window", .scale = 1},
    {.name = "test",
     .description = "rao-scott, wald or adjusted-wald; of means and ratios with -means, -ratios",
     .scale = 1},
    {.name = "statistic", .description = "F", .numeric = true, .scale = 1},
    {.name = "ndf", .description = "Its numerator degrees of freedom", .numeric = true, .scale = 1},
    {.name = "ddf", .description = "Its denominator degrees of freedom", .numeric = true, .scale = 1},
    {.name = "p_value",
     .description = "Probability of as large an F, or a larger, without any relation",
     .numeric = true,
     .scale = 1},
    {.name = "level", .description = "Answer of a question with several", .scale = 1},
    {.name = "by2", .description = "Id of the second breakdown", .scale = 1},
    {.name = "base", .description = "Interviews with an answer and a known group", .numeric = true, .scale = 1},
    {.name = "df", .description = "Degrees of freedom of the design, or those given", .numeric = true, .scale = 1},
    {.name = "p_adjusted",
     .description = "The p-value, adjusted for the number of tests in its family",
     .numeric = true,
     .scale = 1},
    {.name = "marker", .description = "c suppressed, u unreliable, caution, b break, x no test", .scale = 1}};
enum { TIDY = sizeof tidy_columns / sizeof *tidy_columns, TIDY_HEADERS = 5 };

/* In the order of a reader sheet; what a sheet has no use for is left out. */
typedef enum { MEASURE, ANSWER, GROUPS, BASE, STATISTIC, NDF, DDF, P_VALUE, P_ADJUSTED, CLEAR, KINDS } kind;
static const baro_sheet_column reader_columns[KINDS] = {
    [MEASURE] = {.name = "Measure", .scale = 1, .keep = true},
    [ANSWER] = {.name = "Answer", .scale = 1, .keep = true},
    [GROUPS] = {.name = "By", .scale = 1, .keep = true},
    [BASE] = {.name = "Interviews", .numeric = true, .scale = 1, .thousands = true, .keep = true},
    [STATISTIC] = {.name = "F", .numeric = true, .decimals = 2, .scale = 1, .keep = true},
    [NDF] = {.name = "df 1", .numeric = true, .decimals = 1, .scale = 1},
    [DDF] = {.name = "df 2", .numeric = true, .decimals = 1, .scale = 1},
    [P_VALUE] = {.name = "P value", .numeric = true, .decimals = 3, .scale = 1, .keep = true},
    [P_ADJUSTED] = {.name = "Adjusted", .numeric = true, .decimals = 3, .scale = 1, .keep = true},
    [CLEAR] = {.name = "Clear relation?", .scale = 1, .keep = true}};

static const char *test_word(const baro_relation *row, baro_two_way_test test)
{
    static const char *const answers[] = {"rao-scott", "wald", "adjusted-wald"};
    static const char *const levels[][2] = {[BARO_RELATES_MEANS] = {"wald-means", "adjusted-wald-means"},
                                            [BARO_RELATES_RATIOS] = {"wald-ratios", "adjusted-wald-ratios"}};
    if (row->relates == BARO_RELATES_NOTHING)
        return NULL;
    return row->relates == BARO_RELATES_ANSWERS ? answers[test] : levels[row->relates][row->adjusted];
}

/* ---- the tidy sheet ---- */

static void tidy_row(baro_cells *cells, const baro_relations *relations, const baro_relation *row)
{
    const char *const front[] = {relations->run.survey->id, row->measure->id, row->by->id, row->period_label,
                                 test_word(row, relations->test)};
    const double test[] = {row->statistic, row->ndf, row->ddf, row->p_value},
                 rest[] = {row->base, row->df, row->p_adjusted};
    for (size_t i = 0; i < sizeof front / sizeof *front; i++)
        baro_cells_text(cells, front[i]);
    for (size_t i = 0; i < sizeof test / sizeof *test; i++)
        baro_cells_number(cells, test[i]);
    baro_cells_text(cells, row->level);
    baro_cells_text(cells, row->by2 ? row->by2->id : NULL);
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        baro_cells_number(cells, rest[i]);
    baro_cells_text(cells, baro_say_marks(row->marks, cells->arena));
}

/* ---- the reader sheet ---- */

/* Of several measures by one breakdown, or of one measure by all. */
typedef struct {
    const baro_relations *relations;
    baro_arena *arena;
    const baro_relation *row; /* [n_rows] */
    size_t n_rows;
    bool tidy, measures;
    kind kind[KINDS];
    size_t n;
    unsigned marks;
    bool answers, adjusted,
        tested[3]; /* there is one with an answer; adjusted otherwise than it was; of a kind of test */
} draft;

static void look_at_rows(draft *d)
{
    for (size_t i = 0; i < d->n_rows; i++) {
        const baro_relation *row = &d->row[i];
        d->marks |= row->marks;
        d->answers = d->answers || *row->level;
        if (isnan(row->p_value))
            continue;
        d->adjusted = d->adjusted || row->p_adjusted != row->p_value;
        d->tested[row->relates] = true;
    }
    const bool idle[KINDS] = {
        [MEASURE] = !d->measures, [GROUPS] = d->measures, [ANSWER] = !d->answers, [P_ADJUSTED] = !d->adjusted};
    for (size_t k = 0; k < KINDS; k++)
        if (!idle[k])
            d->kind[d->n++] = (kind)k;
}

static baro_cell words(const char *text)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = text ? text : ""};
}

/* "Age", or "Age and sex" when two are crossed. */
static const char *groups_of(const baro_relation *row, baro_arena *arena)
{
    return row->by2 ? baro_arena_format(arena, "%s and %s", row->by->label, baro_say_inside(row->by2->label, arena))
                    : row->by->label;
}

static baro_cell reader_cell(const draft *d, const baro_relation *row, kind k)
{
    const double number[KINDS] = {[BASE] = row->base, [STATISTIC] = row->statistic, [NDF] = row->ndf,
                                  [DDF] = row->ddf,   [P_VALUE] = row->p_value,     [P_ADJUSTED] = row->p_adjusted};
    bool hidden = row->marks & BARO_MARK_SUPPRESSED,
         clear = row->p_adjusted < 1 - d->relations->run.request->confidence;
    switch (k) {
    case MEASURE: return words(row->measure->label);
    case ANSWER: return words(row->level);
    case GROUPS: return words(groups_of(row, d->arena));
    case CLEAR: return words(hidden ? "[c]" : isnan(row->p_adjusted) ? "[x]" : clear ? "yes" : "no");
    default: break;
    }
    if (isnan(number[k]))
        return words(hidden ? "[c]" : "[x]");
    if ((k == P_VALUE || k == P_ADJUSTED) && number[k] < 0.0005)
        return words("<0.001"); /* no probability of a test is 0 */
    const char *mark = k == STATISTIC && (row->marks & BARO_MARK_UNRELIABLE) ? "[u]" : NULL;
    return (baro_cell){.kind = BARO_CELL_NUMBER, .number = number[k], .text = mark};
}

static const char *why_note(const baro_relation *row, baro_arena *arena)
{
    const char *groups = groups_of(row, arena);
    return baro_arena_format(arena, "%s%s%s by %s: no test, because %s.", row->measure->label, *row->level ? ", " : "",
                             row->level, groups ? baro_say_inside(groups, arena) : "", row->why);
}

static size_t add_method(const draft *d, const char **note)
{
    static const char *const of_answers[] = {"F of answers by group: Rao and Scott, second order.",
                                             "F of answers by group: Wald.",
                                             "F of answers by group: Wald, adjusted for the number of cells."};
    bool adjusted = d->relations->test != BARO_TEST_WALD;
    size_t n = 0;
    if (d->tested[BARO_RELATES_ANSWERS])
        note[n++] = of_answers[d->relations->test];
    if (d->tested[BARO_RELATES_MEANS])
        note[n++] = adjusted ? "F that all groups have one mean: Wald, adjusted for the number of groups."
                             : "F that all groups have one mean: Wald.";
    if (d->tested[BARO_RELATES_RATIOS])
        note[n++] = adjusted ? "F that all groups have one ratio: Wald, adjusted for the number of groups."
                             : "F that all groups have one ratio: Wald.";
    if (n > 0)
        note[n++] = d->adjusted ? "Clear: unlikely to be chance alone, allowing for the number of tests."
                                : "Clear: unlikely to be chance alone.";
    return n;
}

/* What is to be known of the shorthand and of weak tests. */
static size_t add_marks(const draft *d, const char **note)
{
    const baro_survey *survey = d->relations->run.survey;
    size_t n = 0;
    if (d->marks & BARO_MARK_SUPPRESSED)
        note[n++] = baro_arena_format(
            d->arena, "[c] confidential: a group, or an answer that is sensitive, has fewer than %g interviews.",
            survey->suppress_below);
    if (d->marks & BARO_MARK_UNRELIABLE)
        note[n++] = baro_arena_format(d->arena, "[u] low reliability: a group has fewer than %g interviews.",
                                      survey->unreliable_below);
    if (d->marks & BARO_MARK_CAUTION)
        note[n++] =
            baro_arena_format(d->arena, "Some tests rest on a group of fewer than %g interviews: read with caution.",
                              survey->caution_below);
    if (d->marks & BARO_MARK_ABSENT)
        note[n++] = "[x] not available.";
    if (d->marks & BARO_MARK_BREAK)
        note[n++] = "The window spans a break in the series.";
    if (survey->source)
        note[n++] = baro_arena_format(d->arena, "Source: %s.", survey->source);
    return n;
}

static baro_status add_notes(const draft *d, baro_sheet *sheet)
{
    const baro_texts *said = &d->relations->run.notes;
    const char **note = BARO_ARRAY(d->arena, const char *, said->n + d->n_rows + 12);
    size_t n = 0;
    if (!note)
        return BARO_NO_MEMORY;
    for (; n < said->n; n++)
        note[n] = said->item[n];
    if (!d->tidy)
        n += add_method(d, note + n);
    for (size_t i = 0; i < d->n_rows; i++)
        if (d->row[i].why)
            note[n++] = why_note(&d->row[i], d->arena);
    if (!d->tidy)
        n += add_marks(d, note + n);
    for (size_t i = 0; i < n; i++)
        if (!note[i])
            return BARO_NO_MEMORY;
    sheet->notes = note;
    sheet->n_notes = n;
    return BARO_OK;
}

static const char *title_of(const draft *d)
{
    const char *what = "Measures", *groups = d->measures ? groups_of(d->row, d->arena) : "Group";
    if (!d->measures && !d->tidy)
        what = d->row->measure->label;
    bool period = d->row->has_period;
    return groups ? baro_arena_format(d->arena, "%s by %s: tests of difference%s%s", what,
                                      baro_say_inside(groups, d->arena), period ? ", " : "",
                                      period ? baro_say_inside(d->row->period_words, d->arena) : "")
                  : NULL;
}

static const char *subtitle_of(const draft *d)
{
    const char *question = d->measures || d->tidy ? NULL : d->row->measure->question;
    const char *positive = d->measures || d->tidy ? NULL : baro_say_positive(d->row->measure, d->arena);
    const char *text = question ? baro_say_sentence(NULL, question, d->arena) : NULL;
    if (positive)
        text = baro_say_sentence(text, baro_arena_format(d->arena, "Against the others: %s", positive), d->arena);
    return baro_say_sentence(text, d->relations->run.survey->population, d->arena);
}

static baro_status make_sheet(draft *d, baro_sheet *out)
{
    baro_cells cells = {.arena = d->arena};
    look_at_rows(d);
    baro_sheet_column *column = BARO_ARRAY(d->arena, baro_sheet_column, KINDS);
    if (!column)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < d->n; c++)
        column[c] = reader_columns[d->kind[c]];
    *out = (baro_sheet){.title = title_of(d),
                        .subtitle = subtitle_of(d),
                        .columns = d->tidy ? tidy_columns : column,
                        .n_columns = d->tidy ? TIDY : d->n,
                        .row_headers = d->tidy      ? TIDY_HEADERS
                                       : d->answers ? 2
                                                    : 1};
    out->id = d->tidy || d->measures ? "tests" : baro_arena_format(d->arena, "%s-tests", d->row->measure->id);
    for (size_t i = 0; i < d->n_rows; i++) {
        if (d->tidy)
            tidy_row(&cells, d->relations, &d->row[i]);
        for (size_t c = 0; c < d->n && !d->tidy; c++)
            baro_cells_put(&cells, reader_cell(d, &d->row[i], d->kind[c]));
    }
    baro_status status = out->title && out->id ? add_notes(d, out) : BARO_NO_MEMORY;
    return status ? status : baro_cells_end(&cells, out);
}

baro_status baro_sheets_relations(const baro_relations *relations, bool tidy, baro_arena *arena, baro_sheet **out,
                                  size_t *n)
{
    const baro_relation *rows = relations->rows;
    bool one_measure = rows[0].measure == rows[relations->n_rows - 1].measure,
         measures = relations->run.request->n_by == 1 && !one_measure;
    baro_status status = BARO_OK;
    *out = BARO_ARRAY(arena, baro_sheet, relations->n_rows);
    *n = 0;
    if (!*out)
        return BARO_NO_MEMORY;
    for (size_t first = 0, end; first < relations->n_rows && status == BARO_OK; first = end) {
        for (end = first; end < relations->n_rows && (tidy || measures || rows[end].measure == rows[first].measure);)
            end++;
        draft d = {.relations = relations,
                   .arena = arena,
                   .row = &rows[first],
                   .n_rows = end - first,
                   .tidy = tidy,
                   .measures = measures};
        status = make_sheet(&d, &(*out)[(*n)++]);
    }
    return status;
}
