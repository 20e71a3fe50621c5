#include "surveys/program/written.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/program/words.h"
#include "surveys/publishing/workbook.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef baro_status writer(const baro_sheet *sheets, size_t n, baro_output *output);
typedef baro_status workbook_writer(const baro_workbook *workbook, const char *path, baro_error *error);

/* In the order of the choices of --format. */
static const struct {
    const char *ending;
    bool tidy;
    writer *write;              /* NULL: text, which has a width, or a workbook */
    workbook_writer *workbook;
} formats[] = {{".txt", false, NULL, NULL},
               {".csv", true, baro_write_csv, NULL},
               {".json", true, baro_write_json, NULL},
               {".jsonl", true, baro_write_jsonl, NULL},
               {".md", false, baro_write_markdown, NULL},
               {".html", false, baro_write_html, NULL},
               {".xlsx", false, NULL, baro_write_xlsx},
               {".ods", false, NULL, baro_write_ods}};
#define FORMATS (sizeof formats / sizeof *formats)

static int format_of_path(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    for (size_t i = 0; dot && i < FORMATS; i++)
        if (baro_text_same_case_blind(dot, formats[i].ending))
            return (int)i;
    return 0;
}

baro_status baro_check_no_input(const baro_invocation *invocation, const baro_survey *survey, const char *path,
                                baro_arena *arena, baro_error *error)
{
    if (strcmp(path, "-") == 0)
        return BARO_OK;
    for (size_t i = 0; i < invocation->n_files; i++)
        if (strcmp(invocation->files[i], "-") != 0 &&
            (strcmp(invocation->files[i], path) == 0 || baro_output_same_file(invocation->files[i], path)))
            return baro_usage(error, "%s: would overwrite the data; give another file", baro_word_shown(path, arena));
    for (size_t i = 0; survey->path && i <= survey->extended.n; i++) {
        const char *file = i ? survey->extended.item[i - 1] : survey->path;
        if (strcmp(file, path) == 0 || baro_output_same_file(file, path))
            return baro_usage(error, "%s: would overwrite the survey file; give another file", baro_word_shown(path, arena));
    }
    return BARO_OK;
}

int64_t baro_made_at(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    size_t seconds = 0;
    return epoch && baro_number_read_size(epoch, strlen(epoch), &seconds) && seconds < INT64_C(253402300800) ? (int64_t)seconds : 0;
}

/* --metadata: the file that CSV on the Web looks for beside a CSV. */
static baro_status find_metadata(const baro_invocation *invocation, const baro_survey *survey, baro_written *written,
                                 baro_arena *arena, baro_error *error)
{
    if (!baro_is_given(invocation, BARO_OPTION_METADATA))
        return BARO_OK;
    if (formats[written->format].write != baro_write_csv || strcmp(written->path, "-") == 0)
        return baro_usage(error, "--metadata describes a CSV file; give -o FILE.csv with it");
    written->metadata = baro_arena_format(arena, "%s-metadata.json", written->path);
    return written->metadata ? baro_check_no_input(invocation, survey, written->metadata, arena, error) : BARO_NO_MEMORY;
}

baro_status baro_written_of_options(const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena,
                                    baro_written *out, baro_error *error)
{
    const char *path = baro_value_of(invocation, BARO_OPTION_OUTPUT);
    *out = (baro_written){.path = path ? path : "-", .survey = survey, .made = baro_made_at()};
    out->format = baro_choice_of(invocation, BARO_OPTION_FORMAT, path ? format_of_path(path) : 0);
    out->tidy = formats[out->format].tidy;
    out->width = baro_count_of(invocation, BARO_OPTION_WIDTH, 80);
    if (out->width < 20 || out->width > 10000)
        return baro_usage(error, "--width: 20 to 10000");
    if (formats[out->format].workbook && strcmp(out->path, "-") == 0 && isatty(STDOUT_FILENO))
        return baro_usage(error, "a workbook is nothing for a terminal; give -o FILE%s", formats[out->format].ending);
    baro_status status = find_metadata(invocation, survey, out, arena, error);
    return status == BARO_OK ? baro_check_no_input(invocation, survey, out->path, arena, error) : status;
}

bool baro_written_is_workbook(const baro_written *written)
{
    return formats[written->format].workbook != NULL;
}

baro_status baro_written_of_path(const char *path, const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena, baro_written *out,
                                 baro_error *error)
{
    *out = (baro_written){.path = path, .format = format_of_path(path), .width = 80, .survey = survey, .made = baro_made_at()};
    out->tidy = formats[out->format].tidy;
    if (formats[out->format].workbook)
        return baro_usage(error, "%s: no workbook is made of this; give a name that ends in .csv, .json, .md or .txt", baro_word_shown(path, arena));
    return survey ? baro_check_no_input(invocation, survey, path, arena, error) : BARO_OK;
}

void baro_note_sampling(const baro_written *written, const baro_survey *survey, baro_error *error)
{
    const char *ending = formats[written->format].ending;
    if (survey->sampling == BARO_SAMPLING_PROBABILITY || (strcmp(ending, ".csv") != 0 && strcmp(ending, ".jsonl") != 0))
        return;
    baro_remark_add(error, (baro_where_it_is){NULL, 0, 0}, "%s: %s",
                    survey->sampling == BARO_SAMPLING_QUOTA ? "a quota sample" : "an open, opt-in survey",
                    survey->model ? "intervals and tests treat it as if it were drawn at random, which it was not"
                                  : "no intervals or tests are given, because nobody was drawn at random");
}

/* Whatever happened, the output is ended once: kept only when all is well. */
static baro_status end_output(baro_output *output, baro_status status, baro_error *error)
{
    if (status == BARO_OK)
        return baro_output_close(output, error);
    baro_output_abandon(output);
    return status;
}

static baro_status write_workbook(const baro_written *written, const baro_sheet *sheets, size_t n, baro_error *error)
{
    baro_workbook workbook;
    baro_arena *arena = baro_arena_new();
    if (!arena)
        return BARO_NO_MEMORY;
    baro_workbook_about about = written->survey ? baro_about_survey(written->survey) : (baro_workbook_about){0};
    about.period = written->period;
    about.made = written->made;
    baro_status status = baro_workbook_of_sheets(&about, sheets, n, arena, &workbook);
    if (status == BARO_OK)
        status = formats[written->format].workbook(&workbook, written->path, error);
    baro_arena_free(arena);
    return status;
}

static baro_status write_metadata(const baro_written *written, const baro_sheet *sheets, baro_error *error)
{
    baro_output *output;
    const char *slash = strrchr(written->path, '/');
    const baro_csvw about = baro_csvw_of_survey(written->survey, slash ? slash + 1 : written->path);
    baro_status status = baro_output_open(written->metadata, &output, error);
    return status == BARO_OK ? end_output(output, baro_write_csvw(sheets, &about, output), error) : status;
}

baro_status baro_written_sheets(const baro_written *written, const baro_sheet *sheets, size_t n, baro_error *error)
{
    if (formats[written->format].workbook)
        return write_workbook(written, sheets, n, error);
    baro_output *output;
    baro_status status = baro_output_open(written->path, &output, error);
    if (status != BARO_OK)
        return status;
    if (formats[written->format].write)
        status = formats[written->format].write(sheets, n, output);
    else
        status = baro_write_text(sheets, n, written->width, output);
    status = end_output(output, status, error);
    return status == BARO_OK && written->metadata && n > 0 ? write_metadata(written, sheets, error) : status;
}

baro_status baro_written_text(const char *path, const char *text, baro_error *error)
{
    baro_output *output;
    baro_status status = baro_output_open(path, &output, error);
    if (status != BARO_OK)
        return status;
    baro_output_text(output, text);
    return end_output(output, BARO_OK, error);
}

static baro_status check_readable(const char *path, baro_error *error)
{
    struct stat about;
    const char *why = NULL;
    if (strcmp(path, "-") == 0)
        return BARO_OK;
    if (access(path, R_OK) != 0 || stat(path, &about) != 0)
        why = errno == ENOENT   ? "No such file or directory"
              : errno == EACCES ? "Permission denied"
                                : "it cannot be read";
    else if (S_ISDIR(about.st_mode))
        why = "Is a directory";
    return why ? baro_fault_add(error, BARO_NO_INPUT, (baro_where_it_is){path, 0, 0}, "cannot open: %s", why) : BARO_OK;
}

baro_status baro_dry_run(const baro_invocation *invocation, const baro_survey *survey, const char *const *outputs,
                         size_t n, baro_arena *arena, baro_error *error)
{
    baro_output *output;
    baro_status status = BARO_OK;
    for (size_t i = 0; i < invocation->n_files; i++) {
        baro_status one = check_readable(invocation->files[i], error);
        status = status == BARO_OK ? one : status;
    }
    if (status == BARO_OK)
        status = baro_output_open("-", &output, error);
    if (status != BARO_OK)
        return status;
    if (survey->path)
        baro_output_format(output, "would read the survey file %s\n", baro_word_shown(survey->path, arena));
    for (size_t i = 0; survey->path && i < survey->extended.n; i++)
        baro_output_format(output, "would read the survey file %s\n", baro_word_shown(survey->extended.item[i], arena));
    for (size_t i = 0; i < invocation->n_files; i++)
        baro_output_format(output, "would read %s\n",
                           strcmp(invocation->files[i], "-") == 0 ? "standard input"
                                                                  : baro_word_shown(invocation->files[i], arena));
    for (size_t i = 0; i < n; i++)
        baro_output_format(output, "would write %s\n",
                           strcmp(outputs[i], "-") == 0 ? "standard output" : baro_word_shown(outputs[i], arena));
    if (n > 0 && baro_is_given(invocation, BARO_OPTION_METADATA))
        baro_output_format(output, "would write %s-metadata.json\n", baro_word_shown(outputs[0], arena));
    return end_output(output, BARO_OK, error);
}

void baro_say_facts(const baro_invocation *invocation, const baro_texts *facts)
{
    if (!baro_is_given(invocation, BARO_OPTION_VERBOSE))
        return;
    for (size_t i = 0; i < facts->n; i++) {
        char shown[1024];
        fprintf(stderr, "%s\n", baro_text_quote_all(facts->item[i], strlen(facts->item[i]), shown, sizeof shown));
    }
}
