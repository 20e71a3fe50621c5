/* `report`: the whole pack, in a folder of its own. */
#include "io/base/pool.h"
#include "surveys/program/asked.h"
#include "surveys/program/packed.h"
#include "surveys/program/words.h"
#include "surveys/program/written.h"
#include "surveys/publishing/pack.h"
#include "surveys/publishing/since.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { DRAWS = 2000 }; /* as spread's */

/* A survey of the pack, as the command line of its own that it would be. */
typedef struct {
    const char *survey; /* as it was typed; NULL: from options alone */
    baro_invocation invocation;
    baro_survey model;
    baro_report report;
} part;

typedef struct {
    const baro_invocation *invocation;
    baro_arena *arena;
    baro_error *error;
    const char *folder;
    part *part;
    size_t n_parts;
    baro_pack_sources sources;
    baro_pack_logo logo;
    bool has_logo;
    baro_sheet disclosure;
} making;

/* ---- the surveys and their data ---- */

static const baro_given *given_for(const making *m, const char *survey, size_t *n)
{
    const baro_invocation *invocation = m->invocation;
    baro_given *given = BARO_ARRAY(m->arena, baro_given, invocation->n_given + 1);
    *n = 0;
    for (size_t i = 0; given && i < invocation->n_given; i++)
        if (invocation->given[i].id != BARO_OPTION_PART)
            given[(*n)++] = invocation->given[i];
    if (given && survey)
        given[(*n)++] = (baro_given){BARO_OPTION_SURVEY, survey};
    return given;
}

static baro_status add_part(making *m, const char *survey, const char *const *files, size_t n_files)
{
    part *p = &m->part[m->n_parts++];
    *p = (part){.survey = survey, .invocation = *m->invocation};
    p->invocation.given = given_for(m, survey, &p->invocation.n_given);
    p->invocation.files = files;
    p->invocation.n_files = n_files;
    return p->invocation.given ? BARO_OK : BARO_NO_MEMORY;
}

/* --part SURVEY=FILE,FILE */
static baro_status read_part(making *m, const char *value)
{
    baro_words words;
    baro_status status = baro_words_cut("--part", value, "=,", m->arena, &words, m->error);
    if (status)
        return status;
    bool well = words.n >= 2 && words.item[0].end == '=';
    for (size_t i = 1; i < words.n; i++)
        well = well && words.item[i].end != '=';
    if (!well)
        return baro_usage(m->error, "--part: SURVEY=FILE,FILE is wanted, as 'pas=wave1.csv,wave2.csv'");
    const char **files = BARO_ARRAY(m->arena, const char *, words.n);
    if (!files)
        return BARO_NO_MEMORY;
    for (size_t i = 1; i < words.n; i++)
        files[i - 1] = words.item[i].text;
    return add_part(m, words.item[0].text, files, words.n - 1);
}

static baro_status read_parts(making *m)
{
    const baro_invocation *invocation = m->invocation;
    size_t n = 0;
    baro_status status = BARO_OK;
    for (size_t i = 0; i < invocation->n_given; i++)
        n += invocation->given[i].id == BARO_OPTION_PART;
    m->part = BARO_ARRAY(m->arena, part, n + 1);
    if (!m->part)
        return BARO_NO_MEMORY;
    if (n == 0)
        return add_part(m, NULL, invocation->files, invocation->n_files);
    if (invocation->n_files || baro_is_given(invocation, BARO_OPTION_SURVEY))
        return baro_usage(m->error, "--part names surveys and their data; leave --survey and other files out");
    for (size_t i = 0; i < invocation->n_given && status == BARO_OK; i++)
        if (invocation->given[i].id == BARO_OPTION_PART)
            status = read_part(m, invocation->given[i].value);
    return status;
}

/* ---- what is asked ---- */

static void compare(const baro_survey *survey, baro_against *against, baro_report_request *out)
{
    against[0] = survey->is_series ? (baro_against){.kind = BARO_AGAINST_TOTAL, .text = "total"}
                                   : (baro_against){.kind = BARO_AGAINST_REST, .text = "rest"};
    against[1] = (baro_against){.kind = BARO_AGAINST_YEAR_AGO, .text = "year-ago"};
    out->levels.against = &against[0];
    out->levels.n_against = out->levels.n_by > 0;
    out->trend.against = &against[1];
    out->trend.n_against = 1;
    out->trend.against_if_there = true;
}

static baro_status ask(making *m, part *p)
{
    baro_request request;
    baro_against *against = BARO_ARRAY(m->arena, baro_against, 2);
    if (!against)
        return BARO_NO_MEMORY;
    baro_status status = baro_request_of_options(&p->invocation, false, m->arena, &p->model, &request, m->error);
    if (status)
        return status;
    if (m->n_parts > 1 && !p->model.id)
        return baro_usage(m->error, "--part: the survey file %s has no id, which a pack of several surveys needs",
                          baro_word_shown(p->survey, m->arena));
    baro_report_request *asked = &p->report.asked;
    asked->levels = asked->trend = request;
    asked->levels.has_from = false; /* of the trend alone */
    asked->levels.to_is_window = request.has_to;
    asked->trend.trend = p->model.has_period;
    asked->spread = (baro_spread_request){.seed = p->model.replicates.seed, .draws = DRAWS};
    compare(&p->model, against, asked);
    p->report.survey = &p->model;
    p->report.id = m->n_parts > 1 ? baro_file_part(p->model.id, m->arena) : "";
    return p->report.id ? BARO_OK : BARO_NO_MEMORY;
}

static baro_status check_ids(const making *m)
{
    for (size_t i = 0; i < m->n_parts; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(m->part[i].report.id, m->part[k].report.id) == 0)
                return baro_usage(m->error, "--part: two surveys have the id '%s'; give one of them another",
                                  baro_word_shown(m->part[i].model.id, m->arena));
    return BARO_OK;
}

/* ---- where it goes ---- */

static baro_status check_folder(making *m)
{
    const char *path = baro_value_of(m->invocation, BARO_OPTION_OUTPUT);
    struct stat what;
    if (!path || strcmp(path, "-") == 0)
        return baro_usage(m->error, "report needs a folder to write into: -o pack/");
    if (stat(path, &what) == 0 && !S_ISDIR(what.st_mode))
        return baro_fault_add(m->error, BARO_CANNOT_CREATE, (baro_where_it_is){.source = path},
                              "is a file; give a folder");
    m->folder = path;
    return BARO_OK;
}

/* A folder that is to be replaced with everything in it must not hold what is read. */
static baro_status check_inputs_outside(const making *m)
{
    size_t length = strlen(m->folder);
    while (length > 1 && m->folder[length - 1] == '/')
        length--;
    for (size_t i = 0; i < m->sources.n; i++) {
        const char *path = m->sources.item[i].path;
        if (strncmp(path, m->folder, length) == 0 && path[length] == '/')
            return baro_usage(m->error, "%s: would overwrite the data; give another folder",
                              baro_word_shown(path, m->arena));
    }
    return BARO_OK;
}

/* What an older pack in its place holds is ours, by its own manifest. */
static baro_status open_folder(making *m, baro_folder **out)
{
    const char *path = baro_arena_format(m->arena, "%s/" BARO_MANIFEST, m->folder);
    baro_manifest old = {0};
    baro_error *unsaid = baro_error_new();
    const char **ours = NULL;
    size_t n = 0;
    if (path && unsaid && baro_manifest_read(path, m->arena, &old, unsaid) == BARO_OK &&
        (ours = BARO_ARRAY(m->arena, const char *, old.n_files + 1)) != NULL) {
        ours[n++] = BARO_MANIFEST;
        for (size_t i = 0; i < old.n_files; i++)
            ours[n++] = old.file[i].path;
    }
    baro_error_free(unsaid);
    return baro_folder_open(m->folder, ours, n, baro_is_given(m->invocation, BARO_OPTION_FORCE), out, m->error);
}

/* ---- making ---- */

static const char *title_of(const making *m)
{
    const char *title = baro_value_of(m->invocation, BARO_OPTION_TITLE);
    if (title)
        return title;
    const baro_report *report = &m->part[0].report;
    const char *name = report->survey->title ? report->survey->title : "Survey report",
               *window = baro_report_window(report);
    if (m->n_parts > 1)
        return "Survey report";
    return *window ? baro_arena_format(m->arena, "%s: %s", name, window) : name;
}

static baro_status answer(making *m, part *p, baro_pool *pool)
{
    const baro_request *request[] = {&p->report.asked.levels, &p->report.asked.trend};
    baro_reading reading;
    baro_status status = baro_requests_read(request, 2, pool, m->arena, m->error, &reading);
    if (status)
        return status;
    p->report.asked.levels.reading = p->report.asked.trend.reading = &reading;
    status = baro_report_answer(&p->report, pool, m->arena, m->error);
    baro_reading_close(&reading);
    p->report.asked.levels.reading = p->report.asked.trend.reading = NULL;
    if (status == BARO_OK)
        baro_say_facts(&p->invocation, &p->report.levels.facts);
    return status;
}

static baro_status list_definitions(const making *m, baro_pack *pack)
{
    baro_pack_definition *list = BARO_ARRAY(m->arena, baro_pack_definition, m->sources.n + 1);
    if (!list)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < m->sources.n; i++)
        if (baro_pack_is_definition(m->sources.item[i].role))
            list[pack->n_definitions++] = (baro_pack_definition){m->sources.item[i].path, m->sources.item[i].name};
    pack->definition = list;
    return BARO_OK;
}

static baro_status write_pack(making *m, baro_pool *pool)
{
    const baro_report **report = BARO_ARRAY(m->arena, const baro_report *, m->n_parts + 1);
    baro_pack pack = {.title = title_of(m), .report = report, .n_reports = m->n_parts, .made = baro_made_at()};
    baro_folder *folder;
    if (!report || !pack.title)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < m->n_parts; i++)
        report[i] = &m->part[i].report;
    pack.logo = m->has_logo ? &m->logo : NULL;
    pack.disclosure = &m->disclosure;
    baro_status status = baro_pack_manifest(m->invocation, &m->sources, m->arena, &pack.manifest, m->error);
    if (status == BARO_OK)
        status = list_definitions(m, &pack);
    if (status == BARO_OK)
        status = open_folder(m, &folder);
    if (status)
        return status;
    status = baro_pack_write(&pack, folder, pool, m->arena, m->error);
    if (status == BARO_OK)
        return baro_folder_settle(folder, m->error);
    baro_folder_abandon(folder);
    return status;
}

static baro_status publish(making *m)
{
    baro_report **report = BARO_ARRAY(m->arena, baro_report *, m->n_parts + 1);
    if (!report)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < m->n_parts; i++)
        report[i] = &m->part[i].report;
    const char *since = baro_value_of(m->invocation, BARO_OPTION_SINCE);
    baro_status status = baro_reports_publish(report, m->n_parts, m->arena, &m->disclosure);
    for (size_t i = 0; i < m->n_parts && since && status == BARO_OK; i++) {
        baro_since *one = BARO_NEW(m->arena, baro_since);
        size_t length = strlen(since);
        while (length > 1 && since[length - 1] == '/')
            length--;
        const char *folder = baro_arena_text(m->arena, since, length);
        status = one && folder ? baro_report_since(report[i], folder, m->arena, one, m->error) : BARO_NO_MEMORY;
        report[i]->since = one;
    }
    return status;
}

static baro_status make(making *m)
{
    baro_pool *pool = baro_pool_new(baro_threads_of(m->invocation));
    baro_status status = pool ? BARO_OK : BARO_NO_MEMORY;
    for (size_t i = 0; i < m->n_parts && status == BARO_OK; i++)
        status = answer(m, &m->part[i], pool);
    if (status == BARO_OK)
        status = publish(m);
    if (status == BARO_OK)
        status = write_pack(m, pool);
    baro_pool_free(pool);
    return status;
}

/* Everything that is read, with the part that it plays. */
static baro_status collect_sources(making *m)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < m->n_parts && status == BARO_OK; i++)
        status = baro_pack_sources_of(&m->part[i].invocation, &m->part[i].model, m->arena, &m->sources);
    return status;
}

static baro_status plan(making *m)
{
    baro_status status = check_folder(m);
    if (status == BARO_OK)
        status = read_parts(m);
    for (size_t i = 0; i < m->n_parts && status == BARO_OK; i++)
        status = ask(m, &m->part[i]);
    if (status == BARO_OK)
        status = check_ids(m);
    if (status == BARO_OK)
        status = collect_sources(m);
    if (status == BARO_OK)
        status = check_inputs_outside(m);
    if (status == BARO_OK)
        status = baro_pack_logo_of(m->invocation, m->arena, &m->has_logo, &m->logo, m->error);
    return status;
}

baro_status baro_report_again(const baro_invocation *invocation, const baro_pack_sources *known, baro_arena *arena,
                              baro_error *error)
{
    making m = {.invocation = invocation, .arena = arena, .error = error};
    if (known)
        m.sources = *known;
    baro_status status = plan(&m);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DRY_RUN))
        return baro_pack_dry_run(&m.sources, m.folder, arena, error);
    return status == BARO_OK ? make(&m) : status;
}

baro_status baro_command_report(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    return baro_report_again(invocation, NULL, arena, error);
}
