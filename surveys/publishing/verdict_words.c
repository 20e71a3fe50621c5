/* Verdicts and letters in words, and the shorthand where there are none. */
#include "io/base/number.h"
#include "surveys/publishing/wording.h"
#include <math.h>
#include <string.h>

static bool is_share(const baro_row *row)
{
    return row->statistic == BARO_STAT_PROPORTION || row->statistic == BARO_STAT_DISTRIBUTION;
}

static const char *with_points(const baro_row *row, const char *number, baro_arena *arena)
{
    return is_share(row) ? baro_arena_format(arena, "%s %s", number, strcmp(number, "1") == 0 ? "point" : "points")
                         : baro_arena_string(arena, number);
}

const char *baro_say_margin(const baro_row *row, baro_arena *arena)
{
    char text[BARO_NUMBER_TEXT];
    baro_number_write(is_share(row) ? 100 * row->margin : row->margin, text);
    return with_points(row, text, arena);
}

const char *baro_say_verdict(const baro_row *row, baro_arena *arena)
{
    if (isnan(row->margin))
        return NULL;
    switch (row->verdict) {
    case BARO_VERDICT_EQUIVALENT: return baro_arena_format(arena, "no change beyond %s", baro_say_margin(row, arena));
    case BARO_VERDICT_CHANGED_WITHIN:
        return baro_arena_format(arena, "changed, by less than %s", baro_say_margin(row, arena));
    case BARO_VERDICT_CHANGED: return "changed";
    default: return "too noisy to tell";
    }
}

const char *baro_say_detectable(const baro_results *results, const baro_row *row, baro_arena *arena)
{
    baro_display display = baro_display_of(results, row->statistic);
    char text[64];
    double unit = pow(10, display.decimals), scaled = row->detectable * display.scale * unit;
    if (!(scaled < 1e15))
        return baro_say_number(arena, row->detectable, display);
    baro_number_round(ceil(scaled - 1e-9) / unit, display.decimals, true, text);
    return with_points(row, text, arena);
}

const char *baro_say_verdict_at_length(const baro_results *results, const baro_row *row, baro_arena *arena)
{
    const char *verdict = baro_say_verdict(row, arena);
    if (!verdict || row->verdict != BARO_VERDICT_NOISY)
        return verdict;
    return baro_arena_format(arena, "%s (could see %s)", verdict, baro_say_detectable(results, row, arena));
}

const char *baro_say_with_letter(const char *label, const baro_row *row, baro_arena *arena)
{
    return *row->letters ? baro_arena_format(arena, "%s (%c)", label, row->letters[0]) : label;
}

const char *baro_say_higher_than(const baro_row *row, baro_arena *arena)
{
    char text[2 * BARO_LETTERS + 1];
    size_t n = 0;
    if (!*row->letters)
        return NULL;
    for (const char *letter = row->letters + 2; *letter && n + 2 < sizeof text; letter++) {
        text[n++] = *letter;
        text[n++] = ' ';
    }
    text[n ? n - 1 : 0] = '\0';
    return n ? baro_arena_string(arena, text) : "none";
}

const char *baro_row_no_difference(const baro_row *row)
{
    const char *hidden = baro_row_shorthand(row);
    if (!*row->against)
        return "[z]";
    return hidden ? hidden : row->difference_hidden ? "[c]" : row->difference_withheld ? "[u]" : "[x]";
}

const char *baro_row_no_letter(const baro_row *row)
{
    const char *hidden = baro_row_shorthand(row);
    return hidden && row->by ? hidden : "[z]";
}

const char *baro_row_quality(const baro_row *row)
{
    if (row->marks & BARO_MARK_UNRELIABLE)
        return "[u]";
    bool review = (row->marks & BARO_MARK_REVIEW) != 0, complement = (row->marks & BARO_MARK_COMPLEMENT) != 0;
    return review && complement ? "[review] [complement]" : review ? "[review]" : complement ? "[complement]" : NULL;
}

const char *baro_row_marks_behind(const baro_row *row)
{
    static const char *const revised[][2] = {{"[u]", "[u] [r]"},
                                             {"[review]", "[review] [r]"},
                                             {"[complement]", "[complement] [r]"}};
    const char *quality = baro_row_quality(row);
    if (!row->revised)
        return quality;
    for (size_t i = 0; quality && i < sizeof revised / sizeof *revised; i++)
        if (strcmp(quality, revised[i][0]) == 0)
            return revised[i][1];
    return "[r]";
}
