/* What options say of the data and the sample, laid over the survey file. */
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/model/targets.h"
#include "surveys/program/asked.h"
#include "surveys/program/words.h"
#include <math.h>
#include <string.h>

const char *baro_did_you_mean(const char *word, const char *const *candidates, size_t n, baro_arena *arena)
{
    const char *near = n ? baro_text_nearest(word, candidates, n) : NULL;
    const char *words = near ? baro_arena_format(arena, "; did you mean '%s'?", baro_word_shown(near, arena)) : "";
    return words ? words : "";
}

baro_calendar baro_calendar_of(const baro_survey *survey)
{
    return (baro_calendar){.unit = survey->period_unit, .year_starts = survey->year_starts, .format = survey->period_format};
}

baro_status baro_check_data(const baro_invocation *invocation, baro_error *error)
{
    size_t streams = 0;
    if (invocation->n_files == 0)
        return baro_usage(error, "no data file is given; - is standard input");
    for (size_t i = 0; i < invocation->n_files; i++) {
        if (!invocation->files[i][0])
            return baro_usage(error, "the name of a data file is empty");
        streams += strcmp(invocation->files[i], "-") == 0;
    }
    return streams > 1 ? baro_usage(error, "standard input can be read only once") : BARO_OK;
}

static baro_status read_survey_file(const char *name, baro_arena *arena, baro_survey *out, baro_error *error)
{
    const char *path = baro_survey_find(name, arena);
    if (path)
        return baro_survey_read(path, arena, out, error);
    const baro_texts ids = baro_survey_ids(arena);
    const char *list = NULL;
    for (size_t i = 0; i < ids.n && (i == 0 || list); i++)
        list = baro_arena_format(arena, "%s%s%s", i ? list : "; there are ", i ? ", " : "", ids.item[i]);
    return baro_fault_add(error, BARO_NO_INPUT, (baro_where_it_is){NULL, 0, 0},
                          "no survey '%s' is installed%s%s; a survey file is named with its path, or its ending .yaml",
                          baro_word_shown(name, arena), baro_did_you_mean(name, ids.item, ids.n, arena), list ? list : "");
}

static baro_status lay_delimiter(const char *value, baro_survey *survey, baro_error *error)
{
    if (strcmp(value, "auto") == 0)
        survey->input.delimiter = 0;
    else if (strcmp(value, "tab") == 0 || strcmp(value, "\\t") == 0 || strcmp(value, "\t") == 0)
        survey->input.delimiter = '\t';
    else if (value[0] > ' ' && value[0] < 0x7F && !value[1] && value[0] != '"')
        survey->input.delimiter = value[0];
    else
        return baro_usage(error, "--delimiter: one character is wanted (not a double quote), or tab, or auto");
    return BARO_OK;
}

/* 'A|B|C' takes the place of the file's list; a blank field is never an answer all the same. */
static baro_status lay_missing(const char *value, baro_arena *arena, baro_survey *survey, baro_error *error)
{
    baro_words words = {NULL, 0};
    if (value[0]) {
        baro_status status = baro_words_cut("--missing", value, "|", arena, &words, error);
        if (status != BARO_OK)
            return status;
    }
    const char **list = BARO_ARRAY(arena, const char *, words.n + 1);
    if (!list)
        return BARO_NO_MEMORY;
    list[0] = "";
    for (size_t i = 0; i < words.n; i++)
        list[i + 1] = words.item[i].text;
    survey->missing = (baro_texts){list, words.n + 1};
    return BARO_OK;
}

static baro_status lay_input(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                             baro_error *error)
{
    const char *value;
    baro_status status = BARO_OK;
    if ((value = baro_value_of(invocation, BARO_OPTION_DELIMITER)) != NULL)
        status = lay_delimiter(value, survey, error);
    if (status == BARO_OK && (value = baro_value_of(invocation, BARO_OPTION_MISSING)) != NULL)
        status = lay_missing(value, arena, survey, error);
    if (status == BARO_OK && (value = baro_value_of(invocation, BARO_OPTION_HEADER_ROWS)) != NULL) {
        size_t rows = 0;
        if (strcmp(value, "auto") != 0 && (!baro_number_read_size(value, strlen(value), &rows) || rows < 1 || rows > 3))
            status = baro_usage(error, "--header-rows: 1, 2, 3 or auto");
        else
            survey->input.header_rows = rows;
    }
    static const char marks[] = {'.', ',', 0};
    int decimal = baro_choice_of(invocation, BARO_OPTION_DECIMAL, -1);
    if (decimal >= 0)
        survey->input.decimal = marks[decimal];
    survey->input.encoding =
        (baro_encoding)baro_choice_of(invocation, BARO_OPTION_ENCODING, (int)survey->input.encoding);
    return status;
}

/* Every occurrence of a list of columns, joined. *out keeps what it was when the option is not given. */
static baro_status lay_columns(const baro_invocation *invocation, baro_option_id id, baro_arena *arena, baro_texts *out,
                               baro_position *at, baro_error *error)
{
    const char *option = baro_arena_format(arena, "--%s", baro_option_at(id)->name);
    size_t n = 0, most = 0;
    for (size_t i = 0; i < invocation->n_given; i++)
        if (invocation->given[i].id == id)
            most += strlen(invocation->given[i].value) + 1;
    if (most == 0)
        return option ? BARO_OK : BARO_NO_MEMORY;
    const char **list = BARO_ARRAY(arena, const char *, most);
    if (!list || !option)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < invocation->n_given; i++) {
        baro_words words;
        if (invocation->given[i].id != id)
            continue;
        baro_status status = baro_words_cut(option, invocation->given[i].value, ",", arena, &words, error);
        if (status != BARO_OK)
            return status;
        for (size_t j = 0; j < words.n; j++)
            list[n++] = words.item[j].text;
    }
    *out = (baro_texts){list, n};
    *at = (baro_position){0};
    return BARO_OK;
}

static baro_status lay_deft(const baro_invocation *invocation, baro_survey *survey, baro_error *error)
{
    bool design = survey->strata.n || survey->psu.n || survey->fpc.n;
    if (!baro_is_given(invocation, BARO_OPTION_DEFT)) {
        if (baro_is_given(invocation, BARO_OPTION_STRATA) || baro_is_given(invocation, BARO_OPTION_PSU) ||
            baro_is_given(invocation, BARO_OPTION_FPC))
            survey->deft = NAN; /* columns said on the command line take the place of a stated factor */
        return BARO_OK;
    }
    double deft = baro_number_of(invocation, BARO_OPTION_DEFT, NAN);
    if (!(deft > 0))
        return baro_usage(error, "--deft: a number above 0 is wanted");
    if (design)
        return baro_usage(error,
                          "--deft is for data without columns of strata, psu or fpc; leave one or the other out");
    survey->deft = deft;
    return BARO_OK;
}

static baro_status lay_design(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                              baro_error *error)
{
    const char *weight = baro_value_of(invocation, BARO_OPTION_WEIGHT);
    baro_status status = BARO_OK;
    if (weight) {
        status = baro_word_single("--weight", weight, arena, &survey->weight, error);
        survey->weight_at = (baro_position){0};
        survey->n_window_weights = 0; /* what is said here goes before the file's */
    }
    if (status == BARO_OK)
        status = lay_columns(invocation, BARO_OPTION_STRATA, arena, &survey->strata, &survey->strata_at, error);
    if (status == BARO_OK)
        status = lay_columns(invocation, BARO_OPTION_PSU, arena, &survey->psu, &survey->psu_at, error);
    if (status == BARO_OK)
        status = lay_columns(invocation, BARO_OPTION_FPC, arena, &survey->fpc, &survey->fpc_at, error);
    if (status != BARO_OK)
        return status;
    survey->weight_missing_out =
        baro_choice_of(invocation, BARO_OPTION_WEIGHT_MISSING, survey->weight_missing_out) == 1;
    survey->nested = survey->nested || baro_is_given(invocation, BARO_OPTION_NESTED);
    survey->show_values = baro_is_given(invocation, BARO_OPTION_SHOW_VALUES);
    survey->lonely_inside = survey->lonely_inside || baro_is_given(invocation, BARO_OPTION_LONELY_INSIDE);
    survey->lonely_psu = (baro_lonely_rule)baro_choice_of(invocation, BARO_OPTION_LONELY_PSU, (int)survey->lonely_psu);
    return lay_deft(invocation, survey, error);
}

/* The recipe names the weight that it made; another one said beside it was not made so. */
static baro_status lay_calibration(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey, baro_error *error)
{
    const char *path = baro_value_of(invocation, BARO_OPTION_CALIBRATION);
    bool rule = baro_is_given(invocation, BARO_OPTION_CALIBRATION_RESIDUALS);
    if (path) {
        baro_status status = baro_recipe_read(path, arena, &survey->calibration, error);
        if (status != BARO_OK)
            return status;
        const char *column = survey->calibration.column;
        bool said = baro_is_given(invocation, BARO_OPTION_WEIGHT);
        if (said && column && strcmp(survey->weight, column) != 0)
            return baro_usage(error, "--calibration: %s says how '%s' was made, and --weight is '%s'", baro_word_shown(path, arena),
                              baro_word_shown(column, arena), baro_word_shown(survey->weight, arena));
        if (!said && column)
            survey->weight = column;
        if (!survey->weight)
            return baro_usage(error, "--calibration says how a weight was made; name its column with --weight");
    } else if (baro_is_given(invocation, BARO_OPTION_WEIGHT))
        survey->calibration.margins = NULL; /* the survey file's is that of another weight */
    if (rule && !survey->calibration.margins)
        return baro_usage(error, "--calibration-residuals goes with --calibration, or with a calibration in the survey file");
    survey->calibration.as_rake = baro_choice_of(invocation, BARO_OPTION_CALIBRATION_RESIDUALS, survey->calibration.as_rake);
    return BARO_OK;
}

static baro_status lay_period(const baro_invocation *invocation, baro_arena *arena, baro_survey *survey,
                              baro_error *error)
{
    const char *period = baro_value_of(invocation, BARO_OPTION_PERIOD);
    if (period) {
        const char **name = BARO_ARRAY(arena, const char *, 1);
        if (!name)
            return BARO_NO_MEMORY;
        baro_status status = baro_word_single("--period", period, arena, &name[0], error);
        if (status != BARO_OK)
            return status;
        survey->period_columns = (baro_texts){name, 1};
        survey->period_format = NULL;
        if (!survey->path)
            survey->period_unit = BARO_UNIT_QUARTER;
        survey->has_period = true;
    }
    baro_unit unit = (baro_unit)baro_choice_of(invocation, BARO_OPTION_PERIOD_UNIT, (int)survey->period_unit);
    if (unit != survey->period_unit)
        survey->rolling = 1; /* four quarters are not four years */
    survey->period_unit = unit;
    return BARO_OK;
}

baro_status baro_survey_of_options(const baro_invocation *invocation, baro_arena *arena, baro_survey *out,
                                   baro_error *error)
{
    const char *name = baro_value_of(invocation, BARO_OPTION_SURVEY);
    baro_status status = BARO_OK;
    baro_survey_defaults(out);
    if (name)
        status = read_survey_file(name, arena, out, error);
    if (status == BARO_OK)
        status = lay_input(invocation, arena, out, error);
    if (status == BARO_OK)
        status = lay_design(invocation, arena, out, error);
    if (status == BARO_OK)
        status = lay_calibration(invocation, arena, out, error);
    if (status == BARO_OK)
        status = baro_lay_replicates(invocation, out, error);
    if (status == BARO_OK)
        status = lay_period(invocation, arena, out, error);
    if (status == BARO_OK && baro_is_given(invocation, BARO_OPTION_DECIMALS)) {
        size_t decimals = baro_count_of(invocation, BARO_OPTION_DECIMALS, 0);
        if (decimals > 10)
            return baro_usage(error, "--decimals: 0 to 10");
        out->decimals = (int)decimals;
    }
    return status;
}
