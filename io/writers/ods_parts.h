/** What the parts of an OpenDocument spreadsheet are written with. */
#ifndef BARO_IO_WRITERS_ODS_PARTS_H
#define BARO_IO_WRITERS_ODS_PARTS_H
#include "io/writers/workbook_parts.h"
#include <libxml/xmlwriter.h>

/* A part on its way; `failed` once there is no memory, and everything after it is nothing. */
typedef struct {
    xmlTextWriterPtr xml;
    const baro_workbook *workbook;
    const unsigned **width;    /* [sheets][columns, at least 1] */
    const char *const **title; /* [sheets][columns] */
    baro_arena *arena;
    bool failed;
} baro_ods;

void baro_ods_begin(baro_ods *w, const char *name); /* an element */
void baro_ods_end(baro_ods *w);
void baro_ods_attribute(baro_ods *w, const char *name, const char *value); /* NULL: no memory */
void baro_ods_letters(baro_ods *w, const char *text);                      /* clean ones */
/** An element of cleaned text alone; nothing for no text. */
void baro_ods_element(baro_ods *w, const char *name, const char *text);
/** The root element, with the prefixes that any part has a use for. */
void baro_ods_begin_document(baro_ods *w, const char *name);
void baro_ods_end_document(baro_ods *w);
/** content.xml: styles, worksheets, and the ranges that mark their tables. */
void baro_ods_content(baro_ods *w);

#endif
