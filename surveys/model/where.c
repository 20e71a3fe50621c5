/* The language of --where: words cut from the text one at a time, and a descent by or, and, not, comparison. */
#include "surveys/model/where.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <string.h>

enum { MOST_DEPTH = 64, MOST_BYTES = 16384 };

typedef enum { END, WORD, NAME, TEXT, COMPARE, OPEN, CLOSE, COMMA, BAD } token_kind;

typedef struct {
    token_kind kind;
    size_t from, to;  /* bytes of the expression */
    const char *text; /* WORD, NAME, TEXT: without its quotes or brackets */
    baro_compare_op compare;
} token;

typedef struct {
    const char *text;
    size_t length;
    token now;
    baro_where_it_is place;
    baro_status wanted, status; /* of a fault; of this run */
    baro_arena *arena;
    baro_error *error;
    unsigned depth;
} parser;

static const struct {
    const char *sign;
    baro_compare_op compare;
} signs[] = {{"==", BARO_EQ}, {"!=", BARO_NE}, {"<=", BARO_LE}, {">=", BARO_GE}, {"<", BARO_LT}, {">", BARO_GT}};

/** What people of other languages write. */
static const struct {
    const char *written, *hint;
} strangers[] = {{"<>", "; write '!='"}, {"=", "; write '==' to compare"}, {"&", "; write 'and'"},
                 {"|", "; write 'or'"},  {"!", "; write 'not'"},           {"~", "; write 'not'"},
                 {"{", "; write ( )"},   {"%", "; write 'in (A, B)'"}};

static const char *const keywords[] = {"and", "or", "not", "in", "is", "missing"};

/** `before 'word' after`; word NULL: `before` alone. */
static bool fail_word(parser *p, size_t from, const char *before, const char *word, const char *after)
{
    if (p->status != BARO_OK)
        return false;
    size_t character = baro_text_characters(p->text, from) + 1;
    char quoted[400] = "", tail[64] = "";
    if (word != NULL)
        baro_text_quote(word, strlen(word), quoted, sizeof quoted);
    const char *open = word == NULL ? "" : " '", *close = word == NULL ? "" : "'";
    baro_where_it_is place = p->place;
    if (place.line == 0)
        place = (baro_where_it_is){p->place.source, 1, character};
    else
        snprintf(tail, sizeof tail, " (character %zu of the expression)", character);
    p->status = baro_fault_add(p->error, p->wanted, place, "%s%s%s%s%s%s", before, open, quoted, close, after, tail);
    return false;
}

static bool fail(parser *p, size_t from, const char *message, const char *word)
{
    return fail_word(p, from, message, word, "");
}

static bool no_memory(parser *p)
{
    if (p->status == BARO_OK)
        p->status = BARO_NO_MEMORY;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '.' ||
           (unsigned char)c >= 0x80;
}

/** Text between `open` and `close`; the closing one doubled stands for itself. */
static void cut_quoted(parser *p, token_kind kind, char close)
{
    size_t from = p->now.from, n = 0, i = from + 1;
    char *out = BARO_ARRAY(p->arena, char, p->length - from + 1);
    if (out == NULL) {
        no_memory(p);
        return;
    }
    for (;; i++) {
        if (i >= p->length) {
            fail(p, from,
                 kind == NAME ? "the bracket opened here is never closed" : "the quote opened here is never closed",
                 NULL);
            return;
        }
        if (p->text[i] == close) {
            if (i + 1 >= p->length || p->text[i + 1] != close)
                break;
            i++;
        }
        out[n++] = p->text[i];
    }
    p->now.to = i + 1;
    p->now.text = out;
    p->now.kind = kind;
    if (kind == NAME && n == 0)
        fail(p, from, "a name is expected between [ and ]", NULL);
}

static size_t sign_length(const char *text, size_t left)
{
    return left > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
}

/** A name, a bare value, or a number with its sign and exponent. */
static void cut_word(parser *p)
{
    const char *text = p->text + p->now.from;
    size_t left = p->length - p->now.from, n = sign_length(text, left), sign = n;
    bool number_so_far = true;
    while (n < left && is_name_byte(text[n])) {
        bool exponent = number_so_far && n > sign && (text[n] == 'e' || text[n] == 'E');
        if (exponent && n + 2 < left && sign_length(text + n + 1, 1) == 1 && is_digit(text[n + 2]))
            n++;
        number_so_far = number_so_far && !exponent && (is_digit(text[n]) || text[n] == '.');
        n++;
    }
    p->now.kind = WORD;
    p->now.to = p->now.from + n;
    p->now.text = baro_arena_text(p->arena, text, n);
    if (p->now.text == NULL)
        no_memory(p);
}

static bool cut_compare(parser *p)
{
    const char *text = p->text + p->now.from;
    size_t left = p->length - p->now.from;
    if (left >= 2 && memcmp(text, "<>", 2) == 0)
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t n = strlen(signs[i].sign);
        if (n > left || memcmp(text, signs[i].sign, n) != 0)
            continue;
        p->now.kind = COMPARE;
        p->now.compare = signs[i].compare;
        p->now.text = signs[i].sign;
        p->now.to = p->now.from + n;
        return true;
    }
    return false;
}

static void refuse_character(parser *p)
{
    const char *text = p->text + p->now.from;
    size_t left = p->length - p->now.from, bytes = 1;
    while (bytes < left && ((unsigned char)text[bytes] & 0xC0) == 0x80)
        bytes++;
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        size_t n = strlen(strangers[i].written);
        if (n <= left && memcmp(text, strangers[i].written, n) == 0) {
            fail_word(p, p->now.from, "unexpected", strangers[i].written, strangers[i].hint);
            return;
        }
    }
    char character[8] = "";
    memcpy(character, text, bytes < sizeof character ? bytes : 1);
    fail_word(p, p->now.from, "unexpected", character, "; names with spaces or signs stand in [ ], text in quotes");
}

static void advance(parser *p)
{
    size_t i = p->now.to;
    while (i < p->length && (p->text[i] == ' ' || p->text[i] == '\t' || p->text[i] == '\n'))
        i++;
    p->now = (token){.kind = END, .from = i, .to = i};
    if (p->status != BARO_OK || i == p->length)
        return;
    char c = p->text[i];
    const char *marks = "(),", *mark = strchr(marks, c);
    static const token_kind kinds[] = {OPEN, CLOSE, COMMA};
    size_t sign = sign_length(p->text + i, p->length - i);
    if (mark != NULL) {
        p->now.kind = kinds[mark - marks];
        p->now.to = i + 1;
    } else if (c == '\'' || c == '"') {
        cut_quoted(p, TEXT, c);
    } else if (c == '[') {
        cut_quoted(p, NAME, ']');
    } else if (is_name_byte(c) || (sign == 1 && i + 1 < p->length && is_name_byte(p->text[i + 1]))) {
        cut_word(p);
    } else if (!cut_compare(p)) {
        p->now.kind = BAD;
        refuse_character(p);
    }
}

/** True for a keyword; one in capitals is a fault, because a column could be called so and nobody would see. */
static bool is_keyword(parser *p, const char *keyword)
{
    if (p->now.kind != WORD || p->now.text == NULL || !baro_text_same_case_blind(p->now.text, keyword))
        return false;
    if (strcmp(p->now.text, keyword) == 0)
        return true;
    fail_word(p, p->now.from, "write", keyword, " in lower case");
    return false;
}

static bool is_any_keyword(const parser *p)
{
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (p->now.kind == WORD && p->now.text != NULL && strcmp(p->now.text, keywords[i]) == 0)
            return true;
    return false;
}

/** A bare word that looks like a number and is none would compare as text and never match: say so. */
static bool looks_like_number(const char *text)
{
    if (*text == '-' || *text == '+' || *text == '.')
        return true;
    return is_digit(*text) && strspn(text, "0123456789.eE+-") == strlen(text);
}

static bool read_value(parser *p, const char *after, baro_where_value *value)
{
    if (p->status != BARO_OK)
        return false;
    if (p->now.kind == WORD && p->now.text != NULL && strcmp(p->now.text, "missing") == 0)
        return fail(p, p->now.from, "write 'NAME is missing', or 'missing' in quotes for the answer", NULL);
    if ((p->now.kind != WORD && p->now.kind != TEXT) || is_any_keyword(p))
        return fail(p, p->now.from, "expected a value after", after);
    *value = (baro_where_value){.text = p->now.text, .quoted = p->now.kind == TEXT};
    if (!value->quoted) {
        value->is_number = baro_number_read(value->text, strlen(value->text), '.', &value->number);
        if (!value->is_number && looks_like_number(value->text))
            return fail_word(p, p->now.from, "not a plain decimal number:", value->text, "; put text in quotes");
    }
    advance(p);
    return p->status == BARO_OK;
}

static baro_where *new_node(parser *p, baro_where_op op)
{
    baro_where *node = BARO_NEW(p->arena, baro_where);
    if (node == NULL) {
        no_memory(p);
        return NULL;
    }
    node->op = op;
    return node;
}

static const baro_where *read_or(parser *p);

static const baro_where *negated(parser *p, const baro_where *inner)
{
    baro_where *node = inner == NULL ? NULL : new_node(p, BARO_WHERE_NOT);
    if (node != NULL)
        node->left = inner;
    return node;
}

/** `(A, B)`, the word `in` being read. */
static bool read_list(parser *p, baro_where *node)
{
    size_t room = 0, n = 0;
    baro_where_value *values = NULL;
    const char *after = "(";
    if (p->now.kind != OPEN)
        return fail(p, p->now.from, "expected ( after 'in', as in: NAME in (A, B)", NULL);
    do {
        advance(p);
        if (n == room) {
            baro_where_value *more = BARO_ARRAY(p->arena, baro_where_value, room = room == 0 ? 8 : room * 2);
            if (more == NULL)
                return no_memory(p);
            if (n > 0)
                memcpy(more, values, n * sizeof *more);
            values = more;
        }
        if (!read_value(p, after, &values[n++]))
            return false;
        after = ",";
    } while (p->now.kind == COMMA);
    if (p->now.kind != CLOSE)
        return fail(p, p->now.from, "expected , or ) in the list", NULL);
    advance(p);
    node->values = values;
    node->n_values = n;
    return p->status == BARO_OK;
}

/** What follows a name. */
static const baro_where *read_test(parser *p, baro_where *node)
{
    bool inverse = false;
    if (p->now.kind == COMPARE) {
        baro_where_value *value = BARO_NEW(p->arena, baro_where_value);
        const char *sign = p->now.text;
        node->compare = p->now.compare;
        node->values = value;
        node->n_values = 1;
        advance(p);
        if (value == NULL)
            no_memory(p);
        return value != NULL && read_value(p, sign, value) ? node : NULL;
    }
    if (is_keyword(p, "is")) {
        advance(p);
        inverse = is_keyword(p, "not");
        if (inverse)
            advance(p);
        if (!is_keyword(p, "missing")) {
            fail(p, p->now.from, inverse ? "expected 'missing' after 'is not'" : "expected 'missing' after 'is'", NULL);
            return NULL;
        }
        node->op = BARO_WHERE_MISSING;
        advance(p);
        return inverse ? negated(p, node) : node;
    }
    inverse = is_keyword(p, "not");
    if (inverse)
        advance(p);
    if (is_keyword(p, "in")) {
        node->op = BARO_WHERE_IN;
        advance(p);
        if (!read_list(p, node))
            return NULL;
        return inverse ? negated(p, node) : node;
    }
    fail(p, p->now.from, "expected == != < <= > >= 'in' or 'is' after", node->name);
    return NULL;
}

static const baro_where *read_primary(parser *p)
{
    if (p->status != BARO_OK)
        return NULL;
    if (p->now.kind == OPEN) {
        size_t opened = p->now.from;
        advance(p);
        const baro_where *inner = read_or(p);
        if (inner == NULL)
            return NULL;
        if (p->now.kind != CLOSE) {
            fail(p, opened, "the bracket opened here is never closed", NULL);
            return NULL;
        }
        advance(p);
        return p->status == BARO_OK ? inner : NULL;
    }
    if (p->now.kind == TEXT) {
        fail(p, p->now.from, "expected a name, not text in quotes; a name stands bare or in [ ]", NULL);
        return NULL;
    }
    if ((p->now.kind != WORD && p->now.kind != NAME) || is_any_keyword(p)) {
        fail(p, p->now.from, "expected a name", NULL);
        return NULL;
    }
    baro_where *node = new_node(p, BARO_WHERE_COMPARE);
    if (node == NULL)
        return NULL;
    node->name = p->now.text;
    node->column = baro_text_characters(p->text, p->now.from) + 1;
    advance(p);
    return p->status == BARO_OK ? read_test(p, node) : NULL;
}

static const baro_where *read_not(parser *p)
{
    const baro_where *node;
    if (++p->depth > MOST_DEPTH) {
        fail(p, p->now.from, "brackets and 'not' stand more than 64 deep", NULL);
        return NULL;
    }
    if (is_keyword(p, "not")) {
        advance(p);
        node = negated(p, read_not(p));
    } else {
        node = read_primary(p);
    }
    p->depth--;
    return node;
}

static const baro_where *read_chain(parser *p, const char *word, baro_where_op op, const baro_where *(*part)(parser *))
{
    const baro_where *left = part(p);
    while (left != NULL && is_keyword(p, word)) {
        advance(p);
        const baro_where *right = part(p);
        baro_where *node = right == NULL ? NULL : new_node(p, op);
        if (node != NULL) {
            node->left = left;
            node->right = right;
        }
        left = node;
    }
    return p->status == BARO_OK ? left : NULL;
}

static const baro_where *read_and(parser *p)
{
    return read_chain(p, "and", BARO_WHERE_AND, read_not);
}

static const baro_where *read_or(parser *p)
{
    return read_chain(p, "or", BARO_WHERE_OR, read_and);
}

baro_status baro_where_parse(const char *text, baro_where_it_is place, baro_status status, baro_arena *arena,
                             const baro_where **out, baro_error *error)
{
    parser p = {.text = text, .length = strlen(text), .place = place, .wanted = status, .arena = arena, .error = error};
    size_t valid = baro_text_valid(text, p.length);
    if (p.length > MOST_BYTES)
        fail(&p, 0, "the expression is over 16 kB", NULL);
    else if (valid < p.length)
        fail(&p, valid, "not UTF-8", NULL);
    else
        advance(&p);
    const baro_where *root = p.status == BARO_OK ? read_or(&p) : NULL;
    if (root != NULL && p.now.kind == CLOSE)
        fail(&p, p.now.from, "this bracket was never opened", NULL);
    else if (root != NULL && p.now.kind != END)
        fail(&p, p.now.from, "expected 'and' or 'or' here", NULL);
    if (p.status == BARO_OK)
        *out = root;
    return p.status;
}

void baro_where_names(const baro_where *where, void (*visit)(void *context, const char *name), void *context)
{
    if (where == NULL)
        return;
    if (where->name != NULL)
        visit(context, where->name);
    baro_where_names(where->left, visit, context);
    baro_where_names(where->right, visit, context);
}
