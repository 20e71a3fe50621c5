/** What the page looks like; no colour alone carries a meaning, and every text has at least 4.5 to 1 on its ground. */
#ifndef BARO_IO_WRITERS_WEB_STYLE_H
#define BARO_IO_WRITERS_WEB_STYLE_H

/** Pieces of the style sheet, NULL-ended. */
extern const char *const baro_web_style[];

#endif
