/* Completion for bash, zsh and fish, made from the tables. */
#include "io/base/output.h"
#include "surveys/program/commands.h"
#include "surveys/program/words.h"
#include <string.h>

static bool is_shown(const baro_command *command)
{
    return command->run && command->bit;
}

/* `chart` stands once, before its kinds. */
static bool first_of_name(size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (is_shown(baro_command_at(j)) && strcmp(baro_command_at(j)->name, baro_command_at(i)->name) == 0)
            return false;
    return true;
}

static void write_commands(baro_output *output)
{
    for (size_t i = 0; i < baro_commands(); i++)
        if (is_shown(baro_command_at(i)) && first_of_name(i))
            baro_output_format(output, " %s", baro_command_at(i)->name);
}

static void write_kinds(baro_output *output)
{
    for (size_t i = 0; i < baro_commands(); i++)
        if (is_shown(baro_command_at(i)) && baro_command_at(i)->kind)
            baro_output_format(output, " %s", baro_command_at(i)->kind);
}

static unsigned bits_of_name(const char *name)
{
    unsigned bits = 0;
    for (size_t i = 0; i < baro_commands(); i++)
        bits |= strcmp(baro_command_at(i)->name, name) == 0 ? baro_command_at(i)->bit : 0;
    return bits;
}

static void write_choices(baro_output *output, const char *choices)
{
    for (; *choices; choices++) {
        char mark[2] = {*choices == '|' ? ' ' : *choices, 0};
        baro_output_text(output, mark);
    }
}

/* The function that bash and zsh (through bashcompinit) share: values of the option before, else commands, options,
 * files. */
static void write_bash(baro_output *output)
{
    baro_output_text(
        output, "_barometer() {\n    local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
                "    COMPREPLY=()\n    case \"$before\" in\n");
    for (unsigned i = 0; i < BARO_OPTION_COUNT; i++) {
        const baro_option *option = baro_option_at((baro_option_id)i);
        if (!option->commands || option->type == BARO_TAKES_NOTHING)
            continue;
        baro_output_format(output, "    --%s", option->name);
        if (option->letter)
            baro_output_format(output, "|-%c", option->letter);
        if (option->choices) {
            baro_output_text(output, ") COMPREPLY=($(compgen -W '");
            write_choices(output, option->choices);
            baro_output_text(output, "' -- \"$word\")); return ;;\n");
        } else if (option->type == BARO_TAKES_FILE) {
            baro_output_text(output, ") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n");
        } else {
            baro_output_text(output, ") return ;;\n");
        }
    }
    baro_output_text(output, "    chart) COMPREPLY=($(compgen -W '");
    write_kinds(output);
    baro_output_text(output, "' -- \"$word\")); return ;;\n    esac\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                             "        COMPREPLY=($(compgen -W '--help --version");
    write_commands(output);
    baro_output_text(
        output, "' -- \"$word\"))\n        return\n    fi\n    case \"$word\" in -*) ;; *) COMPREPLY=($(compgen -f -- "
                "\"$word\")); return ;; esac\n    case \"${COMP_WORDS[1]}\" in\n");
    for (size_t c = 0; c < baro_commands(); c++) {
        const baro_command *command = baro_command_at(c);
        if (!is_shown(command) || !first_of_name(c))
            continue;
        baro_output_format(output, "    %s) COMPREPLY=($(compgen -W '", command->name);
        for (unsigned i = 0; i < BARO_OPTION_COUNT; i++)
            if (baro_option_at((baro_option_id)i)->commands & bits_of_name(command->name))
                baro_output_format(output, " --%s", baro_option_at((baro_option_id)i)->name);
        baro_output_text(output, "' -- \"$word\")) ;;\n");
    }
    baro_output_text(output, "    esac\n}\ncomplete -o filenames -F _barometer barometer\n");
}

static void write_zsh(baro_output *output)
{
    baro_output_text(output, "#compdef barometer\nautoload -U +X bashcompinit && bashcompinit\n");
    write_bash(output);
}

/* Text in single quotes for fish, where \ and ' are escaped. */
static void write_fish_text(baro_output *output, const char *text)
{
    for (; *text; text++) {
        char mark[3] = {'\\', *text, 0};
        baro_output_text(output, *text == '\'' || *text == '\\' ? mark : mark + 1);
    }
}

static void write_fish_option(baro_output *output, const baro_option *option, const char *command)
{
    baro_output_format(output, "complete -c barometer -n '__fish_seen_subcommand_from %s' -l %s", command,
                       option->name);
    if (option->letter)
        baro_output_format(output, " -s %c", option->letter);
    if (option->choices) {
        baro_output_text(output, " -xa '");
        write_choices(output, option->choices);
        baro_output_text(output, "'");
    } else if (option->type != BARO_TAKES_NOTHING) {
        baro_output_text(output, option->type == BARO_TAKES_FILE ? " -rF" : " -x");
    }
    baro_output_text(output, " -d '");
    write_fish_text(output, option->help);
    baro_output_text(output, "'\n");
}

static void write_fish(baro_output *output)
{
    for (size_t c = 0; c < baro_commands(); c++) {
        const baro_command *command = baro_command_at(c);
        if (!is_shown(command))
            continue;
        if (command->kind)
            baro_output_format(output, "complete -c barometer -n '__fish_seen_subcommand_from %s' -a %s -d '",
                               command->name, command->kind);
        else
            baro_output_format(output, "complete -c barometer -n __fish_use_subcommand -a %s -d '", command->name);
        write_fish_text(output, command->summary);
        baro_output_text(output, "'\n");
        if (!first_of_name(c))
            continue;
        if (command->kind)
            baro_output_format(output, "complete -c barometer -n __fish_use_subcommand -a %s\n", command->name);
        for (unsigned i = 0; i < BARO_OPTION_COUNT; i++)
            if (baro_option_at((baro_option_id)i)->commands & bits_of_name(command->name))
                write_fish_option(output, baro_option_at((baro_option_id)i), command->name);
    }
}

static const struct {
    const char *name;
    void (*write)(baro_output *output);
} shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};

baro_status baro_command_completion(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    baro_output *output;
    for (size_t i = 0; invocation->n_files == 1 && i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, invocation->files[0]) != 0)
            continue;
        baro_status status = baro_output_open("-", &output, error);
        if (status != BARO_OK)
            return status;
        shells[i].write(output);
        return baro_output_close(output, error);
    }
    return baro_usage(error, "completion: bash, zsh or fish is wanted%s%s", invocation->n_files ? ", not " : "",
                      invocation->n_files ? baro_word_shown(invocation->files[0], arena) : "");
}
