/**
 * A page for a browser, put together from the top down: one file that needs nothing from anywhere, has no script, reads
 * well on paper, at 320 pixels and aloud. Texts are escaped here; what is trusted is said so. Errors surface in
 * baro_output_close.
 */
#ifndef BARO_IO_WRITERS_WEB_H
#define BARO_IO_WRITERS_WEB_H
#include "io/base/output.h"
#include "io/writers/sheet.h"

/** Head, style, a Content-Security-Policy that allows no request, a skip link and the opening of the page's body. */
void baro_web_begin(baro_output *output, const char *title, const char *language);
/** Closes what baro_web_begin opened; `foot` is the last line, or NULL. */
void baro_web_end(baro_output *output, const char *foot);

/** Markup of the program's own: written as it stands, never anything that came from a file. */
void baro_web_markup(baro_output *output, const char *markup);
/** Text, escaped: no letter of it can become markup; what a page must not get is shown as \xNN. */
void baro_web_text(baro_output *output, const char *text);
/** An element with a class (or NULL) and escaped text; nothing at all without text. */
void baro_web_element(baro_output *output, const char *name, const char *class, const char *text);
/** A heading of `level` 1 to 6; `id` (made safe, or NULL) is what links name. */
void baro_web_heading(baro_output *output, int level, const char *id, const char *text);
/** A link to an id of the page. */
void baro_web_link(baro_output *output, const char *id, const char *text);
/** A link to a file beside the page: bytes that an address does not take are written as %NN. */
void baro_web_file(baro_output *output, const char *path, const char *text);
/** An id as it stands in an attribute: letters and digits of ASCII, - and _; every other byte becomes _ and two digits. */
void baro_web_id(baro_output *output, const char *id);
/** A picture's bytes (image/svg+xml or image/png) inside the page, described by `alternative`. */
void baro_web_image(baro_output *output, const char *class, const char *type, const void *bytes, size_t length,
                    const char *alternative);
/**
 * A chart of ours inside the page: the drawing that baro_svg_write made, without its XML declaration.
 * @return BARO_OK; BARO_INTERNAL when the bytes hold no <svg
 */
baro_status baro_web_drawing(baro_output *output, const char *svg, size_t length);

#endif
