#include "surveys/program/help.h"
#include "io/base/output.h"
#include <stdio.h>
#include <string.h>

#define WIDTH 80
#define INDENT 28

/* Words wrapped between INDENT and WIDTH, the first line going on where the left part ended. */
static void wrap(baro_output *output, size_t at, const char *text)
{
    if (at + 2 > INDENT) {
        baro_output_text(output, "\n");
        at = 0;
    }
    while (*text) {
        size_t room = WIDTH - INDENT, length = strlen(text);
        if (length > room) {
            length = room;
            while (length > 0 && text[length] != ' ')
                length--;
            if (length == 0)
                length = strcspn(text, " ");
        }
        baro_output_format(output, "%*s%.*s\n", (int)(INDENT - at), "", (int)length, text);
        text += length + (text[length] == ' ');
        at = 0;
    }
}

static void write_option(baro_output *output, const baro_option *option)
{
    char left[128], letter[8] = "    ";
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    int n = snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name, option->argument ? " " : "",
                     option->argument ? option->argument : "");
    baro_output_text(output, left);
    char help[512];
    bool choice =
        option->type == BARO_TAKES_CHOICE && !strchr(option->help, ',') && !strcmp(option->argument, "METHOD");
    snprintf(help, sizeof help, "%s%s%s%s", option->help, choice ? " (" : "", choice ? option->choices : "",
             choice ? ")" : "");
    wrap(output, (size_t)n, help);
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
                baro_output_format(output, "\n%s\n", baro_option_group_title((baro_option_group)group));
            begun = true;
            write_option(output, option);
        }
    }
}

static void write_examples(baro_output *output, const char *const *examples)
{
    for (size_t i = 0; examples && examples[i]; i += 2)
        baro_output_format(output, "%s%s\n  %s\n", i ? "\n" : "", examples[i], examples[i + 1]);
}

static void help_of_command(baro_output *output, const baro_command *command, const char *words)
{
    write_examples(output, command->examples);
    bool asks = command->summary[0] && command->summary[strlen(command->summary) - 1] == '?';
    baro_output_format(output, "%sbarometer %s [OPTIONS] %s\n  %s%s\n", command->examples ? "\n" : "", words,
                       command->arguments, command->summary, asks ? "" : ".");
    write_options(output, command->bit, 0);
    baro_output_text(output,
                     "\nA name or an answer that holds = : | / , or * stands in double quotes inside\nan option.\n");
}

static void help_of_program(baro_output *output, baro_arena *arena, const char *only)
{
    for (size_t i = 0; i < baro_commands(); i++) {
        const baro_command *command = baro_command_at(i);
        bool one_of_many = !only && command->kind && i > 0 && baro_command_at(i - 1)->kind; /* the first chart stands for all */
        if (command->bit && !one_of_many && (!only || strcmp(command->name, only) == 0))
            baro_output_format(output, "%s\n  %s\n\n", command->examples[0], command->examples[1]);
    }
    baro_output_format(output, "barometer %s [OPTIONS] DATA...\n\n", only ? "chart KIND" : "COMMAND");
    for (size_t i = 0; i < baro_commands(); i++) {
        const baro_command *command = baro_command_at(i);
        if (command->bit && (!only || strcmp(command->name, only) == 0))
            baro_output_format(output, "  %-17s%s\n", baro_command_words(command, arena), command->summary);
    }
    if (!only)
        write_options(output, BARO_IN_ALL, BARO_GROUP_OF_MANNERS);
    baro_output_text(output, "\nbarometer COMMAND --help lists the options of a command.\n");
}

baro_status baro_help(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    const baro_command *command = invocation->command;
    baro_output *output;
    baro_status status = baro_output_open("-", &output, error);
    if (status != BARO_OK)
        return status;
    if (command && command->bit && !invocation->any_kind)
        help_of_command(output, command, baro_command_words(command, arena));
    else if (command && !command->kind && command->run)
        baro_output_format(output, "barometer %s %s\n  %s.\n", command->name, command->arguments, command->summary);
    else
        help_of_program(output, arena, command ? command->name : NULL);
    return baro_output_close(output, error);
}

baro_status baro_version(baro_error *error)
{
    baro_output *output;
    baro_status status = baro_output_open("-", &output, error);
    if (status != BARO_OK)
        return status;
    baro_output_text(output, "barometer " BARO_VERSION "\n");
    return baro_output_close(output, error);
}
