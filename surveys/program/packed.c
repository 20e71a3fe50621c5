#include "surveys/program/packed.h"
#include "io/base/text.h"
#include "surveys/model/areas.h"
#include "surveys/program/words.h"
#include "surveys/program/written.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* ---- what is read ---- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_taken(const baro_pack_sources *sources, const char *name)
{
    for (size_t i = 0; i < sources->n; i++)
        if (strcmp(sources->item[i].name, name) == 0)
            return true;
    return false;
}

/* "wave.csv", "wave-2.csv" */
static const char *free_name(const baro_pack_sources *sources, const char *path, baro_arena *arena)
{
    const char *base = base_name(path), *name = base, *dot = strrchr(base, '.');
    int stem = (int)(dot && dot != base ? (size_t)(dot - base) : strlen(base));
    for (size_t k = 2; name && is_taken(sources, name); k++)
        name = baro_arena_format(arena, "%.*s-%zu%s", stem, base, k, base + stem);
    return name;
}

static baro_status add(baro_pack_sources *sources, const char *role, const char *path, baro_arena *arena)
{
    for (size_t i = 0; i < sources->n; i++)
        if (strcmp(sources->item[i].path, path) == 0)
            return BARO_OK;
    if (sources->n == sources->room) {
        size_t room = 2 * sources->room + 16;
        baro_pack_source *more = BARO_ARRAY(arena, baro_pack_source, room);
        if (!more)
            return BARO_NO_MEMORY;
        if (sources->n > 0)
            memcpy(more, sources->item, sources->n * sizeof *more);
        sources->item = more;
        sources->room = room;
    }
    const char *name = NULL;
    for (size_t i = 0; i < sources->n_known && !name; i++)
        if (strcmp(sources->known[i].path, path) == 0)
            name = sources->known[i].name;
    name = name ? name : free_name(sources, path, arena);
    if (!name)
        return BARO_NO_MEMORY;
    sources->item[sources->n++] = (baro_pack_source){.path = path, .role = role, .name = name};
    return BARO_OK;
}

bool baro_pack_is_definition(const char *role)
{
    return strcmp(role, "survey") == 0 || strcmp(role, "extends") == 0 || strcmp(role, "areas") == 0;
}

/* A path of a survey file, by its place beside that file or among the definitions. */
static baro_status add_survey(baro_pack_sources *sources, const baro_survey *survey, baro_arena *arena)
{
    baro_status status = survey->path ? add(sources, "survey", survey->path, arena) : BARO_OK;
    for (size_t i = 0; i < survey->extended.n && status == BARO_OK; i++)
        status = add(sources, "extends", survey->extended.item[i], arena);
    for (size_t i = 0; i < survey->n_groups && status == BARO_OK; i++) {
        const baro_areas *lists[] = {survey->groups[i].area_list, survey->groups[i].tiles};
        for (size_t k = 0; k < 2 && status == BARO_OK; k++)
            status = lists[k] ? add(sources, "areas", lists[k]->path, arena) : BARO_OK;
    }
    if (status == BARO_OK && survey->calibration.margins)
        status = add(sources, "targets", survey->calibration.margins, arena);
    if (status == BARO_OK && survey->calibration.path && survey->calibration.path != survey->path)
        status = add(sources, "calibration", survey->calibration.path, arena);
    return status;
}

baro_status baro_pack_sources_of(const baro_invocation *invocation, const baro_survey *survey, baro_arena *arena,
                                 baro_pack_sources *out)
{
    baro_status status = BARO_OK;
    for (size_t i = 0; i < invocation->n_files && status == BARO_OK; i++)
        status = add(out, "data", invocation->files[i], arena);
    if (status == BARO_OK)
        status = add_survey(out, survey, arena);
    const char *logo = baro_value_of(invocation, BARO_OPTION_LOGO), *since = baro_value_of(invocation, BARO_OPTION_SINCE);
    if (status == BARO_OK && logo)
        status = add(out, "logo", logo, arena);
    if (status == BARO_OK && since) {
        size_t length = strlen(since);
        const char *slash = length && since[length - 1] == '/' ? "" : "/";
        const char *path = baro_arena_format(arena, "%s%s" BARO_MANIFEST, since, slash);
        status = path ? add(out, "since", path, arena) : BARO_NO_MEMORY;
    }
    return status;
}

/* ---- the command ---- */

/* Options that say where and how, not what: the same pack comes out whatever they are. */
static bool is_of_manners(baro_option_id id)
{
    static const baro_option_id ids[] = {BARO_OPTION_OUTPUT, BARO_OPTION_FORCE,   BARO_OPTION_THREADS,
                                         BARO_OPTION_QUIET,  BARO_OPTION_VERBOSE, BARO_OPTION_DRY_RUN,
                                         BARO_OPTION_SHOW_VALUES};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (ids[i] == id)
            return true;
    return false;
}

static const char *name_of(const baro_pack_sources *sources, const char *path)
{
    for (size_t i = 0; i < sources->n; i++)
        if (strcmp(sources->item[i].path, path) == 0)
            return sources->item[i].name;
    return base_name(path);
}

/* A name inside an option whose parts are told by marks. */
static const char *quoted(const char *name, baro_arena *arena)
{
    if (!strpbrk(name, ",=\""))
        return name;
    char *out = baro_arena_array(arena, 2 * strlen(name) + 3, 1);
    size_t n = 0;
    for (const char *c = name; out && *c; c++) {
        if (c == name)
            out[n++] = '"';
        if (*c == '"')
            out[n++] = '"';
        out[n++] = *c;
    }
    if (out)
        out[n] = '"';
    return out;
}

static const char *name_of_survey(const baro_pack_sources *sources, const char *survey)
{
    return baro_survey_is_path(survey) ? name_of(sources, survey) : survey;
}

static const char *part_words(const baro_pack_sources *sources, const char *value, baro_arena *arena)
{
    baro_words words;
    if (baro_words_cut("--part", value, "=,", arena, &words, NULL))
        return NULL;
    const char *text = quoted(name_of_survey(sources, words.item[0].text), arena);
    for (size_t i = 1; i < words.n && text; i++) {
        const char *name = quoted(name_of(sources, words.item[i].text), arena);
        text = name ? baro_arena_format(arena, "%s%c%s", text, i == 1 ? '=' : ',', name) : NULL;
    }
    return text;
}

static const char *value_words(const baro_pack_sources *sources, const baro_given *given, baro_arena *arena)
{
    if (given->id == BARO_OPTION_SURVEY)
        return name_of_survey(sources, given->value);
    if (given->id == BARO_OPTION_PART)
        return part_words(sources, given->value, arena);
    if (given->id == BARO_OPTION_SINCE) { /* the folder's own name, with or without a slash at its end */
        char *copy = baro_arena_string(arena, given->value);
        for (size_t n = copy ? strlen(copy) : 0; n > 1 && copy[n - 1] == '/'; n--)
            copy[n - 1] = '\0';
        return copy ? base_name(copy) : NULL;
    }
    return baro_option_at(given->id)->type == BARO_TAKES_FILE ? name_of(sources, given->value) : given->value;
}

static baro_status write_command(const baro_invocation *invocation, const baro_pack_sources *sources, baro_arena *arena,
                                 baro_manifest *out)
{
    const char **word = BARO_ARRAY(arena, const char *, invocation->n_given + invocation->n_files + 2);
    bool dashed = false;
    size_t n = 0;
    if (!word)
        return BARO_NO_MEMORY;
    word[n++] = "report";
    for (size_t i = 0; i < invocation->n_given; i++) {
        const baro_given *given = &invocation->given[i];
        const baro_option *option = baro_option_at(given->id);
        if (is_of_manners(given->id))
            continue;
        const char *value = value_words(sources, given, arena);
        word[n] = option->type == BARO_TAKES_NOTHING ? baro_arena_format(arena, "--%s", option->name)
                  : value                            ? baro_arena_format(arena, "--%s=%s", option->name, value)
                                                     : NULL;
        if (!word[n++])
            return BARO_NO_MEMORY;
    }
    for (size_t i = 0; i < invocation->n_files; i++)
        dashed = dashed || name_of(sources, invocation->files[i])[0] == '-';
    if (dashed)
        word[n++] = "--";
    for (size_t i = 0; i < invocation->n_files; i++)
        word[n++] = name_of(sources, invocation->files[i]);
    out->command = word;
    out->n_command = n;
    return BARO_OK;
}

/* What a manifest and a page can hold. */
static baro_status check_words(const baro_manifest *manifest, baro_error *error)
{
    for (size_t i = 0; i < manifest->n_command; i++) {
        const char *word = manifest->command[i];
        if (baro_text_valid(word, strlen(word)) != strlen(word) || baro_text_has_control(word, strlen(word)))
            return baro_usage(error, "an option or the name of a file holds a control character or bytes that are not "
                                     "UTF-8, which a pack cannot name");
    }
    return BARO_OK;
}

baro_status baro_pack_manifest(const baro_invocation *invocation, const baro_pack_sources *sources, baro_arena *arena,
                               baro_manifest *out, baro_error *error)
{
    baro_pack_input *input = BARO_ARRAY(arena, baro_pack_input, sources->n + 1);
    baro_status status = input ? BARO_OK : BARO_NO_MEMORY;
    *out = (baro_manifest){.version = BARO_VERSION, .input = input, .seed = baro_value_of(invocation, BARO_OPTION_SEED)};
    for (size_t i = 0; i < sources->n && status == BARO_OK; i++) {
        const baro_pack_source *source = &sources->item[i];
        input[i] = (baro_pack_input){.role = source->role, .name = source->name};
        status = baro_sha256_file(source->path, input[i].sum, &input[i].bytes, error);
    }
    out->n_inputs = sources->n;
    if (status)
        return status;
    if (!sources->command) {
        status = write_command(invocation, sources, arena, out);
        return status ? status : check_words(out, error);
    }
    out->command = sources->command;
    out->n_command = sources->n_command;
    return BARO_OK;
}

/* ---- the logo ---- */

enum { LOGO_MOST = 2 << 20 };

baro_status baro_pack_logo_of(const baro_invocation *invocation, baro_arena *arena, bool *has, baro_pack_logo *out,
                              baro_error *error)
{
    const char *path = baro_value_of(invocation, BARO_OPTION_LOGO);
    baro_picture kind;
    *has = path != NULL;
    if (!path)
        return BARO_OK;
    if (!baro_picture_of_path(path, &kind) || kind == BARO_PDF)
        return baro_usage(error, "--logo %s: a logo ends in .svg or .png", baro_word_shown(path, arena));
    FILE *file = fopen(path, "rb");
    char *bytes = file ? baro_arena_array(arena, LOGO_MOST, 1) : NULL;
    size_t length = bytes ? fread(bytes, 1, LOGO_MOST, file) : 0;
    bool whole = bytes && !ferror(file) && length < LOGO_MOST;
    if (file)
        fclose(file);
    if (!file || !whole)
        return baro_fault_add(error, BARO_NO_INPUT, (baro_where_it_is){.source = path}, "%s",
                              file ? "cannot be read, or is 2 MB or more" : "cannot open");
    *out = (baro_pack_logo){kind == BARO_SVG ? "image/svg+xml" : "image/png", bytes, length};
    return BARO_OK;
}

baro_status baro_pack_dry_run(const baro_pack_sources *sources, const char *folder, baro_arena *arena, baro_error *error)
{
    baro_output *output;
    baro_status status = baro_output_open("-", &output, error);
    if (status)
        return status;
    for (size_t i = 0; i < sources->n; i++)
        baro_output_format(output, "would read %s\n", baro_word_shown(sources->item[i].path, arena));
    baro_output_format(output, "would write the folder %s\n", baro_word_shown(folder, arena));
    return baro_output_close(output, error);
}
