/* The language of --where: what is read, as a tree written out again, and every fault with its character. */
#include "tests/check.h"
#include "surveys/model/where.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The tree with every bracket; text in quotes as "x", bare as x, numbers as #x. */
static void write_tree(const baro_where *w, FILE *out)
{
    static const char *const signs[] = {"==", "!=", "<", "<=", ">", ">="};
    switch (w->op) {
    case BARO_WHERE_AND:
    case BARO_WHERE_OR:
        fputc('(', out);
        write_tree(w->left, out);
        fputs(w->op == BARO_WHERE_AND ? " & " : " | ", out);
        write_tree(w->right, out);
        fputc(')', out);
        return;
    case BARO_WHERE_NOT:
        fputc('!', out);
        write_tree(w->left, out);
        return;
    case BARO_WHERE_MISSING: fprintf(out, "%s@%zu?", w->name, w->column); return;
    default: break;
    }
    fprintf(out, "%s@%zu%s", w->name, w->column, w->op == BARO_WHERE_IN ? "~" : signs[w->compare]);
    for (size_t i = 0; i < w->n_values; i++) {
        const baro_where_value *v = &w->values[i];
        if (i > 0)
            fputc(',', out);
        if (v->is_number)
            fprintf(out, "#%.15g", v->number);
        else
            fprintf(out, v->quoted ? "\"%s\"" : "%s", v->text);
    }
}

typedef struct {
    const char *name, *text, *wanted;
} tree_case;

static const tree_case trees[] = {
    {"text in single quotes", "channel == 'Online'", "channel@1==\"Online\""},
    {"text in double quotes", "channel == \"On line\"", "channel@1==\"On line\""},
    {"doubled single quote", "a == 'Don''t know'", "a@1==\"Don't know\""},
    {"doubled double quote", "a == \"\"\"Good Job\"\" local\"", "a@1==\"\"Good Job\" local\""},
    {"empty text", "a == ''", "a@1==\"\""},
    {"bare number", "age >= 16", "age@1>=#16"},
    {"negative number", "x < -1.25", "x@1<#-1.25"},
    {"plus sign", "x > +7", "x@1>#7"},
    {"exponent", "x <= 1e-5", "x@1<=#1e-05"},
    {"exponent with plus", "x <= 2.5E+3", "x@1<=#2500"},
    {"number in quotes is text", "x != '16'", "x@1!=\"16\""},
    {"bare word", "trust == positive", "trust@1==positive"},
    {"bare word that begins with a digit", "age == 16to24", "age@1==16to24"},
    {"no spaces", "a<3 and(b>4)", "(a@1<#3 & b@9>#4)"},
    {"in", "orientation in ('Gay', Bisexual, 3)", "orientation@1~\"Gay\",Bisexual,#3"},
    {"in of one", "a in (1)", "a@1~#1"},
    {"not in", "a not in (1, 2)", "!a@1~#1,#2"},
    {"is missing", "age is missing", "age@1?"},
    {"is not missing", "age is not missing", "!age@1?"},
    {"and binds closer than or", "a == 1 or b == 2 and c == 3", "(a@1==#1 | (b@11==#2 & c@22==#3))"},
    {"brackets", "(a == 1 or b == 2) and c == 3", "((a@2==#1 | b@12==#2) & c@24==#3)"},
    {"not binds closest", "not a == 1 and b == 2", "(!a@5==#1 & b@16==#2)"},
    {"not of brackets", "not (a == 1 and b == 2)", "!(a@6==#1 & b@17==#2)"},
    {"not not", "not not a == 1", "!!a@9==#1"},
    {"or is left to right", "a==1 or b==2 or c==3", "((a@1==#1 | b@9==#2) | c@17==#3)"},
    {"name with spaces", "[Ethnic group] == 'Mixed'", "Ethnic group@1==\"Mixed\""},
    {"name with a bracket", "[a]]b] == 1", "a]b@1==#1"},
    {"keyword as a name", "[and] == 1", "and@1==#1"},
    {"name with points and digits", "sch.wide_2 == Yes", "sch.wide_2@1==Yes"},
    {"name of digits", "2021 == 1", "2021@1==#1"},
    {"name not ASCII", "caf\xC3\xA9 == 'x' and \xC3\xBC == 1", "(caf\xC3\xA9@1==\"x\" & \xC3\xBC@17==#1)"},
    {"spaces and tabs anywhere", "  a\t==  1  ", "a@3==#1"},
    {"the survey page's own", "orientation in ('Gay', 'Bisexual') or gender == 'Transgender'",
     "(orientation@1~\"Gay\",\"Bisexual\" | gender@39==\"Transgender\")"},
    {"sixty-three brackets", "(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((a == 1"
     ")))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))", "a@64==#1"},
};

static void test_tree(void **state)
{
    const tree_case *c = *state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    const baro_where *where = NULL;
    char *written = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&written, &size);
    assert_int_equal(baro_where_parse(c->text, (baro_where_it_is){"--where", 0, 0}, BARO_USAGE, arena, &where, error), BARO_OK);
    write_tree(where, out);
    fclose(out);
    assert_string_equal(written, c->wanted);
    free(written);
    baro_error_free(error);
    baro_arena_free(arena);
}

typedef struct {
    const char *name, *text;
    size_t column;
    const char *message;
} fault_case;

static const fault_case faults[] = {
    {"nothing", "", 1, "expected a name"},
    {"spaces alone", "   ", 4, "expected a name"},
    {"no value", "channel ==", 11, "expected a value after '=='"},
    {"no value before and", "channel == and b == 1", 12, "expected a value after '=='"},
    {"two signs", "trust >= 1 ==", 12, "expected 'and' or 'or' here"},
    {"word run into a number", "a<3and b>4", 8, "expected 'and' or 'or' here"},
    {"name alone", "channel", 8, "expected == != < <= > >= 'in' or 'is' after 'channel'"},
    {"value first", "'Online' == channel", 1, "expected a name, not text in quotes; a name stands bare or in [ ]"},
    {"one equals sign", "channel = 'Online'", 9, "unexpected '='; write '==' to compare"},
    {"<>", "a <> 1", 3, "unexpected '<>'; write '!='"},
    {"&&", "a == 1 && b == 2", 8, "unexpected '&'; write 'and'"},
    {"||", "a == 1 || b == 2", 8, "unexpected '|'; write 'or'"},
    {"! alone", "!(a == 1)", 1, "unexpected '!'; write 'not'"},
    {"% of R", "a %in% (1)", 3, "unexpected '%'; write 'in (A, B)'"},
    {"braces", "a in {1}", 6, "unexpected '{'; write ( )"},
    {"hyphen in a bare value", "a == well-known", 10, "expected 'and' or 'or' here"},
    {"another sign", "a # 1", 3, "unexpected '#'; names with spaces or signs stand in [ ], text in quotes"},
    {"a sign not ASCII is counted once", "\xC3\xBC == 1 $ 2", 8, "unexpected '$'; names with spaces or signs stand in [ ], text in quotes"},
    {"quote never closed", "a == 'Online", 6, "the quote opened here is never closed"},
    {"quote closed by the other", "a == 'Online\"", 6, "the quote opened here is never closed"},
    {"name never closed", "[a == 1", 1, "the bracket opened here is never closed"},
    {"empty name", "[] == 1", 1, "a name is expected between [ and ]"},
    {"bracket never closed", "a == 1 and (b == 2", 12, "the bracket opened here is never closed"},
    {"bracket never opened", "a == 1)", 7, "this bracket was never opened"},
    {"two comparisons", "a == 1 b == 2", 8, "expected 'and' or 'or' here"},
    {"and at the end", "a == 1 and", 11, "expected a name"},
    {"or at the start", "or a == 1", 1, "expected a name"},
    {"AND in capitals", "a == 1 AND b == 2", 8, "write 'and' in lower case"},
    {"Or with a capital", "a == 1 Or b == 2", 8, "write 'or' in lower case"},
    {"NOT in capitals", "NOT a == 1", 1, "write 'not' in lower case"},
    {"IN in capitals", "a IN (1)", 3, "write 'in' in lower case"},
    {"IS in capitals", "a IS missing", 3, "write 'is' in lower case"},
    {"in without brackets", "a in 1, 2", 6, "expected ( after 'in', as in: NAME in (A, B)"},
    {"in nothing", "a in ()", 7, "expected a value after '('"},
    {"in with a comma at the end", "a in (1,)", 9, "expected a value after ','"},
    {"in without a comma", "a in (1 2)", 9, "expected , or ) in the list"},
    {"in never closed", "a in (1, 2", 11, "expected , or ) in the list"},
    {"is what", "a is 3", 6, "expected 'missing' after 'is'"},
    {"is not what", "a is not 3", 10, "expected 'missing' after 'is not'"},
    {"equal to missing", "a == missing", 6, "write 'NAME is missing', or 'missing' in quotes for the answer"},
    {"not a number", "a == 1e999", 6, "not a plain decimal number: '1e999'; put text in quotes"},
    {"two points", "a == 1.2.3", 6, "not a plain decimal number: '1.2.3'; put text in quotes"},
    {"point first", "a > .5", 5, "not a plain decimal number: '.5'; put text in quotes"},
    {"chained comparison", "1 < a < 3", 7, "expected 'and' or 'or' here"},
    {"sixty-five deep", "(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((a == 1", 65,
     "brackets and 'not' stand more than 64 deep"},
    {"not UTF-8", "a == \xFF", 6, "not UTF-8"},
    {"control byte in a name", "[a\x1B] 1", 6, "expected == != < <= > >= 'in' or 'is' after 'a\\x1B'"},
};

static void test_fault(void **state)
{
    const fault_case *c = *state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    const baro_where *where = NULL;
    assert_int_equal(baro_where_parse(c->text, (baro_where_it_is){"--where", 0, 0}, BARO_USAGE, arena, &where, error), BARO_USAGE);
    assert_null(where);
    assert_int_equal(baro_error_faults(error), 1);
    const baro_error_entry *entry = baro_error_entry_at(error, 0);
    assert_string_equal(entry->message, c->message);
    assert_string_equal(entry->source, "--where");
    assert_int_equal(entry->line, 1);
    assert_int_equal(entry->column, c->column);
    baro_error_free(error);
    baro_arena_free(arena);
}

static void test_fault_in_a_survey_file(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    const baro_where *where = NULL;
    assert_int_equal(baro_where_parse("age ==", (baro_where_it_is){"pas.yaml", 31, 9}, BARO_BAD_SURVEY, arena, &where, error), BARO_BAD_SURVEY);
    const baro_error_entry *entry = baro_error_entry_at(error, 0);
    assert_int_equal(entry->line, 31);
    assert_int_equal(entry->column, 9);
    assert_string_equal(entry->message, "expected a value after '==' (character 7 of the expression)");
    baro_error_free(error);
    baro_arena_free(arena);
}

static void add_name(void *context, const char *name)
{
    strcat(context, name);
    strcat(context, ";");
}

static void test_names(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    const baro_where *where = NULL;
    char names[100] = "";
    assert_int_equal(baro_where_parse("not (a == 1 or [b c] in (2)) and d is missing", (baro_where_it_is){0}, BARO_USAGE, arena, &where, NULL), BARO_OK);
    baro_where_names(where, add_name, names);
    assert_string_equal(names, "a;b c;d;");
    baro_arena_free(arena);
}

static void test_too_long(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    const baro_where *where = NULL;
    char *text = malloc(20000);
    assert_non_null(text);
    memset(text, ' ', 19999);
    text[19999] = '\0';
    memcpy(text, "a == 1", 6);
    assert_int_equal(baro_where_parse(text, (baro_where_it_is){0}, BARO_USAGE, arena, &where, NULL), BARO_USAGE);
    free(text);
    baro_arena_free(arena);
}

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

int main(void)
{
    struct CMUnitTest tests[ROWS(trees) + ROWS(faults) + 3];
    size_t n = 0;
    for (size_t i = 0; i < ROWS(trees); i++)
        tests[n++] = (struct CMUnitTest){trees[i].name, test_tree, NULL, NULL, (void *)(uintptr_t)&trees[i]};
    for (size_t i = 0; i < ROWS(faults); i++)
        tests[n++] = (struct CMUnitTest){faults[i].name, test_fault, NULL, NULL, (void *)(uintptr_t)&faults[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_fault_in_a_survey_file);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_names);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_too_long);
    return _cmocka_run_group_tests("where", tests, n, NULL, NULL);
}
