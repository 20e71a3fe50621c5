/** Reads back the texts of a chart's SVG: what stands where. */
#ifndef BARO_TESTS_SVG_TEXT_H
#define BARO_TESTS_SVG_TEXT_H
#include <stddef.h>

typedef struct {
    double x, y, size; /* y of the baseline */
    int anchor;        /* 0 start, 1 middle, 2 end */
    int bold;
    char *text; /* unescaped */
} svg_text;

/** All texts in order, malloc; free with svg_texts_free. NULL with *n = 0 when there is none. */
svg_text *svg_texts_read(const char *svg, size_t *n);
void svg_texts_free(svg_text *texts, size_t n);
/** A whole file, NUL behind, malloc; NULL when it cannot be read. */
char *read_whole(const char *path, size_t *length);

#endif
