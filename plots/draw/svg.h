/** Makes gnuplot's SVG fit for a page: read by screen readers, ids its own, fonts with a fallback, nothing active in
 * it. */
#ifndef BARO_PLOTS_SVG_H
#define BARO_PLOTS_SVG_H
#include "io/base/output.h"

/**
 * Writes the SVG with role="img", a title, a description, every id prefixed by `id`, drawing elements only.
 * Any other element, any on... attribute, any reference beyond the file, bad nesting or a second root are refused.
 * @return BARO_OK; BARO_NO when the text is not such an SVG (what has been written so far is to be thrown away)
 */
baro_status baro_svg_write(const char *svg, size_t length, const char *id, const char *title, const char *description,
                           baro_output *output);

#endif
