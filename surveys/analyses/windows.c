#include "surveys/analyses/windows.h"

static const size_t units_of_year[] = {[BARO_UNIT_MONTH] = 12, [BARO_UNIT_QUARTER] = 4, [BARO_UNIT_YEAR] = 1};

bool baro_against_is_period(baro_against_kind kind)
{
    return kind >= BARO_AGAINST_PREVIOUS;
}

static bool needs_other_windows(const baro_request *request)
{
    for (size_t i = 0; i < request->n_against; i++)
        if (baro_against_is_period(request->against[i].kind))
            return true;
    return false;
}

static bool break_between(const baro_windows *windows, long after, long until)
{
    for (size_t i = 0; i < windows->n_breaks; i++)
        if (windows->break_unit[i] > after && windows->break_unit[i] <= until)
            return true;
    return false;
}

static void add_window(baro_windows *windows, long first, long last, bool shown)
{
    windows->window[windows->n++] =
        (baro_window){.first = first, .last = last, .shown = shown, .broken = break_between(windows, first, last)};
}

/* All complete windows of `length` units; those that end between from and to are shown. */
static void roll(baro_windows *windows, long from, long to)
{
    long length = (long)windows->length;
    for (long last = length - 1; last < (long)windows->units; last++)
        add_window(windows, last - length + 1, last, last >= from && last <= to);
}

static baro_status find_breaks(const baro_request *request, baro_windows *windows, baro_arena *arena)
{
    const baro_survey *survey = request->survey;
    baro_calendar calendar = {.unit = survey->period_unit, .year_starts = survey->year_starts};
    long *unit = BARO_ARRAY(arena, long, survey->n_breaks + 1);
    if (!unit)
        return BARO_NO_MEMORY;
    windows->break_unit = unit;
    for (size_t i = 0; i < survey->n_breaks; i++) {
        baro_period period;
        if (baro_period_parse(&calendar, survey->breaks[i].label, &period))
            unit[windows->n_breaks++] = period - windows->origin;
    }
    return BARO_OK;
}

static baro_status outside(const baro_request *request, const baro_windows *windows, baro_error *error)
{
    baro_calendar calendar = {.unit = request->survey->period_unit, .year_starts = request->survey->year_starts};
    char first[32], last[32];
    baro_period_label(&calendar, windows->origin, first);
    baro_period_label(&calendar, windows->origin + (baro_period)windows->units - 1, last);
    return baro_fault_add(error, BARO_USAGE, (baro_where_it_is){0}, "no period of the data lies between --from and --to; the data hold %s to %s",
                          first, last);
}

baro_status baro_windows_choose(const baro_request *request, baro_period origin, size_t units, baro_arena *arena, baro_error *error,
                                baro_windows *out)
{
    const baro_survey *survey = request->survey;
    *out = (baro_windows){.origin = origin, .units = units ? units : 1, .has_periods = units > 0, .length = 1};
    out->window = BARO_ARRAY(arena, baro_window, out->units + 2);
    if (!out->window || find_breaks(request, out, arena))
        return baro_fault_add(error, BARO_NO_MEMORY, (baro_where_it_is){0}, "out of memory");
    if (!out->has_periods) {
        add_window(out, 0, 0, true);
        return BARO_OK;
    }
    long newest = (long)units - 1, from = request->has_from ? request->from - origin : 0, to = request->has_to ? request->to - origin : newest;
    to = to > newest ? newest : to;
    from = from < 0 ? 0 : from;
    if (from > to)
        return outside(request, out, error);
    out->length = request->rolling ? request->rolling : survey->rolling ? survey->rolling : 1;
    if (request->trend)
        roll(out, from, to);
    else if (!request->to_is_window && (request->all_periods || request->has_from || request->has_to)) {
        out->length = (size_t)(request->all_periods ? newest + 1 : to - from + 1);
        add_window(out, request->all_periods ? 0 : from, request->all_periods ? newest : to, true);
    } else if (needs_other_windows(request))
        roll(out, to, to);
    else { /* the latest, or the one that ends with `to` */
        add_window(out, to - (long)out->length + 1, to, true);
        if (to + 1 < (long)out->length)
            baro_remark_add(error, (baro_where_it_is){0}, "a window pools %zu periods, the data hold %zu: choose a shorter one with --rolling, or --all-periods",
                            out->length, (size_t)to + 1);
    }
    if (out->n == 0)
        return baro_fault_add(error, BARO_USAGE, (baro_where_it_is){0},
                              "a window pools %zu periods, the data hold %zu; choose a shorter one with --rolling", out->length, units);
    return BARO_OK;
}

static size_t ending_at(const baro_windows *windows, long last)
{
    for (size_t w = 0; w < windows->n; w++)
        if (windows->window[w].last == last)
            return w;
    return BARO_NO_WINDOW;
}

static size_t first_shown(const baro_windows *windows)
{
    for (size_t w = 0; w < windows->n; w++)
        if (windows->window[w].shown)
            return w;
    return BARO_NO_WINDOW;
}

size_t baro_window_against(const baro_windows *windows, const baro_request *request, size_t w, const baro_against *against)
{
    if (!windows->has_periods)
        return BARO_NO_WINDOW;
    long last = windows->window[w].last, length = (long)windows->length;
    size_t other = BARO_NO_WINDOW;
    switch (against->kind) {
    case BARO_AGAINST_PREVIOUS: other = ending_at(windows, last - 1); break;
    case BARO_AGAINST_PREVIOUS_SEPARATE: other = ending_at(windows, last - length); break;
    case BARO_AGAINST_YEAR_AGO: other = ending_at(windows, last - (long)units_of_year[request->survey->period_unit]); break;
    case BARO_AGAINST_FIRST: other = request->trend ? first_shown(windows) : windows->n > 0 ? 0 : BARO_NO_WINDOW; break;
    case BARO_AGAINST_PERIOD: other = ending_at(windows, against->period - windows->origin); break;
    default: return BARO_NO_WINDOW;
    }
    if (other == BARO_NO_WINDOW || other == w)
        return BARO_NO_WINDOW;
    long early = windows->window[other].first, late = last;
    if (windows->window[other].last > last) {
        early = windows->window[w].first;
        late = windows->window[other].last;
    }
    return !request->across_breaks && break_between(windows, early, late) ? BARO_NO_WINDOW : other;
}

baro_status baro_windows_name(baro_windows *windows, baro_calendar calendar, baro_arena *arena)
{
    for (size_t w = 0; w < windows->n; w++) {
        char label[32] = "", words[64] = "";
        if (windows->has_periods) {
            baro_period_label(&calendar, baro_window_period(windows, w), label);
            baro_period_words(&calendar, baro_window_period(windows, w), windows->length, words);
        }
        windows->window[w].label = baro_arena_string(arena, label);
        windows->window[w].words = baro_arena_string(arena, words);
        if (!windows->window[w].label || !windows->window[w].words)
            return BARO_NO_MEMORY;
    }
    return BARO_OK;
}

baro_period baro_window_period(const baro_windows *windows, size_t w)
{
    return windows->origin + windows->window[w].last;
}
