/* Reads a truth file: its own keys here, groups in truth_group.c, measures in truth_measure.c. */
#include "surveys/model/truth_keys.h"
#include <string.h>
#include <unistd.h>

static void read_periods(baro_drafter *d, const baro_yaml *root, const baro_survey *survey, baro_truth_draft *draft)
{
    const baro_calendar calendar = {.unit = survey->period_unit, .year_starts = survey->year_starts};
    baro_truth *out = &draft->is;
    static const char *const ends[] = {"from", "to"};
    if (!survey->has_period) {
        for (size_t i = 0; i < 2; i++)
            if (baro_draft_key(root, ends[i]))
                baro_draft_fault(d, baro_draft_key(root, ends[i]), "'%s' has no use: the survey has no period", ends[i]);
        return;
    }
    long per_year = survey->period_unit == BARO_UNIT_YEAR ? 1 : survey->period_unit == BARO_UNIT_QUARTER ? 4 : 12;
    out->first = 2022 * per_year;
    baro_truth_period(d, &calendar, root, ends[0], draft->from, &out->first);
    out->last = out->first + (long)survey->rolling - 1 + per_year;
    baro_truth_period(d, &calendar, root, ends[1], draft->to, &out->last);
    if (out->last < out->first)
        baro_draft_fault(d, baro_draft_at(root, ends[1]), "'to' is before 'from'");
    else if (out->last - out->first >= 1200)
        baro_draft_fault(d, baro_draft_at(root, ends[1]), "more than 1200 periods");
}

static void read_truth(baro_drafter *d, const baro_yaml *root, const baro_survey *survey, baro_truth *out)
{
    baro_truth_draft draft = {
        .is = {.path = d->path, .interviews = 1000, .units = 8, .icc = 0.02, .mood = 0.3, .population = 1000000, .dont_know = 0.02, .refused = 0.01, .blank = 0.005}};
    if (root->kind != BARO_YAML_MAP) {
        baro_draft_fault(d, root, "a truth file is a map of keys, as in 'interviews: 3200'");
        return;
    }
    if (survey->is_series) {
        baro_draft_fault(d, NULL, "a published series has no interviews to draw");
        return;
    }
    baro_truth_keys_read(d, BARO_TRUTH_TOP, root, &draft);
    read_periods(d, root, survey, &draft);
    if (draft.is.module_column && draft.is.modules.n == 0)
        baro_draft_fault(d, baro_draft_at(root, "module_column"), "'module_column' needs 'modules'");
    baro_truth_groups(d, root, survey, &draft.is);
    baro_truth_measures(d, root, survey, &draft.is);
    if (d->status == BARO_OK)
        *out = draft.is;
}

static baro_drafter drafter(const char *source, const baro_survey *survey, baro_arena *arena, baro_error *error)
{
    return (baro_drafter){.path = source ? baro_arena_string(arena, source) : NULL, .arena = arena, .error = error, .ignore_case = survey->ignore_case};
}

baro_status baro_truth_parse(const char *source, const char *text, size_t length, const baro_survey *survey, baro_arena *arena,
                             baro_truth *out, baro_error *error)
{
    const baro_yaml *root = NULL;
    baro_drafter d = drafter(source, survey, arena, error);
    d.status = baro_yaml_parse(source, text, length, arena, &root, error);
    if (d.status == BARO_OK)
        read_truth(&d, root, survey, out);
    return d.status;
}

baro_status baro_truth_read(const char *path, const baro_survey *survey, baro_arena *arena, baro_truth *out, baro_error *error)
{
    static const baro_yaml nothing = {.kind = BARO_YAML_MAP};
    const baro_yaml *root = &nothing;
    baro_drafter d = drafter(path, survey, arena, error);
    if (path)
        d.status = d.path ? baro_yaml_read(d.path, arena, &root, error) : BARO_NO_MEMORY;
    if (d.status == BARO_OK)
        read_truth(&d, root, survey, out);
    return d.status;
}

const char *baro_truth_beside(const char *survey_path, baro_arena *arena)
{
    const char *slash = strrchr(survey_path, '/'), *dot = strrchr(slash ? slash : survey_path, '.');
    size_t length = dot ? (size_t)(dot - survey_path) : strlen(survey_path);
    const char *path = baro_arena_format(arena, "%.*s.truth.yaml", (int)length, survey_path);
    return path && access(path, R_OK) == 0 ? path : NULL;
}
