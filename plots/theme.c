#include "plots/theme.h"
#include <string.h>

const baro_type baro_type_title = {25, 32, true, BARO_INK};
const baro_type baro_type_subtitle = {16, 23, false, BARO_QUIET};
const baro_type baro_type_label = {15, 19, false, BARO_INK};
const baro_type baro_type_small_label = {14, 17, false, BARO_INK};
const baro_type baro_type_value = {15, 19, true, BARO_INK};
const baro_type baro_type_small_value = {14, 17, true, BARO_INK};
const baro_type baro_type_axis = {14, 18, false, BARO_INK};
const baro_type baro_type_foot = {13, 19, false, BARO_QUIET};
const baro_type baro_type_panel = {14, 18, true, BARO_INK};

const char *baro_theme_series(size_t i, size_t n)
{
    static const char *const two[] = {"#12436D", "#F46A25"};
    static const char *const four[] = {"#12436D", "#28A197", "#801650", "#F46A25"};
    return n <= 2 ? two[i % 2] : four[i % BARO_SERIES_MOST];
}

static const baro_fill sequential[BARO_SHADES_MOST][BARO_SHADES_MOST] = {
    {{"#2073BC", BARO_WHITE}},
    {{"#6BACE6", BARO_INK}, {"#12436D", BARO_WHITE}},
    {{"#6BACE6", BARO_INK}, {"#2073BC", BARO_WHITE}, {"#12436D", BARO_WHITE}},
};
/* One answer a side has the strong colour; the middle red is between the two of the palette. */
static const baro_fill negative[BARO_SHADES_MOST][BARO_SHADES_MOST] = {
    {{"#801650", BARO_WHITE}},
    {{"#F46A25", BARO_INK}, {"#801650", BARO_WHITE}},
    {{"#F46A25", BARO_INK}, {"#BC3E3B", BARO_WHITE}, {"#801650", BARO_WHITE}},
};
static const baro_fill positive_one = {"#12436D", BARO_WHITE};
static const baro_fill fills[BARO_FILLS] = {
    [BARO_FILL_LOWER] = {"#F46A25", BARO_INK},    [BARO_FILL_UNCLEAR] = {"#BFBFBF", BARO_INK},
    [BARO_FILL_HIGHER] = {"#12436D", BARO_WHITE}, [BARO_FILL_NEUTRAL] = {"#BFBFBF", BARO_INK},
    [BARO_FILL_OTHER] = {"#D9DCDE", BARO_INK},    [BARO_FILL_DONT_KNOW] = {"#EEF0F1", BARO_INK},
    [BARO_FILL_NONE] = {BARO_WHITE, BARO_INK},
};

static size_t shade_of(size_t i, size_t n)
{
    return n <= BARO_SHADES_MOST ? i : i * BARO_SHADES_MOST / n;
}

const baro_fill *baro_theme_sequential(size_t i, size_t n)
{
    size_t shades = n < BARO_SHADES_MOST ? n : BARO_SHADES_MOST;
    return &sequential[shades > 0 ? shades - 1 : 0][shade_of(i, n)];
}

const baro_fill *baro_theme_answer(bool positive, size_t i, size_t n)
{
    size_t shades = n < BARO_SHADES_MOST ? n : BARO_SHADES_MOST;
    if (positive)
        return shades <= 1 ? &positive_one : &sequential[shades - 1][shade_of(i, n)];
    return &negative[shades > 0 ? shades - 1 : 0][shade_of(i, n)];
}

const baro_fill *baro_theme_fill(baro_fill_use use)
{
    return &fills[use];
}

const baro_type *baro_theme_on(const baro_fill *fill, baro_on_use use)
{
    static const baro_type types[BARO_ON_USES][2] = {
        [BARO_ON_SEGMENT] = {{14, 17, true, BARO_INK}, {14, 17, true, BARO_WHITE}},
        [BARO_ON_TILE_LABEL] = {{12, 14, false, BARO_INK}, {12, 14, false, BARO_WHITE}},
        [BARO_ON_TILE_SMALL] = {{11, 13, false, BARO_INK}, {11, 13, false, BARO_WHITE}},
        [BARO_ON_TILE_VALUE] = {{17, 20, true, BARO_INK}, {17, 20, true, BARO_WHITE}},
    };
    return &types[use][strcmp(fill->text, BARO_WHITE) == 0];
}

baro_contrast_pair baro_theme_pair(size_t i)
{
    static const struct {
        const char *use;
        const baro_type *type;
    } words[] = {{"title", &baro_type_title}, {"subtitle", &baro_type_subtitle},
                 {"label", &baro_type_label}, {"small label", &baro_type_small_label},
                 {"value", &baro_type_value}, {"small value", &baro_type_small_value},
                 {"axis", &baro_type_axis},   {"foot", &baro_type_foot},
                 {"panel", &baro_type_panel}};
    enum { WORDS = sizeof words / sizeof *words, SHADES = BARO_SHADES_MOST * BARO_SHADES_MOST };
    if (i < WORDS)
        return (baro_contrast_pair){words[i].use, words[i].type->colour, BARO_WHITE};
    i -= WORDS;
    if (i < BARO_FILLS)
        return (baro_contrast_pair){"fill", fills[i].text, fills[i].colour};
    i -= BARO_FILLS;
    if (i < 2 * SHADES) {
        size_t n = i % SHADES / BARO_SHADES_MOST, k = i % BARO_SHADES_MOST;
        const baro_fill *fill = i < SHADES ? &sequential[n][k < n ? k : n] : &negative[n][k < n ? k : n];
        return (baro_contrast_pair){i < SHADES ? "sequential" : "negative", fill->text, fill->colour};
    }
    return i == 2 * SHADES ? (baro_contrast_pair){"positive", positive_one.text, positive_one.colour}
                           : (baro_contrast_pair){0};
}
