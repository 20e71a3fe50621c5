#include "surveys/publishing/weighting_sheet.h"
#include "io/base/number.h"
#include "surveys/publishing/cells.h"
#include <math.h>

static const baro_sheet_column tidy_columns[] = {
    {.name = "what", .description = "margin, or a property of the weights", .scale = 1},
    {.name = "area", .description = "Area whose targets these are", .scale = 1},
    {.name = "margin", .description = "Question of the margin", .scale = 1},
    {.name = "category", .description = "Its category; empty for the total of a number", .scale = 1},
    {.name = "interviews", .description = "With a base weight above 0", .numeric = true, .scale = 1},
    {.name = "before", .description = "Under the base weights", .numeric = true, .scale = 1},
    {.name = "target", .description = "Asked for", .numeric = true, .scale = 1},
    {.name = "after", .description = "Under the calibrated weights", .numeric = true, .scale = 1}};
static const baro_sheet_column margin_columns[] = {
    {.name = "Area", .scale = 1, .keep = true},
    {.name = "Margin", .scale = 1, .keep = true},
    {.name = "Category", .scale = 1, .keep = true},
    {.name = "Interviews", .numeric = true, .scale = 1, .thousands = true, .keep = true},
    {.name = "Before", .numeric = true, .scale = 1, .decimals = 1, .thousands = true, .keep = true},
    {.name = "Target", .numeric = true, .scale = 1, .decimals = 1, .thousands = true, .keep = true},
    {.name = "After", .numeric = true, .scale = 1, .decimals = 1, .thousands = true, .keep = true}};
static const baro_sheet_column weight_columns[] = {
    {.name = "Weights", .scale = 1, .keep = true},
    {.name = "Before", .numeric = true, .scale = 1, .decimals = 3, .thousands = true, .keep = true},
    {.name = "After", .numeric = true, .scale = 1, .decimals = 3, .thousands = true, .keep = true}};
#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const methods[BARO_CALIBRATE_KINDS] = {
    [BARO_CALIBRATE_POSTSTRATIFY] = "post-stratified", [BARO_CALIBRATE_RAKE] = "raked", [BARO_CALIBRATE_LINEAR] = "calibrated (linear)",
    [BARO_CALIBRATE_RAKING] = "calibrated (raking distance)", [BARO_CALIBRATE_LOGIT] = "calibrated (logit)"};

/* One line of what the weights are like; NAN: nothing to say. */
typedef struct {
    const char *tidy, *reader; /* reader NULL: in the subtitle or notes */
    double before, after;
} property;

enum { PROPERTIES = 10 };

static void properties_of(const baro_weighting *w, property *out)
{
    const baro_calibrated *o = &w->out;
    const property list[PROPERTIES] = {{"iterations", NULL, NAN, (double)o->iterations},
                                       {"misfit", NULL, NAN, o->misfit},
                                       {"trimmed", NULL, NAN, (double)o->trimmed},
                                       {"interviews", NULL, (double)o->before.n, (double)o->after.n},
                                       {"smallest_weight", "Smallest", o->before.smallest, o->after.smallest},
                                       {"largest_weight", "Largest", o->before.largest, o->after.largest},
                                       {"smallest_factor", "Smallest factor", NAN, o->smallest_g},
                                       {"largest_factor", "Largest factor", NAN, o->largest_g},
                                       {"cv", "Coefficient of variation", o->before.cv, o->after.cv},
                                       {"deff", "Design effect of weights (Kish)", o->before.kish, o->after.kish}};
    for (size_t i = 0; i < PROPERTIES; i++)
        out[i] = list[i];
}

static void put_margins(const baro_weighting *w, bool tidy, baro_cells *cells)
{
    bool with_area = tidy || w->targets.area;
    for (size_t a = 0, v = 0; a < w->targets.areas; a++)
        for (size_t m = 0; m < w->targets.margins; m++) {
            const baro_target_margin *margin = &w->targets.margin[m];
            for (size_t k = 0; k < margin->categories; k++, v++) {
                if (isnan(margin->value[a * margin->categories + k]))
                    continue;
                if (tidy)
                    baro_cells_text(cells, "margin");
                if (with_area)
                    baro_cells_text(cells, w->targets.area ? w->targets.area[a] : "");
                baro_cells_text(cells, margin->name);
                baro_cells_text(cells, margin->label[k]);
                baro_cells_number(cells, (double)w->n[v]);
                baro_cells_number(cells, w->before[v]);
                baro_cells_number(cells, w->job.margin[m].target[a * margin->categories + k]);
                baro_cells_number(cells, w->achieved[v]);
            }
        }
}

static baro_status tidy_sheet(const baro_weighting *w, baro_arena *arena, baro_sheet *out)
{
    baro_cells cells = {.arena = arena};
    property list[PROPERTIES];
    properties_of(w, list);
    *out = (baro_sheet){.id = "weight", .title = "Weights", .columns = tidy_columns, .n_columns = COUNT(tidy_columns), .row_headers = 4};
    put_margins(w, true, &cells);
    for (size_t i = 0; i < PROPERTIES; i++) {
        baro_cells_text(&cells, list[i].tidy);
        for (size_t empty = 0; empty < 4; empty++)
            baro_cells_text(&cells, "");
        baro_cells_number(&cells, list[i].before);
        baro_cells_text(&cells, "");
        baro_cells_number(&cells, list[i].after);
    }
    return baro_cells_end(&cells, out);
}

const char *baro_say_weighting(const baro_weighting *w, baro_arena *arena)
{
    return baro_arena_format(arena, "%zu interviews %s%s%s in %zu iteration%s", w->out.after.n, methods[w->request->kind],
                             w->request->within ? " within " : "", w->request->within ? w->request->within : "", w->out.iterations,
                             w->out.iterations == 1 ? "" : "s");
}

static baro_status margins_sheet(const baro_weighting *w, baro_arena *arena, baro_sheet *out)
{
    baro_cells cells = {.arena = arena};
    size_t skip = w->targets.area ? 0 : 1;
    *out = (baro_sheet){.id = "margins",
                        .title = "Margins",
                        .columns = margin_columns + skip,
                        .n_columns = COUNT(margin_columns) - skip,
                        .row_headers = 3 - skip};
    out->subtitle = baro_say_weighting(w, arena);
    put_margins(w, false, &cells);
    return out->subtitle ? baro_cells_end(&cells, out) : BARO_NO_MEMORY;
}

const char *baro_say_sampling_weighted(const baro_survey *survey)
{
    return survey->sampling == BARO_SAMPLING_QUOTA
               ? "This is a quota sample: weights that meet targets do not make it one that was drawn at random"
               : "This is an open, opt-in survey: weights that meet targets do not make it a sample that was drawn at random";
}

static baro_status weights_sheet(const baro_weighting *w, baro_arena *arena, baro_sheet *out)
{
    baro_cells cells = {.arena = arena};
    property list[PROPERTIES];
    const char **note = BARO_ARRAY(arena, const char *, 5);
    if (!note)
        return BARO_NO_MEMORY;
    properties_of(w, list);
    *out = (baro_sheet){.id = "weights", .title = "Weights", .columns = weight_columns, .n_columns = COUNT(weight_columns),
                        .notes = note, .row_headers = 1};
    if (w->request->survey->sampling != BARO_SAMPLING_PROBABILITY)
        note[out->n_notes++] = baro_arena_format(arena, "%s.", baro_say_sampling_weighted(w->request->survey));
    note[out->n_notes++] = w->out.misfit <= 1e-9 ? "Every target is met to a relative 1e-9." : "Not every target is met.";
    if (w->request->largest > 0 || w->request->smallest > 0 || w->request->upper > 0)
        note[out->n_notes++] = baro_arena_format(arena, "%zu interviews are at a limit or bound.", w->out.trimmed);
    note[out->n_notes++] = "A factor is what a base weight was multiplied by. The design effect is n times the sum of squared weights over "
                           "their squared sum.";
    note[out->n_notes++] = "For those who make the weights: small counts are shown.";
    for (size_t i = 0; i < PROPERTIES; i++)
        if (list[i].reader) {
            baro_cells_text(&cells, list[i].reader);
            baro_cells_number(&cells, list[i].before);
            baro_cells_number(&cells, list[i].after);
        }
    for (size_t i = 0; i < out->n_notes; i++)
        if (!note[i])
            return BARO_NO_MEMORY;
    return baro_cells_end(&cells, out);
}

baro_status baro_sheets_weighting(const baro_weighting *weighting, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n)
{
    baro_sheet *sheets = BARO_ARRAY(arena, baro_sheet, 2);
    if (!sheets)
        return BARO_NO_MEMORY;
    *out = sheets;
    *n = tidy ? 1 : 2;
    if (tidy)
        return tidy_sheet(weighting, arena, sheets);
    baro_status status = margins_sheet(weighting, arena, sheets);
    return status == BARO_OK ? weights_sheet(weighting, arena, sheets + 1) : status;
}
