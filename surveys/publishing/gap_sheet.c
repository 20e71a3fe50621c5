/* Gaps for readers: one sheet a measure by a breakdown and comparison, the change and where it came from in words. */
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/gap_parts.h"
#include "surveys/publishing/wording.h"

/* In the order of a sheet; what it has no use for is left out. */
typedef enum { ANSWER, GROUP, GROUP2, PERIOD, THEN, NOW, LOWER, UPPER, MIX, RATE, CLEAR, SAID, KINDS } kind;

typedef struct {
    const baro_gaps *gaps;
    baro_arena *arena;
    const baro_gap_row **row; /* [n_rows] of the sheet */
    baro_gap_row *copy;       /* the same, for the notes */
    size_t n_rows;
    kind kind[KINDS];
    size_t n;
    baro_display display;
} draft;

static bool any_lower(const draft *d)
{
    for (size_t i = 0; i < d->n_rows; i++)
        if (!isnan(d->row[i]->part[BARO_GAP_TO].lower))
            return true;
    return false;
}

static bool any_tested(const draft *d)
{
    for (size_t i = 0; i < d->n_rows; i++)
        if (!isnan(d->row[i]->p_adjusted))
            return true;
    return false;
}

static void choose_columns(draft *d)
{
    const baro_gap_row *row = d->row[0];
    bool change = d->gaps->asked.change, lower = !change && any_lower(d);
    const bool wanted[KINDS] = {[ANSWER] = *row->level != '\0',
                                [GROUP] = true,
                                [GROUP2] = row->by2 != NULL,
                                [PERIOD] = d->gaps->asked.each,
                                [THEN] = change,
                                [NOW] = true,
                                [LOWER] = lower,
                                [UPPER] = lower,
                                [MIX] = !change,
                                [RATE] = !change,
                                [CLEAR] = any_tested(d),
                                [SAID] = change};
    for (size_t k = 0; k < KINDS; k++)
        if (wanted[k])
            d->kind[d->n++] = (kind)k;
}

static baro_sheet_column column_of(const draft *d, kind k)
{
    const baro_gap_row *row = d->row[0];
    const char *percent = baro_say_confidence(&d->gaps->run, d->arena);
    const char *points = row->statistic == BARO_STAT_PROPORTION ? " (points)" : "";
    const char *title[KINDS] = {[ANSWER] = "Answer",
                                [GROUP] = row->by->label,
                                [GROUP2] = row->by2 ? row->by2->label : "",
                                [PERIOD] = "To",
                                [MIX] = "From mix",
                                [RATE] = "From rates",
                                [CLEAR] = d->gaps->asked.change ? "Clear change?" : "Clear gap?",
                                [SAID] = "What happened, and which side moved"};
    title[THEN] = baro_arena_format(d->arena, "Gap then%s", points);
    title[NOW] = baro_arena_format(d->arena, "%s%s", d->gaps->asked.change ? "Gap now" : "Gap", points);
    title[LOWER] = baro_arena_format(d->arena, "Lower %s", percent ? percent : "");
    title[UPPER] = baro_arena_format(d->arena, "Upper %s", percent ? percent : "");
    bool number = k >= THEN && k <= RATE;
    return (baro_sheet_column){.name = title[k],
                               .numeric = number,
                               .scale = number ? d->display.scale : 1,
                               .decimals = number ? d->display.decimals : 0,
                               .thousands = number,
                               .keep = true};
}

/* ---- cells ---- */

static const char *shorthand(const baro_gap_row *row)
{
    if (row->marks & BARO_MARK_SUPPRESSED)
        return "[c]";
    if (row->marks & BARO_MARK_UNRELIABLE && isnan(row->part[BARO_GAP_TO].value))
        return "[u]";
    return row->broken ? "[b]" : "[x]";
}

static baro_cell words(const char *text, const baro_gap_row *row)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = text ? text : shorthand(row)};
}

static const char *clear_word(const draft *d, const baro_gap_row *row)
{
    if (isnan(row->p_adjusted))
        return NULL;
    return row->p_adjusted < 1 - d->gaps->run.request->confidence ? "yes" : "no";
}

static baro_cell cell_of(const draft *d, const baro_gap_row *row, kind k)
{
    static const baro_gap_part part[KINDS] = {[THEN] = BARO_GAP_FROM, [NOW] = BARO_GAP_TO,  [LOWER] = BARO_GAP_TO,
                                              [UPPER] = BARO_GAP_TO,  [MIX] = BARO_GAP_MIX, [RATE] = BARO_GAP_RATE};
    switch (k) {
    case ANSWER: return words(row->level, row);
    case GROUP: return words(row->group, row);
    case GROUP2: return words(row->group2, row);
    case PERIOD:
        return words(
            row->marks & BARO_MARK_BREAK ? baro_arena_format(d->arena, "%s [b]", row->to_words) : row->to_words, row);
    case SAID: return words(baro_say_gap(d->gaps, row, d->arena), row);
    case CLEAR: return words(clear_word(d, row), row);
    default: break;
    }
    const baro_gap_estimate *estimate = &row->part[part[k]];
    double number = k == LOWER ? estimate->lower : k == UPPER ? estimate->upper : estimate->value;
    if (isnan(number))
        return words(NULL, row);
    const char *mark = k == NOW && (row->marks & BARO_MARK_UNRELIABLE) ? "[u]" : NULL;
    return (baro_cell){.kind = BARO_CELL_NUMBER, .number = number, .text = mark};
}

/* ---- titles ---- */

static const char *title_of(const draft *d)
{
    const baro_gap_row *row = d->row[0];
    const char *by = baro_say_inside(row->by->label, d->arena),
               *by2 = row->by2 ? baro_say_inside(row->by2->label, d->arena) : NULL,
               *to = baro_say_inside(row->to_words, d->arena);
    const char *other = baro_say_gap_other(d->gaps, row);
    const char *from = baro_say_inside(row->from_words, d->arena);
    bool change = d->gaps->asked.change;
    if (change)
        to = baro_say_inside(d->row[d->n_rows - 1]->to_words, d->arena); /* of all steps, the first and the last */
    if (!from || !by || !to || !other || (row->by2 && !by2))
        return NULL;
    return baro_arena_format(d->arena, "%s by %s%s%s: %s to %s%s%s%s%s", row->measure->label, by, by2 ? " and " : "",
                             by2 ? by2 : "", change ? "change of the gap" : "the gap", other,
                             change            ? " between "
                             : row->has_period ? ", "
                                               : "",
                             change ? from : "", change ? " and " : "", to);
}

static const char *subtitle_of(const draft *d)
{
    const baro_measure *measure = d->row[0]->measure;
    const char *positive = baro_say_positive(measure, d->arena);
    const char *text = measure->question ? baro_say_sentence(NULL, measure->question, d->arena) : NULL;
    if (positive && !*d->row[0]->level)
        text = baro_say_sentence(text, baro_arena_format(d->arena, "Per cent: %s", positive), d->arena);
    return baro_say_sentence(text, d->gaps->run.survey->population, d->arena);
}

static baro_status make_sheet(draft *d, baro_sheet *out)
{
    baro_cells cells = {.arena = d->arena};
    baro_sheet_column *column = BARO_ARRAY(d->arena, baro_sheet_column, KINDS);
    if (!column)
        return BARO_NO_MEMORY;
    const baro_gap_row *row = d->row[0];
    d->display = baro_display_of(&d->gaps->run, row->statistic);
    choose_columns(d);
    size_t headers = 0;
    for (size_t c = 0; c < d->n; c++) {
        column[c] = column_of(d, d->kind[c]);
        headers += d->kind[c] < THEN;
    }
    for (size_t i = 0; i < d->n_rows; i++)
        for (size_t c = 0; c < d->n; c++)
            baro_cells_put(&cells, cell_of(d, d->row[i], d->kind[c]));
    *out = (baro_sheet){
        .title = title_of(d), .subtitle = subtitle_of(d), .columns = column, .n_columns = d->n, .row_headers = headers};
    out->id = baro_arena_format(d->arena, "%s-gap-by-%s%s%s", row->measure->id, row->by->id, row->by2 ? "-" : "",
                                row->by2 ? row->by2->id : "");
    if (!out->title || !out->id)
        return BARO_NO_MEMORY;
    baro_status status = baro_gap_notes(d->gaps, d->copy, d->n_rows, false, d->arena, out);
    return status ? status : baro_cells_end(&cells, out);
}

static bool same_sheet(const baro_gap_row *a, const baro_gap_row *b)
{
    return a->measure == b->measure && a->table == b->table && a->compared == b->compared;
}

baro_status baro_sheets_gaps(const baro_gaps *gaps, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n)
{
    *out = BARO_ARRAY(arena, baro_sheet, gaps->n_rows + 1);
    *n = 0;
    if (!*out)
        return BARO_NO_MEMORY;
    if (tidy)
        return baro_gap_tidy(gaps, arena, &(*out)[(*n)++]);
    bool *done = BARO_ARRAY(arena, bool, gaps->n_rows + 1);
    baro_status status = done ? BARO_OK : BARO_NO_MEMORY;
    for (size_t first = 0; first < gaps->n_rows && status == BARO_OK; first++) {
        if (done[first])
            continue;
        draft d = {.gaps = gaps,
                   .arena = arena,
                   .row = BARO_ARRAY(arena, const baro_gap_row *, gaps->n_rows - first),
                   .copy = BARO_ARRAY(arena, baro_gap_row, gaps->n_rows - first)};
        if (!d.row || !d.copy)
            return BARO_NO_MEMORY;
        for (size_t i = first; i < gaps->n_rows; i++)
            if (same_sheet(&gaps->rows[first], &gaps->rows[i])) {
                d.copy[d.n_rows] = gaps->rows[i];
                d.row[d.n_rows++] = &gaps->rows[i];
                done[i] = true;
            }
        status = make_sheet(&d, &(*out)[(*n)++]);
    }
    return status;
}
