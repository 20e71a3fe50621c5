/* `chart bars` and `chart trend`: the results of table and trend, drawn; a file each. */
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/program/answered.h"
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include "surveys/program/written.h"
#include "surveys/publishing/sheets.h"
#include <string.h>

typedef struct {
    const char *path; /* with {measure} and {group} still in it */
    const char *data; /* or NULL */
    baro_picture picture;
    baro_chart_words words;
} picture_options;

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

static baro_status read_words(const baro_invocation *invocation, baro_chart_words *words, baro_error *error)
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
                                .no_titles = baro_is_given(invocation, BARO_OPTION_NO_TITLES)};
    const char *size = baro_value_of(invocation, BARO_OPTION_SIZE);
    return size ? read_size(size, words, error) : BARO_OK;
}

static baro_status read_paths(const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena,
                              picture_options *out, baro_error *error)
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

static baro_status too_few_names(size_t n, bool measures, bool groups, baro_error *error)
{
    return baro_usage(error, "%zu charts are to be drawn: put %s%s%s into the name behind -o", n,
                      measures ? "{measure}" : "", measures && groups ? " and " : "", groups ? "{group}" : "");
}

/* What can be known before the data are read; the rest is seen when the charts are there. */
static baro_status check_enough_names(const picture_options *options, const baro_survey *survey,
                                      const baro_request *request, baro_error *error)
{
    size_t measures = request->measures.n ? request->measures.n : survey->n_measures;
    size_t groups = request->n_by ? request->n_by : 1;
    for (const char *open = strchr(options->path, '{'); open; open = strchr(open + 1, '{'))
        if (strncmp(open, "{measure}", 9) != 0 && strncmp(open, "{group}", 7) != 0)
            return baro_usage(error, "-o: {measure} and {group} can stand in a name, no other { }");
    bool lacks_measure = measures > 1 && !strstr(options->path, "{measure}");
    bool lacks_group = groups > 1 && !strstr(options->path, "{group}");
    if (lacks_measure || lacks_group)
        return too_few_names(measures * groups, lacks_measure, lacks_group, error);
    return BARO_OK;
}

/* An id as part of a file name: ids of a survey file as they are, columns of data without what a path could misread. */
static size_t put_name(char *out, const char *id)
{
    size_t n = 0;
    for (const char *c = id[0] ? id : "everyone"; *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
                     (unsigned char)*c >= 0x80 || *c == '_' || *c == '-' || (*c == '.' && c != id);
        out[n++] = plain ? *c : '-';
    }
    return n;
}

static const char *name_file(const char *pattern, const char *measure, const char *group, baro_arena *arena)
{
    size_t each = strlen(measure) + strlen(group) + sizeof "everyone", marks = 1;
    for (const char *c = pattern; *c; c++)
        marks += *c == '{';
    char *out = baro_arena_array(arena, strlen(pattern) + 1 + marks * each, 1);
    size_t n = 0;
    while (out && *pattern) {
        if (strncmp(pattern, "{measure}", 9) == 0) {
            n += put_name(out + n, measure);
            pattern += 9;
        } else if (strncmp(pattern, "{group}", 7) == 0) {
            n += put_name(out + n, group);
            pattern += 7;
        } else {
            out[n++] = *pattern++;
        }
    }
    return out;
}

static baro_status name_files(const picture_options *options, const baro_drawing *drawings, size_t n,
                              const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena,
                              const char ***out, baro_error *error)
{
    const char **names = BARO_ARRAY(arena, const char *, n + 1);
    if (!names)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        names[i] = name_file(options->path, drawings[i].measure, drawings[i].group, arena);
        if (!names[i])
            return BARO_NO_MEMORY;
        for (size_t j = 0; j < i; j++)
            if (strcmp(names[i], names[j]) == 0)
                return too_few_names(n, !strstr(options->path, "{measure}"), !strstr(options->path, "{group}"), error);
        baro_status status = baro_check_no_input(invocation, survey, names[i], arena, error);
        if (status != BARO_OK)
            return status;
    }
    *out = names;
    return BARO_OK;
}

static baro_status write_data(const picture_options *options, const baro_results *results, baro_arena *arena,
                              baro_error *error)
{
    baro_sheet tidy;
    baro_written written = {.path = options->data,
                            .format = baro_choice_find(baro_option_at(BARO_OPTION_FORMAT)->choices, "csv"),
                            .tidy = true};
    if (!options->data)
        return BARO_OK;
    baro_status status = baro_sheet_tidy(results, arena, &tidy);
    return status == BARO_OK ? baro_written_sheets(&written, &tidy, 1, error) : status;
}

/* Every chart is tried; the numbers are written first, so that they are there when gnuplot is not. */
static baro_status draw_all(const picture_options *options, baro_chart_kind kind, const baro_results *results,
                            const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_drawing *drawings = NULL;
    const char **names = NULL;
    size_t n = 0;
    baro_status status = baro_charts(results, kind, &options->words, arena, &drawings, &n);
    if (status == BARO_OK)
        status = name_files(options, drawings, n, invocation, results->survey, arena, &names, error);
    if (status == BARO_OK)
        status = write_data(options, results, arena, error);
    if (status != BARO_OK)
        return status;
    if (n == 0)
        return baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){NULL, 0, 0}, "there is nothing to draw");
    for (size_t i = 0; i < n; i++) {
        baro_status one = baro_chart_draw(&drawings[i].chart, options->picture, names[i], error);
        status = status == BARO_OK ? one : status;
    }
    return status;
}

static baro_status chart(const baro_invocation *invocation, baro_chart_kind kind, baro_arena *arena, baro_error *error)
{
    baro_survey survey;
    baro_request request;
    picture_options options = {0};
    baro_results results = {0};
    baro_status status = baro_request_of_options(invocation, kind == BARO_CHART_TREND, arena, &survey, &request, error);
    if (status == BARO_OK)
        status = read_paths(invocation, &survey, arena, &options, error);
    if (status == BARO_OK)
        status = read_words(invocation, &options.words, error);
    if (status == BARO_OK)
        status = check_enough_names(&options, &survey, &request, error);
    if (status == BARO_OK)
        status = baro_check_no_input(invocation, &survey, options.path, arena, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN)) {
        const char *outputs[] = {options.path, options.data};
        return baro_dry_run(invocation, &survey, outputs, options.data ? 2 : 1, arena, error);
    }
    if (status == BARO_OK)
        status = baro_answered(invocation, &request, arena, &results, error);
    return status == BARO_OK ? draw_all(&options, kind, &results, invocation, arena, error) : status;
}

baro_status baro_command_chart_bars(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return chart(invocation, BARO_CHART_BARS, arena, error);
}

baro_status baro_command_chart_trend(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return chart(invocation, BARO_CHART_TREND, arena, error);
}
