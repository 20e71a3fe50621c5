/** What the files of a pack's page share. */
#ifndef BARO_SURVEYS_PUBLISHING_REPORT_PAGE_H
#define BARO_SURVEYS_PUBLISHING_REPORT_PAGE_H
#include "surveys/publishing/pack.h"

typedef struct {
    const baro_pack *pack;
    const baro_pack_place *place;
    size_t n_places;
    baro_arena *arena;
    baro_output *output;
    baro_error *error;
    /* the report that is written, and its files */
    const baro_report *report;
    const baro_pack_part *part;
    int level; /* of the headings of its sections */
} baro_page_part;

/** A heading with an id of the report's own. */
void baro_page_anchor(const baro_page_part *p, int level, const char *name, const char *text);
/** Sentences as a list; nothing without any. */
void baro_page_list(const baro_page_part *p, const char *class, const baro_texts *texts);
/** A table behind its title, for those who want the numbers. */
baro_status baro_page_details(const baro_page_part *p, const baro_sheet *sheet);
/** The figures of a section that is not of one measure. */
baro_status baro_page_figures(const baro_page_part *p, baro_figure_section section);
/** Links to the tidy tables of a measure, or (NULL) to those of all. */
void baro_page_files(const baro_page_part *p, const baro_measure *measure);
/** A section a measure: headline, over time, by group, by channel; and the links to them. */
baro_status baro_page_measures(const baro_page_part *p);
void baro_page_measure_links(const baro_page_part *p);
/** All sections of a report, and the links to them. */
baro_status baro_page_sections(const baro_page_part *p);
void baro_page_section_links(const baro_page_part *p);

#endif
