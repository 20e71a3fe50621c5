/** Which letters some installed font can draw. gnuplot's PNG and PDF terminals draw a letter that none has as high as
 * the page. */
#ifndef BARO_PLOTS_GLYPHS_H
#define BARO_PLOTS_GLYPHS_H
#include <stdbool.h>

typedef struct baro_glyphs baro_glyphs;

/** Asks nobody yet. NULL without memory. */
baro_glyphs *baro_glyphs_new(void);
void baro_glyphs_free(baro_glyphs *glyphs);
/**
 * True for the letters of European languages and usual signs, and for others when fontconfig's fc-list (asked once, the
 * first time that it matters) names a font that has them; false for those when it cannot be asked.
 */
bool baro_glyphs_have(baro_glyphs *glyphs, unsigned long letter);
/** True when there was no memory for asking, so that answers so far may be wrong. */
bool baro_glyphs_no_memory(const baro_glyphs *glyphs);

#endif
