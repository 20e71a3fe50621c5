/* Findings as sheets: one for machines; for people what stands out, what to read with care, what did not clearly change. */
#include "surveys/publishing/cells.h"
#include "surveys/publishing/findings.h"
#include "surveys/publishing/wording.h"
#include <math.h>

/* ---- for machines ---- */

static const struct {
    const char *name, *description;
    bool numeric;
} columns[] = {{"rank", "From 1 among what stands out; empty for warnings and for what did not clearly change", true},
               {"family", "Measures that it was corrected with", false},
               {"kind", "gap, change, gap_change, target, spread; missing (a warning); no_change, noisy, unclear; none", false},
               {"sentence", "The finding in plain words", false},
               {"measure", "Id of the measure", false},
               {"by", "Id of the breakdown; empty for everyone", false},
               {"group", "Category of the breakdown", false},
               {"period", "Last period of the window", false},
               {"against", "What the difference is from", false},
               {"estimate", "Level; of gap_change the gap now; of spread the share of the variance", true},
               {"difference", "Group minus reference, later minus earlier, level minus target", true},
               {"lower", "Lower end of the interval of the difference (of spread: of the share)", true},
               {"upper", "Upper end of the interval of the difference (of spread: of the share)", true},
               {"p_value", "Two-sided p-value of no difference", true},
               {"p_adjusted", "The same, corrected inside its family and across families", true},
               {"verdict", "The difference against a margin set beforehand", false},
               {"row", "Name of the row that it stands on", false},
               {"survey", "Id of the survey", false},
               {"level", "Answer of a distribution, probability of a quantile", false},
               {"by2", "Id of the second breakdown", false},
               {"group2", "Category of the second breakdown", false},
               {"since", "Last period of the earlier window of gap_change", false}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void put(baro_cells *cells, const baro_findings *findings, const baro_finding *finding)
{
    const baro_row *row = finding->row;
    const baro_gap_row *gap = finding->gap;
    const baro_spread_row *spread = finding->spread;
    const baro_measure *measure = row ? row->measure : gap ? gap->measure : spread ? spread->measure : NULL;
    const baro_group *by = row ? row->by : gap ? gap->by : spread ? spread->factor : NULL, *by2 = row ? row->by2 : gap ? gap->by2 : NULL;
    baro_cells_number(cells, finding->rank ? (double)finding->rank : NAN);
    baro_cells_text(cells, finding->family);
    baro_cells_text(cells, baro_finding_word(finding->kind));
    baro_cells_text(cells, finding->sentence);
    baro_cells_text(cells, measure ? measure->id : NULL);
    baro_cells_text(cells, by ? by->id : NULL);
    baro_cells_text(cells, row ? row->group : gap ? gap->group : NULL);
    baro_cells_text(cells, finding->period);
    baro_cells_text(cells, finding->against);
    const double number[] = {finding->estimate, finding->difference, finding->lower, finding->upper, finding->p_value, finding->p_adjusted};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        baro_cells_number(cells, number[i]);
    baro_cells_text(cells, row && finding->kind != BARO_FINDING_TARGET ? baro_say_verdict(row, cells->arena) : NULL);
    baro_cells_text(cells, finding->id);
    baro_cells_text(cells, findings->contrasts->survey.id);
    baro_cells_text(cells, row ? row->level : gap ? gap->level : spread ? spread->level : NULL);
    baro_cells_text(cells, by2 ? by2->id : NULL);
    baro_cells_text(cells, row ? row->group2 : gap ? gap->group2 : NULL);
    baro_cells_text(cells, gap ? gap->from_label : NULL);
}

/* ---- what has to be said with them ---- */

enum { NOTES_ADDED = 6 };

static bool any_range(const baro_findings *findings)
{
    for (size_t i = 0; i < findings->n; i++)
        if (!isnan(findings->item[i].lower))
            return true;
    return false;
}

static bool looks_back(const baro_results *levels)
{
    for (size_t i = 0; i < levels->n_rows; i++)
        if (levels->rows[i].compared && levels->rows[i].compared->kind >= BARO_AGAINST_PREVIOUS && *levels->rows[i].against)
            return true;
    return false;
}

static baro_status add_notes(const baro_findings *findings, baro_arena *arena, baro_sheet *out)
{
    const baro_contrasts *contrasts = findings->contrasts;
    const baro_texts *said = &contrasts->levels.notes;
    const char **note = BARO_ARRAY(arena, const char *, said->n + NOTES_ADDED);
    const char *percent = baro_say_confidence(&contrasts->levels, arena);
    size_t n = 0;
    if (!note)
        return BARO_NO_MEMORY;
    for (; n < said->n; n++)
        note[n] = said->item[n];
    if (findings->standing)
        note[n++] = baro_arena_format(arena,
                                      "%zu of %zu contrasts stand%s out: beyond what chance alone may do among so many, allowing for their number inside "
                                      "families of measures (Benjamini-Hochberg) and across them (Benjamini-Yekutieli).",
                                      findings->standing, findings->looked_at, findings->standing == 1 ? "s" : "");
    if (any_range(findings))
        note[n++] = baro_arena_format(arena, "In brackets: the %s interval of a difference, by itself. Differences are taken before rounding.", percent ? percent : "");
    if (!contrasts->why_none && contrasts->survey.has_period && !looks_back(&contrasts->levels))
        note[n++] = "No earlier window to compare with.";
    if (contrasts->survey.source)
        note[n++] = baro_say_sentence(NULL, baro_arena_format(arena, "Source: %s", contrasts->survey.source), arena);
    for (size_t i = 0; i < n; i++)
        if (!note[i])
            return BARO_NO_MEMORY;
    out->notes = note;
    out->n_notes = n;
    return BARO_OK;
}

static baro_status tidy_sheet(const baro_findings *findings, baro_arena *arena, baro_sheet *out)
{
    baro_cells cells = {.arena = arena};
    baro_sheet_column *column = BARO_ARRAY(arena, baro_sheet_column, COLUMNS);
    if (!column)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < COLUMNS; c++)
        column[c] = (baro_sheet_column){
            .name = columns[c].name, .description = columns[c].description, .numeric = columns[c].numeric, .scale = 1, .keep = true};
    for (size_t i = 0; i < findings->n; i++)
        put(&cells, findings, &findings->item[i]);
    *out = (baro_sheet){.id = "findings", .title = findings->contrasts->survey.title, .columns = column, .n_columns = COLUMNS, .row_headers = 3};
    baro_status status = add_notes(findings, arena, out);
    return status ? status : baro_cells_end(&cells, out);
}

/* ---- for people ---- */

typedef enum { STANDING, CARE, UNMOVED, PARTS } part;

static part part_of(const baro_finding *finding)
{
    if (finding->kind == BARO_FINDING_MISSING)
        return CARE;
    return finding->rank > 0 || finding->kind == BARO_FINDING_NONE ? STANDING : UNMOVED;
}

/* When the latest window is. */
static const char *period_of(const baro_findings *findings)
{
    const baro_results *levels = &findings->contrasts->levels;
    return levels->n_rows > 0 ? levels->rows[0].period_words : "";
}

static baro_status part_sheet(const baro_findings *findings, part wanted, baro_arena *arena, baro_sheet *out)
{
    static const char *const title[PARTS] = {"What stands out", "Missing answers", "What did not clearly change"},
                            *const id[PARTS] = {"findings", "findings-missing", "findings-no-change"};
    const baro_survey *survey = &findings->contrasts->survey;
    const char *when = baro_say_inside(period_of(findings), arena);
    baro_cells cells = {.arena = arena};
    baro_sheet_column *column = BARO_ARRAY(arena, baro_sheet_column, 2);
    bool ranked = wanted == STANDING && findings->standing > 0;
    if (!column || !when)
        return BARO_NO_MEMORY;
    column[0] = (baro_sheet_column){.name = "Rank", .numeric = true, .scale = 1, .keep = true};
    column[ranked] = (baro_sheet_column){.name = "Finding", .scale = 1, .keep = true};
    for (size_t i = 0; i < findings->n; i++)
        if (part_of(&findings->item[i]) == wanted) {
            if (ranked)
                baro_cells_number(&cells, (double)findings->item[i].rank);
            baro_cells_text(&cells, findings->item[i].sentence);
        }
    *out = (baro_sheet){.id = id[wanted], .columns = column, .n_columns = ranked ? 2 : 1, .row_headers = ranked};
    out->title = baro_arena_format(arena, "%s%s%s%s%s", title[wanted], survey->title ? ": " : "", survey->title ? survey->title : "", *when ? ", " : "", when);
    if (!out->title)
        return BARO_NO_MEMORY;
    if (wanted == STANDING)
        out->subtitle = survey->population ? baro_say_sentence(NULL, survey->population, arena) : NULL;
    baro_status status = wanted == STANDING ? add_notes(findings, arena, out) : BARO_OK;
    return status ? status : baro_cells_end(&cells, out);
}

baro_status baro_sheets_findings(const baro_findings *findings, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n)
{
    size_t in_part[PARTS] = {0};
    baro_status status = BARO_OK;
    *out = BARO_ARRAY(arena, baro_sheet, PARTS);
    *n = 0;
    if (!*out)
        return BARO_NO_MEMORY;
    if (tidy)
        return tidy_sheet(findings, arena, &(*out)[(*n)++]);
    for (size_t i = 0; i < findings->n; i++)
        in_part[part_of(&findings->item[i])]++;
    for (size_t p = 0; p < PARTS && status == BARO_OK; p++)
        if (in_part[p])
            status = part_sheet(findings, (part)p, arena, &(*out)[(*n)++]);
    return status;
}
