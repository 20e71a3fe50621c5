/* What a survey file says, as sheets: the survey, its measures, their answers, its groups and their categories, its families. */
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
    {.name = "score", .description = "Score of the answer", .numeric = true, .scale = 1},
    {.name = "scale", .description = "Id of the scale of the measure", .scale = 1},
    {.name = "base", .description = "Who is in the base: those who answered, or all who were asked", .scale = 1},
    {.name = "where", .description = "Who is measured", .scale = 1},
    {.name = "better", .description = "Which way is better", .scale = 1},
    {.name = "target", .description = "Level aimed at", .numeric = true, .scale = 1},
    {.name = "weight", .description = "Column of the measure's own weight", .scale = 1},
    {.name = "of", .description = "Group whose labels make up this one", .scale = 1},
    {.name = "reference", .description = "Category that others are compared with", .scale = 1},
    {.name = "missing", .description = "Fields that mean an unknown group", .scale = 1},
    {.name = "properties", .description = "ordered, sensitive, overlapping", .scale = 1}};
static const baro_sheet_column survey_columns[] = {{.name = "Item", .scale = 1, .keep = true},
                                                   {.name = "Value", .scale = 1, .keep = true}};
static const baro_sheet_column measure_columns[] = {{.name = "Measure", .scale = 1, .keep = true},
                                                    {.name = "Label", .scale = 1, .keep = true},
                                                    {.name = "Question", .scale = 1, .keep = true},
                                                    {.name = "Columns", .scale = 1, .keep = true},
                                                    {.name = "Scale", .scale = 1, .keep = true},
                                                    {.name = "Statistic", .scale = 1, .keep = true},
                                                    {.name = "Counted as positive", .scale = 1, .keep = true},
                                                    {.name = "Base", .scale = 1, .keep = true},
                                                    {.name = "Better", .scale = 1, .keep = true},
                                                    {.name = "Target", .scale = 1, .keep = true},
                                                    {.name = "Weight", .scale = 1, .keep = true},
                                                    {.name = "Family", .scale = 1, .keep = true}};
static const baro_sheet_column answer_columns[] = {{.name = "Scale", .scale = 1, .keep = true},
                                                   {.name = "Answer", .scale = 1, .keep = true},
                                                   {.name = "Role", .scale = 1, .keep = true},
                                                   {.name = "Codes", .scale = 1, .keep = true},
                                                   {.name = "Score", .numeric = true, .scale = 1}};
static const baro_sheet_column group_columns[] = {
    {.name = "Group", .scale = 1, .keep = true},     {.name = "Label", .scale = 1, .keep = true},
    {.name = "Kind", .scale = 1, .keep = true},      {.name = "Columns", .scale = 1, .keep = true},
    {.name = "Reference", .scale = 1, .keep = true}, {.name = "Unknown", .scale = 1, .keep = true},
    {.name = "Properties", .scale = 1, .keep = true}};
static const baro_sheet_column category_columns[] = {{.name = "Group", .scale = 1, .keep = true},
                                                     {.name = "Category", .scale = 1, .keep = true},
                                                     {.name = "Codes", .scale = 1, .keep = true}};

/* In the order of the enums of survey.h. */
static const char *const role_words[] = {"positive",   "neutral", "negative", "other",
                                         "don't know", "refused", "not asked"};
static const char *const statistic_words[] = {"proportion", "distribution", "mean", "total", "ratio", "quantile"};
static const char *const kind_words[] = {"demographic", "channel", "area", "contact", "other"};
static const char *const sampling_words[] = {"probability", "quota", "opt-in"};
static const char *const replicate_words[] = {"", "brr", "fay", "jk1", "jkn", "bootstrap", "sdr"};
static const char *const lonely_words[] = {"fail", "remove", "adjust", "average"};
static const char *const unit_words[] = {"month", "quarter", "year"};
static const char *const interval_words[] = {"logit", "wald", "wilson", "beta", "arcsine", "likelihood"};
static const char *const better_words[] = {"higher", "lower", "neither"};
static const char *const weight_scale_words[] = {"sample", "population"};
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
    for (size_t i = 3; i < sizeof tidy_columns / sizeof *tidy_columns; i++)
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
    put(cells, "treated as random", survey->sampling != BARO_SAMPLING_PROBABILITY ? survey->model ? "yes" : "no: no intervals or tests" : "");
    put(cells, "weight", survey->weight ? survey->weight : survey->n_window_weights ? "" : "none: unweighted");
    for (size_t i = 0; i < survey->n_window_weights; i++)
        put(cells, "window weights", survey->window_weights[i].columns);
    put(cells, "weight missing", survey->weight ? survey->weight_missing_out ? "out" : "error" : "");
    put(cells, "weight scale", survey->weight ? weight_scale_words[survey->weight_scale] : "");
    put(cells, "calibrated to", survey->calibration.margins);
    put(cells, "calibrated within", survey->calibration.within);
    put(cells, "strata", joined(cells, &survey->strata));
    put(cells, "psu", survey->psu.n ? joined(cells, &survey->psu) : "each interview is its own");
    put(cells, "fpc", joined(cells, &survey->fpc));
    put(cells, "lonely psu", survey->strata.n || survey->psu.n ? lonely_words[survey->lonely_psu] : "");
    put(cells, "replicates", survey->replicates.columns ? survey->replicates.columns : "");
    put(cells, "replicates method", replicate_words[survey->replicates.method]);
    put(cells, "deft", number_text(cells, survey->deft));
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

/* Fields that are never an answer; the empty one by name, for it cannot be seen. */
static const char *missing_fields(baro_cells *cells, const baro_texts *missing)
{
    const char **list = BARO_ARRAY(cells->arena, const char *, missing->n + 1);
    if (!list)
        return made(cells, NULL);
    for (size_t i = 0; i < missing->n; i++)
        list[i] = missing->item[i][0] ? missing->item[i] : "(empty)";
    return joined(cells, &(baro_texts){list, missing->n});
}

static void put_survey(baro_cells *cells, const baro_survey *survey, put_fact *put)
{
    put(cells, "id", survey->id);
    put(cells, "extends", survey->extends);
    put(cells, "title", survey->title);
    put(cells, "publisher", survey->publisher);
    put(cells, "population", survey->population);
    put(cells, "source", survey->source);
    put(cells, "respondent id", survey->respondent_id);
    put(cells, "missing", missing_fields(cells, &survey->missing));
    put(cells, "case of answers", survey->ignore_case ? "ignored" : "");
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
        list[n++] = measure->either[i].where ? made(cells, baro_arena_format(cells->arena, "%s where %s", measure->either[i].column,
                                                                             measure->either[i].where))
                                             : measure->either[i].column;
    for (size_t i = 0; i < measure->multi.n; i++)
        list[n++] = measure->multi.item[i];
    const char *columns = joined(cells, &(baro_texts){list, n});
    if (measure->over)
        columns = made(cells, baro_arena_format(cells->arena, "%s over %s", columns, measure->over));
    if (measure->split)
        columns = made(cells, baro_arena_format(cells->arena, "%s, split at %s", columns, measure->split));
    return columns;
}

/* Who is in the base, in words. */
static const char *base_of(const baro_measure *measure, baro_cells *cells)
{
    const char *who = measure->base_asked ? "all who were asked: don't know and refused are in it, as not positive" : "who answered";
    return measure->where ? made(cells, baro_arena_format(cells->arena, "%s, where %s", who, measure->where)) : who;
}

static const char *family_of(const baro_measure *measure, const baro_survey *survey, baro_cells *cells)
{
    for (size_t i = 0; i < survey->n_families; i++)
        for (size_t k = 0; k < survey->families[i].n; k++)
            if (strcmp(survey->families[i].item[k], measure->id) == 0)
                return joined(cells, &survey->families[i]);
    return NULL;
}

/* The columns of a group, or the group that it is made of. */
static const char *source_of(const baro_group *group, baro_cells *cells)
{
    return group->of ? made(cells, baro_arena_format(cells->arena, "of group %s", group->of)) : joined(cells, &group->columns);
}

static const char *properties_of(const baro_group *group, baro_cells *cells)
{
    const char *list[5];
    size_t n = 0;
    if (group->ordered)
        list[n++] = "ordered";
    if (group->sensitive)
        list[n++] = "sensitive";
    if (group->overlap)
        list[n++] = "overlapping";
    if (group->areas)
        list[n++] = made(cells, baro_arena_format(cells->arena, "areas %s", group->areas));
    if (group->grid)
        list[n++] = made(cells, baro_arena_format(cells->arena, "grid %s", group->grid));
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

/* A row of the tidy codebook: what is not said is empty. */
typedef struct {
    const char *part, *id, *label, *question, *columns, *answer, *role, *codes;
    double score;
    const char *scale, *base, *where, *better;
    double target;
    const char *weight, *of, *reference, *missing, *properties;
} tidy_row;

static void put_row(baro_cells *cells, const tidy_row *row)
{
    const char *const before[] = {row->part, row->id, row->label, row->question, row->columns, row->answer, row->role, row->codes};
    const char *const between[] = {row->scale, row->base, row->where, row->better};
    const char *const after[] = {row->weight, row->of, row->reference, row->missing, row->properties};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        baro_cells_text(cells, before[i]);
    baro_cells_number(cells, row->score);
    for (size_t i = 0; i < sizeof between / sizeof *between; i++)
        baro_cells_text(cells, between[i]);
    baro_cells_number(cells, row->target);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        baro_cells_text(cells, after[i]);
}

static void tidy_measures(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_measures; i++) {
        const baro_measure *m = &survey->measures[i];
        tidy_row row = {.part = "measure", .id = m->id, .label = m->label, .question = m->question, .score = NAN, .target = m->target};
        row.columns = columns_of(m, survey, cells);
        row.scale = m->scale ? m->scale->id : NULL;
        row.better = better_words[m->better];
        row.weight = m->weight;
        if (!survey->is_series) {
            row.role = statistic_words[m->statistic];
            row.base = m->base_asked ? "asked" : "answered";
            row.where = m->where;
        }
        put_row(cells, &row);
        for (size_t j = 0; m->scale && j < m->scale->n_answers; j++) {
            const baro_answer *a = &m->scale->answers[j];
            put_row(cells, &(tidy_row){.part = "answer", .id = m->id, .answer = a->label, .role = role_words[a->role],
                                       .codes = joined(cells, &a->codes), .score = a->score, .target = NAN});
        }
    }
}

static void tidy_groups(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_groups; i++) {
        const baro_group *g = &survey->groups[i];
        put_row(cells, &(tidy_row){.part = "group", .id = g->id, .label = g->label, .columns = joined(cells, &g->columns),
                                   .role = kind_words[g->kind], .score = NAN, .target = NAN, .of = g->of, .reference = g->reference,
                                   .missing = joined(cells, &g->missing), .properties = properties_of(g, cells)});
        for (size_t j = 0; j < g->n_categories; j++)
            put_row(cells, &(tidy_row){.part = "category", .id = g->id, .answer = g->categories[j].label,
                                       .codes = codes_of(&g->categories[j], cells), .score = NAN, .target = NAN});
    }
}

static void tidy_families(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_families; i++)
        put_row(cells, &(tidy_row){.part = "family", .id = number_text(cells, (double)(i + 1)),
                                   .label = joined(cells, &survey->families[i]), .score = NAN, .target = NAN});
}

static void put_measures(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_measures; i++) {
        const baro_measure *m = &survey->measures[i];
        baro_cells_text(cells, m->id);
        baro_cells_text(cells, m->label);
        baro_cells_text(cells, m->question);
        baro_cells_text(cells, columns_of(m, survey, cells));
        baro_cells_text(cells, m->scale ? m->scale->id : NULL);
        baro_cells_text(cells, survey->is_series ? "published" : statistic_words[m->statistic]);
        baro_cells_text(cells, positive_of(m, cells));
        baro_cells_text(cells, survey->is_series ? NULL : base_of(m, cells));
        baro_cells_text(cells, better_words[m->better]);
        baro_cells_text(cells, number_text(cells, m->target));
        baro_cells_text(cells, m->weight);
        baro_cells_text(cells, family_of(m, survey, cells));
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
            baro_cells_number(cells, scale->answers[j].score);
        }
    }
}

static void put_groups(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_groups; i++) {
        const baro_group *g = &survey->groups[i];
        baro_cells_text(cells, g->id);
        baro_cells_text(cells, g->label);
        baro_cells_text(cells, kind_words[g->kind]);
        baro_cells_text(cells, source_of(g, cells));
        baro_cells_text(cells, g->reference);
        baro_cells_text(cells, joined(cells, &g->missing));
        baro_cells_text(cells, properties_of(g, cells));
    }
}

static void put_categories(baro_cells *cells, const baro_survey *survey)
{
    for (size_t i = 0; i < survey->n_groups; i++) {
        const baro_group *g = &survey->groups[i];
        for (size_t j = 0; j < (g->n_categories ? g->n_categories : 1); j++) {
            baro_cells_text(cells, g->id);
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
    tidy_families(&cells, survey);
    return baro_cells_end(&cells, out);
}

static const struct {
    const char *id, *title;
    const baro_sheet_column *columns;
    size_t n_columns, row_headers;
    void (*put)(baro_cells *cells, const baro_survey *survey);
} parts[] = {{"survey", "The survey", survey_columns, 2, 1, put_survey_sheet},
             {"measures", "Measures", measure_columns, 12, 1, put_measures},
             {"answers", "Answers", answer_columns, 5, 2, put_answers},
             {"groups", "Groups", group_columns, 7, 1, put_groups},
             {"categories", "Categories", category_columns, 3, 2, put_categories}};
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
