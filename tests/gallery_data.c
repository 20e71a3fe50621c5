#include "tests/gallery_data.h"
#include "tests/chart_sheet.h"
#include <math.h>
#include <string.h>

/* What is nasty about the data. */
typedef struct {
    const char *name;
    size_t groups, periods;
    const char *label;                                /* of every other group, in place of a plain one */
    bool equal, edges, holes, hidden, periods_matter; /* all values equal; 0 and 100; missing periods; [c] */
} data;

static const data cases[] = {
    {.name = "easy", .groups = 4, .periods = 12},
    {.name = "eight groups", .groups = 8, .periods = 16},
    {.name = "one group", .groups = 1, .periods = 12},
    {.name = "33 groups", .groups = 33, .periods = 24},
    {.name = "long labels",
     .groups = 5,
     .periods = 9,
     .label = "Telephoned about something that was no emergency at all"},
    {.name = "one long word", .groups = 3, .periods = 9, .label = "Rechtsschutzversicherungsgesellschaftenverband"},
    {.name = "all equal", .groups = 4, .periods = 12, .equal = true},
    {.name = "0 and 100%", .groups = 5, .periods = 12, .edges = true},
    {.name = "missing periods", .groups = 3, .periods = 14, .holes = true, .periods_matter = true},
    {.name = "one period", .groups = 3, .periods = 1, .periods_matter = true},
    {.name = "sixty periods", .groups = 2, .periods = 60, .periods_matter = true},
    {.name = "suppressed", .groups = 5, .periods = 12, .hidden = true},
    {.name = "right to left",
     .groups = 4,
     .periods = 8,
     .label = "\xD7\x9E\xD7\xA9\xD7\x98\xD7\xA8\xD7\x94 (\xD7\xAA\xD7\x9C \xD7\x90\xD7\x91\xD7\x99\xD7\x91)"},
    {.name = "emoji and signs",
     .groups = 4,
     .periods = 8,
     .label = "\xF0\x9F\x91\xAE <b>\"A & B\" `x` $(y) \xE2\x80\x93 Caf\xC3\xA9"},
};

typedef struct {
    baro_arena *arena;
    const data *data;
    chart_mark *row;
    size_t n;
    baro_chart chart;
    bool failed;
} draft;

/* ---- values: the same every time, and with digits enough to show a slip ---- */

static double level(const draft *d, size_t g, size_t p)
{
    if (d->data->equal)
        return 61.37;
    if (d->data->edges)
        return g % 3 == 0 ? 0 : g % 3 == 1 ? 100 : 48.29;
    return 61.37 + 11.7 * sin(2.31 * (double)g + 0.4) - 0.43 * (double)p * cos((double)g) +
           1.9 * sin(1.7 * (double)p + (double)g);
}

static double half_width(size_t g)
{
    return 1.13 + 0.71 * (double)(g % 5);
}

static bool is_hidden(const draft *d, size_t g, size_t p)
{
    return d->data->hidden && (g == 1 || (g == 3 && p % 5 == 2));
}

static bool is_missing(const draft *d, size_t g, size_t p)
{
    return d->data->holes && (p % 5 == 3 || (g == 1 && p > 8));
}

static const char *group_name(draft *d, size_t g)
{
    static const char *const plain[] = {"White British",
                                        "Black or Black British",
                                        "Asian or Asian British",
                                        "Mixed or multiple ethnic groups",
                                        "Other ethnic group",
                                        "Kensington and Chelsea",
                                        "16 to 24",
                                        "Hammersmith and Fulham"};
    const char *name = g % 2 == 0 && d->data->label ? d->data->label : plain[g % 8];
    const char *text =
        g < 8 && !(d->data->label && g % 2 == 0 && g > 0) ? name : baro_arena_format(d->arena, "%s %zu", name, g + 1);
    d->failed = d->failed || !text;
    return text ? text : "";
}

static const char *period_name(draft *d, size_t p)
{
    static const char *const month[] = {"Mar", "Jun", "Sep", "Dec"};
    const char *text = baro_arena_format(d->arena, "Year to %s %zu", month[p % 4], 2009 + p / 4);
    d->failed = d->failed || !text;
    return text ? text : "";
}

static const char *number(draft *d, double x, bool sign)
{
    const char *text = isnan(x) ? ""
                                : baro_arena_format(d->arena, "%s%.1f",
                                                    x < 0  ? "\xE2\x88\x92"
                                                    : sign ? "+"
                                                           : "",
                                                    fabs(x));
    d->failed = d->failed || !text;
    return text ? text : "";
}

static const char *limits(draft *d, double low, double high)
{
    const char *text = baro_arena_format(d->arena, "(%s to %s)", number(d, low, true), number(d, high, true));
    d->failed = d->failed || !text;
    return text ? text : "";
}

enum { ROWS = 33 * 64 };

static chart_mark *add(draft *d, const char *label)
{
    if (d->n == ROWS) { /* the last is overwritten, and the chart refused */
        d->failed = true;
        d->n--;
    }
    d->row[d->n] = chart_mark_blank(label);
    return &d->row[d->n++];
}

static void hide(chart_mark *r)
{
    r->base = r->before = r->estimate = r->lower = r->upper = r->clear = NAN;
    r->words = r->interval = r->role = NULL;
    r->marker = "[c]";
}

static void add_level(draft *d, size_t g, size_t p, const char *label, bool everyone)
{
    chart_mark *r = add(d, label);
    double v = everyone ? 63.29 - 0.2 * (double)p : level(d, g, p);
    r->everyone = everyone;
    r->period = period_name(d, p);
    r->order = (double)p;
    r->base = everyone ? 12845 : 31 + 977 * (double)((g + p) % 9);
    r->estimate = v;
    r->lower = fmax(0, v - half_width(g));
    r->upper = fmin(100, v + half_width(g));
    r->clear = everyone ? NAN : (double)(g % 2);
    if (r->base < 50)
        r->marker = "[u]";
    if (!everyone && is_hidden(d, g, p))
        hide(r);
}

/* ---- a maker a kind ---- */

static void bars(draft *d)
{
    for (size_t g = 0; g < d->data->groups; g++)
        add_level(d, g, 0, group_name(d, g), false);
    add_level(d, 0, 0, "London", true);
    d->chart.compared = "the rest";
}

static void trend(draft *d)
{
    for (size_t g = 0; g <= d->data->groups; g++)
        for (size_t p = 0; p < d->data->periods; p++)
            if (!is_missing(d, g, p))
                add_level(d, g, p, g < d->data->groups ? group_name(d, g) : "London", g == d->data->groups);
    for (size_t i = 0; i < d->n; i++) {
        d->row[i].clear = NAN;
        if (d->row[i].order == 6 && !d->row[i].marker && d->data->groups > 4)
            d->row[i].marker = "[b]";
    }
    d->chart.target = d->data->groups % 2 ? 66.5 : NAN;
    d->chart.approximate = d->data->groups == 1;
    d->chart.period_axis = "Each point pools 4 quarters and is named by its last";
}

static void weights(draft *d)
{
    for (size_t g = 0; g < d->data->groups; g++) {
        chart_mark *r = add(d, group_name(d, g));
        r->period = g % 3 == 0 ? "sex" : g % 3 == 1 ? "age" : "borough";
        r->before = level(d, g, 0) / 2;
        r->estimate = level(d, g + 1, 0) / 2;
    }
    d->chart.decimals = 1;
}

static void likert(draft *d)
{
    static const struct {
        const char *level, *role;
        double share;
    } answers[] = {{"Strongly disagree", "negative", 9.7},
                   {"Tend to disagree", "negative", 17.4},
                   {"Neither agree nor disagree", "neutral", 21.2},
                   {"Tend to agree", "positive", 38.3},
                   {"Strongly agree", "positive", 13.4}};
    for (size_t g = 0; g < d->data->groups; g++) {
        double sum = 0, share[5];
        for (size_t a = 0; a < 5; a++)
            sum += share[a] = d->data->edges   ? (a == (g * 2) % 5)
                              : d->data->equal ? 1
                                               : answers[a].share * (1 + 0.5 * sin((double)(g * 3 + a)));
        for (size_t a = 0; a < 5; a++) {
            chart_mark *r = add(d, group_name(d, g));
            r->level = answers[a].level;
            r->role = answers[a].role;
            r->base = 214 + 97 * (double)g;
            r->estimate = 100 * share[a] / sum;
            if (is_hidden(d, g, 0)) {
                hide(r);
                r->level = answers[a].level;
                r->role = answers[a].role;
            }
        }
    }
}

static void gap(draft *d)
{
    for (size_t g = 0; g < d->data->groups; g++) {
        chart_mark *r = add(d, group_name(d, g));
        double v = level(d, g, 0), other = d->data->equal ? v : 62.91 - 0.1 * v + 6.3, half = 2 * half_width(g);
        r->base = 131 + 977 * (double)(g % 9);
        r->estimate = v;
        r->before = other;
        r->lower = v - other - half;
        r->upper = v - other + half;
        r->clear = fabs(v - other) > half;
        r->words = number(d, v - other, true);
        r->interval = limits(d, r->lower, r->upper);
        if (is_hidden(d, g, 0))
            hide(r);
    }
    d->chart.before = "the rest";
    d->chart.now = "the group";
    d->chart.tested = "gap";
    d->chart.heading = "Gap, points (95% interval)";
}

static void move(draft *d, const char *section, const char *label, double value, double half, bool total)
{
    chart_mark *r = add(d, label);
    r->period = section;
    r->everyone = total;
    r->estimate = value;
    r->lower = value - half;
    r->upper = value + half;
    r->clear = total ? NAN : fabs(value) > half;
    r->words = number(d, value, true);
    r->interval = limits(d, r->lower, r->upper);
}

static void waterfall(draft *d)
{
    for (size_t g = 0; g < d->data->groups; g++) {
        const char *name = group_name(d, g);
        double then = level(d, g, 0) - 62.3, own = d->data->equal ? 0 : 3.7 * cos((double)g),
               others = d->data->equal ? 0 : 2.9 * sin((double)g * 3);
        const char *section =
            baro_arena_format(d->arena, "%s: narrowed by %s points", name, number(d, own + others, false));
        const char *mine = baro_arena_format(d->arena, "%s, up %s", name, number(d, fabs(own), false));
        if (is_hidden(d, g, 0)) {
            chart_mark *r = add(d, "Gap, year to Mar 2023");
            r->period = name;
            r->marker = "[c]";
            continue;
        }
        move(d, section, "Gap, year to Mar 2022", then, 2.7, true);
        move(d, section, mine, own, 2.1, false);
        move(d, section, "The rest, down 2.9", others, 0.7, false);
        move(d, section, "Gap, year to Mar 2023", then + own + others, 2.6, true);
    }
    d->chart.percent = false;
    d->chart.unit = "";
    d->chart.heading = "Size, points (95% interval)";
}

static void control(draft *d)
{
    static const char *const roles[] = {NULL, "limit", NULL, "near", NULL, "side", "trend", NULL};
    for (size_t g = 0; g < d->data->groups; g++)
        for (size_t p = 0; p < d->data->periods; p++) {
            if (is_missing(d, g, p))
                continue;
            chart_mark *r = add(d, group_name(d, g));
            double centre = level(d, g, 0) + (p >= 8 ? 2.3 : 0), half = 3.1 + 0.4 * sin((double)p);
            r->period = period_name(d, p);
            r->order = (double)p;
            r->base = 400;
            r->before = fmin(100, centre);
            r->lower = fmax(0, centre - half);
            r->upper = fmin(100, centre + half);
            r->estimate = fmax(0, fmin(100, centre + (d->data->equal ? 0 : 1.3 * half * sin(1.3 * (double)p))));
            r->role = d->data->equal ? NULL : roles[(p + g) % 8];
            r->marker = p == 8 ? "[b]" : NULL;
            if (is_hidden(d, g, p)) {
                hide(r);
                r->period = period_name(d, p);
            }
        }
    d->chart.decimals = 1;
}

static void spread(draft *d)
{
    static const char *const factor[] = {"Ethnic group", "Age", "Contact channel", "Sex"};
    size_t factors = d->data->groups < 4 ? d->data->groups : 4;
    for (size_t f = 0; f < factors; f++) {
        const char *name = d->data->label && f % 2 == 0 ? d->data->label : factor[f];
        chart_mark *r = add(d, name);
        r->role = "factor";
        r->words = number(d, 3.1 / (double)(f + 1), false);
        r->interval = "(0.23 to 3.97)";
        r->level = "rank 1 to 3, first: under 1%";
        for (size_t g = 0; g < d->data->groups; g++) {
            r = add(d, group_name(d, g));
            r->period = name;
            r->estimate = 62.3 + (level(d, g, 0) - 62.3) / (double)(f + 1);
            if (d->data->edges)
                r->estimate = level(d, g, 0);
            if (is_hidden(d, g, 0)) {
                hide(r);
                r->period = name;
            }
        }
    }
    add_level(d, 0, 0, "London", true);
    d->chart.heading = "Share of the variance (95% interval)";
}

static void tiles(draft *d)
{
    for (size_t g = 0; g < d->data->groups; g++) {
        add_level(d, g, 0, group_name(d, g), false);
        d->row[d->n - 1].x = (double)(g % 7);
        d->row[d->n - 1].y = (double)(g / 7);
    }
    add_level(d, 0, 0, "London", true);
    d->chart.compared = "the rest";
}

static void heat(draft *d)
{
    static const char *const measures[] = {"Trust", "Treats everyone fairly", "Good job in the local area",
                                           "Would report a crime"};
    for (size_t g = 0; g < d->data->groups; g++)
        for (size_t m = 0; m < 4; m++) {
            add_level(d, g, m, group_name(d, g), false);
            d->row[d->n - 1].across = measures[m];
        }
}

static void multiples(draft *d)
{
    trend(d);
    for (size_t i = 0, g = 0; i < d->n && d->data->groups > 8; i++) {
        g += i > 0 && strcmp(d->row[i].label, d->row[i - 1].label) != 0;
        if (d->row[i].everyone != 0)
            continue;
        d->row[i].x = (double)(g % 7);
        d->row[i].y = (double)(g / 7);
    }
}

static const struct {
    const char *name;
    baro_chart_kind kind;
    bool over_time, ranges; /* periods matter; labels may be long */
    void (*make)(draft *d);
} kinds[] = {
    {"bars", BARO_CHART_BARS, false, true, bars},
    {"trend", BARO_CHART_TREND, true, true, trend},
    {"likert", BARO_CHART_LIKERT, false, true, likert},
    {"gap", BARO_CHART_GAP, false, true, gap},
    {"spread", BARO_CHART_SPREAD, false, true, spread},
    {"tiles", BARO_CHART_TILES, false, false, tiles},
    {"heat", BARO_CHART_HEAT, false, true, heat},
    {"control", BARO_CHART_CONTROL, true, true, control},
    {"multiples", BARO_CHART_MULTIPLES, true, true, multiples},
    {"waterfall", BARO_CHART_WATERFALL, false, true, waterfall},
    {"weights", BARO_CHART_WEIGHTS, false, true, weights},
};

size_t gallery_kinds(void)
{
    return sizeof kinds / sizeof *kinds;
}

const char *gallery_kind_name(size_t kind)
{
    return kinds[kind].name;
}

size_t gallery_cases(void)
{
    return sizeof cases / sizeof *cases;
}

const char *gallery_case_name(size_t k)
{
    return cases[k].name;
}

bool gallery_chart(size_t kind, size_t k, baro_arena *arena, baro_chart *out)
{
    draft d = {.arena = arena, .data = &cases[k], .row = BARO_ARRAY(arena, chart_mark, ROWS)};
    if (!d.row || (cases[k].periods_matter && !kinds[kind].over_time))
        return false;
    d.chart = (baro_chart){
        .kind = kinds[kind].kind,
        .title = "Black Londoners trust least: 57% against 71%",
        .subtitle = "Per cent: Strongly agree or Tend to agree. Londoners aged 16 and over, year to Dec 2023",
        .source = "Source: Invented survey.",
        .description = baro_arena_format(arena, "Chart of kind %s, %s.", kinds[kind].name, cases[k].name),
        .unit = "%",
        .percent = true,
        .ordered = false,
        .target = NAN,
        .id = baro_arena_format(arena, "%s-%zu", kinds[kind].name, k)};
    kinds[kind].make(&d);
    d.chart.sheet = chart_sheet(arena, d.row, d.n);
    *out = d.chart;
    return !d.failed && d.chart.sheet && d.chart.id && d.chart.description;
}
