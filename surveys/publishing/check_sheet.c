#include "surveys/publishing/check_sheet.h"
#include "io/base/number.h"
#include "surveys/publishing/cells.h"

static const baro_sheet_column tidy_columns[] = {
    {.name = "severity", .description = "error, warning, note", .scale = 1},
    {.name = "survey", .description = "Id of the survey file", .scale = 1},
    {.name = "file", .description = "Where it is: a data file, or the survey file", .scale = 1},
    {.name = "line", .description = "Line, from 1; empty when it is in no one place", .numeric = true, .scale = 1},
    {.name = "column", .description = "Character of the line, from 1", .numeric = true, .scale = 1},
    {.name = "item", .description = "What it is about: measure trust, group age, weight", .scale = 1},
    {.name = "check", .description = "Name of the check", .scale = 1},
    {.name = "count", .description = "Interviews, when not too few", .numeric = true, .scale = 1},
    {.name = "share", .description = "Of the interviews that it could be", .numeric = true, .scale = 1},
    {.name = "message", .description = "What is wrong, how often, what to do", .scale = 1},
    {.name = "marker", .description = "c: the count is confidential", .scale = 1}};
static const baro_sheet_column reader_columns[] = {{.name = "Severity", .scale = 1, .keep = true},
                                                   {.name = "About", .scale = 1, .keep = true},
                                                   {.name = "Finding", .scale = 1, .keep = true}};
#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const severities[BARO_SEVERITIES] = {
    [BARO_FINDING_ERROR] = "error", [BARO_FINDING_WARNING] = "warning", [BARO_FINDING_NOTE] = "note"};

static void put_tidy(baro_cells *cells, const baro_finding *finding, const baro_survey *survey)
{
    baro_cells_text(cells, severities[finding->severity]);
    baro_cells_text(cells, survey->id);
    baro_cells_text(cells, finding->file);
    for (size_t i = 0; i < 2; i++) {
        size_t place = i == 0 ? finding->line : finding->column;
        if (place > 0)
            baro_cells_number(cells, (double)place);
        else
            baro_cells_text(cells, NULL);
    }
    baro_cells_text(cells, finding->item);
    baro_cells_text(cells, finding->check);
    baro_cells_number(cells, finding->count);
    baro_cells_number(cells, finding->share);
    baro_cells_text(cells, finding->message);
    baro_cells_text(cells, finding->few ? "c" : NULL);
}

/* "w1.csv:12:3: what is wrong" */
static const char *placed(const baro_finding *finding, baro_arena *arena)
{
    if (!finding->file)
        return finding->message;
    if (finding->column > 0)
        return baro_arena_format(arena, "%s:%zu:%zu: %s", finding->file, finding->line, finding->column, finding->message);
    if (finding->line > 0)
        return baro_arena_format(arena, "%s:%zu: %s", finding->file, finding->line, finding->message);
    return baro_arena_format(arena, "%s: %s", finding->file, finding->message);
}

static void put_reader(baro_cells *cells, const baro_finding *finding)
{
    const char *text = placed(finding, cells->arena);
    cells->failed = cells->failed || !text;
    baro_cells_text(cells, severities[finding->severity]);
    baro_cells_text(cells, finding->item);
    baro_cells_text(cells, text);
}

static const char *plural(baro_arena *arena, size_t n, const char *one)
{
    return n == 0 ? baro_arena_format(arena, "no %ss", one) : baro_arena_format(arena, "%zu %s%s", n, one, n == 1 ? "" : "s");
}

static baro_status set_words(const baro_check_result *result, const baro_survey *survey, double below, baro_arena *arena, baro_sheet *out)
{
    const char **notes = BARO_ARRAY(arena, const char *, 1), *part[BARO_SEVERITIES];
    char rows[64], limit[64];
    for (size_t i = 0; i < BARO_SEVERITIES; i++)
        if (!(part[i] = plural(arena, result->of[i], severities[i])))
            return BARO_NO_MEMORY;
    baro_number_round((double)result->rows, 0, true, rows);
    baro_number_round(below, 0, true, limit);
    out->id = "check";
    out->title = baro_arena_format(arena, "Do the data fit the survey file? %s", survey->title ? survey->title : survey->id ? survey->id : "");
    out->subtitle = baro_arena_format(arena, "%s %s in %zu file%s: %s, %s, %s", rows, survey->is_series ? "rows" : "interviews", result->files,
                                      result->files == 1 ? "" : "s", part[0], part[1], part[2]);
    if (!notes || !out->title || !out->subtitle)
        return BARO_NO_MEMORY;
    notes[0] = baro_arena_format(arena, "Counts under %s are not told; nor is a share that would tell one.", limit);
    out->notes = notes;
    for (size_t i = 0; i < result->n && out->n_notes == 0; i++)
        out->n_notes = result->finding[i].few;
    out->row_headers = 1;
    return notes[0] ? BARO_OK : BARO_NO_MEMORY;
}

baro_status baro_sheet_check(const baro_check_result *result, const baro_survey *survey, double below, bool tidy, baro_arena *arena, baro_sheet *out)
{
    baro_cells cells = {.arena = arena};
    *out = (baro_sheet){.columns = tidy ? tidy_columns : reader_columns, .n_columns = tidy ? COUNT(tidy_columns) : COUNT(reader_columns)};
    baro_status status = set_words(result, survey, below, arena, out);
    for (size_t i = 0; status == BARO_OK && i < result->n; i++) {
        if (tidy)
            put_tidy(&cells, &result->finding[i], survey);
        else
            put_reader(&cells, &result->finding[i]);
    }
    return status == BARO_OK ? baro_cells_end(&cells, out) : status;
}
