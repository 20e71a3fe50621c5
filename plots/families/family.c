/* The kinds of chart: what draws each, and how each shows what its foot explains. */
#include "plots/page.h"
#include "io/base/number.h"
#include <math.h>
#include <string.h>

static const baro_family families[] = {
    [BARO_CHART_BARS] = {.draw = baro_bars_draw,
                         .interval = "Light bands",
                         .approximate = "Dashed whiskers",
                         .base = "In brackets: number of interviews",
                         .unreliable = "[u] low reliability, hollow mark",
                         .unclear = "Grey: no clear difference",
                         .source_lines = 3},
    [BARO_CHART_TREND] = {.draw = baro_trend_draw,
                          .interval = "Shaded",
                          .approximate = "Dashed outlines",
                          .unreliable = "Hollow mark: [u] low reliability",
                          .unclear = "Grey dots: no clear difference",
                          .source_lines = 3},
    [BARO_CHART_WEIGHTS] = {.draw = baro_weights_draw, .source_lines = 7}, /* with what the weights are like */
    [BARO_CHART_MULTIPLES] = {.draw = baro_multiples_draw,
                              .interval = "Shaded",
                              .approximate = "Dashed outlines",
                              .unreliable = "Hollow mark: [u] low reliability",
                              .source_lines = 3},
    [BARO_CHART_GAP] = {.draw = baro_gap_draw,
                        .interval = "Light bands, and in brackets at the right",
                        .approximate = "Dashed whiskers, and in brackets at the right",
                        .base = "In brackets at the left: number of interviews",
                        .unclear = "Hollow: may be chance alone",
                        .source_lines = 3},
    [BARO_CHART_WATERFALL] = {.draw = baro_waterfall_draw,
                              .interval = "Whiskers, and in brackets",
                              .approximate = "Dashed whiskers, and in brackets",
                              .unclear = "Hollow: may be chance alone",
                              .source_lines = 3},
    [BARO_CHART_CONTROL] = {.draw = baro_control_draw,
                            .unreliable = "Hollow mark: [u] low reliability",
                            .source_lines = 6}, /* with how the lines were made */
    [BARO_CHART_SPREAD] = {.draw = baro_spread_draw,
                           .unreliable = "[u] low reliability, hollow dot",
                           .source_lines = 7}, /* with how ranks and shares were made */
    [BARO_CHART_LIKERT] = {.draw = baro_likert_draw, .source_lines = 3},
    [BARO_CHART_TILES] = {.draw = baro_tiles_draw, .unreliable = "[u] low reliability, hollow", .source_lines = 3},
    [BARO_CHART_HEAT] = {.draw = baro_heat_draw, .unreliable = "[u] low reliability, hollow", .source_lines = 3},
};

const baro_family *baro_family_of(baro_chart_kind kind)
{
    return &families[kind];
}

static bool any_interval(const baro_page *page)
{
    for (size_t i = 0; i < page->n_marks; i++)
        if (!isnan(page->mark[i].lower))
            return true;
    return false;
}

static bool any_unclear(const baro_page *page)
{
    for (size_t i = 0; i < page->n_marks; i++)
        if (page->mark[i].clear == 0)
            return true;
    return false;
}

static bool any_base(const baro_page *page)
{
    for (size_t i = 0; i < page->n_marks; i++)
        if (!isnan(page->mark[i].base))
            return true;
    return false;
}

static bool any_marker(const baro_page *page, const char *shorthand)
{
    for (size_t i = 0; i < page->n_marks; i++)
        if (baro_mark_has(&page->mark[i], shorthand) || strstr(page->mark[i].words, shorthand))
            return true;
    return false;
}

/* NULL without memory; `notes` is NULL then already. */
static const char *and_note(const baro_page *page, const char *notes, const char *note)
{
    return notes && note ? baro_arena_format(page->arena, "%s%s%s.", notes, *notes ? " " : "", note) : NULL;
}

const char *baro_page_notes(const baro_page *page)
{
    static const char *const words[][2] = {{"[c]", "[c] confidential: too few interviews, or would give such away"},
                                           {"[x]", "[x] not available"},
                                           {"[b]", "[b] break in series"},
                                           {"[e]", "[e] estimated"},
                                           {"[p]", "[p] provisional"},
                                           {"[r]", "[r] revised"},
                                           {"[z]", "[z] not applicable"},
                                           {"[w]", "[w] none recorded"},
                                           {"[low]", "[low] rounds to 0"}};
    const baro_chart *chart = page->chart;
    const baro_family *family = baro_family_of(chart->kind);
    const char *notes = "", *interval = chart->approximate ? family->approximate : family->interval;
    if (interval && any_interval(page)) {
        char level[BARO_NUMBER_TEXT];
        baro_number_write(100 * (chart->confidence > 0 && chart->confidence < 1 ? chart->confidence : 0.95), level);
        notes = and_note(page, notes,
                         baro_arena_format(page->arena, "%s: %s%s%% intervals", interval,
                                           chart->approximate ? "approximate " : "", level));
    }
    if (family->base && any_base(page))
        notes = and_note(page, notes, family->base);
    if (family->unclear && any_unclear(page))
        notes =
            and_note(page, notes,
                     chart->compared ? baro_arena_format(page->arena, "%s from %s", family->unclear, chart->compared)
                                     : family->unclear);
    if (any_marker(page, "[u]"))
        notes = and_note(page, notes, family->unreliable ? family->unreliable : "[u] low reliability");
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (any_marker(page, words[w][0]))
            notes = and_note(page, notes, words[w][1]);
    return notes;
}
