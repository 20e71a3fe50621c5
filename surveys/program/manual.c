/* Manual pages, made from the tables of commands and options: man(7) markup on standard output. */
#include "io/base/output.h"
#include "surveys/program/commands.h"
#include "surveys/program/words.h"
#include <string.h>

static const char whole[] = "barometer";

static const struct {
    const char *status, *meaning;
} exits[] = {{"0", "done"},
             {"1", "ran, but a check failed or the answer is \"no\""},
             {"64", "usage: an option or argument that is not understood"},
             {"65", "bad data, or a column named by an option that the data lack"},
             {"66", "no input: a file is missing or cannot be opened"},
             {"69", "gnuplot, or another program that is needed, is not there or fails"},
             {"70", "an internal fault, or no memory"},
             {"73", "a file cannot be created"},
             {"74", "reading or writing failed"},
             {"78", "a fault in the survey file"},
             {"130", "interrupted"}};

/* Roff takes backslashes anywhere, dots and apostrophes at the start of a line, and hyphens for line ends. */
static void write_text(baro_output *output, const char *text)
{
    if (*text == '.' || *text == '\'')
        baro_output_text(output, "\\&");
    for (; *text; text++) {
        const char one[] = {*text, '\0'};
        baro_output_text(output, *text == '\\' ? "\\e" : *text == '-' ? "\\-" : one);
    }
}

/* A macro, a text behind it, the end of the line. */
static void write_line(baro_output *output, const char *macro, const char *text)
{
    baro_output_text(output, macro);
    write_text(output, text);
    baro_output_text(output, "\n");
}

static void write_sentence(baro_output *output, const char *text)
{
    write_text(output, text);
    size_t length = strlen(text);
    baro_output_text(output, length > 0 && strchr("?.", text[length - 1]) ? "\n" : ".\n");
}

static void write_head(baro_output *output, const char *page, const char *summary)
{
    baro_output_text(output, ".TH ");
    for (const char *c = page; *c; c++) {
        const char one[] = {*c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c, '\0'};
        baro_output_text(output, *c == '-' ? "\\-" : one);
    }
    baro_output_text(output, " 1 \"\" \"barometer " BARO_VERSION "\" \"User Commands\"\n.SH NAME\n");
    write_text(output, page);
    baro_output_text(output, " \\- ");
    write_line(output, "", summary);
}

static void write_options(baro_output *output, unsigned bits, unsigned first_group)
{
    for (unsigned group = first_group; group < BARO_OPTION_GROUPS; group++) {
        bool begun = false;
        for (unsigned i = 0; i < BARO_OPTION_COUNT; i++) {
            const baro_option *option = baro_option_at((baro_option_id)i);
            if (option->group != (baro_option_group)group || !(option->commands & bits))
                continue;
            if (!begun)
                write_line(output, ".SS ", baro_option_group_title((baro_option_group)group));
            begun = true;
            baro_output_text(output, ".TP\n\\fB");
            if (option->letter)
                baro_output_format(output, "\\-%c\\fR, \\fB", option->letter);
            write_text(output, "--");
            write_text(output, option->name);
            baro_output_text(output, option->argument ? "\\fR \\fI" : "");
            write_text(output, option->argument ? option->argument : "");
            baro_output_text(output, "\\fR\n");
            write_sentence(output, option->help);
            if (option->type == BARO_TAKES_CHOICE && strcmp(option->argument, option->choices) != 0)
                write_line(output, "One of ", option->choices);
        }
    }
}

static void write_examples(baro_output *output, const char *const *examples)
{
    for (size_t i = 0; examples && examples[i]; i += 2) {
        write_line(output, i == 0 ? ".SH EXAMPLES\n.TP\n" : ".TP\n", examples[i]);
        write_line(output, ".EX\n", examples[i + 1]);
        baro_output_text(output, ".EE\n");
    }
}

static void write_foot(baro_output *output)
{
    baro_output_text(output, ".SH \"EXIT STATUS\"\n");
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
        baro_output_format(output, ".TP\n%s\n", exits[i].status);
        write_sentence(output, exits[i].meaning);
    }
}

static void page_of_program(baro_output *output, baro_arena *arena)
{
    write_head(output, whole, "weighted, design-based estimates and charts for public attitude surveys");
    baro_output_text(
        output, ".SH SYNOPSIS\n\\fBbarometer\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] \\fIDATA\\fR...\n.SH COMMANDS\n");
    for (size_t i = 0; i < baro_commands(); i++) {
        const baro_command *command = baro_command_at(i);
        if (!command->run)
            continue;
        write_line(output, ".TP\n.B ", baro_command_words(command, arena));
        write_sentence(output, command->summary);
    }
    baro_output_text(output, ".SH OPTIONS\n");
    write_options(output, BARO_IN_ALL, BARO_GROUP_OF_MANNERS);
    write_foot(output);
}

static void page_of_command(baro_output *output, const baro_command *command, const char *page, const char *words)
{
    write_head(output, page, command->summary);
    baro_output_text(output, ".SH SYNOPSIS\n\\fBbarometer ");
    write_text(output, words);
    baro_output_text(output, command->bit ? "\\fR [\\fIOPTIONS\\fR] \\fI" : "\\fR \\fI");
    write_text(output, command->arguments);
    baro_output_text(output, "\\fR\n");
    write_examples(output, command->examples);
    if (command->bit) {
        baro_output_text(output, ".SH OPTIONS\n");
        write_options(output, command->bit, 0);
    }
    write_foot(output);
    baro_output_text(output, ".SH \"SEE ALSO\"\n.BR barometer (1)\n");
}

/* barometer-chart-bars; NULL without memory. */
static const char *page_name(const baro_command *command, baro_arena *arena)
{
    return baro_arena_format(arena, "%s-%s%s%s", whole, command->name, command->kind ? "-" : "",
                             command->kind ? command->kind : "");
}

/* One page, or, with none named, the names of all. */
static bool write_pages(baro_output *output, const char *wanted, baro_arena *arena)
{
    bool found = !wanted || strcmp(wanted, whole) == 0;
    if (!wanted)
        write_line(output, "", whole);
    else if (found)
        page_of_program(output, arena);
    for (size_t i = 0; i < baro_commands(); i++) {
        const baro_command *command = baro_command_at(i);
        const char *page = command->run ? page_name(command, arena) : NULL;
        if (!page || (wanted && strcmp(wanted, page) != 0))
            continue;
        found = true;
        if (wanted)
            page_of_command(output, command, page, baro_command_words(command, arena));
        else
            baro_output_format(output, "%s\n", page);
    }
    return found;
}

baro_status baro_command_manual(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_output *output;
    if (invocation->n_files > 1)
        return baro_usage(error, "manual: one page at a time; without a name it lists them");
    const char *wanted = invocation->n_files ? invocation->files[0] : NULL;
    baro_status status = baro_output_open("-", &output, error);
    if (status != BARO_OK)
        return status;
    if (!write_pages(output, wanted, arena)) {
        baro_output_abandon(output);
        return baro_usage(error, "manual: no page '%s'; `barometer manual` lists them", baro_word_shown(wanted, arena));
    }
    return baro_output_close(output, error);
}
