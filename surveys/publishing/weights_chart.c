#include "surveys/publishing/weights_chart.h"
#include "io/base/number.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/weighting_sheet.h"
#include "surveys/publishing/wording.h"
#include <math.h>

enum { SPOKEN_MOST = 24, DECIMALS = 1, SHAPE_DECIMALS = 3 }; /* rows named one by one in an alternative text */

static const baro_sheet_column columns[] = {{.name = "label", .scale = 1, .keep = true},
                                            {.name = "period", .scale = 1, .keep = true},
                                            {.name = "before", .numeric = true, .scale = 1, .keep = true},
                                            {.name = "estimate", .numeric = true, .scale = 1, .keep = true}};
enum { COLUMNS = sizeof columns / sizeof *columns };

typedef struct {
    const baro_weighting *weighting;
    baro_arena *arena;
    baro_cells cells;
    const char *spoken;
    size_t rows, numbers; /* margins that are the total of a number */
} draft;

static const char *percent(double share, baro_arena *arena)
{
    char text[64];
    baro_number_round(share, DECIMALS, true, text);
    return baro_arena_format(arena, "%s%%", text);
}

static void put_row(draft *d, const char *margin, const char *category, double before, double after)
{
    const char *label = baro_arena_format(d->arena, "%s: %s", margin, category);
    const char *from = percent(before, d->arena), *to = percent(after, d->arena);
    baro_cells_text(&d->cells, label);
    baro_cells_text(&d->cells, margin);
    baro_cells_number(&d->cells, before);
    baro_cells_number(&d->cells, after);
    if (d->rows++ < SPOKEN_MOST && d->spoken)
        d->spoken = !label || !from || !to ? NULL
                                           : baro_arena_format(d->arena, "%s%s%s from %s to %s", d->spoken,
                                                               *d->spoken ? "; " : "", label, from, to);
}

/* The categories of one margin in one area; `v` is the place of the first in before and achieved. */
static baro_status put_margin(draft *d, size_t a, size_t m, size_t v)
{
    const baro_weighting *w = d->weighting;
    const baro_target_margin *margin = &w->targets.margin[m];
    const double *listed = margin->value + a * margin->categories;
    const char *name =
        w->targets.area ? baro_arena_format(d->arena, "%s, %s", w->targets.area[a], margin->name) : margin->name;
    double before = 0, after = 0;
    if (!name)
        return BARO_NO_MEMORY;
    for (size_t k = 0; k < margin->categories; k++)
        if (!isnan(listed[k])) {
            before += w->before[v + k];
            after += w->achieved[v + k];
        }
    for (size_t k = 0; k < margin->categories; k++)
        if (!isnan(listed[k]))
            put_row(d, name, margin->label[k], 100 * w->before[v + k] / before, 100 * w->achieved[v + k] / after);
    return BARO_OK;
}

static baro_status put_margins(draft *d)
{
    const baro_targets *targets = &d->weighting->targets;
    for (size_t m = 0; m < targets->margins; m++)
        d->numbers += targets->margin[m].is_number;
    for (size_t a = 0, v = 0; a < targets->areas; a++)
        for (size_t m = 0; m < targets->margins; v += targets->margin[m++].categories)
            if (!targets->margin[m].is_number && put_margin(d, a, m, v))
                return BARO_NO_MEMORY;
    return BARO_OK;
}

/* ---- words ---- */

/* "sex, age" */
static const char *names_of(const draft *d)
{
    const baro_targets *targets = &d->weighting->targets;
    const char *text = "";
    for (size_t m = 0; m < targets->margins && text; m++)
        if (!targets->margin[m].is_number)
            text = baro_arena_format(d->arena, "%s%s%s", text, *text ? ", " : "", targets->margin[m].name);
    return text;
}

/* How often it went round, and what the weights were and are; spoken, or short for the foot. */
static const char *shape_of(const draft *d, bool spoken)
{
    const baro_calibrated *o = &d->weighting->out;
    const struct {
        const char *name;
        double before, after;
    } line[] = {{"smallest", o->before.smallest, o->after.smallest},
                {"largest", o->before.largest, o->after.largest},
                {"coefficient of variation", o->before.cv, o->after.cv},
                {"Kish design effect", o->before.kish, o->after.kish}};
    const char *from = spoken ? "from " : "", *to = spoken ? "to" : "\xE2\x86\x92";
    const char *text = baro_arena_format(d->arena, "Iterations: %zu. Weights", o->iterations);
    for (size_t i = 0; i < sizeof line / sizeof *line && text; i++) {
        char before[64], after[64];
        baro_number_round(line[i].before, SHAPE_DECIMALS, true, before);
        baro_number_round(line[i].after, SHAPE_DECIMALS, true, after);
        text = baro_arena_format(d->arena, "%s%s %s %s%s %s %s", text, i ? "," : ":", line[i].name, from, before, to,
                                 after);
    }
    return text;
}

static const char *foot_of(const draft *d, const baro_chart_words *words, const char *shape)
{
    const baro_survey *survey = d->weighting->request->survey;
    const char *name = survey->source ? survey->source : survey->title;
    const char *text = words->source ? words->source : name ? baro_arena_format(d->arena, "Source: %s", name) : NULL;
    if (!text && name)
        return NULL;
    text = baro_say_sentence(text ? baro_say_sentence(NULL, text, d->arena) : NULL, shape, d->arena);
    if (survey->sampling != BARO_SAMPLING_PROBABILITY)
        text = baro_say_sentence(text, baro_say_sampling_weighted(survey), d->arena);
    if (d->weighting->out.misfit > 1e-9)
        text = baro_say_sentence(text, "Not every target is met", d->arena);
    if (d->numbers > 0)
        text = baro_say_sentence(text, "Targets that are totals of numbers have no shares and are not drawn", d->arena);
    return baro_say_sentence(text, "For those who make the weights: small groups are shown", d->arena);
}

static const char *description_of(const draft *d, const char *did, const char *shape)
{
    const char *more = d->rows > SPOKEN_MOST
                           ? baro_arena_format(d->arena, "; and %zu more, in the report", d->rows - SPOKEN_MOST)
                           : "";
    if (!did || !shape || !more || !d->spoken)
        return NULL;
    return baro_arena_format(d->arena, "Chart of shares before and after weighting, %s: %s%s. %s.", did, d->spoken,
                             more, shape);
}

baro_status baro_chart_of_weighting(const baro_weighting *weighting, const baro_chart_words *words, baro_arena *arena,
                                    baro_chart *out)
{
    draft d = {.weighting = weighting, .arena = arena, .cells = {.arena = arena}, .spoken = ""};
    baro_sheet *sheet = BARO_NEW(arena, baro_sheet);
    if (!sheet || put_margins(&d))
        return BARO_NO_MEMORY;
    *sheet =
        (baro_sheet){.id = "weights", .title = "Weights", .columns = columns, .n_columns = COLUMNS, .row_headers = 1};
    baro_status status = baro_cells_end(&d.cells, sheet);
    const char *names = names_of(&d), *did = baro_say_weighting(weighting, arena), *shape = shape_of(&d, false);
    const char *title = names ? baro_arena_format(arena, "What weighting changes: %s", names) : NULL;
    const char *subtitle = did ? baro_arena_format(arena, "Per cent of each margin. %s", did) : NULL;
    const char *foot = shape ? foot_of(&d, words, shape) : NULL,
               *description = description_of(&d, did, shape_of(&d, true));
    if (status || !title || !subtitle || !foot || !description)
        return status ? status : BARO_NO_MEMORY;
    *out = (baro_chart){.kind = BARO_CHART_WEIGHTS,
                        .sheet = sheet,
                        .title = words->no_titles ? NULL
                                 : words->title   ? words->title
                                                  : title,
                        .subtitle = words->no_titles  ? NULL
                                    : words->subtitle ? words->subtitle
                                                      : subtitle,
                        .source = words->no_titles ? NULL : foot,
                        .description = description,
                        .unit = "%",
                        .percent = true,
                        .ordered = true,
                        .target = NAN,
                        .decimals = DECIMALS,
                        .width = words->width,
                        .height = words->height,
                        .id = "weights"};
    return BARO_OK;
}
