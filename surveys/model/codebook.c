/* A codebook in a spreadsheet: which column is what, and its rows. */
#include "surveys/model/codebook.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <string.h>

/* --- variables and answers --- */

static void *grown(void *array, size_t n, size_t *room, size_t size, baro_arena *arena)
{
    if (n < *room)
        return array;
    size_t more = *room ? 2 * *room : 8;
    void *copy = baro_arena_array(arena, more, size);
    if (copy && n)
        memcpy(copy, array, n * size);
    if (copy)
        *room = more;
    return copy;
}

baro_codebook_variable *baro_codebook_variable_of(baro_codebook *book, const char *name, baro_arena *arena, bool *is_new)
{
    *is_new = false;
    for (size_t i = book->n; i-- > 0;) /* most often the last one */
        if (strcmp(book->variables[i].name, name) == 0)
            return &book->variables[i];
    baro_codebook_variable *variables = grown(book->variables, book->n, &book->room, sizeof *variables, arena);
    const char *copy = baro_arena_string(arena, name);
    if (!variables || !copy)
        return NULL;
    book->variables = variables;
    *is_new = true;
    variables[book->n] = (baro_codebook_variable){.name = copy, .label = "", .question = ""};
    return &variables[book->n++];
}

baro_codebook_answer *baro_codebook_add_answer(baro_codebook_variable *variable, const char *code, const char *label, baro_arena *arena)
{
    baro_codebook_answer *answers = grown(variable->answers, variable->n_answers, &variable->answers_room, sizeof *answers, arena);
    if (!answers)
        return NULL;
    variable->answers = answers;
    answers[variable->n_answers] = (baro_codebook_answer){.code = code, .label = label, .role = BARO_ROLE_OTHER};
    return &answers[variable->n_answers++];
}

const char *baro_codebook_text(const char *text, size_t length, baro_arena *arena)
{
    char *out = baro_arena_text(arena, text, length);
    size_t n = 0;
    for (size_t i = 0; out && i < length;) {
        uint32_t c;
        size_t bytes = baro_text_character(text + i, length - i, &c);
        bool blank = c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
        if (!blank)
            memcpy(out + n, text + i, bytes);
        else if (n && out[n - 1] != ' ')
            out[n] = ' ';
        n += !blank ? bytes : n && out[n - 1] != ' ';
        i += bytes;
    }
    while (out && n && out[n - 1] == ' ')
        n--;
    if (out)
        out[n] = '\0';
    return out;
}

/* --- the columns of the spreadsheet --- */

typedef enum { OF_VARIABLE, OF_LABEL, OF_QUESTION, OF_CODE, OF_ANSWER, OF_VALUES, OF_ROLE, OF_TYPE, OF_DISTINCT, OF_COUNTS, COLUMNS } column_id;

/* In lower case, with a space for _ - and .; the first that the header has. */
static const char *const names[COLUMNS][12] = {
    [OF_VARIABLE] = {"variable", "variable name", "column", "name", "varname", "var", "field", "item", NULL},
    [OF_LABEL] = {"label", "variable label", "short label", "title", "description", NULL},
    [OF_QUESTION] = {"question", "question text", "text", "wording", NULL},
    [OF_CODE] = {"code", "value", "answer code", NULL},
    [OF_ANSWER] = {"answer", "value label", "answer label", "category", "response", "option", NULL},
    [OF_VALUES] = {"values", "value labels", "answers", "codes", "categories", "labels", NULL},
    [OF_ROLE] = {"role", "use", "usage", NULL},
    [OF_TYPE] = {"class", "type", "level", "measurement level", NULL},
    [OF_DISTINCT] = {"n distinct", "distinct", NULL},
    [OF_COUNTS] = {"counts", "frequencies", NULL},
};

static const struct {
    const char *word;
    unsigned use; /* 0: the role of an answer */
    baro_role role;
} roles[] = {
    {"measure", BARO_USE_MEASURE, 0}, {"group", BARO_USE_GROUP, 0}, {"weight", BARO_USE_WEIGHT, 0}, {"strata", BARO_USE_STRATA, 0},
    {"stratum", BARO_USE_STRATA, 0}, {"psu", BARO_USE_PSU, 0}, {"cluster", BARO_USE_PSU, 0}, {"period", BARO_USE_PERIOD, 0},
    {"date", BARO_USE_PERIOD, 0}, {"id", BARO_USE_ID, 0}, {"none", BARO_USE_NOTHING, 0}, {"ignore", BARO_USE_NOTHING, 0},
    {"positive", 0, BARO_ROLE_POSITIVE}, {"neutral", 0, BARO_ROLE_NEUTRAL}, {"negative", 0, BARO_ROLE_NEGATIVE},
    {"other", 0, BARO_ROLE_OTHER}, {"dont know", 0, BARO_ROLE_DONT_KNOW}, {"don't know", 0, BARO_ROLE_DONT_KNOW},
    {"refused", 0, BARO_ROLE_REFUSED}, {"not asked", 0, BARO_ROLE_NOT_ASKED}, {"missing", 0, BARO_ROLE_NOT_ASKED},
};

typedef struct {
    const baro_frame *frame;
    const baro_column *column[COLUMNS]; /* NULL: the header has none */
    baro_codebook *book;
    baro_arena *arena;
    baro_error *error;
    baro_codebook_variable *current;
    size_t row;
} sheet;

/* Lower case, a space for _ - and . */
static void plain_name(const char *text, char *out, size_t size)
{
    size_t n = 0;
    for (; *text == ' '; text++)
        ;
    for (; *text && n + 1 < size; text++)
        out[n++] = *text >= 'A' && *text <= 'Z' ? (char)(*text + 32) : *text == '_' || *text == '-' || *text == '.' ? ' ' : *text;
    while (n && out[n - 1] == ' ')
        n--;
    out[n] = '\0';
}

static const baro_column *find_column(const baro_frame *frame, const char *const *wanted)
{
    char name[64];
    for (; *wanted; wanted++)
        for (size_t i = 0; i < baro_frame_columns(frame); i++) {
            plain_name(baro_frame_column(frame, i)->name, name, sizeof name);
            if (strcmp(name, *wanted) == 0)
                return baro_frame_column(frame, i);
        }
    return NULL;
}

static baro_status find_columns(sheet *s)
{
    baro_where_it_is place = {baro_frame_source(s->frame, 0)->path, 1, 0};
    for (size_t i = 0; i < COLUMNS; i++)
        s->column[i] = find_column(s->frame, names[i]);
    if (!s->column[OF_VARIABLE])
        return baro_fault_add(s->error, BARO_BAD_DATA, place,
                              "no column of variables; name one 'variable' (and others 'question', 'code', 'answer', 'role', or 'values')");
    if (s->column[OF_CODE] && !s->column[OF_ANSWER] && s->column[OF_LABEL] && s->column[OF_QUESTION]) { /* the label of the code */
        s->column[OF_ANSWER] = s->column[OF_LABEL];
        s->column[OF_LABEL] = NULL;
    }
    if (s->column[OF_CODE] && !s->column[OF_ANSWER])
        return baro_fault_add(s->error, BARO_BAD_DATA, place, "a column of codes, and none of their answers; name one 'answer'");
    return BARO_OK;
}

static baro_where_it_is place_of(const sheet *s, column_id id)
{
    baro_place row = baro_frame_row_place(s->frame, s->row);
    const baro_column *column = s->column[id];
    (void)column;
    return (baro_where_it_is){baro_frame_source(s->frame, row.source)->path, row.line, 0};
}

/* Trimmed text of a cell on one line; "" where there is none. NULL without memory. */
static const char *cell(const sheet *s, column_id id)
{
    const baro_column *column = s->column[id];
    const baro_entry *entry = column ? &column->entries[baro_column_code(column, s->row)] : NULL;
    return entry && entry->text ? baro_codebook_text(entry->text, entry->length, s->arena) : "";
}

/* --- answers --- */

static baro_status add_answer(sheet *s, column_id id, const char *code, const char *label, baro_codebook_answer **out)
{
    baro_codebook_variable *variable = s->current;
    char shown[2][BARO_QUOTE_ROOM];
    for (size_t i = 0; i < variable->n_answers; i++)
        if (strcmp(variable->answers[i].code, code) == 0) {
            *out = &variable->answers[i];
            return strcmp(variable->answers[i].label, label) == 0
                       ? BARO_OK
                       : baro_fault_add(s->error, BARO_BAD_DATA, place_of(s, id), "code '%s' of variable '%s' has two answers",
                                        baro_text_quote(code, strlen(code), shown[0], sizeof shown[0]),
                                        baro_text_quote(variable->name, strlen(variable->name), shown[1], sizeof shown[1]));
        }
    *out = baro_codebook_add_answer(variable, code, label, s->arena);
    return *out ? BARO_OK : BARO_NO_MEMORY;
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " ");
}

/* Whether a pair `code=label` begins here: a code has no mark that parts pairs, and is short. */
static bool begins_pair(const char *at, char equals)
{
    const char marks[] = {equals, ';', '|', '\0'};
    at = skip_blanks(at);
    size_t length = strcspn(at, marks);
    return length > 0 && length <= 40 && at[length] == equals;
}

static const char *trimmed_copy(sheet *s, const char *from, const char *to)
{
    from = skip_blanks(from);
    while (to > from && to[-1] == ' ')
        to--;
    return baro_arena_text(s->arena, from, from < to ? (size_t)(to - from) : 0);
}

/* A bare word for no answer at the end of the pairs (`9=Refused;NA`): it is a code of its own. */
static const char *bare_word(const char *at)
{
    static const char *const words[] = {"NA", "N/A", "n/a", "DK", ".", NULL};
    at = skip_blanks(at);
    for (size_t i = 0; words[i]; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(at, words[i], length) == 0 && (!at[length] || at[length] == ';' || at[length] == '|'))
            return words[i];
    }
    return NULL;
}

/* `1=Urban; 2=Rural`; parted by ; or |, and a mark in a label is one unless a code and = follow it. */
static baro_status add_values(sheet *s, const char *values)
{
    char equals = strchr(values, '=') ? '=' : ':';
    baro_status status = BARO_OK;
    char shown[BARO_QUOTE_ROOM];
    if (!*values)
        return BARO_OK;
    if (!begins_pair(values, equals))
        return baro_fault_add(s->error, BARO_BAD_DATA, place_of(s, OF_VALUES),
                              "the values of variable '%s' cannot be read; write them as 1=Urban; 2=Rural",
                              baro_text_quote(s->current->name, strlen(s->current->name), shown, sizeof shown));
    while (*values && status == BARO_OK) {
        const char *bare = bare_word(values), *is = bare ? values : strchr(values, equals), *end = bare ? skip_blanks(values) + strlen(bare) : is + 1;
        while (!bare && *end && !((*end == ';' || *end == '|') && (begins_pair(end + 1, equals) || bare_word(end + 1) || !*skip_blanks(end + 1))))
            end++;
        const char *code = bare ? bare : trimmed_copy(s, values, is), *label = bare ? bare : trimmed_copy(s, is + 1, end);
        baro_codebook_answer *answer;
        status = code && label ? add_answer(s, OF_VALUES, code, label, &answer) : BARO_NO_MEMORY;
        values = *end ? skip_blanks(end + 1) : end;
        if (status == BARO_OK && *values && !begins_pair(values, equals) && !bare_word(values))
            break; /* only marks behind a bare word */
    }
    return status;
}

/* --- rows --- */

static baro_status add_role(sheet *s, const char *word, size_t length, baro_codebook_answer *answer)
{
    char plain[40], shown[BARO_QUOTE_ROOM];
    const char *text = baro_arena_text(s->arena, word, length);
    if (!text)
        return BARO_NO_MEMORY;
    plain_name(text, plain, sizeof plain);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(roles[i].word, plain) != 0)
            continue;
        if (roles[i].use) {
            s->current->uses |= roles[i].use;
        } else if (answer) {
            answer->role = roles[i].role;
            answer->has_role = true;
        } else {
            break;
        }
        return BARO_OK;
    }
    return baro_fault_add(s->error, BARO_BAD_DATA, place_of(s, OF_ROLE),
                          "role '%s' is not known; a variable has measure, group, weight, strata, psu, period, id or none, an answer has positive, neutral, "
                          "negative, other, don't know, refused or not asked",
                          baro_text_quote(text, strlen(text), shown, sizeof shown));
}

static baro_status add_roles(sheet *s, const char *words, baro_codebook_answer *answer)
{
    baro_status status = BARO_OK;
    while (*words && status == BARO_OK) {
        size_t length = strcspn(words, ",;|");
        words = skip_blanks(words);
        length = strcspn(words, ",;|");
        if (length)
            status = add_role(s, words, length, answer);
        words += length + (words[length] != '\0');
    }
    return status;
}

static baro_variable_type type_of(const char *words)
{
    static const struct {
        const char *word;
        baro_variable_type type;
    } types[] = {{"numeric", BARO_VARIABLE_NUMBERS}, {"number", BARO_VARIABLE_NUMBERS},  {"integer", BARO_VARIABLE_NUMBERS}, {"double", BARO_VARIABLE_NUMBERS},
                 {"scale", BARO_VARIABLE_NUMBERS},   {"float", BARO_VARIABLE_NUMBERS},   {"character", BARO_VARIABLE_TEXTS}, {"string", BARO_VARIABLE_TEXTS},
                 {"text", BARO_VARIABLE_TEXTS},      {"date", BARO_VARIABLE_DATES},      {"posixct", BARO_VARIABLE_DATES},   {"hms", BARO_VARIABLE_TEXTS},
                 {"datetime", BARO_VARIABLE_DATES}};
    char plain[40];
    plain_name(words, plain, sizeof plain);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strncmp(types[i].word, plain, strlen(types[i].word)) == 0)
            return types[i].type;
    return BARO_VARIABLE_UNSAID;
}

/* How many different answers: as counted, or as the list of counts has. */
static size_t distinct_of(const char *distinct, const char *counts)
{
    size_t n = 0;
    if (*distinct)
        return baro_number_read_size(distinct, strlen(distinct), &n) ? n : 0;
    for (n = *counts != '\0'; *counts; counts++)
        n += *counts == ';';
    return n;
}

/* A row that names a variable: what it says of it, where nothing is said yet. */
static baro_status begin_variable(sheet *s, const char *name)
{
    char shown[BARO_QUOTE_ROOM];
    bool is_new;
    s->current = baro_codebook_variable_of(s->book, name, s->arena, &is_new);
    const char *label = cell(s, OF_LABEL), *question = cell(s, OF_QUESTION), *type = cell(s, OF_TYPE), *distinct = cell(s, OF_DISTINCT), *counts = cell(s, OF_COUNTS);
    if (!s->current || !label || !question || !type || !distinct || !counts)
        return BARO_NO_MEMORY;
    if (!is_new && !s->column[OF_CODE])
        return baro_fault_add(s->error, BARO_BAD_DATA, place_of(s, OF_VARIABLE), "variable '%s' stands above already",
                              baro_text_quote(name, strlen(name), shown, sizeof shown));
    s->current->label = *s->current->label ? s->current->label : label;
    s->current->question = *s->current->question ? s->current->question : question;
    s->current->type = *type ? type_of(type) : s->current->type;
    s->current->distinct = distinct_of(distinct, counts);
    return BARO_OK;
}

static baro_status read_row(sheet *s)
{
    const char *name = cell(s, OF_VARIABLE), *code = cell(s, OF_CODE), *label = cell(s, OF_ANSWER), *words = cell(s, OF_ROLE), *values = cell(s, OF_VALUES);
    baro_codebook_answer *answer = NULL;
    baro_status status = BARO_OK;
    if (!name || !code || !label || !words || !values)
        return BARO_NO_MEMORY;
    if (*name)
        status = begin_variable(s, name);
    else if (!s->current && (*code || *values || *words))
        status = baro_fault_add(s->error, BARO_BAD_DATA, place_of(s, OF_VARIABLE), "no variable is named here or above");
    if (status != BARO_OK || !s->current)
        return status;
    if (*code)
        status = add_answer(s, OF_CODE, code, label, &answer);
    else if (s->column[OF_CODE] && *label)
        status = add_answer(s, OF_CODE, label, label, &answer); /* data that hold the labels themselves */
    else if (!s->column[OF_CODE])
        status = add_values(s, values);
    return status == BARO_OK ? add_roles(s, words, answer) : status;
}

static baro_status read_sheet(const char *path, const baro_csv_format *format, baro_arena *arena, baro_codebook *out, baro_error *error)
{
    baro_frame *frame = NULL;
    baro_csv_format one = *format;
    one.header_rows = one.header_rows ? one.header_rows : 1;
    baro_status status = baro_frame_read(&path, 1, &one, NULL, 0, NULL, error, &frame);
    if (status != BARO_OK)
        return status;
    sheet s = {.frame = frame, .book = out, .arena = arena, .error = error};
    status = find_columns(&s);
    size_t faults = baro_error_faults(error);
    for (s.row = 0; s.row < baro_frame_rows(frame) && status != BARO_NO_MEMORY && faults == 0; s.row++)
        status = read_row(&s); /* a faulty row does not hide the faults of the next */
    baro_frame_free(frame);
    return status == BARO_NO_MEMORY ? status : baro_error_status(error);
}

baro_status baro_codebook_read(const char *path, const baro_csv_format *format, baro_arena *arena, baro_codebook *out, baro_error *error)
{
    baro_bytes bytes;
    const char *slash = strrchr(path, '/');
    *out = (baro_codebook){.name = strcmp(path, "-") == 0 ? "standard input" : slash ? slash + 1 : path, .title = ""};
    baro_stat_kind promised = baro_stat_kind_of_path(path), kind = BARO_STAT_NONE;
    if (strcmp(path, "-") != 0 || promised) {
        baro_status status = baro_bytes_open(path, &bytes, error);
        if (status == BARO_OK)
            status = baro_bytes_hold(&bytes, 16, error);
        if (status == BARO_OK)
            kind = baro_stat_kind_of(bytes.held + bytes.at, bytes.end - bytes.at);
        baro_stat_dictionary dictionary;
        if (status == BARO_OK && kind)
            status = baro_stat_read_dictionary(&bytes, kind, arena, error, &dictionary);
        baro_bytes_close(&bytes);
        if (status != BARO_OK || kind)
            return status == BARO_OK ? baro_codebook_of_stat(&dictionary, arena, out) : status;
    }
    return read_sheet(path, format, arena, out, error);
}
