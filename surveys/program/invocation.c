/* A command line, read against the tables of options and commands. */
#include "io/base/number.h"
#include "io/base/text.h"
#include "surveys/program/commands.h"
#include "surveys/program/words.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    char *const *argument;
    size_t n, next;
    baro_arena *arena;
    baro_error *error;
    baro_given *given;
    size_t n_given;
    const char **word; /* what is no option: the command, its kind, files */
    size_t n_words;
} reading;

baro_status baro_usage(baro_error *error, const char *format, ...)
{
    char message[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    return baro_fault_add(error, BARO_USAGE, (baro_where_it_is){NULL, 0, 0}, "%s", message);
}

static baro_status unknown_option(reading *r, const char *name, size_t length)
{
    const char *candidates[BARO_OPTION_COUNT];
    size_t n = 0;
    for (unsigned i = 0; i < BARO_OPTION_COUNT; i++)
        if (baro_option_at((baro_option_id)i)->commands)
            candidates[n++] = baro_option_at((baro_option_id)i)->name;
    const char *word = baro_arena_text(r->arena, name, length);
    if (!word)
        return BARO_NO_MEMORY;
    const char *near = baro_text_nearest(word, candidates, n);
    const char *shown = baro_word_shown(word, r->arena);
    if (near)
        return baro_usage(r->error, "unknown option '--%s'; did you mean '--%s'?", shown, near);
    return baro_usage(r->error, "unknown option '--%s'; --help lists them", shown);
}

static bool is_option(const char *argument)
{
    const char *end = strchr(argument, '=');
    return strncmp(argument, "--", 2) == 0 && argument[2] &&
           baro_option_find(argument + 2, end ? (size_t)(end - argument) - 2 : strlen(argument) - 2) !=
               BARO_OPTION_COUNT;
}

/* The value behind an option: attached, or the next argument, which may not be an option itself (`-o --quiet`). */
static baro_status take_value(reading *r, baro_option_id id, const char *attached)
{
    const baro_option *option = baro_option_at(id);
    r->given[r->n_given].id = id;
    r->given[r->n_given].value = attached ? attached : "";
    if (option->type == BARO_TAKES_NOTHING) {
        if (attached)
            return baro_usage(r->error, "--%s takes no value", option->name);
    } else if (!attached) {
        if (r->next == r->n || is_option(r->argument[r->next]) || strcmp(r->argument[r->next], "--") == 0)
            return baro_usage(r->error, "--%s needs a value: --%s %s", option->name, option->name, option->argument);
        r->given[r->n_given].value = r->argument[r->next++];
    }
    r->n_given++;
    return BARO_OK;
}

static baro_status read_argument(reading *r, const char *argument)
{
    if (argument[0] != '-' || !argument[1]) {
        r->word[r->n_words++] = argument;
        return BARO_OK;
    }
    if (argument[1] == '-') {
        const char *equals = strchr(argument, '=');
        size_t length = equals ? (size_t)(equals - argument) - 2 : strlen(argument) - 2;
        baro_option_id id = baro_option_find(argument + 2, length);
        if (id == BARO_OPTION_COUNT)
            return unknown_option(r, argument + 2, length);
        return take_value(r, id, equals ? equals + 1 : NULL);
    }
    baro_option_id id = baro_option_find_letter(argument[1]);
    if (id == BARO_OPTION_COUNT)
        return baro_usage(r->error, "unknown option '%s'; --help lists them, and files behind -- may start with a dash",
                          baro_word_shown(argument, r->arena));
    return take_value(r, id, argument[2] ? argument + 2 : NULL);
}

static baro_status unknown_command(reading *r, const char *name)
{
    const char *candidates[64];
    size_t n = 0;
    for (size_t i = 0; i < baro_commands() && n < 64; i++)
        if (baro_command_at(i)->run && baro_command_at(i)->bit)
            candidates[n++] = baro_command_at(i)->name;
    const char *near = baro_text_nearest(name, candidates, n);
    const char *shown = baro_word_shown(name, r->arena);
    if (near)
        return baro_usage(r->error, "unknown command '%s'; did you mean '%s'?", shown, near);
    return baro_usage(r->error, "unknown command '%s'; --help lists them", shown);
}

/* "bars, trend, likert ..." */
static const char *all_kinds(reading *r, const char *const *kind, size_t n)
{
    const char *text = n ? kind[0] : "";
    for (size_t i = 1; i < n && text; i++)
        text = baro_arena_format(r->arena, "%s, %s", text, kind[i]);
    return text ? text : "";
}

static baro_status find_kind(reading *r, const char *kind, const baro_command **out)
{
    const char *candidates[64];
    size_t n = 0;
    for (size_t i = 0; i < baro_commands() && n < 64; i++) {
        const baro_command *command = baro_command_at(i);
        if (command->kind && kind && strcmp(command->kind, kind) == 0) {
            *out = command;
            return BARO_OK;
        }
        if (command->kind && command->run)
            candidates[n++] = command->kind;
    }
    if (!kind)
        return baro_usage(r->error, "chart needs a kind, as in 'chart bars'; there are %s", all_kinds(r, candidates, n));
    const char *near = baro_text_nearest(kind, candidates, n);
    if (near)
        return baro_usage(r->error, "unknown chart '%s'; did you mean '%s'?", baro_word_shown(kind, r->arena), near);
    return baro_usage(r->error, "unknown chart '%s'; there are %s", baro_word_shown(kind, r->arena), all_kinds(r, candidates, n));
}

/* The command that the first words name; *used says how many. */
static baro_status find_command(reading *r, bool asks_help, const baro_command **out, size_t *used)
{
    *used = 1;
    for (size_t i = 0; i < baro_commands(); i++) {
        const baro_command *command = baro_command_at(i);
        if (strcmp(command->name, r->word[0]) != 0)
            continue;
        *out = command;
        if (!command->kind)
            return BARO_OK;
        if (asks_help && r->n_words == 1)
            return BARO_OK; /* `chart --help` */
        *used = 2;
        return find_kind(r, r->n_words > 1 ? r->word[1] : NULL, out);
    }
    return unknown_command(r, r->word[0]);
}

static baro_status check_value(const baro_option *option, const char *value, baro_arena *arena, baro_error *error)
{
    double number;
    size_t count;
    const char *shown = baro_word_shown(value, arena);
    switch (option->type) {
    case BARO_TAKES_NOTHING:
    case BARO_TAKES_TEXT: return BARO_OK;
    case BARO_TAKES_COLUMN:
    case BARO_TAKES_FILE:
        return value[0]
                   ? BARO_OK
                   : baro_usage(error, "--%s needs a value: --%s %s", option->name, option->name, option->argument);
    case BARO_TAKES_CHOICE:
        if (baro_choice_find(option->choices, value) >= 0)
            return BARO_OK;
        return baro_usage(error, "--%s: '%s' is none of %s", option->name, shown, option->choices);
    case BARO_TAKES_COUNT:
    case BARO_TAKES_WHOLE:
        if (baro_number_read_size(value, strlen(value), &count) && count >= (option->type == BARO_TAKES_COUNT))
            return BARO_OK;
        return baro_usage(error, "--%s: '%s' is not a whole number%s", option->name, shown,
                          option->type == BARO_TAKES_COUNT ? " of 1 or more" : "");
    case BARO_TAKES_NUMBER:
        if (baro_number_read(value, strlen(value), '.', &number))
            return BARO_OK;
        return baro_usage(error, "--%s: '%s' is not a plain decimal number", option->name, shown);
    }
    return BARO_INTERNAL;
}

static baro_status check_given(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    bool seen[BARO_OPTION_COUNT] = {false};
    for (size_t i = 0; i < invocation->n_given; i++) {
        baro_option_id id = invocation->given[i].id;
        const baro_option *option = baro_option_at(id);
        const char *command = invocation->command->kind || invocation->command->bit
                                  ? baro_command_words(invocation->command, arena)
                                  : invocation->command->name;
        if (!option->commands)
            return baro_usage(error, "--%s is not available in this version", option->name);
        if (!(option->commands & invocation->command->bit))
            return baro_usage(error, "--%s is no option of '%s'; barometer %s --help lists them", option->name, command,
                              command);
        if (seen[id] && !option->repeats && option->type != BARO_TAKES_NOTHING)
            return baro_usage(error, "--%s is given twice", option->name);
        seen[id] = true;
        baro_status status = check_value(option, invocation->given[i].value, arena, error);
        if (status != BARO_OK)
            return status;
    }
    return BARO_OK;
}

static baro_status understand(reading *r, baro_invocation *out)
{
    *out = (baro_invocation){.given = r->given, .n_given = r->n_given};
    out->help = baro_is_given(out, BARO_OPTION_HELP);
    out->version = baro_is_given(out, BARO_OPTION_VERSION);
    if (r->n_words == 0) {
        if (out->help || out->version)
            return BARO_OK;
        return baro_usage(r->error, "a command is needed; barometer --help lists them");
    }
    size_t used;
    baro_status status = find_command(r, out->help, &out->command, &used);
    if (status != BARO_OK)
        return status;
    out->any_kind = out->command->kind && used == 1;
    out->files = r->word + used;
    out->n_files = r->n_words - used;
    if (!out->command->run)
        return baro_usage(r->error, "'%s' is not available in this version",
                          baro_command_words(out->command, r->arena));
    return out->help || out->version ? BARO_OK : check_given(out, r->arena, r->error);
}

baro_status baro_invocation_read(int argc, char *const *argv, baro_arena *arena, baro_invocation *out,
                                 baro_error *error)
{
    reading r = {.argument = argv, .n = argc > 0 ? (size_t)argc : 0, .next = 1, .arena = arena, .error = error};
    r.given = BARO_ARRAY(arena, baro_given, r.n + 1);
    r.word = BARO_ARRAY(arena, const char *, r.n + 1);
    if (!r.given || !r.word)
        return BARO_NO_MEMORY;
    bool ended = false;
    while (r.next < r.n) {
        const char *argument = r.argument[r.next++];
        if (!ended && strcmp(argument, "--") == 0) {
            ended = true;
        } else if (ended) {
            r.word[r.n_words++] = argument;
        } else {
            baro_status status = read_argument(&r, argument);
            if (status != BARO_OK)
                return status;
        }
    }
    return understand(&r, out);
}

const char *baro_value_of(const baro_invocation *invocation, baro_option_id id)
{
    for (size_t i = invocation->n_given; i-- > 0;)
        if (invocation->given[i].id == id)
            return invocation->given[i].value;
    return NULL;
}

bool baro_is_given(const baro_invocation *invocation, baro_option_id id)
{
    return baro_value_of(invocation, id) != NULL;
}

double baro_number_of(const baro_invocation *invocation, baro_option_id id, double otherwise)
{
    const char *value = baro_value_of(invocation, id);
    double number = otherwise;
    if (value)
        (void)baro_number_read(value, strlen(value), '.', &number);
    return number;
}

size_t baro_count_of(const baro_invocation *invocation, baro_option_id id, size_t otherwise)
{
    const char *value = baro_value_of(invocation, id);
    size_t count = otherwise;
    if (value)
        (void)baro_number_read_size(value, strlen(value), &count);
    return count;
}

int baro_choice_of(const baro_invocation *invocation, baro_option_id id, int otherwise)
{
    const char *value = baro_value_of(invocation, id);
    return value ? baro_choice_find(baro_option_at(id)->choices, value) : otherwise;
}

size_t baro_threads_of(const baro_invocation *invocation)
{
    return invocation->threads ? invocation->threads : baro_count_of(invocation, BARO_OPTION_THREADS, 0);
}
