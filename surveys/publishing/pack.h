/** A pack: the reports of one survey or several, laid out as a folder of files. */
#ifndef BARO_SURVEYS_PUBLISHING_PACK_H
#define BARO_SURVEYS_PUBLISHING_PACK_H
#include "io/base/folder.h"
#include "io/base/pool.h"
#include "surveys/publishing/figures.h"
#include "surveys/publishing/manifest.h"
#include "surveys/publishing/workbook.h"

/** A picture as it was read. */
typedef struct {
    const char *type; /* "image/png", "image/svg+xml" */
    const void *bytes;
    size_t length;
} baro_pack_logo;

/** A survey file, one that it extends, or a list of areas, of which the pack holds a copy. */
typedef struct {
    const char *path, *name;
} baro_pack_definition;

/** Files of one report, filled in while they are made. */
typedef struct {
    baro_figure *figure;
    size_t n_figures;
    baro_report_table *table;
    size_t n_tables;
} baro_pack_part;

typedef struct {
    const char *title; /* of the page */
    const baro_report *const *report;
    size_t n_reports;
    const baro_pack_logo *logo; /* or NULL */
    const baro_sheet *disclosure; /* what was hidden in all reports, tidy */
    int64_t made;               /* as baro_workbook.made */
    const baro_pack_definition *definition;
    size_t n_definitions;
    baro_manifest manifest;     /* without files: what it was made from */
    baro_pack_part *part;       /* [n_reports], set by baro_pack_write */
} baro_pack;

/**
 * Writes every file of a pack into a folder that is being made: charts, tables, the page, the manifest.
 * @return BARO_OK; BARO_NO_PROGRAM when a chart cannot be drawn; BARO_CANNOT_CREATE, BARO_IO, BARO_NO_MEMORY. The caller
 * settles the folder, or gives it up.
 */
baro_status baro_pack_write(baro_pack *pack, baro_folder *folder, baro_pool *pool, baro_arena *arena, baro_error *error);

/** The reader tables of all reports, for tables.xlsx and tables.ods. */
baro_status baro_pack_workbook(const baro_pack *pack, baro_arena *arena, baro_workbook *out);

/** Where a file of the pack stands until the folder is settled. */
typedef struct {
    const char *path, *place;
} baro_pack_place;

/**
 * The page. Charts are read from where they were written.
 * @param place    [n_places] files of the pack so far
 */
baro_status baro_pack_page(const baro_pack *pack, const baro_pack_place *place, size_t n_places, baro_arena *arena,
                           baro_output *output, baro_error *error);

#endif
