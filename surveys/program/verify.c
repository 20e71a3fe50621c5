/* `verify`: is a pack what its manifest says, and do the data give it again? */
#define _XOPEN_SOURCE 700 /* nftw, mkdtemp */
#include "surveys/publishing/verify.h"
#include "surveys/program/packed.h"
#include "surveys/program/words.h"
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const baro_invocation *invocation;
    baro_arena *arena;
    baro_error *error;
    const char *folder;
    baro_manifest manifest;
    baro_output *output;
    const char **given; /* [n_given] files behind the folder; of an older pack its manifest */
    size_t n_given;
    char (*sum)[BARO_SHA256_TEXT]; /* [n_given] */
    baro_pack_source *known;       /* [inputs] the manifest's names and where they are; path NULL: not given */
} checking;

/* ---- the files ---- */

static baro_status say_findings(checking *c, const baro_file_findings *found)
{
    for (size_t i = 0; i < found->n; i++)
        baro_output_format(c->output, "%s: %s\n", baro_word_shown(found->item[i].path, c->arena),
                           baro_file_fault_words(found->item[i].fault));
    if (found->n == 0)
        baro_output_format(c->output, "%zu files are as they were written\n", c->manifest.n_files);
    return found->n ? BARO_NO : BARO_OK;
}

/* ---- the data ---- */

static baro_status sum_given(checking *c)
{
    size_t n = c->invocation->n_files - 1;
    c->given = BARO_ARRAY(c->arena, const char *, n + 1);
    c->sum = baro_arena_array(c->arena, n + 1, BARO_SHA256_TEXT);
    if (!c->given || !c->sum)
        return BARO_NO_MEMORY;
    baro_status status = BARO_OK;
    for (size_t i = 0; i < n && status == BARO_OK; i++) {
        struct stat what;
        const char *path = c->invocation->files[i + 1];
        if (stat(path, &what) == 0 && S_ISDIR(what.st_mode))
            path = baro_arena_format(c->arena, "%s/" BARO_MANIFEST, path);
        c->given[i] = path;
        status = path ? baro_sha256_file(path, c->sum[i], NULL, c->error) : BARO_NO_MEMORY;
    }
    c->n_given = n;
    return status;
}

/* Survey files and lists of areas need not be given: the pack holds a copy of each. */
static const char *find_copy(const checking *c, const baro_pack_input *input)
{
    char sum[BARO_SHA256_TEXT];
    const char *path = baro_arena_format(c->arena, "%s/definitions/%s", c->folder, input->name);
    return path && baro_sha256_file(path, sum, NULL, NULL) == BARO_OK && strcmp(sum, input->sum) == 0 ? path : NULL;
}

static baro_status match_inputs(checking *c)
{
    bool all = true;
    c->known = BARO_ARRAY(c->arena, baro_pack_source, c->manifest.n_inputs + 1);
    if (!c->known)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < c->manifest.n_inputs; i++) {
        const baro_pack_input *input = &c->manifest.input[i];
        c->known[i] = (baro_pack_source){.role = input->role, .name = input->name};
        for (size_t k = 0; k < c->n_given && !c->known[i].path; k++)
            if (strcmp(c->sum[k], input->sum) == 0)
                c->known[i].path = c->given[k];
        if (!c->known[i].path && baro_pack_is_definition(input->role))
            c->known[i].path = find_copy(c, input);
        if (c->known[i].path)
            continue;
        all = false;
        baro_output_format(c->output, "%s (%s): no file given has its sum; what the data give was not looked at\n",
                           baro_word_shown(input->name, c->arena), baro_word_shown(input->role, c->arena));
    }
    return all ? BARO_OK : BARO_NO;
}

/* Where the input of that name is; a survey may be named by its id. */
static const char *path_of(const checking *c, const char *name)
{
    const char *file = baro_arena_format(c->arena, "%s.yaml", name);
    for (size_t i = 0; i < c->manifest.n_inputs; i++) {
        const baro_pack_source *known = &c->known[i];
        bool by_id = strcmp(known->role, "survey") == 0 && file && strcmp(known->name, file) == 0;
        if ((strcmp(known->name, name) == 0 || by_id) && strcmp(known->role, "since") != 0)
            return known->path;
    }
    return name;
}

/* ---- made again ---- */

/* Names in double quotes where they hold a mark. */
static const char *quoted(const char *path, baro_arena *arena)
{
    return strpbrk(path, ",=") ? baro_arena_format(arena, "\"%s\"", path) : path;
}

static const char *part_with_paths(const checking *c, const char *value)
{
    baro_words words;
    if (baro_words_cut("--part", value, "=,", c->arena, &words, NULL) || words.n == 0)
        return NULL;
    const char *text = quoted(path_of(c, words.item[0].text), c->arena);
    for (size_t i = 1; i < words.n && text; i++)
        text = baro_arena_format(c->arena, "%s%c%s", text, i == 1 ? '=' : ',',
                                 quoted(path_of(c, words.item[i].text), c->arena));
    return text;
}

/* The value of an option with paths for the names of inputs. */
static const char *value_with_paths(const checking *c, const baro_given *given)
{
    if (given->id == BARO_OPTION_PART)
        return part_with_paths(c, given->value);
    if (given->id != BARO_OPTION_SINCE)
        return baro_option_at(given->id)->type == BARO_TAKES_FILE ? path_of(c, given->value) : given->value;
    for (size_t i = 0; i < c->manifest.n_inputs; i++)
        if (strcmp(c->known[i].role, "since") == 0) {
            size_t length = strlen(c->known[i].path), name = strlen("/" BARO_MANIFEST);
            return length > name ? baro_arena_text(c->arena, c->known[i].path, length - name) : ".";
        }
    return given->value;
}

/* The manifest's command, understood, with paths for names and another folder. */
static baro_status read_command(const checking *c, const char *into, baro_invocation *out)
{
    size_t n = c->manifest.n_command;
    char **argument = BARO_ARRAY(c->arena, char *, n + 3);
    if (!argument)
        return BARO_NO_MEMORY;
    argument[0] = baro_arena_string(c->arena, "barometer");
    for (size_t i = 0; i < n; i++)
        argument[i + 1] = baro_arena_string(c->arena, c->manifest.command[i]);
    baro_status status = baro_invocation_read((int)n + 1, argument, c->arena, out, c->error);
    if (status)
        return status;
    if (!out->command || out->command->bit != BARO_IN_REPORT || out->help || out->version)
        return baro_fault_add(c->error, BARO_BAD_DATA, (baro_where_it_is){.source = c->folder},
                              "the manifest's command is no report");
    baro_given *given = BARO_ARRAY(c->arena, baro_given, out->n_given + 1);
    const char **file = BARO_ARRAY(c->arena, const char *, out->n_files + 1);
    if (!given || !file)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < out->n_given; i++) {
        given[i] = (baro_given){out->given[i].id, value_with_paths(c, &out->given[i])};
        if (!given[i].value)
            return BARO_NO_MEMORY;
    }
    given[out->n_given++] = (baro_given){BARO_OPTION_OUTPUT, into};
    for (size_t i = 0; i < out->n_files; i++)
        file[i] = path_of(c, out->files[i]);
    out->given = given;
    out->files = file;
    out->threads = baro_threads_of(c->invocation);
    return BARO_OK;
}

static int remove_one(const char *path, const struct stat *what, int flag, struct FTW *walk)
{
    (void)what;
    (void)walk;
    return flag == FTW_DP || flag == FTW_D ? rmdir(path) : unlink(path);
}

static baro_status make_again(checking *c, const char *private)
{
    const char *into = baro_arena_format(c->arena, "%s/pack", private);
    const baro_pack_sources known = {.known = c->known,
                                     .n_known = c->manifest.n_inputs,
                                     .command = c->manifest.command,
                                     .n_command = c->manifest.n_command};
    baro_invocation invocation;
    baro_file_findings found;
    baro_status status = into ? read_command(c, into, &invocation) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_report_again(&invocation, &known, c->arena, c->error);
    if (status == BARO_OK)
        status = baro_folder_compare(into, &c->manifest, c->arena, &found, c->error);
    if (status)
        return status;
    static const char *const words[] = {[BARO_FILE_MISSING] = "the data give no such file",
                                        [BARO_FILE_EXTRA] = "the data give it, and the manifest does not name it",
                                        [BARO_FILE_CHANGED] = "the data give other bytes",
                                        [BARO_FILE_UNREADABLE] = "cannot be read"};
    for (size_t i = 0; i < found.n; i++)
        baro_output_format(c->output, "%s: %s\n", baro_word_shown(found.item[i].path, c->arena),
                           words[found.item[i].fault]);
    if (found.n == 0)
        baro_output_text(c->output, "the data give the same bytes\n");
    return found.n ? BARO_NO : BARO_OK;
}

static baro_status check_data(checking *c)
{
    const char *temporary = getenv("TMPDIR");
    char *private = baro_arena_format(c->arena, "%s/barometer-XXXXXX", temporary && *temporary ? temporary : "/tmp");
    baro_status status = private ? sum_given(c) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = match_inputs(c);
    if (status)
        return status;
    if (strcmp(c->manifest.version, BARO_VERSION) != 0)
        baro_output_format(c->output, "made with version %s, and this is %s\n",
                           baro_word_shown(c->manifest.version, c->arena), BARO_VERSION);
    if (!mkdtemp(private))
        return baro_fault_add(c->error, BARO_CANNOT_CREATE, (baro_where_it_is){.source = private},
                              "cannot make a folder for comparing");
    status = make_again(c, private);
    nftw(private, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return status;
}

static baro_status check(checking *c)
{
    const char *path = baro_arena_format(c->arena, "%s/" BARO_MANIFEST, c->folder);
    baro_file_findings found;
    baro_status status = path ? baro_manifest_read(path, c->arena, &c->manifest, c->error) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_folder_compare(c->folder, &c->manifest, c->arena, &found, c->error);
    if (status == BARO_OK)
        status = say_findings(c, &found);
    if ((status == BARO_OK || status == BARO_NO) && c->invocation->n_files > 1) {
        baro_status data = check_data(c);
        status = data != BARO_OK ? data : status;
    }
    return status;
}

baro_status baro_command_verify(const baro_invocation *invocation, baro_arena *arena, baro_error *error)
{
    checking c = {.invocation = invocation, .arena = arena, .error = error};
    if (invocation->n_files == 0)
        return baro_usage(error, "verify: a pack is wanted, as in: barometer verify pack/");
    size_t length = strlen(invocation->files[0]);
    while (length > 1 && invocation->files[0][length - 1] == '/')
        length--;
    c.folder = baro_arena_text(arena, invocation->files[0], length);
    if (!c.folder)
        return BARO_NO_MEMORY;
    const char *path = baro_value_of(invocation, BARO_OPTION_OUTPUT);
    baro_status status = baro_output_open(path ? path : "-", &c.output, error);
    if (status)
        return status;
    status = check(&c);
    if (status != BARO_OK && status != BARO_NO) {
        baro_output_abandon(c.output);
        return status;
    }
    baro_status closed = baro_output_close(c.output, error);
    return closed ? closed : status;
}
