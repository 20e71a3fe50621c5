/* Spreads for readers: one sheet a measure, factors as they rank. */
#include "surveys/publishing/spread_sheet.h"
#include "surveys/publishing/spread_parts.h"
#include "surveys/publishing/wording.h"
#include <math.h>

/* In the order of a sheet; what it has no use for is left out. */
typedef enum { ANSWER, PERIOD, FACTOR, GROUPS, RANGE, SHARE, LOWER, UPPER, RANK, RANKS, FIRST, SIDES, KINDS } kind;

typedef struct {
    const baro_spreads *spreads;
    baro_arena *arena;
    const baro_spread_row *row; /* [n_rows] of the sheet */
    size_t n_rows;
    kind kind[KINDS];
    size_t n;
    baro_display display; /* of ranges */
} draft;

static void choose_columns(draft *d)
{
    bool lower = false, ranked = false, sides = false, answers = false, several = false;
    for (size_t i = 0; i < d->n_rows; i++) {
        lower = lower || !isnan(d->row[i].lower);
        ranked = ranked || !isnan(d->row[i].rank);
        several = several || d->row[i].race != d->row[0].race;
        sides = sides || !isnan(d->row[i].p_channel);
        answers = answers || *d->row[i].level;
    }
    const bool wanted[KINDS] = {[ANSWER] = answers, [PERIOD] = d->spreads->asked.each,
                                [FACTOR] = true,    [GROUPS] = true,
                                [RANGE] = true,     [SHARE] = true,
                                [LOWER] = lower,    [UPPER] = lower,
                                [RANK] = ranked,    [RANKS] = ranked,
                                [FIRST] = ranked,   [SIDES] = sides && several};
    for (size_t k = 0; k < KINDS; k++)
        if (wanted[k])
            d->kind[d->n++] = (kind)k;
}

static baro_sheet_column column_of(const draft *d, kind k)
{
    const char *percent = baro_say_confidence(&d->spreads->run, d->arena);
    const char *title[KINDS] = {[ANSWER] = "Answer",
                                [PERIOD] = "Period",
                                [FACTOR] = "Factor",
                                [GROUPS] = "Groups",
                                [RANGE] = d->row->measure->statistic == BARO_STAT_MEAN ? "Range" : "Range (points)",
                                [SHARE] = "Share of the variance",
                                [RANK] = "Rank",
                                [FIRST] = "Divides most",
                                [SIDES] = "Channel above demographic"};
    title[LOWER] = baro_arena_format(d->arena, "Lower %s", percent ? percent : "");
    title[UPPER] = baro_arena_format(d->arena, "Upper %s", percent ? percent : "");
    title[RANKS] = baro_arena_format(d->arena, "Rank, %s", percent ? percent : "");
    bool share = k >= SHARE && k <= UPPER;
    return (baro_sheet_column){.name = title[k],
                               .numeric = k >= GROUPS,
                               .scale = k == RANGE ? d->display.scale
                                        : share    ? 100
                                                   : 1,
                               .decimals = k == RANGE ? d->display.decimals
                                           : share    ? 2
                                                      : 0,
                               .unit = share ? "%" : NULL,
                               .thousands = k >= GROUPS && k <= RANGE,
                               .keep = k != LOWER && k != UPPER && k != GROUPS};
}

/* ---- cells ---- */

static const char *shorthand(const baro_spread_row *row)
{
    return row->marks & BARO_MARK_SUPPRESSED ? "[c]" : row->groups == 1 ? "[z]" : "[x]";
}

static baro_cell words(const char *text, const baro_spread_row *row)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = text ? text : shorthand(row)};
}

static const char *say_ranks(const draft *d, const baro_spread_row *row)
{
    if (isnan(row->rank_lower))
        return NULL;
    if (row->rank_lower == row->rank_upper)
        return baro_arena_format(d->arena, "%g", row->rank_lower);
    return baro_arena_format(d->arena, "%g to %g", row->rank_lower, row->rank_upper);
}

static baro_cell cell_of(const draft *d, const baro_spread_row *row, kind k)
{
    const double number[KINDS] = {[GROUPS] = row->groups ? (double)row->groups : NAN,
                                  [RANGE] = row->range,
                                  [SHARE] = row->eta2,
                                  [LOWER] = row->lower,
                                  [UPPER] = row->upper,
                                  [RANK] = row->rank};
    switch (k) {
    case ANSWER: return words(row->level, row);
    case PERIOD:
        return words(row->marks & BARO_MARK_BREAK ? baro_arena_format(d->arena, "%s [b]", row->period_words)
                                                  : row->period_words,
                     row);
    case FACTOR: return words(row->factor->label, row);
    case RANKS: return words(say_ranks(d, row), row);
    case FIRST: return words(baro_say_probability(row->p_first, d->arena), row);
    case SIDES: return words(baro_say_probability(row->p_channel, d->arena), row);
    default: break;
    }
    if (isnan(number[k]))
        return words(NULL, row);
    const char *mark = k == SHARE && (row->marks & BARO_MARK_UNRELIABLE) ? "[u]" : NULL;
    return (baro_cell){.kind = BARO_CELL_NUMBER, .number = number[k], .text = mark};
}

/* ---- titles ---- */

/* Of all windows, the last. */
static const char *title_of(const draft *d)
{
    const baro_spread_row *row = &d->row[d->n_rows - 1];
    const char *when = baro_say_inside(row->period_words, d->arena);
    if (!when)
        return NULL;
    return baro_arena_format(d->arena, "%s: what divides opinion most%s%s", row->measure->label,
                             row->has_period ? d->spreads->asked.each ? ", up to " : ", " : "",
                             row->has_period ? when : "");
}

static const char *subtitle_of(const draft *d)
{
    const baro_measure *measure = d->row->measure;
    const char *positive = baro_say_positive(measure, d->arena);
    const char *text = measure->question ? baro_say_sentence(NULL, measure->question, d->arena) : NULL;
    if (positive && !*d->row->level)
        text = baro_say_sentence(text, baro_arena_format(d->arena, "Per cent: %s", positive), d->arena);
    if (!d->spreads->asked.each && !isnan(d->row->base))
        text = baro_say_sentence(
            text,
            baro_arena_format(d->arena, "%s interviews",
                              baro_say_number(d->arena, d->row->base, (baro_display){.scale = 1, .unit = ""})),
            d->arena);
    return baro_say_sentence(text, d->spreads->run.survey->population, d->arena);
}

static baro_status make_sheet(draft *d, baro_sheet *out)
{
    baro_cells cells = {.arena = d->arena};
    baro_sheet_column *column = BARO_ARRAY(d->arena, baro_sheet_column, KINDS);
    if (!column)
        return BARO_NO_MEMORY;
    baro_statistic statistic = d->row->measure->statistic;
    d->display =
        baro_display_of(&d->spreads->run, statistic == BARO_STAT_DISTRIBUTION ? BARO_STAT_PROPORTION : statistic);
    choose_columns(d);
    size_t headers = 0;
    for (size_t c = 0; c < d->n; c++) {
        column[c] = column_of(d, d->kind[c]);
        headers += d->kind[c] <= FACTOR;
    }
    for (size_t i = 0; i < d->n_rows; i++)
        for (size_t c = 0; c < d->n; c++)
            baro_cells_put(&cells, cell_of(d, &d->row[i], d->kind[c]));
    *out = (baro_sheet){
        .title = title_of(d), .subtitle = subtitle_of(d), .columns = column, .n_columns = d->n, .row_headers = headers};
    out->id = baro_arena_format(d->arena, "%s-spread", d->row->measure->id);
    if (!out->title || !out->id)
        return BARO_NO_MEMORY;
    size_t first = (size_t)(d->row - d->spreads->rows);
    baro_status status = baro_spread_notes(d->spreads, first, first + d->n_rows, false, d->arena, out);
    return status ? status : baro_cells_end(&cells, out);
}

baro_status baro_sheets_spreads(const baro_spreads *spreads, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n)
{
    *out = BARO_ARRAY(arena, baro_sheet, spreads->n_rows + 1);
    *n = 0;
    if (!*out)
        return BARO_NO_MEMORY;
    if (tidy)
        return baro_spread_tidy(spreads, arena, &(*out)[(*n)++]);
    baro_status status = BARO_OK;
    for (size_t first = 0, end; first < spreads->n_rows && status == BARO_OK; first = end) {
        for (end = first + 1; end < spreads->n_rows && spreads->rows[end].measure == spreads->rows[first].measure;)
            end++;
        draft d = {.spreads = spreads, .arena = arena, .row = &spreads->rows[first], .n_rows = end - first};
        status = make_sheet(&d, &(*out)[(*n)++]);
    }
    return status;
}
