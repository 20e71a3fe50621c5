#include "plots/theme.h"

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
