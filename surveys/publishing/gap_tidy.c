/* Gaps as tidy columns: those of the contract, then those that were added. */
#include "surveys/publishing/gap_parts.h"
#include "surveys/publishing/wording.h"
#include <stddef.h>

typedef enum { NUMBER, TEXT, SURVEY, MEASURE, BY, BY2, WINDOW, FACTOR, MARKER } source;

typedef struct {
    const char *name, *description;
    source source;
    size_t at; /* offset in baro_gap_row of a text or number */
} tidy_column;

#define TEXT_OF(name, field, description)                                                                              \
    {                                                                                                                  \
        name, description, TEXT, offsetof(baro_gap_row, field)                                                         \
    }
#define NUMBER_OF(name, field, description)                                                                            \
    {                                                                                                                  \
        name, description, NUMBER, offsetof(baro_gap_row, field)                                                       \
    }
#define OTHER(name, source, description)                                                                               \
    {                                                                                                                  \
        name, description, source, 0                                                                                   \
    }
#define VALUE(name, which, description) NUMBER_OF(name, part[which].value, description)
#define SE(name, which) NUMBER_OF(name "_se", part[which].se, "Its standard error")
#define LIMITS(name, which)                                                                                            \
    NUMBER_OF(name "_lower", part[which].lower, "Lower end of its interval"),                                          \
        NUMBER_OF(name "_upper", part[which].upper, "Upper end of its interval")

/* The order of the first 26 is the contract's; new columns come at the end only. */
static const tidy_column of_change[] = {
    OTHER("survey", SURVEY, "Id of the survey"),
    OTHER("measure", MEASURE, "Id of the measure"),
    OTHER("by", BY, "Id of the breakdown"),
    TEXT_OF("group", group, "Category of the breakdown"),
    TEXT_OF("against", against, "What the gap is to"),
    TEXT_OF("from", from_label, "Last period of the earlier window"),
    TEXT_OF("to", to_label, "Last period of the later window"),
    VALUE("gap_from", BARO_GAP_FROM, "Gap in the earlier window: group minus against"),
    VALUE("gap_to", BARO_GAP_TO, "Gap in the later window"),
    VALUE("change", BARO_GAP_CHANGE, "gap_to - gap_from = from_group - from_against"),
    SE("change", BARO_GAP_CHANGE),
    NUMBER_OF("lower", part[BARO_GAP_CHANGE].lower, "Lower end of the interval of the change"),
    NUMBER_OF("upper", part[BARO_GAP_CHANGE].upper, "Upper end of the interval of the change"),
    NUMBER_OF("p_value", p_value, "Two-sided p-value of no change"),
    VALUE("from_group", BARO_GAP_FROM_GROUP, "Change of the group = group_mix + group_rate"),
    SE("from_group", BARO_GAP_FROM_GROUP),
    VALUE("from_against", BARO_GAP_FROM_AGAINST, "Change of what it is compared with = against_mix + against_rate"),
    SE("from_against", BARO_GAP_FROM_AGAINST),
    VALUE("group_mix", BARO_GAP_GROUP_MIX, "Of the group's change, from another mix of the factor"),
    SE("group_mix", BARO_GAP_GROUP_MIX),
    VALUE("group_rate", BARO_GAP_GROUP_RATE, "Of the group's change, from other levels within its categories"),
    SE("group_rate", BARO_GAP_GROUP_RATE),
    VALUE("against_mix", BARO_GAP_AGAINST_MIX, "Of the other's change, from another mix of the factor"),
    SE("against_mix", BARO_GAP_AGAINST_MIX),
    VALUE("against_rate", BARO_GAP_AGAINST_RATE, "Of the other's change, from other levels within its categories"),
    SE("against_rate", BARO_GAP_AGAINST_RATE),
    TEXT_OF("level", level, "Answer of a distribution"),
    OTHER("by2", BY2, "Id of the second breakdown"),
    TEXT_OF("group2", group2, "Category of the second breakdown"),
    NUMBER_OF("p_adjusted", p_adjusted, "The p-value, adjusted for the number of changes in its family"),
    NUMBER_OF("df", df, "Degrees of freedom of the change"),
    SE("gap_from", BARO_GAP_FROM),
    LIMITS("gap_from", BARO_GAP_FROM),
    SE("gap_to", BARO_GAP_TO),
    LIMITS("gap_to", BARO_GAP_TO),
    LIMITS("from_group", BARO_GAP_FROM_GROUP),
    LIMITS("from_against", BARO_GAP_FROM_AGAINST),
    LIMITS("group_mix", BARO_GAP_GROUP_MIX),
    LIMITS("group_rate", BARO_GAP_GROUP_RATE),
    LIMITS("against_mix", BARO_GAP_AGAINST_MIX),
    LIMITS("against_rate", BARO_GAP_AGAINST_RATE),
    NUMBER_OF("base_from", side[BARO_GAP_GROUP_FROM].base, "Interviews of the group in the earlier window"),
    NUMBER_OF("base_to", side[BARO_GAP_GROUP_TO].base, "Interviews of the group in the later window"),
    NUMBER_OF("against_base_from", side[BARO_GAP_AGAINST_FROM].base, "Interviews of against in the earlier window"),
    NUMBER_OF("against_base_to", side[BARO_GAP_AGAINST_TO].base, "Interviews of against in the later window"),
    OTHER("window", WINDOW, "Units pooled"),
    OTHER("factor", FACTOR, "Id of the group whose mix is told from rates"),
    OTHER("marker", MARKER, "c suppressed, u unreliable, caution, b break, x not available")};

static const tidy_column of_split[] = {
    OTHER("survey", SURVEY, "Id of the survey"),
    OTHER("measure", MEASURE, "Id of the measure"),
    OTHER("by", BY, "Id of the breakdown"),
    TEXT_OF("group", group, "Category of the breakdown"),
    TEXT_OF("against", against, "What the gap is to"),
    TEXT_OF("period", to_label, "Last period of the window"),
    VALUE("gap", BARO_GAP_TO, "Group minus against = mix + rate"),
    SE("gap", BARO_GAP_TO),
    NUMBER_OF("lower", part[BARO_GAP_TO].lower, "Lower end of the interval of the gap"),
    NUMBER_OF("upper", part[BARO_GAP_TO].upper, "Upper end of the interval of the gap"),
    NUMBER_OF("p_value", p_value, "Two-sided p-value of no gap"),
    VALUE("mix", BARO_GAP_MIX, "Of the gap, from another mix of the factor"),
    SE("mix", BARO_GAP_MIX),
    VALUE("rate", BARO_GAP_RATE, "Of the gap, from other levels within its categories"),
    SE("rate", BARO_GAP_RATE),
    TEXT_OF("level", level, "Answer of a distribution"),
    OTHER("by2", BY2, "Id of the second breakdown"),
    TEXT_OF("group2", group2, "Category of the second breakdown"),
    NUMBER_OF("p_adjusted", p_adjusted, "The p-value, adjusted for the number of gaps in its family"),
    NUMBER_OF("df", df, "Degrees of freedom of the gap"),
    LIMITS("mix", BARO_GAP_MIX),
    LIMITS("rate", BARO_GAP_RATE),
    NUMBER_OF("base", side[BARO_GAP_GROUP_TO].base, "Interviews of the group"),
    NUMBER_OF("against_base", side[BARO_GAP_AGAINST_TO].base, "Interviews of against"),
    OTHER("window", WINDOW, "Units pooled"),
    OTHER("factor", FACTOR, "Id of the group whose mix is told from rates"),
    OTHER("marker", MARKER, "c suppressed, u unreliable, caution, b break, x not available")};

static void put(baro_cells *cells, const baro_gaps *gaps, const baro_gap_row *row, const tidy_column *column)
{
    const char *field = (const char *)row + column->at;
    switch (column->source) {
    case NUMBER: baro_cells_number(cells, *(const double *)(const void *)field); return;
    case TEXT: baro_cells_text(cells, *(const char *const *)(const void *)field); return;
    case SURVEY: baro_cells_text(cells, gaps->run.survey->id); return;
    case MEASURE: baro_cells_text(cells, row->measure->id); return;
    case BY: baro_cells_text(cells, row->by->id); return;
    case BY2: baro_cells_text(cells, row->by2 ? row->by2->id : NULL); return;
    case WINDOW: baro_cells_number(cells, row->window ? (double)row->window : NAN); return;
    case FACTOR: baro_cells_text(cells, gaps->mix ? gaps->mix->id : NULL); return;
    case MARKER: baro_cells_text(cells, baro_say_marks(row->marks, cells->arena)); return;
    }
}

baro_status baro_gap_tidy(const baro_gaps *gaps, baro_arena *arena, baro_sheet *out)
{
    const tidy_column *from = gaps->asked.change ? of_change : of_split;
    size_t n = gaps->asked.change ? sizeof of_change / sizeof *of_change : sizeof of_split / sizeof *of_split;
    baro_sheet_column *column = BARO_ARRAY(arena, baro_sheet_column, n);
    baro_cells cells = {.arena = arena};
    if (!column)
        return BARO_NO_MEMORY;
    for (size_t c = 0; c < n; c++)
        column[c] = (baro_sheet_column){.name = from[c].name,
                                        .description = from[c].description,
                                        .numeric = from[c].source == NUMBER || from[c].source == WINDOW,
                                        .scale = 1,
                                        .keep = true};
    for (size_t i = 0; i < gaps->n_rows; i++)
        for (size_t c = 0; c < n; c++)
            put(&cells, gaps, &gaps->rows[i], &from[c]);
    *out = (baro_sheet){.id = "gaps",
                        .title = gaps->run.survey->title,
                        .columns = column,
                        .n_columns = n,
                        .row_headers = gaps->asked.change ? 7 : 6};
    baro_status status = baro_gap_notes(gaps, gaps->rows, gaps->n_rows, true, arena, out);
    return status ? status : baro_cells_end(&cells, out);
}
