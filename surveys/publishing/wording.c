#include "surveys/publishing/wording.h"
#include "io/base/number.h"
#include <math.h>
#include <string.h>

baro_display baro_display_of(const baro_results *results, baro_statistic statistic)
{
    int decimals = results->survey->decimals;
    if (statistic == BARO_STAT_PROPORTION || statistic == BARO_STAT_DISTRIBUTION)
        return (baro_display){100, "%", decimals};
    if (statistic == BARO_STAT_TOTAL)
        return (baro_display){1, "", decimals};
    return (baro_display){1, "", decimals + 1}; /* a mean of a short scale says nothing in whole numbers */
}

const char *baro_say_number(baro_arena *arena, double x, baro_display display)
{
    char text[64];
    if (isnan(x))
        return "";
    baro_number_round(x * display.scale, display.decimals, true, text);
    return baro_arena_format(arena, "%s%s", text, display.unit);
}

const char *baro_row_shorthand(const baro_row *row)
{
    if (row->marks & BARO_MARK_SUPPRESSED)
        return "[c]";
    if (row->marks & BARO_MARK_ABSENT)
        return "[x]";
    return row->marks & BARO_MARK_UNRELIABLE && isnan(row->estimate) ? "[u]" : NULL; /* withheld */
}

const char *baro_say_marks(unsigned marks, baro_arena *arena)
{
    static const struct {
        unsigned mark;
        const char *word;
    } word[] = {{BARO_MARK_SUPPRESSED, "c"}, {BARO_MARK_UNRELIABLE, "u"}, {BARO_MARK_CAUTION, "caution"},
                {BARO_MARK_REVIEW, "review"}, {BARO_MARK_BREAK, "b"},     {BARO_MARK_ABSENT, "x"},
                {BARO_MARK_COMPLEMENT, "complement"}};
    const char *text = "";
    for (size_t i = 0; i < sizeof word / sizeof *word && text; i++)
        if (marks & word[i].mark)
            text = *text ? baro_arena_format(arena, "%s;%s", text, word[i].word) : word[i].word;
    return text;
}

const char *baro_row_marker(const baro_row *row, baro_arena *arena)
{
    return baro_say_marks(row->marks, arena);
}

const char *baro_say_difference(const baro_results *results, const baro_row *row)
{
    if (isnan(row->p_adjusted))
        return NULL;
    bool in_time = row->compared && row->compared->kind >= BARO_AGAINST_PREVIOUS;
    bool clear = row->p_adjusted < 1 - results->request->confidence;
    if (!clear)
        return "no"; /* under the heading "Clear change?" or "Clear difference?" */
    return row->difference > 0 ? (in_time ? "up" : "higher") : in_time ? "down" : "lower";
}

const char *baro_say_target(const baro_row *row)
{
    double target = row->measure->target;
    if (isnan(target) || isnan(row->lower) || *row->level)
        return NULL;
    return row->lower > target ? "above" : row->upper < target ? "below" : "not clear";
}

const char *baro_say_everyone(const baro_survey *survey)
{
    return survey->is_series ? "Whole area" : "Everyone";
}

const char *baro_say_group(const baro_survey *survey, const baro_row *row, baro_arena *arena)
{
    if (!row->by)
        return baro_say_everyone(survey);
    return row->by2 ? baro_arena_format(arena, "%s, %s", row->group, row->group2) : row->group;
}

const char *baro_say_breakdown(const baro_row *row, baro_arena *arena)
{
    if (!row->by)
        return NULL;
    return row->by2 ? baro_arena_format(arena, "%s and %s", row->by->label, baro_say_inside(row->by2->label, arena)) : row->by->label;
}

const char *baro_say_inside(const char *label, baro_arena *arena)
{
    static const char month[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char first[4] = {0};
    for (size_t i = 0; i < 3 && label[i]; i++)
        first[i] = label[i];
    bool upper = label[0] >= 'A' && label[0] <= 'Z', lower = upper && label[1] >= 'a' && label[1] <= 'z';
    if (!lower || (strlen(first) == 3 && strstr(month, first)))
        return label;
    char *text = baro_arena_string(arena, label);
    if (text)
        text[0] = (char)(text[0] - 'A' + 'a');
    return text;
}

const char *baro_say_sentence(const char *text, const char *sentence, baro_arena *arena)
{
    size_t length = sentence ? strlen(sentence) : 0;
    if (length == 0)
        return text;
    const char *stop = strchr(".?!", sentence[length - 1]) ? "" : ".";
    return baro_arena_format(arena, "%s%s%s%s", text ? text : "", text ? " " : "", sentence, stop);
}

const char *baro_say_positive(const baro_measure *measure, baro_arena *arena)
{
    const char *text = NULL;
    size_t n = 0;
    if (!measure->scale || measure->statistic != BARO_STAT_PROPORTION)
        return NULL;
    for (size_t i = 0; i < measure->scale->n_answers; i++) {
        const baro_answer *answer = &measure->scale->answers[i];
        if (answer->role != BARO_ROLE_POSITIVE)
            continue;
        text = n == 0 ? answer->label : baro_arena_format(arena, "%s or %s", text, answer->label);
        if (!text || ++n > 3)
            return NULL;
    }
    return text;
}

const char *baro_say_confidence(const baro_results *results, baro_arena *arena)
{
    double percent = results->request->confidence * 100;
    char text[64];
    baro_number_round(percent, fabs(percent - round(percent)) < 1e-9 ? 0 : 1, false, text);
    return baro_arena_format(arena, "%s%%", text);
}

/* What is not in the design is not claimed. */
static const char *allowed_for(const baro_survey *survey)
{
    bool design = survey->strata.n > 0 || survey->psu.n > 0 || survey->fpc.n > 0;
    if (survey->is_series)
        return "";
    return baro_survey_is_weighted(survey) ? design ? ", and allow for weights and sample design" : ", and allow for weights" : design ? ", and allow for the sample design" : "";
}

const char *baro_say_intervals(const baro_results *results, size_t first, size_t end, baro_arena *arena)
{
    static const char *const method[] = {"logit", "wald", "wilson", "beta", "arcsine", "likelihood"};
    bool any = false, shares = false;
    for (size_t i = first; i < end; i++) {
        any = any || !isnan(results->rows[i].lower);
        shares = shares || (!isnan(results->rows[i].lower) && results->rows[i].statistic == BARO_STAT_PROPORTION);
    }
    if (!any)
        return NULL;
    return baro_arena_format(arena, "Intervals are %s%s%s%s%s%s.", baro_say_confidence(results, arena), results->approximate ? " and approximate" : "",
                             shares ? " (" : "", shares ? method[results->request->interval] : "", shares ? ")" : "",
                             allowed_for(results->survey));
}

const char *baro_say_measured(const baro_survey *survey, const baro_measure *measure, baro_statistic statistic,
                              baro_arena *arena)
{
    static const char *const word[] = {[BARO_STAT_TOTAL] = "Total", [BARO_STAT_RATIO] = "Ratio", [BARO_STAT_QUANTILE] = "Quantile"};
    const char *positive = baro_say_positive(measure, arena), *text = "Mean";
    if (statistic >= BARO_STAT_TOTAL)
        text = word[statistic];
    else if (statistic == BARO_STAT_PROPORTION)
        text = positive ? baro_arena_format(arena, "Per cent: %s", positive) : "Per cent";
    return survey->population && text ? baro_arena_format(arena, "%s. %s", text, survey->population) : text;
}

const char *baro_say_source(const baro_results *results, baro_arena *arena)
{
    const baro_survey *survey = results->survey;
    const char *name = survey->source ? survey->source : survey->title;
    const char *text = name ? baro_say_sentence(NULL, baro_arena_format(arena, "Source: %s", name), arena) : NULL;
    for (size_t i = 0; i < results->notes.n; i++)
        text = baro_say_sentence(text, results->notes.item[i], arena);
    return text;
}

const char *baro_say_signed(baro_arena *arena, double x, baro_display display)
{
    const char *size = baro_say_number(arena, fabs(x), display);
    if (isnan(x) || !size || !strpbrk(size, "123456789"))
        return size;
    return baro_arena_format(arena, "%s%s", x < 0 ? "\xE2\x88\x92" : "+", size);
}

const char *baro_say_signed_limits(baro_arena *arena, double lower, double upper, baro_display display)
{
    const char *low = baro_say_signed(arena, lower, display), *high = baro_say_signed(arena, upper, display);
    if (isnan(lower) || isnan(upper))
        return "";
    return low && high ? baro_arena_format(arena, "(%s to %s)", low, high) : NULL;
}
