/* The tables of a pack as one workbook, in both formats. */
#include "surveys/publishing/gap_sheet.h"
#include "surveys/publishing/pack.h"
#include "surveys/publishing/related_sheet.h"
#include "surveys/publishing/report_words.h"
#include "surveys/publishing/spread_sheet.h"
#include <string.h>

typedef struct {
    baro_arena *arena;
    baro_sheet *sheet;
    size_t n, room;
} sheets;

/* In a pack of several surveys a worksheet is named after its survey, too. */
static baro_status add(sheets *s, const baro_report *report, const baro_sheet *sheet, size_t n)
{
    if (s->n + n > s->room) {
        size_t room = 2 * (s->n + n) + 16;
        baro_sheet *more = BARO_ARRAY(s->arena, baro_sheet, room);
        if (!more)
            return BARO_NO_MEMORY;
        if (s->n > 0)
            memcpy(more, s->sheet, s->n * sizeof *more);
        s->sheet = more;
        s->room = room;
    }
    for (size_t i = 0; i < n; i++) {
        baro_sheet *to = &s->sheet[s->n++];
        *to = sheet[i];
        to->id = baro_report_anchor(report, sheet[i].id, s->arena);
        if (*report->id && report->survey->title && sheet[i].title)
            to->title = baro_arena_format(s->arena, "%s: %s", report->survey->title, sheet[i].title);
        if (!to->id || (sheet[i].title && !to->title))
            return BARO_NO_MEMORY;
    }
    return BARO_OK;
}

static baro_status add_levels(sheets *s, const baro_report *report)
{
    baro_sheet *sheet;
    size_t n;
    baro_status status = baro_sheets_for_workbook(&report->levels, s->arena, &sheet, &n);
    if (status == BARO_OK)
        status = add(s, report, sheet, n);
    if (status == BARO_OK && report->has_trend)
        status = baro_sheets_for_workbook(&report->trend, s->arena, &sheet, &n);
    return status == BARO_OK && report->has_trend ? add(s, report, sheet, n) : status;
}

static baro_status add_others(sheets *s, const baro_report *report)
{
    baro_sheet *sheet;
    baro_sheet hidden;
    size_t n;
    baro_status status = BARO_OK;
    if (report->has_spreads) {
        status = baro_sheets_spreads(&report->spreads, false, s->arena, &sheet, &n);
        if (status == BARO_OK)
            status = add(s, report, sheet, n);
    }
    if (status == BARO_OK && report->has_relations) {
        status = baro_sheets_relations(&report->relations, false, s->arena, &sheet, &n);
        if (status == BARO_OK)
            status = add(s, report, sheet, n);
    }
    if (status == BARO_OK && report->has_gaps) {
        status = baro_sheets_gaps(&report->gaps, false, s->arena, &sheet, &n);
        if (status == BARO_OK)
            status = add(s, report, sheet, n);
    }
    if (status == BARO_OK)
        status = baro_report_hidden(report, s->arena, &hidden);
    return status == BARO_OK ? add(s, report, &hidden, 1) : status;
}

baro_status baro_pack_workbook(const baro_pack *pack, baro_arena *arena, baro_workbook *out)
{
    sheets s = {.arena = arena};
    baro_status status = BARO_OK;
    baro_workbook_about about = baro_about_survey(pack->report[0]->survey);
    for (size_t i = 0; i < pack->n_reports && status == BARO_OK; i++) {
        status = add_levels(&s, pack->report[i]);
        if (status == BARO_OK)
            status = add_others(&s, pack->report[i]);
    }
    if (status)
        return status;
    about.title = pack->title;
    about.period = *baro_report_window(pack->report[0]) ? baro_report_window(pack->report[0]) : NULL;
    if (pack->n_reports > 1)
        about.population = about.source = about.period = NULL; /* each has its own */
    about.made = pack->made;
    return baro_workbook_of_sheets(&about, s.sheet, s.n, arena, out);
}
