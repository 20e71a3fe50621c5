/* A plan file, read into command lines. */
#include "surveys/program/plan.h"
#include "io/base/text.h"
#include "io/readers/yaml.h"
#include "surveys/model/targets.h"
#include "surveys/program/plan_parts.h"
#include "surveys/program/words.h"
#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void baro_plan_fault(baro_plan_reader *r, const baro_yaml *at, const char *format, ...)
{
    char message[1024];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    baro_status status =
        baro_fault_add(r->error, BARO_BAD_SURVEY, (baro_where_it_is){r->path, at->line, at->column}, "%s", message);
    r->status = r->status ? r->status : status;
}

void baro_plan_no_memory(baro_plan_reader *r)
{
    r->status = r->status ? r->status : BARO_NO_MEMORY;
}

const baro_yaml *baro_plan_value(const baro_yaml *map, const char *key)
{
    for (size_t i = 0; map && i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return map->item[i];
    return NULL;
}

/* ---- command lines ---- */

void baro_plan_add(baro_plan_reader *r, baro_plan_line *line, const char *argument)
{
    if (!argument || line->n == BARO_PLAN_ARGUMENTS)
        baro_plan_no_memory(r);
    else
        line->argument[line->n++] = argument;
}

/* The option of a key: measures is --measure, file is --output, no_suppress is --no-suppress. */
static baro_option_id option_of_key(const char *key)
{
    static const char *const same[][2] = {{"measures", "measure"}, {"file", "output"}, {"numbers", "data"}};
    char name[64];
    size_t n = 0;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        key = strcmp(key, same[i][0]) == 0 ? same[i][1] : key;
    for (; key[n] && n < sizeof name; n++)
        name[n] = key[n] == '_' ? '-' : key[n];
    return n < sizeof name ? baro_option_find(name, n) : BARO_OPTION_COUNT;
}

static void unknown_key(baro_plan_reader *r, const baro_yaml *key, const baro_command *command)
{
    const char *candidates[BARO_OPTION_COUNT + 8] = {"file", "command", "survey", "data", "foreach", "measures", "surveys"};
    size_t n = 7;
    for (unsigned i = 0; i < BARO_OPTION_COUNT; i++)
        if (!command || (baro_option_at((baro_option_id)i)->commands & command->bit))
            candidates[n++] = baro_option_at((baro_option_id)i)->name;
    baro_plan_fault(r, key, "unknown key '%s'%s", baro_word_shown(key->text, r->arena),
                    baro_did_you_mean(key->text, candidates, n, r->arena));
}

static bool is_text(baro_plan_reader *r, const baro_yaml *value)
{
    if (value->kind == BARO_YAML_SCALAR)
        return true;
    baro_plan_fault(r, value, "a text or a number is wanted here");
    return false;
}

/* A name in the language of options: quoted where it holds what parts names. */
static const char *as_word(baro_plan_reader *r, const char *text)
{
    size_t n = 0, length = strlen(text);
    char *quoted = strpbrk(text, ",\"") ? baro_arena_array(r->arena, 2 * length + 3, 1) : NULL;
    if (!quoted)
        return text;
    quoted[n++] = '"';
    for (; *text; text++) {
        if (*text == '"')
            quoted[n++] = '"';
        quoted[n++] = *text;
    }
    quoted[n++] = '"';
    quoted[n] = '\0';
    return quoted;
}

/* The texts of a list, or the one text, joined by commas. */
static const char *joined(baro_plan_reader *r, const baro_yaml *value, const baro_plan_each *each)
{
    const char *text = NULL;
    if (value->kind == BARO_YAML_SCALAR)
        return baro_plan_fill(r, each, value->text);
    for (size_t i = 0; i < value->count && value->kind == BARO_YAML_LIST; i++) {
        if (!is_text(r, value->item[i]))
            return NULL;
        const char *one = as_word(r, baro_plan_fill(r, each, value->item[i]->text));
        text = text ? baro_arena_format(r->arena, "%s,%s", text, one) : one;
    }
    if (!text)
        baro_plan_fault(r, value, "a text, or a list of texts, is wanted here");
    return text;
}

static bool is_yes(const baro_yaml *value)
{
    return strcmp(value->text, "yes") == 0 || strcmp(value->text, "true") == 0;
}

static void add_option(baro_plan_reader *r, baro_plan_line *line, const baro_option *option, const baro_yaml *value,
                       const baro_plan_each *each)
{
    const char *name = baro_arena_format(r->arena, "--%s", option->name);
    if (option->type == BARO_TAKES_NOTHING) {
        bool no =
            value->kind == BARO_YAML_SCALAR && (strcmp(value->text, "no") == 0 || strcmp(value->text, "false") == 0);
        if (is_text(r, value) && !no && !is_yes(value))
            baro_plan_fault(r, value, "'%s' is neither yes nor no", baro_word_shown(value->text, r->arena));
        if (!no)
            baro_plan_add(r, line, name);
        return;
    }
    const char *text = joined(r, value, each);
    if (text && option->type == BARO_TAKES_FILE && strcmp(text, "-") != 0)
        text = baro_path_beside(r->path, text, r->arena);
    if (!text)
        return;
    baro_plan_add(r, line, baro_arena_format(r->arena, "%s=%s", name, text));
}

/* A survey is an id, or a file beside the plan. */
const char *baro_plan_survey(baro_plan_reader *r, const baro_yaml *value)
{
    if (!is_text(r, value))
        return NULL;
    return baro_survey_is_path(value->text) ? baro_path_beside(r->path, value->text, r->arena) : value->text;
}

static void add_survey(baro_plan_reader *r, baro_plan_line *line, const baro_yaml *value)
{
    line->survey = baro_plan_survey(r, value);
    if (line->survey || value->kind == BARO_YAML_SCALAR)
        baro_plan_add(r, line, line->survey ? baro_arena_format(r->arena, "--survey=%s", line->survey) : NULL);
}

void baro_plan_files(baro_plan_reader *r, baro_plan_line *line, const baro_yaml *at, const char *pattern)
{
    const char *path = baro_path_beside(r->path, pattern, r->arena);
    glob_t found;
    if (!path || strcmp(pattern, "-") == 0 || !strpbrk(pattern, "*?[")) {
        baro_plan_add(r, line, strcmp(pattern, "-") == 0 ? pattern : path);
        return;
    }
    int failed = glob(path, 0, NULL, &found);
    if (failed == GLOB_NOMATCH)
        baro_plan_fault(r, at, "no file is like '%s'", baro_word_shown(pattern, r->arena));
    else if (failed)
        baro_plan_no_memory(r);
    for (size_t i = 0; !failed && i < found.gl_pathc; i++)
        baro_plan_add(r, line, baro_arena_string(r->arena, found.gl_pathv[i]));
    if (!failed)
        globfree(&found);
}

static void add_data(baro_plan_reader *r, baro_plan_line *line, const baro_yaml *value)
{
    baro_plan_add(r, line, "--");
    line->data = line->n;
    if (value->kind == BARO_YAML_SCALAR)
        baro_plan_files(r, line, value, value->text);
    for (size_t i = 0; i < value->count; i++)
        if (is_text(r, value->item[i]))
            baro_plan_files(r, line, value->item[i], value->item[i]->text);
}

/* ---- an output ---- */

static const baro_command *command_of(baro_plan_reader *r, const baro_yaml *value, const char **rest)
{
    size_t length = strcspn(value->text, " ");
    *rest = value->text + length + strspn(value->text + length, " ");
    for (size_t i = 0; i < baro_commands(); i++) {
        const baro_command *command = baro_command_at(i);
        if (strlen(command->name) == length && strncmp(command->name, value->text, length) == 0 && command->run &&
            strcmp(command->kind ? command->kind : "", *rest) == 0 && command->bit && command->bit != BARO_IN_RUN)
            return command;
    }
    baro_plan_fault(r, value, "no command '%s' makes an output; table, trend, chart bars ... do",
                    baro_word_shown(value->text, r->arena));
    return NULL;
}

/* Keys that are no options of the command line. */
static bool is_own_key(const char *key)
{
    return strcmp(key, "command") == 0 || strcmp(key, "survey") == 0 || strcmp(key, "data") == 0 ||
           strcmp(key, "foreach") == 0 || strcmp(key, "surveys") == 0;
}

static void add_options(baro_plan_reader *r, baro_plan_line *line, const baro_yaml *map, const baro_yaml *over,
                        const baro_command *command, const baro_plan_each *each)
{
    for (size_t i = 0; map && i < map->count; i++) {
        const char *key = map->key[i]->text;
        bool turned =
            each && ((each->where && strcmp(key, "where") == 0) || (each->measure && strncmp(key, "measure", 7) == 0));
        if (is_own_key(key) || turned || (over && baro_plan_value(over, key)))
            continue;
        baro_option_id id = option_of_key(key);
        if (id == BARO_OPTION_COUNT || (!over && !(baro_option_at(id)->commands & command->bit)))
            unknown_key(r, map->key[i], id == BARO_OPTION_COUNT ? NULL : command);
        else if (baro_option_at(id)->commands & command->bit) /* else a default of other commands */
            add_option(r, line, baro_option_at(id), map->item[i], each);
    }
}

static const baro_yaml *value_or_default(const baro_plan_reader *r, const baro_yaml *map, const char *key)
{
    const baro_yaml *value = baro_plan_value(map, key);
    return value ? value : baro_plan_value(r->defaults, key);
}

static void make_line(baro_plan_reader *r, const baro_yaml *map, const baro_plan_each *each, baro_plan_line *line)
{
    const baro_yaml *command = value_or_default(r, map, "command"), *survey = value_or_default(r, map, "survey"),
                    *data = value_or_default(r, map, "data");
    const char *kind = "";
    *line = (baro_plan_line){.n = 0};
    if (!command || !baro_plan_value(map, "file")) {
        baro_plan_fault(r, map, "an output needs its '%s'", command ? "file" : "command");
        return;
    }
    line->command = is_text(r, command) ? command_of(r, command, &kind) : NULL;
    if (!line->command)
        return;
    baro_plan_add(r, line, line->command->name);
    if (line->command->kind)
        baro_plan_add(r, line, line->command->kind);
    const baro_yaml *surveys = baro_plan_value(map, "surveys");
    if (surveys) { /* each has its own data: the defaults' are not meant */
        if (baro_plan_value(map, "survey") || baro_plan_value(map, "data"))
            baro_plan_fault(r, surveys, "'surveys' names surveys and their data; leave 'survey' and 'data' out");
        survey = data = NULL;
        baro_plan_surveys(r, line, surveys);
    }
    if (survey)
        add_survey(r, line, survey);
    add_options(r, line, map, NULL, line->command, each);
    add_options(r, line, r->defaults, map, line->command, each);
    if (each && each->measure)
        baro_plan_add(r, line, baro_arena_format(r->arena, "--measure=%s", as_word(r, each->measure)));
    if (each && each->where)
        baro_plan_add(r, line, baro_arena_format(r->arena, "--where=%s", each->where));
    if (data)
        add_data(r, line, data);
}

static void finish_output(baro_plan_reader *r, const baro_yaml *map, const baro_plan_each *each,
                          const baro_plan_line *line)
{
    const baro_yaml *file = baro_plan_value(map, "file");
    baro_plan_output output = {.line = map->line, .column = map->column, .n_arguments = line->n};
    output.file = baro_plan_fill_file(r, each, file->text);
    output.path = baro_path_beside(r->path, output.file, r->arena);
    output.argument = BARO_ARRAY(r->arena, const char *, line->n + 2);
    if (!output.path || !output.argument) {
        baro_plan_no_memory(r);
        return;
    }
    memcpy(output.argument, line->argument, line->n * sizeof *output.argument);
    for (size_t i = 0; i < line->n; i++) /* the name with {GROUP} as a file may be called */
        if (strncmp(output.argument[i], "--output=", 9) == 0)
            output.argument[i] = baro_arena_format(r->arena, "--output=%s", output.path);
    baro_plan_keep(r, map, &output);
}

void baro_plan_make(baro_plan_reader *r, const baro_yaml *map, const baro_plan_each *each)
{
    baro_plan_line *line = BARO_NEW(r->arena, baro_plan_line);
    if (!line) {
        baro_plan_no_memory(r);
        return;
    }
    baro_status before = r->status;
    make_line(r, map, each, line);
    if (r->status == before && line->command)
        finish_output(r, map, each, line);
}

void baro_plan_keep(baro_plan_reader *r, const baro_yaml *map, const baro_plan_output *output)
{
    baro_plan *plan = r->plan;
    for (size_t i = 0; i < plan->n_outputs; i++)
        if (strcmp(plan->output[i].path, output->path) == 0) {
            baro_plan_fault(r, map, "two outputs are called '%s'", baro_word_shown(output->file, r->arena));
            return;
        }
    if (plan->n_outputs == r->room) {
        size_t room = 2 * r->room + 32;
        baro_plan_output *more = BARO_ARRAY(r->arena, baro_plan_output, room);
        if (!more) {
            baro_plan_no_memory(r);
            return;
        }
        if (plan->n_outputs > 0)
            memcpy(more, plan->output, plan->n_outputs * sizeof *more);
        plan->output = more;
        r->room = room;
    }
    char **argv = BARO_ARRAY(r->arena, char *, output->n_arguments + 2);
    plan->output[plan->n_outputs] = *output;
    if (!argv) {
        baro_plan_no_memory(r);
        return;
    }
    argv[0] = baro_arena_string(r->arena, "barometer");
    for (size_t i = 0; i < output->n_arguments; i++)
        argv[i + 1] = baro_arena_string(r->arena, output->argument[i]);
    baro_error *said = baro_error_new();
    baro_status status = baro_invocation_read((int)output->n_arguments + 1, argv, r->arena,
                                              &plan->output[plan->n_outputs].invocation, said);
    if (status && said && baro_error_faults(said) > 0)
        baro_plan_fault(r, map, "%s", baro_error_entry_at(said, 0)->message);
    else if (status)
        baro_plan_no_memory(r);
    baro_error_free(said);
    plan->n_outputs++;
}

static bool check_top(baro_plan_reader *r, const baro_yaml *root)
{
    static const char *const keys[] = {"defaults", "outputs"};
    if (root->kind != BARO_YAML_MAP) {
        baro_plan_fault(r, root, "a plan is a map of defaults and outputs");
        return false;
    }
    for (size_t i = 0; i < root->count; i++)
        if (strcmp(root->key[i]->text, keys[0]) != 0 && strcmp(root->key[i]->text, keys[1]) != 0)
            baro_plan_fault(r, root->key[i], "unknown key '%s'%s", baro_word_shown(root->key[i]->text, r->arena),
                            baro_did_you_mean(root->key[i]->text, keys, 2, r->arena));
    const baro_yaml *outputs = baro_plan_value(root, "outputs");
    r->defaults = baro_plan_value(root, "defaults");
    if (r->defaults && r->defaults->kind != BARO_YAML_MAP)
        baro_plan_fault(r, r->defaults, "'defaults' must be a map of keys");
    if (!outputs || outputs->kind != BARO_YAML_LIST)
        baro_plan_fault(r, outputs ? outputs : root, "a plan needs its 'outputs': a list of what is to be made");
    return r->status == BARO_OK;
}

baro_status baro_plan_read(const char *path, baro_arena *arena, baro_plan *out, baro_error *error)
{
    const baro_yaml *root = NULL;
    *out = (baro_plan){.path = path};
    baro_plan_reader r = {.path = path, .arena = arena, .error = error, .plan = out};
    baro_status status = baro_yaml_read(path, arena, &root, error);
    if (status)
        return status;
    if (!check_top(&r, root))
        return r.status;
    for (size_t i = 0; r.defaults && i < r.defaults->count; i++)
        if (!is_own_key(r.defaults->key[i]->text) && option_of_key(r.defaults->key[i]->text) == BARO_OPTION_COUNT)
            unknown_key(&r, r.defaults->key[i], NULL);
    const baro_yaml *outputs = baro_plan_value(root, "outputs");
    for (size_t i = 0; i < outputs->count; i++) {
        const baro_yaml *map = outputs->item[i];
        if (map->kind != BARO_YAML_MAP)
            baro_plan_fault(&r, map, "an output is a map of keys, as {file: trust.csv, command: table}");
        else
            baro_plan_each_of(&r, map);
    }
    return r.status;
}
