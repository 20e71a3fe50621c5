/* No survey file crashes or hangs the reader, and a survey that is read keeps its promises. */
#include "surveys/model/survey.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool promise)
{
    if (!promise)
        abort();
}

static void check_survey(const baro_survey *survey)
{
    need(survey->id != NULL && survey->missing.n > 0 && survey->confidence > 0 && survey->confidence < 1 &&
         survey->rolling > 0);
    for (size_t i = 0; i < survey->n_groups; i++)
        need(baro_survey_group(survey, survey->groups[i].id) == &survey->groups[i] && survey->groups[i].label != NULL);
    for (size_t i = 0; i < survey->n_measures; i++) {
        const baro_measure *m = &survey->measures[i];
        need(baro_survey_measure(survey, m->id) == m && m->label != NULL);
        for (size_t k = 0; m->scale != NULL && k < m->scale->n_answers; k++)
            need(m->scale->answers[k].label != NULL && m->scale->answers[k].codes.n > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_survey survey = {0};
    baro_status status = baro_survey_parse("fuzz.yaml", (const char *)data, size, arena, &survey, error);
    need((status == BARO_OK) == (baro_error_faults(error) == 0));
    if (status == BARO_OK)
        check_survey(&survey);
    baro_error_free(error);
    baro_arena_free(arena);
    return 0;
}
