/**
 * Changes one operator, constant or returned status of a C file at a time.
 *   mutator FILE      the mutants, one a line: NUMBER <tab> LINE <tab> BEFORE <tab> AFTER <tab> the line with the
 * mutant in it mutator FILE N    the file with mutant N in it; N = 0: the file as it is Comments, strings, characters,
 * preprocessor lines and static assertions are left alone. Whether `*` and `-` have two sides is read off the spaces
 * around them, which `make format` sets.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64 };

typedef struct {
    const char *text;
    size_t at, length, line; /* of the token looked at */
    unsigned long n, wanted; /* mutants so far; the one to be written, when `write` */
    bool write, in_return;
    size_t from, to; /* what is replaced in the file */
    char after[LONGEST];
} mutator;

/* Longer ones first. An empty `after` takes the operator away. */
static const struct {
    const char *before, *after;
} operators[] = {
    {"->", NULL}, {"<<=", NULL}, {">>=", NULL}, {"<<", ">>"}, {">>", "<<"}, {"++", "--"}, {"--", "++"},
    {"+=", "-="}, {"-=", "+="},  {"*=", "/="},  {"/=", "*="}, {"|=", "="},  {"<=", "<"},  {">=", ">"},
    {"==", "!="}, {"!=", "=="},  {"&&", "||"},  {"||", "&&"}, {"<", "<="},  {">", ">="},  {"+", "-"},
    {"-", "+"},   {"*", "/"},    {"/", "*"},    {"%", "*"},   {"!", ""},
};

static const char *const words[][2] = {{"true", "false"}, {"false", "true"}, {"fmin", "fmax"}, {"fmax", "fmin"}};

static void add(mutator *m, size_t length, const char *after)
{
    m->n++;
    if (!m->write) {
        const char *here = m->text + m->at, *start = here;
        while (start > m->text && start[-1] != '\n')
            start--;
        start += strspn(start, " ");
        printf("%lu\t%zu\t%.*s\t%s\t", m->n, m->line, (int)length, here, *after ? after : "(nothing)");
        printf("%.*s%s%.*s\n", (int)(here - start), start, after, (int)strcspn(here + length, "\n"), here + length);
    } else if (m->n == m->wanted) {
        m->from = m->at;
        m->to = m->at + length;
        snprintf(m->after, sizeof m->after, "%s", after);
    }
}

/* 0 and 1 change places, other whole numbers grow by 1, 0.5 by a fifth; 1e-12 becomes 1e12. */
static void number(mutator *m)
{
    const char *token = m->text + m->at;
    char after[LONGEST], before[LONGEST];
    size_t e = strcspn(token, "eE");
    if (m->length >= LONGEST / 2 || token[1] == 'x')
        return;
    snprintf(before, sizeof before, "%.*s", (int)m->length, token);
    if (e < m->length)
        snprintf(after, sizeof after, "%.*s%s", (int)e + 1, token, token[e + 1] == '-' ? before + e + 2 : "-9");
    else if (strchr(before, '.'))
        snprintf(after, sizeof after, "%g", 1.2 * strtod(before, NULL));
    else if (strcmp(before, "1") == 0)
        snprintf(after, sizeof after, "0");
    else
        snprintf(after, sizeof after, "%lu", strtoul(before, NULL, 10) + 1);
    add(m, m->length, after);
}

static bool is(const mutator *m, const char *word)
{
    return strlen(word) == m->length && memcmp(m->text + m->at, word, m->length) == 0;
}

/* A status may be changed where it is returned. */
static void word(mutator *m)
{
    if (is(m, "return"))
        m->in_return = true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is(m, words[i][0]))
            add(m, m->length, words[i][1]);
    if (!m->in_return)
        return;
    if (is(m, "BARO_OK"))
        add(m, m->length, "BARO_INTERNAL");
    else if (is(m, "status") ||
             (m->length > 5 && memcmp(m->text + m->at, "BARO_", 5) == 0 && m->text[m->at + m->length] == ';'))
        add(m, m->length, "BARO_OK");
}

static void operator(mutator *m)
{
    const char *token = m->text + m->at;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        size_t length = strlen(operators[i].before);
        if (strncmp(token, operators[i].before, length) != 0)
            continue;
        m->length = length;
        bool one = length == 1 && strchr("+-*/", *token);
        if (one && !isspace((unsigned char)token[1])) { /* one side: a pointer stays, a sign goes */
            if (*token == '-')
                add(m, 1, "");
        } else if (operators[i].after)
            add(m, length, operators[i].after);
        return;
    }
    m->length = 1;
    if (*token == ';' || *token == '{')
        m->in_return = false;
}

/* The length of what is left alone at the token, 0: nothing is. */
static size_t skipped(const mutator *m, bool line_start)
{
    const char *token = m->text + m->at, *end;
    if (strncmp(token, "/*", 2) == 0)
        return (end = strstr(token + 2, "*/")) ? (size_t)(end + 2 - token) : strlen(token);
    if (strncmp(token, "//", 2) == 0)
        return strcspn(token, "\n");
    if (*token == '#' && line_start) {
        size_t n = strcspn(token, "\n");
        while (token[n] && token[n - 1] == '\\')
            n += 1 + strcspn(token + n + 1, "\n");
        return n;
    }
    if (*token == '"' || *token == '\'') {
        size_t n = 1;
        while (token[n] && token[n] != *token)
            n += token[n] == '\\' ? 2 : 1;
        return n + 1;
    }
    if (strncmp(token, "_Static_assert", 14) == 0)
        return strcspn(token, ";");
    return 0;
}

static void walk(mutator *m)
{
    bool line_start = true;
    for (m->line = 1; m->text[m->at]; m->at += m->length) {
        unsigned char c = (unsigned char)m->text[m->at];
        m->length = skipped(m, line_start);
        if (m->length) {
            for (size_t i = 0; i < m->length; i++)
                m->line += m->text[m->at + i] == '\n';
            continue;
        }
        m->length = 1;
        if (isspace(c)) {
            m->line += c == '\n';
            line_start = line_start || c == '\n';
            continue;
        }
        line_start = false;
        if (isalpha(c) || c == '_') {
            while (isalnum((unsigned char)m->text[m->at + m->length]) || m->text[m->at + m->length] == '_')
                m->length++;
            word(m);
        } else if (isdigit(c)) {
            const char *token = m->text + m->at;
            while (isalnum((unsigned char)token[m->length]) || token[m->length] == '.' ||
                   (strchr("+-", token[m->length]) && strchr("eE", token[m->length - 1])))
                m->length++;
            number(m);
        } else
            operator(m);
    }
}

static char *whole_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t n = 0, room = 1 << 20;
    char *text = file ? malloc(room) : NULL;
    if (text) {
        n = fread(text, 1, room - 1, file);
        text[n] = 0;
    }
    if (file)
        fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    char *text = argc == 2 || argc == 3 ? whole_file(argv[1]) : NULL;
    if (!text) {
        fputs("mutator FILE [NUMBER]: there is no such file\n", stderr);
        return 64;
    }
    mutator m = {.text = text, .write = argc == 3, .wanted = argc == 3 ? strtoul(argv[2], NULL, 10) : 0};
    walk(&m);
    if (m.write)
        printf("%.*s%s%s", (int)m.from, text, m.after, text + m.to);
    bool found = !m.write || m.wanted <= m.n;
    free(text);
    return found ? 0 : 65;
}
