#include "surveys/publishing/describe_sheet.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/publishing/cells.h"
#include <math.h>
#include <string.h>

static const baro_sheet_column tidy_columns[] = {
    {.name = "column", .description = "Name in the header", .scale = 1},
    {.name = "type", .description = "number, date, period, text or empty", .scale = 1},
    {.name = "rows", .description = "Interviews of the files that have the column", .numeric = true, .scale = 1},
    {.name = "missing", .description = "Interviews without an answer", .numeric = true, .scale = 1},
    {.name = "distinct", .description = "Different answers", .numeric = true, .scale = 1},
    {.name = "lowest", .description = "Lowest number, when at least 10 gave it", .numeric = true, .scale = 1},
    {.name = "highest", .description = "Highest number, when at least 10 gave it", .numeric = true, .scale = 1},
    {.name = "commonest", .description = "Commonest answers and their counts, each given by at least 10", .scale = 1},
    {.name = "use", .description = "What the survey file takes the column for", .scale = 1},
    {.name = "marker", .description = "c: an end of the range is confidential", .scale = 1}};
static const baro_sheet_column reader_columns[] = {
    {.name = "Column", .scale = 1, .keep = true},
    {.name = "Type", .scale = 1, .keep = true},
    {.name = "Distinct", .numeric = true, .scale = 1, .thousands = true, .keep = true},
    {.name = "Missing", .numeric = true, .scale = 1, .thousands = true, .keep = true},
    {.name = "Lowest", .numeric = true, .scale = 1},
    {.name = "Highest", .numeric = true, .scale = 1},
    {.name = "Commonest answers", .scale = 1, .keep = true},
    {.name = "Use", .scale = 1}};
#define TIDY (sizeof tidy_columns / sizeof *tidy_columns)
#define READER (sizeof reader_columns / sizeof *reader_columns)

static const char *commonest(const baro_column_summary *column, baro_arena *arena)
{
    const char **parts = BARO_ARRAY(arena, const char *, column->n_common);
    if (!parts)
        return NULL;
    for (size_t i = 0; i < column->n_common; i++) {
        parts[i] = baro_arena_format(arena, "%s (%zu)", column->common[i].text, column->common[i].count);
        if (!parts[i])
            return NULL;
    }
    return baro_joined(&(baro_texts){parts, column->n_common}, arena);
}

static bool names_column(const baro_texts *texts, const char *name)
{
    for (size_t i = 0; i < texts->n; i++)
        if (strcmp(texts->item[i], name) == 0)
            return true;
    return false;
}

static bool measures_column(const baro_measure *measure, const char *name)
{
    for (size_t i = 0; i < measure->n_either; i++)
        if (strcmp(measure->either[i].column, name) == 0)
            return true;
    return names_column(&measure->columns, name) || names_column(&measure->multi, name);
}

/* "measure trust; group age; weight" */
static const char *use_of(const char *name, const baro_survey *survey, baro_arena *arena)
{
    const struct {
        bool is;
        const char *word;
    } roles[] = {{survey->weight && strcmp(survey->weight, name) == 0, "weight"},
                 {names_column(&survey->strata, name), "strata"},
                 {names_column(&survey->psu, name), "psu"},
                 {names_column(&survey->fpc, name), "fpc"},
                 {names_column(&survey->period_columns, name), "period"},
                 {survey->respondent_id && strcmp(survey->respondent_id, name) == 0, "respondent"}};
    enum { ROLES = sizeof roles / sizeof *roles };
    const char **parts = BARO_ARRAY(arena, const char *, survey->n_measures + survey->n_groups + ROLES);
    size_t n = 0;
    if (!parts)
        return NULL;
    for (size_t i = 0; i < survey->n_measures; i++)
        if (measures_column(&survey->measures[i], name) &&
            !(parts[n++] = baro_arena_format(arena, "measure %s", survey->measures[i].id)))
            return NULL;
    for (size_t i = 0; i < survey->n_groups; i++)
        if (names_column(&survey->groups[i].columns, name) &&
            !(parts[n++] = baro_arena_format(arena, "group %s", survey->groups[i].id)))
            return NULL;
    for (size_t i = 0; i < ROLES; i++)
        if (roles[i].is)
            parts[n++] = roles[i].word;
    return baro_joined(&(baro_texts){parts, n}, arena);
}

static const char *type_of(const baro_column_summary *column)
{
    static const char *const words[] = {[BARO_HOLDS_NOTHING] = "empty",
                                        [BARO_HOLDS_NUMBERS] = "number",
                                        [BARO_HOLDS_DATES] = "date",
                                        [BARO_HOLDS_PERIODS] = "period",
                                        [BARO_HOLDS_TEXT] = "text"};
    return words[column->holds];
}

static void put_tidy(baro_cells *cells, const baro_column_summary *column, const char *common, const char *use)
{
    baro_cells_text(cells, column->name);
    baro_cells_text(cells, type_of(column));
    baro_cells_number(cells, (double)column->rows);
    baro_cells_number(cells, (double)column->missing);
    baro_cells_number(cells, (double)column->distinct);
    baro_cells_number(cells, column->lowest);
    baro_cells_number(cells, column->highest);
    baro_cells_text(cells, common);
    baro_cells_text(cells, use);
    baro_cells_text(cells, column->hidden ? "c" : "");
}

/* A range has as many decimals as the data: it is shown as text, in full. */
static void put_end(baro_cells *cells, const baro_column_summary *column, double end)
{
    char number[BARO_NUMBER_TEXT];
    const char *text = column->holds == BARO_HOLDS_NUMBERS ? "[c]" : "[z]";
    if (isfinite(end)) {
        baro_number_write(end, number);
        text = baro_arena_string(cells->arena, number);
        cells->failed = cells->failed || !text;
    }
    baro_cells_text(cells, text);
}

/* Texts of the data as a person may see them: control bytes do not reach a terminal. */
static void put_shown(baro_cells *cells, const char *text)
{
    size_t length = strlen(text),
           size = 16 * length + 1; /* a character takes at most 16 bytes when it is spelled out */
    if (!baro_text_has_control(text, length)) {
        baro_cells_text(cells, text);
        return;
    }
    char *shown = baro_arena_array(cells->arena, size, 1);
    cells->failed = cells->failed || !shown;
    baro_cells_text(cells, shown ? baro_text_quote_all(text, length, shown, size) : NULL);
}

static void put_reader(baro_cells *cells, const baro_column_summary *column, const char *common, const char *use)
{
    put_shown(cells, column->name);
    baro_cells_text(cells, type_of(column));
    baro_cells_number(cells, (double)column->distinct);
    baro_cells_number(cells, (double)column->missing);
    put_end(cells, column, column->lowest);
    put_end(cells, column, column->highest);
    put_shown(cells, common[0] ? common : column->holds == BARO_HOLDS_NOTHING ? "[z]" : "[c]");
    if (use)
        baro_cells_text(cells, use[0] ? use : "[z]");
}

static const char *title_of(const baro_survey *survey, baro_arena *arena)
{
    return survey->title ? baro_arena_format(arena, "What the data hold: %s", survey->title) : "What the data hold";
}

static baro_status set_words(const baro_column_summary *columns, size_t n, const baro_survey *survey, baro_arena *arena,
                             baro_sheet *out)
{
    static const char *const notes[] = {"[c]: given by fewer than 10 interviews, so not shown. [z]: not applicable.",
                                        "Lowest and highest are of columns whose answers are all numbers. Distinct "
                                        "counts answers as they are written."};
    size_t rows = 0;
    for (size_t i = 0; i < n; i++)
        rows = columns[i].rows > rows ? columns[i].rows : rows;
    out->id = "describe";
    out->title = title_of(survey, arena);
    out->subtitle = baro_arena_format(arena, "%zu interviews, %zu columns", rows, n);
    out->notes = notes;
    out->n_notes = sizeof notes / sizeof *notes;
    out->row_headers = 1;
    return out->title && out->subtitle ? BARO_OK : BARO_NO_MEMORY;
}

baro_status baro_sheet_describe(const baro_column_summary *columns, size_t n, const baro_survey *survey, bool tidy,
                                baro_arena *arena, baro_sheet *out)
{
    bool with_use = survey->path != NULL;
    baro_cells cells = {.arena = arena};
    *out = (baro_sheet){.columns = tidy ? tidy_columns : reader_columns,
                        .n_columns = tidy       ? TIDY
                                     : with_use ? READER
                                                : READER - 1};
    baro_status status = set_words(columns, n, survey, arena, out);
    for (size_t i = 0; status == BARO_OK && i < n; i++) {
        const char *common = commonest(&columns[i], arena), *use = use_of(columns[i].name, survey, arena);
        if (!common || !use)
            return BARO_NO_MEMORY;
        if (tidy)
            put_tidy(&cells, &columns[i], common, use);
        else
            put_reader(&cells, &columns[i], common, with_use ? use : NULL);
    }
    return status == BARO_OK ? baro_cells_end(&cells, out) : status;
}
