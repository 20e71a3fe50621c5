/* Where a chart goes, how large it is and what it is called. */
#include "surveys/program/pictured.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/program/words.h"
#include "surveys/program/written.h"
#include <string.h>

static const struct {
    const char *name;
    unsigned width, height;
} sizes[] = {{"slide", 1280, 720}, {"page", 720, 480}, {"screen", 960, 600}};

static baro_status read_size(const char *value, baro_chart_words *words, baro_error *error)
{
    const char *x = strpbrk(value, "xX");
    size_t width = 0, height = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (strcmp(sizes[i].name, value) != 0)
            continue;
        words->width = sizes[i].width;
        words->height = sizes[i].height;
        return BARO_OK;
    }
    if (!x || !baro_number_read_size(value, (size_t)(x - value), &width) ||
        !baro_number_read_size(x + 1, strlen(x + 1), &height) || width < 200 || width > 10000 || height < 150 ||
        height > 10000)
        return baro_usage(error, "--size: WIDTHxHEIGHT in pixels (200x150 to 10000x10000), or slide, page, screen");
    words->width = (unsigned)width;
    words->height = (unsigned)height;
    return BARO_OK;
}

baro_status baro_chart_words_of_options(const baro_invocation *invocation, baro_chart_words *words, baro_error *error)
{
    static const baro_option_id texts[] = {BARO_OPTION_TITLE, BARO_OPTION_SUBTITLE, BARO_OPTION_SOURCE};
    const char *value[3];
    for (size_t i = 0; i < 3; i++) {
        value[i] = baro_value_of(invocation, texts[i]);
        size_t length = value[i] ? strlen(value[i]) : 0;
        if (length && (baro_text_valid(value[i], length) != length || baro_text_has_control(value[i], length)))
            return baro_usage(error, "--%s: plain UTF-8 text is wanted, without control characters",
                              baro_option_at(texts[i])->name);
    }
    *words = (baro_chart_words){.title = value[0],
                                .subtitle = value[1],
                                .source = value[2],
                                .no_titles = baro_is_given(invocation, BARO_OPTION_NO_TITLES),
                                .apart = baro_choice_of(invocation, BARO_OPTION_NEUTRAL, 0) == 1};
    const char *size = baro_value_of(invocation, BARO_OPTION_SIZE);
    return size ? read_size(size, words, error) : BARO_OK;
}

baro_status baro_picture_of_options(const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena,
                                    baro_picture_file *out, baro_error *error)
{
    out->path = baro_value_of(invocation, BARO_OPTION_OUTPUT);
    out->data = baro_value_of(invocation, BARO_OPTION_DATA);
    if (!out->path)
        return baro_usage(error, "chart needs a file to draw into: -o FILE.svg, .png or .pdf");
    if (!baro_picture_of_path(out->path, &out->picture))
        return baro_usage(error, "-o %s: a chart ends in .svg, .png or .pdf", baro_word_shown(out->path, arena));
    if (!out->data)
        return BARO_OK;
    size_t length = strlen(out->data);
    if (strcmp(out->data, "-") != 0 && (length < 4 || !baro_text_same_case_blind(out->data + length - 4, ".csv")))
        return baro_usage(error, "--data %s: the numbers are written as CSV, to a file that ends in .csv",
                          baro_word_shown(out->data, arena));
    return baro_check_no_input(invocation, survey, out->data, arena, error);
}

baro_status baro_picture_numbers(const baro_picture_file *file, const baro_sheet *tidy, baro_error *error)
{
    const baro_written written = {.path = file->data,
                                  .format = baro_choice_find(baro_option_at(BARO_OPTION_FORMAT)->choices, "csv"),
                                  .tidy = true};
    return file->data ? baro_written_sheets(&written, tidy, 1, error) : BARO_OK;
}
