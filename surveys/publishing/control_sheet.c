/* Control charts as tables: a row a point, with its lines and the rules that it is part of. */
#include "surveys/publishing/control_sheet.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/wording.h"
#include <math.h>

/* Fewer points than this make lines that the next points will move. */
enum { POINTS_ENOUGH = 12, NOTES_ADDED = 12 };

baro_status baro_controls_suppress(baro_controls *controls, baro_arena *arena)
{
    baro_status status = baro_suppress(&controls->run);
    return status ? status : baro_control_limits(controls, arena);
}

const char *baro_say_rules(unsigned rule, const char *between, baro_arena *arena)
{
    static const struct {
        unsigned bit;
        const char *words;
    } rules[] = {{BARO_RULE_LIMIT, "beyond a limit"},
                 {BARO_RULE_SIDE, "7 on one side"},
                 {BARO_RULE_TREND, "7 in a trend"},
                 {BARO_RULE_NEAR, "2 of 3 beyond two thirds"}};
    const char *text = "";
    for (size_t i = 0; i < sizeof rules / sizeof *rules && text; i++)
        if (rule & rules[i].bit)
            text = *text ? baro_arena_format(arena, "%s%s%s", text, between, rules[i].words) : rules[i].words;
    return text;
}

const char *baro_say_control(const baro_controls *controls, baro_arena *arena)
{
    static const char *const chart[] = {
        "Centre: all interviews behind the points together; limits: 3 standard errors to either side, with the mean "
        "design effect of the points (p-chart).",
        "Centre: the mean of the points; limits: 2.66 times the mean step between neighbours, to either side (XmR)."};
    const char *from = "";
    char first[32], last[32];
    if (controls->asked.has_baseline) {
        baro_period_label(&controls->run.calendar, controls->asked.from, first);
        baro_period_label(&controls->run.calendar, controls->asked.to, last);
        from =
            baro_arena_format(arena, " Both from the points of %s to %s alone, where a series has any.", first, last);
    }
    return from ? baro_arena_format(arena, "%s%s", chart[controls->asked.chart], from) : NULL;
}

/* ---- notes ---- */

typedef struct {
    unsigned marks;
    bool none, few, segments, rules;
} seen;

static seen look(const baro_control_point *point, size_t n)
{
    seen out = {0};
    for (size_t i = 0; i < n; i++) {
        out.marks |= point[i].level->marks;
        out.none = out.none || (isnan(point[i].centre) && !isnan(point[i].level->estimate));
        out.few = out.few || (point[i].resting > 0 && point[i].resting < POINTS_ENOUGH);
        out.segments = out.segments || point[i].segment != point[0].segment;
        out.rules = out.rules || point[i].rule;
    }
    return out;
}

static size_t note_marks(const baro_controls *controls, unsigned marks, const char **note, baro_arena *arena)
{
    const baro_survey *survey = controls->run.survey;
    size_t n = 0;
    if (marks & BARO_MARK_SUPPRESSED)
        note[n++] = baro_arena_format(
            arena, "[c] confidential: fewer than %g interviews. Such a point counts in no line, and ends every run.",
            survey->suppress_below);
    if (marks & BARO_MARK_UNRELIABLE)
        note[n++] = survey->nchs ? "[u] low reliability, by the NCHS standard for proportions."
                                 : baro_arena_format(arena, "[u] low reliability: fewer than %g interviews.",
                                                     survey->unreliable_below);
    if (marks & BARO_MARK_CAUTION)
        note[n++] = baro_arena_format(arena, "Some rows rest on fewer than %g interviews: read with caution.",
                                      survey->caution_below);
    return n;
}

static baro_status add_notes(const baro_controls *controls, const baro_control_point *point, size_t n_points, bool tidy,
                             baro_arena *arena, baro_sheet *out)
{
    const baro_texts *said = &controls->run.notes;
    const char **note = BARO_ARRAY(arena, const char *, said->n + NOTES_ADDED);
    const seen s = look(point, n_points);
    size_t n = 0;
    if (!note)
        return BARO_NO_MEMORY;
    for (; n < said->n; n++)
        note[n] = said->item[n];
    note[n++] = "Single units of time, not rolling: neighbours that share interviews would fire every rule.";
    note[n++] = baro_say_control(controls, arena);
    if (s.segments)
        note[n++] = "New lines begin where the series breaks.";
    if (s.few)
        note[n++] = baro_arena_format(
            arena, "Some lines rest on fewer than %d points: they will move as points are added.", POINTS_ENOUGH);
    if (s.none)
        note[n++] = "No lines where there are fewer than two points, no design effect is known, or, in a p-chart, the "
                    "measure is not a share.";
    if (s.rules)
        note[n++] = "A rule says that a point is out of the ordinary for this series, not why. Of series of 24 "
                    "ordinary points about one in six has a point that fires one.";
    if (!tidy)
        n += note_marks(controls, s.marks, note + n, arena);
    if (controls->run.survey->source)
        note[n++] =
            baro_say_sentence(NULL, baro_arena_format(arena, "Source: %s", controls->run.survey->source), arena);
    for (size_t i = 0; i < n; i++)
        if (!note[i])
            return BARO_NO_MEMORY;
    out->notes = note;
    out->n_notes = n;
    return BARO_OK;
}

/* ---- tidy ---- */

/* The first 12 are the contract's; new columns come at the end only. */
static const baro_sheet_column tidy_columns[] = {
    {.name = "survey", .description = "Id of the survey", .scale = 1},
    {.name = "measure", .description = "Id of the measure", .scale = 1},
    {.name = "by", .description = "Id of the breakdown; empty for everyone", .scale = 1},
    {.name = "group", .description = "Category of the breakdown", .scale = 1},
    {.name = "period", .description = "Unit of time", .scale = 1},
    {.name = "base", .description = "Interviews", .numeric = true, .scale = 1},
    {.name = "estimate", .description = "Level in that unit alone", .numeric = true, .scale = 1},
    {.name = "centre", .description = "Centre line", .numeric = true, .scale = 1},
    {.name = "lower_limit", .description = "Lower control limit", .numeric = true, .scale = 1},
    {.name = "upper_limit", .description = "Upper control limit", .numeric = true, .scale = 1},
    {.name = "rule",
     .description = "Rules that the point is part of, parted by ;: beyond a limit, 7 on one side, 7 in a trend, 2 of 3 "
                    "beyond two thirds",
     .scale = 1},
    {.name = "marker", .description = "c suppressed, u unreliable, caution, review, x not available", .scale = 1},
    {.name = "level", .description = "Answer of a distribution", .scale = 1},
    {.name = "by2", .description = "Id of the second breakdown", .scale = 1},
    {.name = "group2", .description = "Category of the second breakdown", .scale = 1},
    {.name = "chart", .description = "How the lines were made: p or xmr", .scale = 1},
    {.name = "segment", .description = "Number of the run between breaks in series", .numeric = true, .scale = 1},
    {.name = "points", .description = "Points that the lines rest on", .numeric = true, .scale = 1}};
enum { TIDY = sizeof tidy_columns / sizeof *tidy_columns, TIDY_HEADERS = 5 };

static void tidy_row(baro_cells *cells, const baro_controls *controls, const baro_control_point *point)
{
    static const char *const chart[] = {"p", "xmr"};
    const baro_row *row = point->level;
    baro_cells_text(cells, controls->run.survey->id);
    baro_cells_text(cells, row->measure->id);
    baro_cells_text(cells, row->by ? row->by->id : NULL);
    baro_cells_text(cells, row->group);
    baro_cells_text(cells, row->period_label);
    baro_cells_number(cells, row->base);
    baro_cells_number(cells, row->estimate);
    baro_cells_number(cells, point->centre);
    baro_cells_number(cells, point->lower);
    baro_cells_number(cells, point->upper);
    baro_cells_text(cells, baro_say_rules(point->rule, ";", cells->arena));
    baro_cells_text(cells, baro_row_marker(row, cells->arena));
    baro_cells_text(cells, row->level);
    baro_cells_text(cells, row->by2 ? row->by2->id : NULL);
    baro_cells_text(cells, row->group2);
    baro_cells_text(cells, chart[controls->asked.chart]);
    baro_cells_number(cells, (double)(point->segment + 1));
    baro_cells_number(cells, point->resting ? (double)point->resting : NAN);
}

static baro_status tidy_sheet(const baro_controls *controls, baro_arena *arena, baro_sheet *out)
{
    baro_cells cells = {.arena = arena};
    for (size_t i = 0; i < controls->n_points; i++)
        tidy_row(&cells, controls, &controls->points[i]);
    *out = (baro_sheet){.id = "control",
                        .title = controls->run.survey->title,
                        .columns = tidy_columns,
                        .n_columns = TIDY,
                        .row_headers = TIDY_HEADERS};
    baro_status status = add_notes(controls, controls->points, controls->n_points, true, arena, out);
    return status ? status : baro_cells_end(&cells, out);
}

/* ---- for readers ---- */

typedef enum { ANSWER, GROUP, GROUP2, PERIOD, BASE, ESTIMATE, CENTRE, LOWER, UPPER, RULE, KINDS } kind;

typedef struct {
    const baro_controls *controls;
    baro_arena *arena;
    const baro_control_point *point; /* [n_points] of the sheet */
    size_t n_points;
    kind kind[KINDS];
    size_t n;
    baro_display display; /* one digit more than levels have: limits lie close */
} draft;

static void choose_columns(draft *d)
{
    const baro_row *row = d->point->level;
    const bool wanted[KINDS] = {[ANSWER] = *row->level != '\0',
                                [GROUP] = row->by != NULL,
                                [GROUP2] = row->by2 != NULL,
                                [PERIOD] = true,
                                [BASE] = true,
                                [ESTIMATE] = true,
                                [CENTRE] = true,
                                [LOWER] = true,
                                [UPPER] = true,
                                [RULE] = true};
    for (size_t k = 0; k < KINDS; k++)
        if (wanted[k])
            d->kind[d->n++] = (kind)k;
}

static baro_sheet_column column_of(const draft *d, kind k)
{
    const baro_row *row = d->point->level;
    bool number = k >= BASE && k <= UPPER, level = k >= ESTIMATE && k <= UPPER;
    const char *title[KINDS] = {[ANSWER] = "Answer",
                                [GROUP] = row->by ? row->by->label : "",
                                [GROUP2] = row->by2 ? row->by2->label : "",
                                [PERIOD] = "Period",
                                [BASE] = "Interviews",
                                [ESTIMATE] = *d->display.unit ? "Per cent" : "Value",
                                [CENTRE] = "Centre line",
                                [LOWER] = "Lower limit",
                                [UPPER] = "Upper limit",
                                [RULE] = "Out of the ordinary?"};
    return (baro_sheet_column){.name = title[k],
                               .numeric = number,
                               .scale = level ? d->display.scale : 1,
                               .decimals = level ? d->display.decimals : 0,
                               .unit = level && *d->display.unit ? d->display.unit : NULL,
                               .thousands = number,
                               .keep = true};
}

static baro_cell words(const char *text)
{
    return (baro_cell){.kind = BARO_CELL_TEXT, .text = text ? text : ""};
}

static baro_cell cell_of(const draft *d, const baro_control_point *point, kind k)
{
    const baro_row *row = point->level;
    const char *hidden = baro_row_shorthand(row);
    const double value[KINDS] = {[BASE] = row->base,
                                 [ESTIMATE] = row->estimate,
                                 [CENTRE] = point->centre,
                                 [LOWER] = point->lower,
                                 [UPPER] = point->upper};
    switch (k) {
    case ANSWER: return words(row->level);
    case GROUP: return words(row->by ? row->group : baro_say_everyone(d->controls->run.survey));
    case GROUP2: return words(row->group2);
    case PERIOD: return words(row->period_words);
    case RULE:
        if (hidden || isnan(point->centre))
            return words(hidden ? hidden : "[x]");
        return words(point->rule ? baro_say_rules(point->rule, ", ", d->arena) : "no");
    default: break;
    }
    if (isnan(value[k]))
        return words(hidden ? hidden : "[x]");
    return (baro_cell){
        .kind = BARO_CELL_NUMBER, .number = value[k], .text = k == ESTIMATE ? baro_row_quality(row) : NULL};
}

static const char *title_of(const draft *d)
{
    const baro_row *row = d->point->level, *last = d->point[d->n_points - 1].level;
    const char *breakdown = baro_say_breakdown(row, d->arena);
    return baro_arena_format(d->arena, "%s%s%s: control chart, %s to %s", row->measure->label, breakdown ? " by " : "",
                             breakdown ? baro_say_inside(breakdown, d->arena) : "",
                             baro_say_inside(row->period_words, d->arena),
                             baro_say_inside(last->period_words, d->arena));
}

static const char *subtitle_of(const draft *d)
{
    const baro_measure *measure = d->point->level->measure;
    const char *positive = baro_say_positive(measure, d->arena);
    const char *text = measure->question ? baro_say_sentence(NULL, measure->question, d->arena) : NULL;
    if (positive && !*d->point->level->level)
        text = baro_say_sentence(text, baro_arena_format(d->arena, "Per cent: %s", positive), d->arena);
    return baro_say_sentence(text, d->controls->run.survey->population, d->arena);
}

static baro_status make_sheet(draft *d, baro_sheet *out)
{
    baro_cells cells = {.arena = d->arena};
    baro_sheet_column *column = BARO_ARRAY(d->arena, baro_sheet_column, KINDS);
    const baro_row *row = d->point->level;
    if (!column)
        return BARO_NO_MEMORY;
    d->display = baro_display_of(&d->controls->run, row->statistic);
    d->display.decimals++;
    choose_columns(d);
    size_t headers = 0;
    for (size_t c = 0; c < d->n; c++) {
        column[c] = column_of(d, d->kind[c]);
        headers += d->kind[c] < BASE;
    }
    for (size_t i = 0; i < d->n_points; i++)
        for (size_t c = 0; c < d->n; c++)
            baro_cells_put(&cells, cell_of(d, &d->point[i], d->kind[c]));
    *out = (baro_sheet){
        .title = title_of(d), .subtitle = subtitle_of(d), .columns = column, .n_columns = d->n, .row_headers = headers};
    out->id = baro_arena_format(d->arena, "%s-control%s%s%s%s", row->measure->id, row->by ? "-by-" : "",
                                row->by ? row->by->id : "", row->by2 ? "-" : "", row->by2 ? row->by2->id : "");
    if (!out->title || !out->id)
        return BARO_NO_MEMORY;
    baro_status status = add_notes(d->controls, d->point, d->n_points, false, d->arena, out);
    return status ? status : baro_cells_end(&cells, out);
}

baro_status baro_sheets_controls(const baro_controls *controls, bool tidy, baro_arena *arena, baro_sheet **out,
                                 size_t *n)
{
    const baro_control_point *point = controls->points;
    baro_status status = BARO_OK;
    *out = BARO_ARRAY(arena, baro_sheet, controls->n_points + 1);
    *n = 0;
    if (!*out)
        return BARO_NO_MEMORY;
    if (tidy)
        return tidy_sheet(controls, arena, &(*out)[(*n)++]);
    for (size_t first = 0, end; first < controls->n_points && status == BARO_OK; first = end) {
        for (end = first + 1; end < controls->n_points && point[end].level->measure == point[first].level->measure &&
                              point[end].level->table == point[first].level->table;)
            end++;
        draft d = {.controls = controls, .arena = arena, .point = &point[first], .n_points = end - first};
        status = make_sheet(&d, &(*out)[(*n)++]);
    }
    return status;
}
