/* What moved a gap, group after group: the gap then, each move, the gap now. */
#include "surveys/publishing/drawn.h"
#include "surveys/publishing/gap_drawn.h"
#include "surveys/publishing/gap_sheet.h"
#include <math.h>
#include <string.h>

enum { SPOKEN_MOST = 8 };

typedef struct {
    const baro_gaps *gaps;
    baro_arena *arena;
    baro_cells cells;
    const char *section; /* heading of what is put down */
    const char *spoken;
    size_t said;
    bool failed;
} draft;

static const char *need(draft *d, const char *text)
{
    d->failed = d->failed || !text;
    return text ? text : "";
}

/* A gap, or a move of it with the sign it has on the gap. */
static void put(draft *d, const baro_gap_row *row, const char *label, const baro_gap_estimate *e, bool total,
                double sign)
{
    baro_display display = baro_gap_display(d->gaps, row);
    double scale = sign * display.scale, lower = sign * (sign < 0 ? e->upper : e->lower),
           upper = sign * (sign < 0 ? e->lower : e->upper);
    baro_drawn drawn = baro_drawn_blank;
    drawn.label = need(d, label);
    drawn.period = d->section;
    drawn.everyone = total;
    drawn.estimate = e->value * scale;
    drawn.lower = lower * display.scale;
    drawn.upper = upper * display.scale;
    drawn.words = need(d, baro_say_signed(d->arena, sign * e->value, display));
    drawn.interval = need(d, baro_say_signed_limits(d->arena, lower, upper, display));
    drawn.clear = total || isnan(lower) ? NAN : lower > 0 || upper < 0;
    baro_drawn_put(&d->cells, &drawn);
}

static void put_nothing(draft *d, const char *label, const char *marker)
{
    baro_drawn drawn = baro_drawn_blank;
    drawn.label = need(d, label);
    drawn.period = d->section;
    drawn.marker = marker;
    baro_drawn_put(&d->cells, &drawn);
}

static const char *gap_at(draft *d, const char *when)
{
    const char *inside = baro_say_inside(when, d->arena);
    return need(d, *when && inside ? baro_arena_format(d->arena, "Gap, %s", inside) : "Gap");
}

/* "Black, up 0.3" */
static const char *side(draft *d, const baro_gap_row *row, const char *who, double moved)
{
    baro_display display = baro_gap_display(d->gaps, row);
    const char *size = need(d, baro_say_number(d->arena, fabs(moved), display));
    bool none = !strpbrk(size, "123456789");
    char *text = baro_arena_format(d->arena, "%s, %s%s", who,
                                   none        ? "unchanged"
                                   : moved < 0 ? "down "
                                               : "up ",
                                   none ? "" : size);
    if (text && text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return need(d, text);
}

static const char *capital(draft *d, const char *text)
{
    char *copy = baro_arena_string(d->arena, text);
    if (copy && copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    return need(d, copy);
}

/* The two sides, or the mix and the rates of each; what a split was not made of stands undivided. */
static void put_sides(draft *d, const baro_gap_row *row)
{
    static const struct {
        baro_gap_part whole, mix, rate;
        double sign;
    } sides[] = {{BARO_GAP_FROM_GROUP, BARO_GAP_GROUP_MIX, BARO_GAP_GROUP_RATE, 1},
                 {BARO_GAP_FROM_AGAINST, BARO_GAP_AGAINST_MIX, BARO_GAP_AGAINST_RATE, -1}};
    const char *who[] = {need(d, baro_gap_label(d->gaps, row, false, d->arena)),
                         capital(d, baro_say_gap_other(d->gaps, row))};
    for (size_t i = 0; i < 2; i++) {
        const baro_gap_estimate *mix = &row->part[sides[i].mix], *rate = &row->part[sides[i].rate];
        if (isnan(mix->value) || isnan(rate->value)) {
            put(d, row, side(d, row, who[i], row->part[sides[i].whole].value), &row->part[sides[i].whole], false,
                sides[i].sign);
            continue;
        }
        const char *factor = need(d, baro_say_inside(d->gaps->mix->label, d->arena));
        put(d, row, baro_arena_format(d->arena, "%s: mix of %s", who[i], factor), mix, false, sides[i].sign);
        put(d, row, baro_arena_format(d->arena, "%s: rates", who[i]), rate, false, sides[i].sign);
    }
}

static void say(draft *d, const baro_gap_row *row, const char *name)
{
    const char *what = d->gaps->asked.change ? baro_say_gap(d->gaps, row, d->arena) : NULL;
    baro_display display = baro_gap_display(d->gaps, row);
    const baro_gap_estimate *mix = &row->part[BARO_GAP_MIX], *rate = &row->part[BARO_GAP_RATE];
    if (!d->gaps->asked.change && !isnan(mix->value))
        what = baro_arena_format(d->arena, "gap %s: mix %s, rates %s",
                                 need(d, baro_say_signed(d->arena, row->part[BARO_GAP_TO].value, display)),
                                 need(d, baro_say_signed(d->arena, mix->value, display)),
                                 need(d, baro_say_signed(d->arena, rate->value, display)));
    const char *hidden = baro_gap_shorthand(row);
    if (!what)
        what = hidden && strcmp(hidden, "[c]") == 0 ? "confidential" : "not available";
    const char *step = d->gaps->asked.each ? need(d, baro_say_inside(row->to_words, d->arena)) : "",
               *doubt = baro_gap_clear(d->gaps, row) == 0 ? ", not clear" : "";
    if (d->said++ < SPOKEN_MOST)
        d->spoken = need(d, baro_arena_format(d->arena, "%s%s%s%s%s %s%s", d->spoken, *d->spoken ? "; " : "", name,
                                              *step ? ", to " : "", step, what, doubt));
}

/* "Black: narrowed by 4.2 points (1.1 to 7.3)", or that it is not clear. */
static const char *heading_of(draft *d, const baro_gap_row *row, const char *name)
{
    const char *what = d->gaps->asked.change ? baro_say_gap_change(d->gaps, row, d->arena) : NULL;
    if (!what || d->gaps->asked.each)
        return name;
    return need(
        d, baro_arena_format(d->arena, "%s: %s%s", name, what, baro_gap_clear(d->gaps, row) == 0 ? ", not clear" : ""));
}

/* A gap that is not known ends the bars; where the next step knows it, they begin anew. */
static void put_steps(draft *d, const baro_gap_row *const *row, size_t n)
{
    bool begun = false;
    for (size_t i = 0; i < n; i++) {
        const char *to = need(d, baro_say_inside(row[i]->to_words, d->arena));
        const char *label = need(d, baro_arena_format(d->arena, "To %s", to));
        if (isnan(row[i]->part[BARO_GAP_CHANGE].value)) {
            const char *marker = baro_gap_shorthand(row[i]);
            put_nothing(d, label, marker ? marker : "[x]");
            begun = false;
            continue;
        }
        if (!begun)
            put(d, row[i], gap_at(d, row[i]->from_words), &row[i]->part[BARO_GAP_FROM], true, 1);
        put(d, row[i], label, &row[i]->part[BARO_GAP_CHANGE], false, 1);
        begun = true;
        if (i + 1 == n || isnan(row[i + 1]->part[BARO_GAP_CHANGE].value))
            put(d, row[i], gap_at(d, row[i]->to_words), &row[i]->part[BARO_GAP_TO], true, 1);
    }
}

/* All steps of one group against one thing; without steps there is one row. */
static void put_section(draft *d, const baro_gap_row *const *row, size_t n, bool several)
{
    const baro_gap_row *first = row[0];
    const char *name = need(d, baro_gap_label(d->gaps, first, several, d->arena)), *hidden = baro_gap_shorthand(first);
    d->section = heading_of(d, first, name);
    for (size_t i = 0; i < n; i++)
        say(d, row[i], name);
    if (d->gaps->asked.each) {
        put_steps(d, row, n);
        return;
    }
    bool change = d->gaps->asked.change;
    if (isnan(first->part[change ? BARO_GAP_CHANGE : BARO_GAP_MIX].value)) {
        put_nothing(d, gap_at(d, first->to_words), hidden ? hidden : "[x]");
        return;
    }
    if (change) {
        put(d, first, gap_at(d, first->from_words), &first->part[BARO_GAP_FROM], true, 1);
        put_sides(d, first);
    } else {
        const char *factor = need(d, baro_say_inside(d->gaps->mix->label, d->arena));
        put(d, first, baro_arena_format(d->arena, "Mix of %s", factor), &first->part[BARO_GAP_MIX], false, 1);
        put(d, first, "Rates", &first->part[BARO_GAP_RATE], false, 1);
    }
    put(d, first, gap_at(d, first->to_words), &first->part[BARO_GAP_TO], true, 1);
}

static bool same_gap(const baro_gap_row *a, const baro_gap_row *b)
{
    return a->compared == b->compared && strcmp(a->group, b->group) == 0 && strcmp(a->group2, b->group2) == 0 &&
           strcmp(a->level, b->level) == 0;
}

static baro_status draw(const baro_gaps *gaps, const baro_gap_row *const *row, size_t n, const baro_chart_words *words,
                        baro_arena *arena, baro_drawing *out)
{
    draft d = {.gaps = gaps, .arena = arena, .cells = {.arena = arena}, .spoken = ""};
    baro_sheet *sheet = BARO_NEW(arena, baro_sheet);
    const baro_gap_row **step = BARO_ARRAY(arena, const baro_gap_row *, n);
    bool several = baro_gap_several(row, n), *done = BARO_ARRAY(arena, bool, n);
    if (!sheet || !step || !done)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        size_t steps = 0;
        bool known = done[i];
        for (size_t k = i; k < n && !known; k++)
            if (same_gap(row[i], row[k])) {
                step[steps++] = row[k];
                done[k] = true;
            }
        if (steps > 0)
            put_section(&d, step, steps, several);
    }
    const char *other = several ? "others" : baro_say_gap_other(gaps, row[0]), *said = d.spoken;
    if (d.said > SPOKEN_MOST)
        said = baro_arena_format(arena, "%s; and %zu more, in the table", d.spoken, d.said - SPOKEN_MOST);
    if (d.failed || !said)
        return BARO_NO_MEMORY;
    baro_status status = baro_gap_drawing(gaps, row, n, BARO_CHART_WATERFALL, other, said, words, arena, out);
    if (status)
        return status;
    out->chart.sheet = sheet;
    out->chart.decimals = baro_gap_display(gaps, row[0]).decimals;
    out->chart.heading = baro_gap_heading(&gaps->run, "Size", row[0]->statistic, arena);
    return out->chart.heading ? baro_drawn_end(&d.cells, out->measure, sheet) : BARO_NO_MEMORY;
}

baro_status baro_charts_waterfall(const baro_gaps *gaps, const baro_chart_words *words, baro_arena *arena,
                                  baro_drawing **out, size_t *n)
{
    return baro_gap_each_table(gaps, draw, words, arena, out, n);
}
