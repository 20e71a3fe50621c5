/** Workbooks read back with libzip and libxml2, which know nothing of how they were written. */
#ifndef BARO_TESTS_PACKAGE_H
#define BARO_TESTS_PACKAGE_H
#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>
#include <zip.h>

typedef struct {
    zip_t *zip;
} package;

/** One worksheet as a reader sees it: [rows * columns] texts ("" for nothing), and which of them are numbers. */
typedef struct {
    char *name;
    size_t rows, columns;
    char **text;
    bool *number;
} package_grid;

/** Each fails the running test when the package, or what it says, cannot be read. */
void package_open(package *out, const char *path);
void package_close(package *p);
/** A part, malloc, NUL behind; NULL when there is none of that name. */
char *package_part(const package *p, const char *name, size_t *length);
/** The same as XML; NULL when there is none. The caller frees. */
xmlDocPtr package_xml(const package *p, const char *name);
/** An XPath expression, prefixes by local-name(): its value as truth and as a number. */
bool package_true(xmlDocPtr part, const char *expression);
double package_value(xmlDocPtr part, const char *expression);
/** Worksheet i, from 0, of an XLSX or ODS package; false when there are not so many. */
bool package_xlsx_grid(const package *p, size_t i, package_grid *out);
bool package_ods_grid(const package *p, size_t i, package_grid *out);
void package_grid_free(package_grid *grid);
/** A cell; "" outside. */
const char *package_at(const package_grid *grid, size_t row, size_t column);

#endif
