/* What a survey file says, as sheets: the survey, its measures, their answers, its groups. */
#include "io/base/number.h"
#include "surveys/publishing/cells.h"
#include "surveys/publishing/describe_sheet.h"
#include <math.h>
#include <string.h>

static const baro_sheet_column tidy_columns[] = {
    {.name = "part", .description = "survey, measure, answer, group or category", .scale = 1},
    {.name = "id", .description = "Id of the measure or group, or the key of the survey file", .scale = 1},
    {.name = "label", .description = "Label, or the value of the key", .scale = 1},
    {.name = "question", .description = "Question as asked", .scale = 1},
    {.name = "columns", .description = "Columns of the data, parted by semicolons", .scale = 1},
    {.name = "answer", .description = "Label of the answer or category", .scale = 1},
    {.name = "role", .description = "Role of the answer, statistic of the measure, kind of the group", .scale = 1},
    {.name = "codes", .description = "Codes and spellings in the data, band, or rule", .scale = 1},
    {.name = "score", .description = "Score of the answer", .numeric = true, .scale = 1}};
static const baro_sheet_column survey_columns[] = {{.name = "Item", .scale = 1, .keep = true},
                                                   {.name = "Value", .scale = 1, .keep = true}};
static const baro_sheet_column measure_columns[] = {{.name = "Measure", .scale = 1, .keep = true},
                                                    {.name = "Label", .scale = 1, .keep = true},
                                                    {.name = "Columns", .scale = 1, .keep = true},
                                                    {.name = "Statistic", .scale = 1, .keep = true},
                                                    {.name = "Counted as positive", .scale = 1, .keep = true},
                                                    {.name = "Question", .scale = 1, .keep = true}};
static const baro_sheet_column answer_columns[] = {{.name = "Scale", .scale = 1, .keep = true},
                                                   {.name = "Answer", .scale = 1, .keep = true},
                                                   {.name = "Role", .scale = 1, .keep = true},
                                                   {.name = "Codes", .scale = 1, .keep = true}};
static const baro_sheet_column group_columns[] = {
    {.name = "Group", .scale = 1, .keep = true},    {.name = "Label", .scale = 1, .keep = true},
    {.name = "Kind", .scale = 1, .keep = true},     {.name = "Columns", .scale = 1, .keep = true},
    {.name = "Category", .scale = 1, .keep = true}, {.name = "Codes", .scale = 1, .keep = true}};

/* In the order of the enums of survey.h. */
static const char *const role_words[] = {"positive",   "neutral", "negative", "other",
                                         "don't know", "refused", "not asked"};
static const char *const statistic_words[] = {"proportion", "distribution", "mean", "total", "ratio", "quantile"};
static const char *const kind_words[] = {"demographic", "channel", "area", "contact", "other"};
static const char *const sampling_words[] = {"probability", "quota", "opt-in"};
static const char *const lonely_words[] = {"fail", "remove", "adjust", "average"};
static const char *const unit_words[] = {"month", "quarter", "year"};
static const char *const interval_words[] = {"logit", "wald", "wilson", "beta", "arcsine", "likelihood"};
static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

typedef void put_fact(baro_cells *cells, const char *item, const char *value);

static void tidy_fact(baro_cells *cells, const char *item, const char *value)
{
    if (!value || !value[0])
        return;
    baro_cells_text(cells, "survey");
    baro_cells_text(cells, item);
    baro_cells_text(cells, value);
    for (int i = 0; i < 6; i++)
        baro_cells_text(cells, NULL);
}

static void reader_fact(baro_cells *cells, const char *item, const char *value)
{
    if (!value || !value[0])
        return;
    baro_cells_text(cells, item);
    baro_cells_text(cells, value);
}

/* A text that had to be made: without memory the cells fail, so that no fact is silently left out. */
static const char *made(baro_cells *cells, const char *text)
{
    cells->failed = cells->failed || !text;
    return text ? text : "";
}

static const char *joined(baro_cells *cells, const baro_texts *texts)
{
    return made(cells, baro_joined(texts, cells->arena));
}

static const char *number_text(baro_cells *cells, double number)
{
    char text[BARO_NUMBER_TEXT];
    if (!isfinite(number))
        return "";
    baro_number_write(number, text);
    return made(cells, baro_arena_string(cells->arena, text));
}

static void put_series(baro_cells *cells, const baro_survey *survey, put_fact *put)
{
    if (!survey->is_series)
        return;
    put(cells, "series: date", survey->series_date);
    put(cells, "series: group", survey->series_group);
    put(cells, "series: measure", survey->series_measure);
    put(cells, "series: estimate", survey->series_estimate);
    put(cells, "series: total", survey->series_total);
    put(cells, "series: base",
        survey->series_base_column ? survey->series_base_column : number_text(cells, survey->series_base));
    put(cells, "series: deft", number_text(cells, survey->series_deft));
    put(cells, "series: rounding", number_text(cells, survey->series_rounding));
}

static void put_design(baro_cells *cells, const baro_survey *survey, put_fact *put)
{
    if (survey->is_series)
        return;
    put(cells, "sampling", sampling_words[survey->sampling]);
    put(cells, "weight", survey->weight ? survey->weight : survey->n_window_weights ? "" : "none: unweighted");
    for (size_t i = 0; i < survey->n_window_weights; i++)
        put(cells, "window weights", survey->window_weights[i].columns);
    put(cells, "weight missing", survey->weight ? survey->weight_missing_out ? "out" : "error" : "");
    put(cells, "strata", joined(cells, &survey->strata));
    put(cells, "psu", survey->psu.n ? joined(cells, &survey->psu) : "each interview is its own");
    put(cells, "fpc", joined(cells, &survey->fpc));
    put(cells, "lonely psu", survey->strata.n || survey->psu.n ? lonely_words[survey->lonely_psu] : "");
    put(cells, "replicates", survey->replicates.columns ? survey->replicates.columns : "");
    put(cells, "deft", number_text(cells, survey->deft));
    put(cells, "missing", joined(cells, &survey->missing));
}

static void put_period(baro_cells *cells, const baro_survey *survey, put_fact *put)
{
    if (!survey->has_period)
        return;
    put(cells, "period", joined(cells, &survey->period_columns));
    put(cells, "period unit", unit_words[survey->period_unit]);
    put(cells, "year starts",
        months[survey->year_starts >= 1 && survey->year_starts <= 12 ? survey->year_starts - 1 : 0]);
    put(cells, "rolling", survey->rolling > 1 ? number_text(cells, (double)survey->rolling) : "");
    for (size_t i = 0; i < survey->n_breaks; i++)
        put(cells, "break",
            made(cells, baro_arena_format(cells->arena, "%s: %s", survey->breaks[i].label,
                                          survey->breaks[i].why ? survey->breaks[i].why : "")));
}

static void put_survey(baro_cells *cells, const baro_survey *survey, put_fact *put)
{
    put(cells, "id", survey->id);
    put(cells, "title", survey->title);
    put(cells, "publisher", survey->publisher);
    put(cells, "population", survey->population);
    put(cells, "source", survey->source);
    put_series(cells, survey, put);
    put_design(cells, survey, put);
    put_period(cells, survey, put);
    put(cells, "suppressed below", number_text(cells, survey->suppress_below));
    put(cells, "unreliable below", number_text(cells, survey->unreliable_below));
    put(cells, "caution below", number_text(cells, survey->caution_below));
    put(cells, "confidence", number_text(cells, survey->confidence));
    put(cells, "interval", interval_words[survey->interval]);
}

/* All columns that a measure may be read from. */
static const char *columns_of(const baro_measure *measure, const baro_survey *survey, baro_cells *cells)
{
    size_t n = 0;
    const char **list =
        BARO_ARRAY(cells->arena, const char *, measure->columns.n + measure->n_either + measure->multi.n + 1);
    if (!list)
        return made(cells, NULL);
    if (survey->is_series)
        return measure->value ? measure->value : "";
    for (size_t i = 0; i < measure->columns.n; i++)
        list[n++] = measure->columns.item[i];
    for (size_t i = 0; i < measure->n_either; i++)
        list[n++] = measure->either[i].column;
    for (size_t i = 0; i < measure->multi.n; i++)
        list[n++] = measure->multi.item[i];
    return joined(cells, &(baro_texts){list, n});
}

static const char *positive_of(const baro_measure *measure, baro_cells *cells)
{
    size_t n = 0;
    if (!measure->scale)
        return "";
    const char **list = BARO_ARRAY(cells->arena, const char *, measure->scale->n_answers);
    if (!list)
        return made(cells, NULL);
    for (size_t i = 0; i < measure->scale->n_answers; i++)
        if (measure->scale->answers[i].role == BARO_ROLE_POSITIVE)
            list[n++] = measure->scale->answers[i].label;
    return joined(cells, &(baro_texts){list, n});
}

/* Codes, the ends of a band, or the rule of a derived category. */
static const char *codes_of(const baro_category *category, baro_cells *cells)
{
    if (category->where)
        return category->where;
    if (isnan(category->from) || isnan(category->to) || category->codes.n)
        return joined(cells, &category->codes);
    if (isinf(category->from))
        return made(cells, baro_arena_format(cells->arena, "up to %s", number_text(cells, category->to)));
    if (isinf(category->to))
        return made(cells, baro_arena_format(cells->arena, "%s and over", number_text(cells, category->from)));
    return made(cells, baro_arena_format(cells->arena, "%s to %s", number_text(cells, category->from),
                                         number_text(cells, category->to)));
}

static void put_nine(baro_cells *cells, const char *const text[8], double score)
{
    for (int i = 0; i < 8; i++)
        baro_cells_text(cells, text[i]);
    baro_cells_number(cells, score);
}

static void tidy_measures(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_measures; i++) {
        const baro_measure *m = &survey->measures[i];
        put_nine(cells,
                 (const char *[8]){"measure", m->id, m->label, m->question, columns_of(m, survey, cells), NULL,
                                   survey->is_series ? NULL : statistic_words[m->statistic], NULL},
                 NAN);
        for (size_t j = 0; m->scale && j < m->scale->n_answers; j++) {
            const baro_answer *a = &m->scale->answers[j];
            put_nine(cells,
                     (const char *[8]){"answer", m->id, NULL, NULL, NULL, a->label, role_words[a->role],
                                       joined(cells, &a->codes)},
                     a->score);
        }
    }
}

static void tidy_groups(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_groups; i++) {
        const baro_group *g = &survey->groups[i];
        put_nine(cells,
                 (const char *[8]){"group", g->id, g->label, NULL, joined(cells, &g->columns), NULL,
                                   kind_words[g->kind], NULL},
                 NAN);
        for (size_t j = 0; j < g->n_categories; j++)
            put_nine(cells,
                     (const char *[8]){"category", g->id, NULL, NULL, NULL, g->categories[j].label, NULL,
                                       codes_of(&g->categories[j], cells)},
                     NAN);
    }
}

static void put_measures(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_measures; i++) {
        const baro_measure *m = &survey->measures[i];
        baro_cells_text(cells, m->id);
        baro_cells_text(cells, m->label);
        baro_cells_text(cells, columns_of(m, survey, cells));
        baro_cells_text(cells, survey->is_series ? "published" : statistic_words[m->statistic]);
        baro_cells_text(cells, positive_of(m, cells));
        baro_cells_text(cells, m->question);
    }
}

/* Every scale once, though many measures share it. */
static void put_answers(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_measures; i++) {
        const baro_scale *scale = survey->measures[i].scale;
        bool seen = !scale;
        for (size_t j = 0; j < i && !seen; j++)
            seen = survey->measures[j].scale == scale;
        for (size_t j = 0; !seen && j < scale->n_answers; j++) {
            baro_cells_text(cells, scale->id ? scale->id : survey->measures[i].id);
            baro_cells_text(cells, scale->answers[j].label);
            baro_cells_text(cells, role_words[scale->answers[j].role]);
            baro_cells_text(cells, joined(cells, &scale->answers[j].codes));
        }
    }
}

static void put_groups(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_groups; i++) {
        const baro_group *g = &survey->groups[i];
        for (size_t j = 0; j < (g->n_categories ? g->n_categories : 1); j++) {
            baro_cells_text(cells, g->id);
            baro_cells_text(cells, g->label);
            baro_cells_text(cells, kind_words[g->kind]);
            baro_cells_text(cells, g->of ? made(cells, baro_arena_format(cells->arena, "of group %s", g->of))
                                         : joined(cells, &g->columns));
            baro_cells_text(cells, g->n_categories ? g->categories[j].label : "every distinct answer");
            baro_cells_text(cells, g->n_categories ? codes_of(&g->categories[j], cells) : NULL);
        }
    }
}

static void put_survey_sheet(baro_cells *cells, const baro_survey *survey)
{
    put_survey(cells, survey, reader_fact);
}

static baro_status tidy_codebook(const baro_survey *survey, baro_arena *arena, baro_sheet *out)
{
    baro_cells cells = {.arena = arena};
    *out = (baro_sheet){.id = "codebook",
                        .title = survey->title,
                        .columns = tidy_columns,
                        .n_columns = sizeof tidy_columns / sizeof *tidy_columns,
                        .row_headers = 2};
    put_survey(&cells, survey, tidy_fact);
    tidy_measures(&cells, survey);
    tidy_groups(&cells, survey);
    return baro_cells_end(&cells, out);
}

static const struct {
    const char *id, *title;
    const baro_sheet_column *columns;
    size_t n_columns, row_headers;
    void (*put)(baro_cells *cells, const baro_survey *survey);
} parts[] = {{"survey", "The survey", survey_columns, 2, 1, put_survey_sheet},
             {"measures", "Measures", measure_columns, 6, 1, put_measures},
             {"answers", "Answers", answer_columns, 4, 2, put_answers},
             {"groups", "Groups", group_columns, 6, 1, put_groups}};
#define PARTS (sizeof parts / sizeof *parts)

baro_status baro_sheets_codebook(const baro_survey *survey, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n)
{
    baro_sheet *sheets = BARO_ARRAY(arena, baro_sheet, PARTS);
    if (!sheets)
        return BARO_NO_MEMORY;
    *out = sheets;
    *n = 1;
    if (tidy)
        return tidy_codebook(survey, arena, sheets);
    *n = 0;
    for (size_t i = 0; i < PARTS; i++) {
        baro_cells cells = {.arena = arena};
        baro_sheet *sheet = &sheets[*n];
        *sheet = (baro_sheet){
            .id = parts[i].id,
            .title = baro_arena_format(arena, "%s: %s", parts[i].title, survey->title ? survey->title : ""),
            .columns = parts[i].columns,
            .n_columns = parts[i].n_columns,
            .row_headers = parts[i].row_headers};
        parts[i].put(&cells, survey);
        baro_status status = sheet->title ? baro_cells_end(&cells, sheet) : BARO_NO_MEMORY;
        if (status != BARO_OK)
            return status;
        *n += sheet->n_rows > 0; /* a part that is not there has no sheet */
    }
    return BARO_OK;
}
