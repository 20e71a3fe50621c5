#include "tests/false_findings.h"
#include "io/base/pool.h"
#include "stats/distribution.h"
#include "surveys/analyses/simulate.h"
#include "surveys/publishing/findings.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCALE "scales: [{id: agree, positive: [Agree], neutral: [Neither], negative: [Disagree], dont_know: [Unsure], refused: [No answer]}]\n"
#define GROUPS                                                                                                                                         \
    "groups:\n"                                                                                                                                        \
    "  - {id: area, kind: area, columns: area, categories: [{label: N}, {label: S}, {label: E}, {label: W}]}\n"                                        \
    "  - {id: sex, columns: sex, categories: [{label: Female}, {label: Male}]}\n"                                                                      \
    "  - {id: age, columns: age, categories: [{label: Young}, {label: Middle}, {label: Old}, {label: Oldest}]}\n"                                      \
    "  - {id: channel, kind: channel, columns: channel, categories: [{label: Online}, {label: Telephone}, {label: None}]}\n"
#define PERIOD "period: {columns: quarter, unit: quarter, rolling: 4}\n"
#define ONE "measures: [{id: m, columns: m, scale: agree}]\n"
#define FIVE                                                                                                                                           \
    "measures: [{id: a, columns: a, scale: agree, target: 0.6}, {id: b, columns: b, scale: agree}, {id: c, columns: c, scale: agree}, "                \
    "{id: d, columns: d, scale: agree}, {id: e, columns: e, scale: agree}]\n"

static const struct {
    const char *name, *survey, *truth;
} surveys[FALSE_FINDINGS] = {
    {"one measure, one family", "survey: {id: one, population: P}\ndesign: {weight: w}\n" PERIOD SCALE GROUPS ONE,
     "interviews: 400\nfrom: 2022 Q1\nto: 2023 Q4\ndont_know: 0.04\nrefused: 0.01\nmeasures: [{id: m, level: 0.4}]\n"},
    {"five measures, in clusters", "survey: {id: five, population: P}\ndesign: {weight: w, strata: area, psu: ward, nested: yes}\n" PERIOD SCALE GROUPS FIVE,
     "interviews: 400\nfrom: 2022 Q1\nto: 2023 Q4\nunits: 20\nicc: 0.03\ndont_know: 0.04\nrefused: 0.01\n"
     "measures: [{id: a, level: 0.6}, {id: b, level: 0.5}, {id: c, level: 0.15}, {id: d, level: 0.85}, {id: e, level: 0.3}]\n"},
    {"five measures, two families",
     "survey: {id: two, population: P}\ndesign: {weight: w}\n" PERIOD SCALE GROUPS FIVE "families: [[a, b, c], [d, e]]\n",
     "interviews: 250\nfrom: 2022 Q1\nto: 2023 Q4\ndont_know: 0.02\nrefused: 0.02\n"
     "measures: [{id: a, level: 0.6}, {id: b, level: 0.5}, {id: c, level: 0.08}, {id: d, level: 0.9}, {id: e, level: 0.3}]\n"}};

const char *false_findings_name(size_t which)
{
    return surveys[which].name;
}

typedef struct {
    const false_findings *of;
    const char *file;
    uint64_t seed;
    baro_arena *arena;
    baro_error *error;
    baro_survey survey;
    baro_contrasts contrasts;
    baro_findings found;
} sample;

static baro_status draw(sample *s)
{
    const char *survey = surveys[s->of->which].survey, *text = surveys[s->of->which].truth;
    baro_truth *truth = BARO_NEW(s->arena, baro_truth);
    baro_simulation *simulation = NULL;
    baro_output *output = NULL;
    baro_status status = truth ? baro_survey_parse("survey.yaml", survey, strlen(survey), s->arena, &s->survey, s->error) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_truth_parse("truth.yaml", text, strlen(text), &s->survey, s->arena, truth, s->error);
    baro_simulation_request request = {.survey = &s->survey, .truth = truth, .seed = s->seed};
    if (status == BARO_OK)
        status = baro_simulation_new(&request, s->arena, s->error, &simulation);
    if (status == BARO_OK)
        status = baro_output_open(s->file, &output, s->error);
    if (status == BARO_OK)
        status = baro_simulation_write(simulation, 0, baro_simulation_periods(simulation), 0, output);
    return status == BARO_OK ? baro_output_close(output, s->error) : status;
}

static baro_status look(sample *s, baro_pool *pool)
{
    static const baro_against rest = {.kind = BARO_AGAINST_REST, .text = "rest"};
    static const baro_breakdown by[] = {{"area", NULL}, {"sex", NULL}, {"age", NULL}, {"channel", NULL}};
    baro_request *request = BARO_NEW(s->arena, baro_request);
    if (!request)
        return BARO_NO_MEMORY;
    *request = (baro_request){.survey = &s->survey, .data = &s->file, .n_data = 1, .by = by, .n_by = 4, .against = &rest, .n_against = 1,
                              .interval = s->survey.interval, .confidence = s->survey.confidence, .df = NAN};
    baro_status status = baro_contrasts_ask(request, pool, s->arena, s->error, &s->contrasts);
    return status == BARO_OK ? baro_findings_choose(&s->contrasts, s->arena, &s->found) : status;
}

static bool run_seed(false_findings *out, const char *file, uint64_t seed, baro_pool *pool)
{
    sample s = {.of = out, .file = file, .seed = seed, .arena = baro_arena_new(), .error = baro_error_new()};
    baro_status status = s.arena && s.error ? draw(&s) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = look(&s, pool);
    bool finding = status == BARO_OK && s.found.standing > 0, warning = false;
    for (size_t i = 0; status == BARO_OK && i < s.found.n; i++)
        warning = warning || s.found.item[i].kind == BARO_FINDING_MISSING;
    out->with_finding += finding;
    out->with_warning += warning;
    out->any += finding || warning;
    if (status && s.error)
        baro_error_print(s.error, false, stderr);
    baro_error_free(s.error);
    baro_arena_free(s.arena);
    return status == BARO_OK;
}

bool false_findings_run(false_findings *out)
{
    const char *parent = getenv("TMPDIR");
    char file[160];
    snprintf(file, sizeof file, "%.100s/findings-XXXXXX", parent && *parent ? parent : "/tmp");
    int descriptor = mkstemp(file);
    if (descriptor < 0)
        return false;
    close(descriptor);
    baro_distribution_quiet();
    baro_pool *pool = baro_pool_new(0);
    bool good = pool != NULL;
    for (size_t i = 0; i < out->seeds && good; i++)
        good = run_seed(out, file, out->first_seed + i, pool);
    baro_pool_free(pool);
    unlink(file);
    return good;
}
