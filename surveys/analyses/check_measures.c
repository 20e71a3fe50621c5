/* Measures: answers outside the scale, skip logic, both columns answered, waves without answers, and who did not answer. */
#include "surveys/analyses/check_work.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <math.h>
#include <string.h>

/* What an interview has at a question; of several columns the highest counts. */
typedef enum { ABSENT, NOT_ASKED, BLANK, DONT_KNOW, REFUSED, STRANGER, ANSWERED, STATES } state;

typedef struct {
    baro_checking *c;
    const baro_measure *measure;
    const char *item;
    unsigned char *state, *one; /* [rows] of the measure; of the column at hand */
    baro_found found;           /* item and place of the measure */
    size_t listed;
    const baro_entry *rare;     /* first of the answers that too few gave to be told */
    const char *rare_column;
    size_t rare_n;
} looking;

/* ---- what an entry is ---- */

static state state_of_text(const looking *l, const baro_entry *entry)
{
    const baro_scale *scale = l->measure->scale;
    static const state of_role[] = {[BARO_ROLE_POSITIVE] = ANSWERED, [BARO_ROLE_NEUTRAL] = ANSWERED, [BARO_ROLE_NEGATIVE] = ANSWERED,
                                    [BARO_ROLE_OTHER] = ANSWERED,    [BARO_ROLE_DONT_KNOW] = DONT_KNOW, [BARO_ROLE_REFUSED] = REFUSED,
                                    [BARO_ROLE_NOT_ASKED] = NOT_ASKED};
    if (!entry->text)
        return ABSENT;
    for (size_t a = 0; scale && a < scale->n_answers; a++)
        if (baro_entry_is_one_of(l->c->binding, entry, scale->answers[a].codes))
            return of_role[scale->answers[a].role];
    if (baro_entry_is_missing(l->c->binding, entry))
        return BLANK;
    return !scale || scale->open || baro_measure_is_number(l->measure) ? ANSWERED : STRANGER;
}

/* A field with several answers: the highest of them, and whether one is outside the scale. */
static state state_of_entry(const looking *l, const baro_entry *entry, bool *stranger)
{
    const char *split = l->measure->multi.n > 0 ? l->measure->split : NULL, *text = entry->text;
    state out = ABSENT;
    if (!text || !split || !split[0]) {
        out = state_of_text(l, entry);
        *stranger = out == STRANGER;
        return out;
    }
    const char *end = text + entry->length;
    for (bool more = true; more;) {
        const char *next = strstr(text, split), *stop = next ? next : end;
        baro_entry part = {.text = text, .length = (size_t)(stop - text)};
        state one = state_of_text(l, &part);
        *stranger = *stranger || one == STRANGER;
        out = one > out ? one : out;
        more = next != NULL;
        text = more ? next + strlen(split) : end;
    }
    return out;
}

static void meet_stranger(looking *l, const baro_column *column, const baro_entry *entry)
{
    baro_checking *c = l->c;
    const baro_scale *scale = l->measure->scale;
    if (!baro_check_tells(c, (double)entry->count) || l->listed == BARO_CHECK_LISTED) {
        l->rare = l->rare ? l->rare : entry;
        l->rare_column = l->rare_column ? l->rare_column : column->name;
        l->rare_n++;
        return;
    }
    baro_found found = l->found;
    l->listed++;
    found.severity = BARO_FINDING_ERROR;
    found.check = "outside-scale";
    found.count = (double)entry->count;
    found.of = (double)c->rows;
    found.place = baro_entry_place(c->binding, entry, 0);
    baro_find(c, &found, "answer not in scale '%s' (column %s): %s, this one first%s; add its code to the scale, or mend the data",
              scale->id ? scale->id : l->measure->id, baro_check_name(c, column->name), baro_check_count(c, found.count, found.of, "interviews"),
              baro_check_answer(c, entry));
}

static void say_rare(looking *l)
{
    baro_checking *c = l->c;
    const baro_scale *scale = l->measure->scale;
    if (l->rare_n == 0)
        return;
    baro_found found = l->found;
    found.severity = BARO_FINDING_ERROR;
    found.check = "outside-scale";
    found.place = baro_entry_place(c->binding, l->rare, 0);
    baro_find(c, &found, "%s not in scale '%s' (column %s), each given by few interviews, this one first; add their codes to the scale, or mend the data",
              l->listed > 0 ? "other answers" : "answers", scale->id ? scale->id : l->measure->id, baro_check_name(c, l->rare_column));
}

/* ---- states by row ---- */

static bool states_of_text(looking *l, const baro_column *column)
{
    unsigned char *table = baro_check_room(l->c, column->n_entries + 1, 1);
    for (size_t e = 0; table && e < column->n_entries; e++) {
        const baro_entry *entry = &column->entries[e];
        bool stranger = false;
        if (entry->count == 0 && e > 0)
            continue;
        table[e] = (unsigned char)state_of_entry(l, entry, &stranger);
        if (stranger)
            meet_stranger(l, column, entry);
    }
    for (size_t row = 0; table && row < l->c->rows; row++)
        l->one[row] = table[baro_column_code(column, row)];
    return table != NULL;
}

enum { CODES_MOST = 64 };

/* Numbers that the scale calls missing, as 97. */
static size_t codes_of_scale(const baro_scale *scale, double code[CODES_MOST], unsigned char is[CODES_MOST])
{
    size_t n = 0;
    for (size_t a = 0; scale && a < scale->n_answers; a++)
        for (size_t i = 0; i < scale->answers[a].codes.n && n < CODES_MOST; i++) {
            const char *text = scale->answers[a].codes.item[i];
            baro_role role = scale->answers[a].role;
            is[n] = role == BARO_ROLE_NOT_ASKED ? NOT_ASKED : role == BARO_ROLE_REFUSED ? REFUSED : DONT_KNOW;
            n += baro_number_read(text, strlen(text), '.', &code[n]);
        }
    return n;
}

static bool states_of_numbers(looking *l, const baro_column *column)
{
    unsigned char *table = baro_check_room(l->c, column->n_entries + 1, 1), is[CODES_MOST];
    double code[CODES_MOST];
    size_t n = codes_of_scale(l->measure->scale, code, is);
    baro_check_numbers_of(l->c, column, l->measure->scale, l->item, l->found.at);
    for (size_t e = 0; table && e < column->n_entries; e++) {
        table[e] = (unsigned char)state_of_text(l, &column->entries[e]);
        table[e] = table[e] == ANSWERED ? BLANK : table[e]; /* no number: said */
    }
    for (size_t row = 0; table && row < l->c->rows; row++) {
        double x = column->numbers[row];
        uint32_t e = 0;
        l->one[row] = ANSWERED;
        if (isnan(x)) {
            baro_number_entry(x, &e);
            l->one[row] = table[e];
        }
        for (size_t i = 0; i < n; i++)
            l->one[row] = x == code[i] ? is[i] : l->one[row];
    }
    return table != NULL;
}

static bool states_of(looking *l, baro_texts names, const baro_column **out)
{
    bool numbers = baro_measure_is_number(l->measure);
    *out = baro_binding_column(l->c->binding, names, numbers ? BARO_NUMBER : BARO_TEXT);
    return *out && (numbers ? states_of_numbers(l, *out) : states_of_text(l, *out));
}

/* ---- skip logic ---- */

/* Truth of a condition by row; NULL where it cannot be made, which is a finding. */
static const unsigned char *truth_of(looking *l, const char *where, baro_position at)
{
    const unsigned char *truth = NULL;
    bool good = baro_bind_where(l->c->binding, where, (baro_where_it_is){l->c->survey->path, at.line, at.column}, &truth) == BARO_OK;
    baro_check_aside(l->c, good ? NULL : "condition", l->item, at);
    return good ? truth : NULL;
}

typedef struct {
    size_t n, first, of;
} rows_met;

static void say_rows(looking *l, const rows_met *rows, baro_severity severity, const char *check, const char *what, const char *advice)
{
    baro_found found = l->found;
    if (rows->n == 0)
        return;
    found.severity = severity;
    found.check = check;
    found.count = (double)rows->n;
    found.of = (double)rows->of;
    found.place = baro_row_place(l->c->binding, rows->first);
    baro_find(l->c, &found, "%s: %s, this one first; %s", what, baro_check_count(l->c, found.count, found.of, "interviews"), advice);
}

static void note(rows_met *rows, size_t row)
{
    if (rows->n++ == 0)
        rows->first = row;
}

/* Answers given where the condition is false; inside it nothing at all. Outside rows are then not put. */
static void check_skip(looking *l, const unsigned char *truth, unsigned char *of_rows, const char *column, bool and_inside)
{
    rows_met outside = {.n = 0}, inside = {.n = 0};
    for (size_t row = 0; row < l->c->rows; row++) {
        outside.of += truth[row] == 0;
        inside.of += truth[row] == 1;
        if (truth[row] == 0 && of_rows[row] >= DONT_KNOW)
            note(&outside, row);
        if (truth[row] == 1 && (of_rows[row] == NOT_ASKED || of_rows[row] == BLANK))
            note(&inside, row);
        of_rows[row] = truth[row] == 1 ? of_rows[row] : ABSENT;
    }
    const char *name = column ? baro_check_text(l->c, " (column %s)", baro_check_name(l->c, column)) : "";
    say_rows(l, &outside, BARO_FINDING_WARNING, "skip-outside", baro_check_text(l->c, "answered outside its condition (where)%s", name),
             "such answers are left out; look at the routing of the questionnaire, or at the condition");
    if (and_inside)
        say_rows(l, &inside, BARO_FINDING_WARNING, "skip-inside", baro_check_text(l->c, "not asked, or left blank, inside its condition (where)%s", name),
                 "look at the routing of the questionnaire, or at the condition");
}

static void join_column(looking *l, rows_met *both)
{
    for (size_t row = 0; row < l->c->rows; row++) {
        if (both && l->one[row] >= DONT_KNOW && l->state[row] >= DONT_KNOW && l->one[row] >= STRANGER && l->state[row] >= STRANGER)
            note(both, row);
        l->state[row] = l->one[row] > l->state[row] ? l->one[row] : l->state[row];
    }
}

static bool collect(looking *l)
{
    const baro_measure *measure = l->measure;
    const baro_column *column;
    rows_met both = {.of = l->c->rows};
    memset(l->state, ABSENT, l->c->rows);
    bool good = true;
    for (size_t i = 0; i < measure->multi.n && good; i++)
        if ((good = states_of(l, (baro_texts){&measure->multi.item[i], 1}, &column)) == true)
            join_column(l, NULL);
    for (size_t i = 0; i < measure->n_either && good; i++) {
        const baro_either *either = &measure->either[i];
        good = states_of(l, (baro_texts){&either->column, 1}, &column);
        const unsigned char *truth = good && either->where ? truth_of(l, either->where, either->at) : NULL;
        if (truth)
            check_skip(l, truth, l->one, either->column, false);
        if (good)
            join_column(l, &both);
    }
    if (measure->columns.n > 0 && good && (good = states_of(l, measure->columns, &column)) == true)
        join_column(l, NULL);
    say_rows(l, &both, BARO_FINDING_ERROR, "both-answered", baro_check_text(l->c, "measure '%s' is answered in more than one of its columns", measure->id),
             "give each column its where, or mend the data");
    const baro_column *over = measure->over ? baro_binding_column(l->c->binding, (baro_texts){&measure->over, 1}, BARO_NUMBER) : NULL;
    if (over)
        baro_check_numbers_of(l->c, over, measure->scale, l->item, measure->at);
    say_rare(l);
    return good;
}

/* ---- who did not answer ---- */

static void say_share(looking *l, size_t source, const size_t met[STATES], state which, const char *check, const char *what)
{
    baro_checking *c = l->c;
    size_t asked = met[BLANK] + met[DONT_KNOW] + met[REFUSED] + met[STRANGER] + met[ANSWERED];
    if (met[which] == 0)
        return;
    baro_found found = l->found;
    found.severity = BARO_FINDING_NOTE;
    found.check = check;
    found.count = (double)met[which];
    found.of = (double)asked;
    if (!baro_check_tells(c, (double)met[ANSWERED]) || !baro_check_tells(c, (double)met[STRANGER])) {
        found.count = 1; /* the shares would tell how few answered: all are hidden */
        found.of = 0;
        baro_find(c, &found, "%s%s: some; how many is not told, because few interviews answered otherwise", what, baro_check_in(c, source));
        return;
    }
    baro_find(c, &found, "%s%s: %s", what, baro_check_in(c, source), baro_check_count(c, found.count, found.of, "interviews"));
}

static void check_answered(looking *l, bool with_blank)
{
    baro_checking *c = l->c;
    for (size_t s = 0; s < c->sources; s++) {
        const baro_source *source = baro_frame_source(c->frame, s);
        size_t met[STATES] = {0};
        for (size_t row = source->first_row; row < source->first_row + source->rows; row++)
            met[l->state[row]]++;
        size_t put = met[BLANK] + met[NOT_ASKED];
        if (met[DONT_KNOW] + met[REFUSED] + met[STRANGER] + met[ANSWERED] == 0) {
            baro_found found = l->found;
            found.severity = BARO_FINDING_WARNING;
            found.check = "not-asked";
            found.place = (baro_where_it_is){source->path, 0, 0};
            if (put > 0)
                baro_find(c, &found, "nobody answers measure '%s'%s, though its column is there; it is not available (x) there", l->measure->id,
                          baro_check_in(c, s));
            continue;
        }
        if (with_blank)
            say_share(l, s, met, BLANK, "missing", "no answer");
        say_share(l, s, met, DONT_KNOW, "dont-know", "don't know");
        say_share(l, s, met, REFUSED, "refused", "refused");
    }
}

/* Periods in which the column is there and nobody answers, though others do in other periods. */
static void check_periods(looking *l)
{
    baro_checking *c = l->c;
    unsigned char *met = c->unit ? baro_check_room(c, c->units + 1, 1) : NULL; /* 1: the column is there; 2: answered */
    size_t answered = 0, n = 0;
    const char *said = NULL;
    if (!met)
        return;
    for (size_t row = 0; row < c->rows; row++)
        if (c->unit[row] != BARO_CHECK_NOWHERE && l->state[row] > ABSENT)
            met[c->unit[row]] |= l->state[row] >= DONT_KNOW ? 2 : 1;
    for (size_t u = 0; u < c->units; u++)
        answered += met[u] >= 2;
    for (size_t u = 0; u < c->units && answered > 0; u++)
        if (met[u] == 1 && n++ < 5)
            said = baro_check_text(c, "%s%s%s", said ? said : "", said ? ", " : "", baro_check_period(c, u));
    if (n == 0)
        return;
    baro_found found = l->found;
    found.severity = BARO_FINDING_WARNING;
    found.check = "not-asked";
    baro_find(c, &found, "nobody answers measure '%s' in %s%s; was it not asked then?", l->measure->id, said, n > 5 ? " and others" : "");
}

/* Whatever else would stop `table`. */
static void bind(looking *l, size_t errors_before)
{
    const baro_bound_measure *bound;
    size_t errors = 0;
    for (size_t i = 0; i < l->c->n; i++)
        errors += l->c->finding[i].severity == BARO_FINDING_ERROR;
    bool bad = errors == errors_before && baro_bind_measure(l->c->binding, l->measure, &bound) != BARO_OK;
    baro_check_aside(l->c, bad ? "measure" : NULL, l->item, l->found.at);
}

static bool is_there(const baro_checking *c, const baro_measure *measure)
{
    bool numbers = baro_measure_is_number(measure), any = false;
    for (size_t i = 0; i < measure->columns.n + measure->multi.n + measure->n_either && !any; i++) {
        const char *const *one = i < measure->multi.n ? &measure->multi.item[i] : NULL;
        if (!one && i < measure->multi.n + measure->n_either)
            one = &measure->either[i - measure->multi.n].column;
        baro_texts names = one ? (baro_texts){one, 1} : measure->columns;
        const baro_column *column = baro_binding_column(c->binding, names, numbers ? BARO_NUMBER : BARO_TEXT);
        for (size_t s = 0; column && s < c->sources; s++)
            any = any || column->found[s];
    }
    return any;
}

void baro_check_measures(baro_checking *c)
{
    unsigned char *all = baro_check_room(c, c->rows + 1, 1), *one = baro_check_room(c, c->rows + 1, 1);
    for (size_t m = 0; m < c->survey->n_measures && c->rows > 0 && !c->survey->is_series && !c->failed; m++) {
        const baro_measure *measure = &c->survey->measures[m];
        looking l = {.c = c, .measure = measure, .item = baro_check_text(c, "measure %s", measure->id), .state = all, .one = one};
        l.found = (baro_found){.item = l.item, .at = measure->columns_at.line ? measure->columns_at : measure->at};
        size_t errors = 0;
        for (size_t i = 0; i < c->n; i++)
            errors += c->finding[i].severity == BARO_FINDING_ERROR;
        if (!is_there(c, measure) || !collect(&l))
            continue;
        const unsigned char *truth = measure->where ? truth_of(&l, measure->where, measure->at) : NULL;
        if (truth)
            check_skip(&l, truth, l.state, NULL, true);
        check_answered(&l, !truth);
        check_periods(&l);
        bind(&l, errors);
    }
}
