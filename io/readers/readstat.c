#include "io/readers/readstat.h"
#include "io/base/number.h"
#include "io/base/text.h"
#include <math.h>
#include <readstat.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- which files --- */

baro_stat_kind baro_stat_kind_of(const char *bytes, size_t length)
{
    static const char xml[] = "<stata_dta>";
    if (length >= 4 && (memcmp(bytes, "$FL2", 4) == 0 || memcmp(bytes, "$FL3", 4) == 0))
        return BARO_STAT_SAV;
    if (length >= sizeof xml - 1 && memcmp(bytes, xml, sizeof xml - 1) == 0)
        return BARO_STAT_DTA;
    /* before Stata 13: release, byte order, file type 1, 0; no text begins so */
    if (length >= 4 && bytes[0] >= 102 && bytes[0] <= 115 && (bytes[1] == 1 || bytes[1] == 2) && bytes[2] == 1 && bytes[3] == 0)
        return BARO_STAT_DTA;
    return BARO_STAT_NONE;
}

baro_stat_kind baro_stat_kind_of_path(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    if (!dot)
        return BARO_STAT_NONE;
    if (baro_text_same_case_blind(dot, ".sav") || baro_text_same_case_blind(dot, ".zsav"))
        return BARO_STAT_SAV;
    return baro_text_same_case_blind(dot, ".dta") ? BARO_STAT_DTA : BARO_STAT_NONE;
}

const char *baro_stat_kind_name(baro_stat_kind kind)
{
    return kind == BARO_STAT_SAV ? "SPSS" : kind == BARO_STAT_DTA ? "Stata" : "";
}

/* --- what ReadStat reads from: the descriptor by places, or memory --- */

typedef struct {
    const char *memory; /* NULL: the descriptor */
    int descriptor;
    off_t at, size;
} input;

static int open_input(const char *path, void *context)
{
    (void)path;
    ((input *)context)->at = 0;
    return 0;
}

static int close_input(void *context)
{
    (void)context;
    return 0;
}

static readstat_off_t seek_input(readstat_off_t offset, readstat_io_flags_t whence, void *context)
{
    input *in = context;
    off_t from = whence == READSTAT_SEEK_SET ? 0 : whence == READSTAT_SEEK_CUR ? in->at : in->size;
    if (offset > in->size || from + offset < 0 || from + offset > in->size)
        return -1;
    return in->at = from + offset;
}

static ssize_t read_input(void *out, size_t length, void *context)
{
    input *in = context;
    size_t left = (size_t)(in->size - in->at), want = length < left ? length : left, have = 0;
    if (in->memory && want)
        memcpy(out, in->memory + in->at, want);
    for (have = in->memory ? want : 0; have < want;) {
        ssize_t n = pread(in->descriptor, (char *)out + have, want - have, in->at + (off_t)have);
        if (n <= 0)
            return -1;
        have += (size_t)n;
    }
    in->at += (off_t)have;
    return (ssize_t)have;
}

static readstat_error_t say_progress(long size, readstat_progress_handler handler, void *user, void *context)
{
    (void)size;
    (void)handler;
    (void)user;
    (void)context;
    return READSTAT_OK;
}

/* A pipe is read to its end first: ReadStat goes to and fro. */
static baro_status prepare_input(baro_bytes *bytes, baro_error *error, input *out)
{
    struct stat about;
    *out = (input){.descriptor = bytes->descriptor};
    if (fstat(bytes->descriptor, &about) == 0 && S_ISREG(about.st_mode)) {
        out->size = about.st_size;
        return BARO_OK;
    }
    baro_status status = BARO_OK;
    for (size_t want = (size_t)1 << 20; status == BARO_OK && !bytes->ended; want *= 2)
        status = baro_bytes_hold(bytes, want, error);
    out->memory = bytes->held + bytes->at;
    out->size = (off_t)(bytes->end - bytes->at);
    return status;
}

/* --- reading --- */

typedef struct {
    baro_stat_variable is;
    const char *set; /* name of its value labels, NULL without */
    baro_stat_range *ranges;
} variable;

typedef struct {
    const char *set;
    baro_stat_label is;
} set_label;

typedef struct {
    baro_bytes *bytes;
    input in;
    baro_stat_kind kind;
    baro_error *error;
    baro_status status; /* why a callback ended the reading */
    baro_arena *arena;
    /* the dictionary */
    baro_stat_dictionary *out;
    variable *variables;
    set_label *labels; /* malloc */
    size_t n_variables, n_seen, n_labels, labels_room;
    size_t set_length; /* bytes that the name of a set of labels takes at most; a damaged file may lack its end */
    /* the values */
    const baro_stat_dictionary *dictionary;
    const bool *wanted;
    baro_stat_take *take;
    void *context;
    size_t records;    /* begun */
    size_t at;         /* variable that was read last */
} reading;

static int stop(reading *r, baro_status status)
{
    r->status = status;
    return READSTAT_HANDLER_ABORT;
}

static const struct {
    readstat_error_t error;
    const char *words;
} faults[] = {
    {READSTAT_ERROR_READ, "the file ends too early; it was cut off, copy it again"},
    {READSTAT_ERROR_SEEK, "the file ends too early; it was cut off, copy it again"},
    {READSTAT_ERROR_ROW_COUNT_MISMATCH, "the file holds fewer records than it says; it was cut off, copy it again"},
    {READSTAT_ERROR_ROW_WIDTH_MISMATCH, "a record has another length than the variables say; the file is damaged, save it anew"},
    {READSTAT_ERROR_CONVERT_BAD_STRING, "a text does not fit the encoding that the file says; save it anew, in Unicode"},
    {READSTAT_ERROR_CONVERT, "a text does not fit the encoding that the file says; save it anew, in Unicode"},
    {READSTAT_ERROR_UNSUPPORTED_CHARSET, "the file's encoding is not known; save it anew, in Unicode"},
    {READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION, "a version of the format that cannot be read; save it for an older version, or as CSV"},
    {READSTAT_ERROR_UNSUPPORTED_COMPRESSION, "a compression that cannot be read; save it uncompressed, or as CSV"},
    {READSTAT_ERROR_MALLOC, "the file asks for more memory than there is; it is damaged, or too large"},
};

static baro_status report(reading *r, readstat_error_t why)
{
    if (r->status != BARO_OK)
        return r->status;
    const char *words = "the file is damaged; copy it again, or save it anew";
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].error == why)
            words = faults[i].words;
    return baro_fault_add(r->error, BARO_BAD_DATA, (baro_where_it_is){r->bytes->name, r->records, 0}, "%s file: %s",
                          baro_stat_kind_name(r->kind), words);
}

static readstat_parser_t *make_parser(reading *r)
{
    readstat_parser_t *parser = readstat_parser_init();
    if (!parser)
        return NULL;
    readstat_set_open_handler(parser, open_input);
    readstat_set_close_handler(parser, close_input);
    readstat_set_seek_handler(parser, seek_input);
    readstat_set_read_handler(parser, read_input);
    readstat_set_update_handler(parser, say_progress);
    readstat_set_io_ctx(parser, &r->in);
    return parser;
}

static readstat_error_t parse(reading *r, readstat_parser_t *parser)
{
    return r->kind == BARO_STAT_SAV ? readstat_parse_sav(parser, r->bytes->name, r) : readstat_parse_dta(parser, r->bytes->name, r);
}

/* A text of the file without the spaces behind; "" when it is no UTF-8. NULL without memory. */
static const char *text_of(reading *r, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    if (length && baro_text_valid(text, length) != length)
        length = 0;
    while (length && text[length - 1] == ' ')
        length--;
    return length ? baro_arena_text(r->arena, text, length) : "";
}

/* --- the dictionary --- */

static int take_metadata(readstat_metadata_t *metadata, void *context)
{
    reading *r = context;
    int n = readstat_get_var_count(metadata), rows = readstat_get_row_count(metadata);
    if (n < 0 || r->variables)
        return stop(r, BARO_NO_MEMORY);
    int version = readstat_get_file_format_version(metadata);
    r->set_length = r->kind == BARO_STAT_SAV ? 64 : version < 110 ? 9 : version < 118 ? 33 : 129;
    r->variables = BARO_ARRAY(r->arena, variable, (size_t)n);
    r->n_variables = (size_t)n;
    r->out->records = rows < 0 ? SIZE_MAX : (size_t)rows;
    r->out->title = text_of(r, readstat_get_file_label(metadata));
    return r->variables && r->out->title ? READSTAT_HANDLER_OK : stop(r, BARO_NO_MEMORY);
}

static bool is_number(readstat_value_t value)
{
    return readstat_value_type_class(value) == READSTAT_TYPE_CLASS_NUMERIC;
}

/* The text of a cell that holds the number. */
static const char *code_of(reading *r, double x, char tag)
{
    char text[BARO_NUMBER_TEXT];
    if (tag)
        return baro_arena_format(r->arena, ".%c", tag);
    if (!isfinite(x))
        return "";
    return baro_arena_text(r->arena, text, baro_number_write_exact(x, text));
}

static bool take_ranges(reading *r, readstat_variable_t *from, variable *to)
{
    int n = readstat_variable_get_missing_ranges_count(from);
    to->ranges = BARO_ARRAY(r->arena, baro_stat_range, n > 0 ? (size_t)n : 0);
    if (!to->ranges)
        return false;
    for (int i = 0; i < n; i++) {
        readstat_value_t low = readstat_variable_get_missing_range_lo(from, i), high = readstat_variable_get_missing_range_hi(from, i);
        baro_stat_range *range = &to->ranges[to->is.n_missing++];
        *range = (baro_stat_range){NAN, NAN, NULL};
        if (is_number(low)) {
            range->from = readstat_double_value(low);
            range->to = readstat_double_value(high);
        } else {
            range->text = text_of(r, readstat_string_value(low));
            if (!range->text)
                return false;
        }
    }
    to->is.missing = to->ranges;
    return true;
}

static size_t bounded(const char *text, size_t most)
{
    const char *end = memchr(text, '\0', most);
    return end ? (size_t)(end - text) : most;
}

static int take_variable(int index, readstat_variable_t *from, const char *set, void *context)
{
    static const baro_stat_level levels[] = {[READSTAT_MEASURE_NOMINAL] = BARO_LEVEL_NOMINAL, [READSTAT_MEASURE_ORDINAL] = BARO_LEVEL_ORDINAL,
                                             [READSTAT_MEASURE_SCALE] = BARO_LEVEL_SCALE};
    reading *r = context;
    if (index < 0 || (size_t)index >= r->n_variables)
        return stop(r, report(r, READSTAT_ERROR_PARSE));
    variable *to = &r->variables[index];
    const char *format = readstat_variable_get_format(from);
    unsigned level = (unsigned)readstat_variable_get_measure(from);
    to->is.name = text_of(r, readstat_variable_get_name(from));
    to->is.label = text_of(r, readstat_variable_get_label(from));
    to->set = set ? baro_arena_text(r->arena, set, bounded(set, r->set_length)) : NULL;
    to->is.is_text = readstat_variable_get_type_class(from) == READSTAT_TYPE_CLASS_STRING;
    if (!to->is.is_text && format)
        to->is.date = r->kind == BARO_STAT_SAV ? baro_date_of_spss(format) : baro_date_of_stata(format);
    to->is.level = level < sizeof levels / sizeof *levels ? levels[level] : BARO_LEVEL_UNKNOWN;
    r->n_seen++;
    return to->is.name && to->is.label && (to->set || !set) && take_ranges(r, from, to) ? READSTAT_HANDLER_OK : stop(r, BARO_NO_MEMORY);
}

static int take_weight(readstat_variable_t *from, void *context)
{
    reading *r = context;
    r->out->weight = text_of(r, readstat_variable_get_name(from));
    return r->out->weight ? READSTAT_HANDLER_OK : stop(r, BARO_NO_MEMORY);
}

static int take_label(const char *set, readstat_value_t value, const char *label, void *context)
{
    reading *r = context;
    if (r->n_labels == r->labels_room) {
        size_t room = r->labels_room ? 2 * r->labels_room : 64;
        set_label *grown = room > SIZE_MAX / sizeof *grown ? NULL : realloc(r->labels, room * sizeof *grown);
        if (!grown)
            return stop(r, BARO_NO_MEMORY);
        r->labels = grown;
        r->labels_room = room;
    }
    set_label *to = &r->labels[r->n_labels++];
    char tag = readstat_value_is_tagged_missing(value) ? readstat_value_tag(value) : '\0';
    *to = (set_label){.set = baro_arena_string(r->arena, set), .is.number = is_number(value) && !tag ? readstat_double_value(value) : NAN};
    to->is.label = text_of(r, label);
    to->is.code = is_number(value) ? code_of(r, to->is.number, tag) : text_of(r, readstat_string_value(value));
    return to->set && to->is.label && to->is.code ? READSTAT_HANDLER_OK : stop(r, BARO_NO_MEMORY);
}

/* Labels to their variables. Labels of one set stand together in the file; sets are few. */
static baro_status join_labels(reading *r)
{
    baro_stat_label *all = BARO_ARRAY(r->arena, baro_stat_label, r->n_labels);
    baro_stat_variable *variables = BARO_ARRAY(r->arena, baro_stat_variable, r->n_seen);
    if (!all || !variables)
        return BARO_NO_MEMORY;
    for (size_t i = 0; i < r->n_labels; i++)
        all[i] = r->labels[i].is;
    for (size_t i = 0; i < r->n_seen; i++) {
        baro_stat_variable *to = &variables[i];
        *to = r->variables[i].is;
        if (!to->name)
            return report(r, READSTAT_ERROR_PARSE);
        for (size_t k = 0; r->variables[i].set && k < r->n_labels; k++) {
            if (strcmp(r->labels[k].set, r->variables[i].set) != 0) {
                if (to->n_labels)
                    break;
                continue;
            }
            to->labels = to->n_labels ? to->labels : &all[k];
            to->n_labels++;
        }
    }
    r->out->variables = variables;
    r->out->n = r->n_seen;
    return BARO_OK;
}

/* From Stata 13 on a file says where it ends; ReadStat does not miss value labels that were cut off. */
static bool is_whole(const reading *r)
{
    static const char begin[] = "<stata_dta>", end[] = "</stata_dta>";
    char text[sizeof end];
    input in = r->in;
    if (read_input(text, sizeof begin - 1, &in) != sizeof begin - 1 || memcmp(text, begin, sizeof begin - 1) != 0)
        return true;
    if (seek_input(-(off_t)(sizeof end - 1), READSTAT_SEEK_END, &in) < 0 || read_input(text, sizeof end - 1, &in) != sizeof end - 1)
        return false;
    return memcmp(text, end, sizeof end - 1) == 0;
}

baro_status baro_stat_read_dictionary(baro_bytes *bytes, baro_stat_kind kind, baro_arena *arena, baro_error *error,
                                      baro_stat_dictionary *out)
{
    *out = (baro_stat_dictionary){.kind = kind, .title = "", .records = SIZE_MAX};
    reading r = {.bytes = bytes, .kind = kind, .error = error, .arena = arena, .out = out};
    baro_status status = prepare_input(bytes, error, &r.in);
    if (status == BARO_OK && !is_whole(&r))
        status = report(&r, READSTAT_ERROR_READ);
    readstat_parser_t *parser = status == BARO_OK ? make_parser(&r) : NULL;
    if (!parser)
        return status == BARO_OK ? BARO_NO_MEMORY : status;
    readstat_set_metadata_handler(parser, take_metadata);
    readstat_set_variable_handler(parser, take_variable);
    readstat_set_fweight_handler(parser, take_weight);
    readstat_set_value_label_handler(parser, take_label);
    readstat_error_t why = parse(&r, parser);
    readstat_parser_free(parser);
    if (r.status != BARO_OK) /* ReadStat goes on after some handlers that stop */
        status = r.status;
    else
        status = why == READSTAT_OK ? join_labels(&r) : report(&r, why);
    free(r.labels);
    if (status == BARO_OK && out->n == 0)
        status = baro_fault_add(error, BARO_BAD_DATA, (baro_where_it_is){bytes->name, 0, 0}, "%s file: no variables",
                                baro_stat_kind_name(kind));
    return status;
}

/* --- the values --- */

static int choose_variable(int index, readstat_variable_t *from, const char *set, void *context)
{
    const reading *r = context;
    (void)from;
    (void)set;
    return index >= 0 && (size_t)index < r->dictionary->n && r->wanted[index] ? READSTAT_HANDLER_OK : READSTAT_HANDLER_SKIP_VARIABLE;
}

static baro_status report_text(reading *r)
{
    char shown[BARO_QUOTE_ROOM];
    const char *name = r->dictionary->variables[r->at].name;
    return baro_fault_add(r->error, BARO_BAD_DATA, (baro_where_it_is){r->bytes->name, r->records, r->at + 1},
                          "%s file: a text does not fit the encoding that the file says (variable %s); save it anew, in Unicode",
                          baro_stat_kind_name(r->kind), baro_text_quote(name, strlen(name), shown, sizeof shown));
}

static int take_value(int record, readstat_variable_t *from, readstat_value_t value, void *context)
{
    reading *r = context;
    int index = readstat_variable_get_index(from);
    if (record < 0 || index < 0 || (size_t)index >= r->dictionary->n)
        return stop(r, report(r, READSTAT_ERROR_PARSE));
    r->records = (size_t)record + 1;
    r->at = (size_t)index;
    baro_stat_cell cell = {.number = NAN};
    if (!is_number(value)) {
        cell.text = readstat_string_value(value) ? readstat_string_value(value) : "";
        cell.length = strlen(cell.text);
        while (cell.length && cell.text[cell.length - 1] == ' ')
            cell.length--;
    } else if (readstat_value_is_tagged_missing(value)) {
        cell.tag = readstat_value_tag(value);
    } else if (!readstat_value_is_system_missing(value)) {
        cell.number = readstat_double_value(value);
        cell.is_float = readstat_value_type(value) == READSTAT_TYPE_FLOAT;
    }
    if (cell.text && baro_text_valid(cell.text, cell.length) != cell.length)
        return stop(r, report_text(r));
    baro_status status = r->take(r->context, (size_t)record, (size_t)index, &cell);
    return status == BARO_OK ? READSTAT_HANDLER_OK : stop(r, status);
}

baro_status baro_stat_read_values(baro_bytes *bytes, const baro_stat_dictionary *dictionary, const bool *wanted,
                                  baro_stat_take *take, void *context, baro_error *error)
{
    reading r = {.bytes = bytes, .kind = dictionary->kind, .error = error, .dictionary = dictionary, .wanted = wanted, .take = take, .context = context};
    baro_status status = prepare_input(bytes, error, &r.in);
    readstat_parser_t *parser = status == BARO_OK ? make_parser(&r) : NULL;
    if (!parser)
        return status == BARO_OK ? BARO_NO_MEMORY : status;
    readstat_set_variable_handler(parser, choose_variable);
    readstat_set_value_handler(parser, take_value);
    readstat_error_t why = parse(&r, parser);
    readstat_parser_free(parser);
    if (why != READSTAT_OK || r.status != BARO_OK)
        return report(&r, why);
    if (dictionary->records != SIZE_MAX && r.records < dictionary->records)
        return report(&r, READSTAT_ERROR_ROW_COUNT_MISMATCH);
    return BARO_OK;
}
