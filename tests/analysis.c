#include "tests/analysis.h"
#include "tests/check.h"
#include "io/base/pool.h"
#include "stats/distribution.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- making ---- */

static void begin(analysis *out)
{
    *out = (analysis){.arena = baro_arena_new(), .error = baro_error_new()};
    assert_non_null(out->arena);
    assert_non_null(out->error);
    baro_distribution_quiet();
}

static void survey_read(analysis *out, baro_status status)
{
    if (status) {
        baro_error_print(out->error, true, stderr);
        fail_msg("the survey of the test cannot be read");
    }
    out->request = (baro_request){.survey = &out->survey,
                                  .data = out->data,
                                  .by = out->by,
                                  .against = out->against,
                                  .adjust = BARO_ADJUST_HOLM,
                                  .interval = out->survey.interval,
                                  .confidence = out->survey.confidence,
                                  .df = NAN,
                                  .by_named = true,
                                  .measures_named = true};
}

void analysis_open(analysis *out, const char *survey_path)
{
    begin(out);
    survey_read(out, baro_survey_read(survey_path, out->arena, &out->survey, out->error));
}

void analysis_open_text(analysis *out, const char *survey)
{
    begin(out);
    survey_read(out, baro_survey_parse("survey.yaml", survey, strlen(survey), out->arena, &out->survey, out->error));
}

void analysis_file(analysis *a, const char *path)
{
    assert_true(a->request.n_data < ANALYSIS_FILES);
    a->data[a->request.n_data++] = path;
}

void analysis_data(analysis *a, const char *name, const char *text)
{
    if (!a->folder[0]) {
        const char *parent = getenv("TMPDIR");
        snprintf(a->folder, sizeof a->folder, "%.40s/analysis-XXXXXX", parent && *parent ? parent : "/tmp");
        assert_non_null(mkdtemp(a->folder));
    }
    const char *path = baro_arena_format(a->arena, "%s/%s", a->folder, name);
    assert_non_null(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    analysis_file(a, path);
}

void analysis_by(analysis *a, const char *first, const char *second)
{
    assert_true(a->request.n_by < ANALYSIS_TABLES);
    a->by[a->request.n_by++] = (baro_breakdown){first, second};
}

void analysis_against(analysis *a, baro_against_kind kind, const char *name)
{
    static const char *const words[] = {"none",     "total", "rest", "", "previous", "previous-separate",
                                        "year-ago", "first", ""};
    assert_true(a->request.n_against < ANALYSIS_AGAINST);
    a->against[a->request.n_against++] = (baro_against){.kind = kind, .name = name, .text = name ? name : words[kind]};
}

/* ---- running ---- */

/* The folder is another in every run: messages are compared without it. */
static void drop_folder(const analysis *a, char *text)
{
    size_t length = strlen(a->folder);
    for (char *at = text; length && (at = strstr(at, a->folder));)
        memmove(at, at + length + 1, strlen(at + length + 1) + 1);
}

void analysis_run(analysis *a, size_t threads)
{
    baro_pool *pool = baro_pool_new(threads);
    size_t size = 0;
    assert_non_null(pool);
    a->status = baro_analyse(&a->request, pool, a->arena, a->error, &a->results);
    baro_pool_free(pool);
    free(a->said);
    FILE *stream = open_memstream(&a->said, &size);
    assert_non_null(stream);
    baro_error_print(a->error, true, stream);
    assert_int_equal(fclose(stream), 0);
    drop_folder(a, a->said);
}

void analysis_works(analysis *a)
{
    analysis_run(a, 2);
    if (a->status)
        print_error("%s", a->said);
    assert_int_equal(a->status, BARO_OK);
}

void analysis_close(analysis *a)
{
    for (size_t i = 0; a->folder[0] && i < a->request.n_data; i++)
        if (strncmp(a->data[i], a->folder, strlen(a->folder)) == 0)
            unlink(a->data[i]);
    if (a->folder[0])
        rmdir(a->folder);
    free(a->said);
    baro_error_free(a->error);
    baro_arena_free(a->arena);
}

/* ---- finding ---- */

static bool same(const char *wanted, const char *got)
{
    return !wanted || strcmp(wanted, got) == 0;
}

const baro_row *analysis_find(const analysis *a, analysis_key key)
{
    for (size_t i = 0; i < a->results.n_rows; i++) {
        const baro_row *row = &a->results.rows[i];
        if (same(key.measure, row->measure->id) && same(key.level, row->level) &&
            same(key.by, row->by ? row->by->id : "") && same(key.group, row->group) && same(key.group2, row->group2) &&
            same(key.period, row->period_label) && same(key.against, row->against))
            return row;
    }
    return NULL;
}

const baro_row *analysis_row(const analysis *a, analysis_key key)
{
    const baro_row *row = analysis_find(a, key);
    if (!row)
        fail_msg("no row of measure %s, by %s, group %s, period %s, against %s", key.measure ? key.measure : "*",
                 key.by ? key.by : "*", key.group ? key.group : "*", key.period ? key.period : "*",
                 key.against ? key.against : "*");
    return row;
}

void analysis_numbers(const baro_row *r, double out[ANALYSIS_NUMBERS])
{
    const double number[ANALYSIS_NUMBERS] = {
        r->base, r->weighted_base, r->positive, r->estimate,
        r->se, r->lower, r->upper, r->df,
        r->deff, r->n_eff, r->n_eff_kish, r->difference,
        r->difference_se, r->difference_lower, r->difference_upper, r->difference_df,
        r->p_value, r->p_adjusted, r->against_base, r->against_positive,
        r->detectable, r->margin};
    memcpy(out, number, sizeof number);
}

char *analysis_tell(const analysis *a)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    for (size_t i = 0; i < a->results.n_rows; i++) {
        const baro_row *r = &a->results.rows[i];
        double number[ANALYSIS_NUMBERS];
        analysis_numbers(r, number);
        fprintf(out, "%s|%s|%s|%s|%s|%s|%s|%zu|%u", r->measure->id, r->level, r->by ? r->by->id : "", r->group,
                r->group2, r->period_label, r->against, r->window, r->marks);
        for (size_t k = 0; k < ANALYSIS_NUMBERS; k++)
            fprintf(out, "|%a", isnan(number[k]) ? NAN : number[k]); /* the sign of a NaN says nothing */
        fputc('\n', out);
    }
    for (size_t i = 0; i < a->results.notes.n; i++)
        fprintf(out, "%s\n", a->results.notes.item[i]);
    baro_error_print(a->error, true, out);
    assert_int_equal(fclose(out), 0);
    return text;
}
