/** The figures of a report: a chart, the table behind it for readers, and its numbers in full as a file. */
#ifndef BARO_SURVEYS_PUBLISHING_FIGURES_H
#define BARO_SURVEYS_PUBLISHING_FIGURES_H
#include "surveys/publishing/report.h"

/** Where on the page a figure stands. */
typedef enum { BARO_FIGURE_MEASURE, BARO_FIGURE_DIVIDES, BARO_FIGURE_GAPS } baro_figure_section;

typedef struct {
    baro_figure_section section;
    const baro_measure *measure;
    const char *group;        /* id of the breakdown, two parted by -; "" for everyone */
    baro_group_kind kind;     /* of the breakdown */
    const char *name;         /* "trust-bars-ethnicity": unique in the report */
    const char *heading;      /* "By ethnic group" */
    const char *svg, *png;    /* paths in the pack */
    baro_chart inside, alone; /* without words of its own for the page, and with them for use alone */
    const baro_sheet *table;  /* for readers; its id is unique in the pack */
} baro_figure;

/** All of a report in the order of the page: of each measure its trend, then a figure for each breakdown. */
baro_status baro_report_figures(const baro_report *report, baro_arena *arena, baro_figure **out, size_t *n);

/** A tidy table of a report as a file: "tables/trust-by-ethnicity.csv". */
typedef struct {
    const char *path;
    const baro_measure *measure; /* NULL: of all */
    const char *words;           /* "Trust the Met by ethnic group, year to Mar 2023": what it holds */
    const baro_sheet *sheet;
} baro_report_table;

baro_status baro_report_tables(const baro_report *report, baro_arena *arena, baro_report_table **out, size_t *n);

/** "pas/charts/": where a report's files of one kind stand in the pack. NULL without memory. */
const char *baro_report_folder(const baro_report *report, const char *folder, baro_arena *arena);
/** The report's id and a name, "pas-trust": an id of the page. */
const char *baro_report_anchor(const baro_report *report, const char *name, baro_arena *arena);
/** A text as part of a file name, in `arena`. */
const char *baro_file_part(const char *text, baro_arena *arena);

#endif
