/* What was said of replicate weights, and which columns it names. */
#include "surveys/binding/internal.h"
#include "surveys/binding/replicates.h"
#include "io/base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static baro_status misfit(baro_binding *binding, const char *message)
{
    baro_position at = binding->survey->replicates.at;
    return baro_fault_add(binding->error, at.line ? BARO_BAD_SURVEY : BARO_USAGE, baro_binding_place(binding, at), "%s",
                          message);
}

/* Faults of the choice itself, whatever the data hold; the first is enough. */
static baro_status check_choice(baro_binding *binding, const baro_replicate_choice *choice, baro_replicates kind,
                                bool made)
{
    static const char *const words[] = {
        "replicates to make: make:brr, make:fay, make:jk1, make:jkn, make:bootstrap or make:sdr",
        "replicates that are made here have their method behind make:; leave replicate-method (method) out",
        "how many replicates to make (--replicate-count) is said with make: only",
        "columns of replicate weights need their method: method (--replicate-method) brr, fay, jk1, jkn, bootstrap or "
        "sdr",
        "fay needs its coefficient: rho (--rho), from 0 to below 1",
        "rho (--rho) is the coefficient of fay; other methods have none",
        "jkn needs rscales, (n_h - 1)/n_h for each column, in a survey file, or a scale (--scale) for all",
        "replicate weights need the weight of the full sample, too: weight (--weight)",
        "replicates that are made here have their own scale, and are factors of the weight; leave scale, rscales and "
        "combined out",
    };
    bool needs_rho = kind == BARO_REPLICATES_FAY && isnan(choice->rho);
    const bool wrong[] = {
        made && kind == BARO_REPLICATES_KINDS,
        made && choice->method != BARO_METHOD_UNSAID,
        !made && choice->count > 0,
        !made && kind == BARO_REPLICATES_KINDS,
        needs_rho || (!isnan(choice->rho) && !(choice->rho >= 0 && choice->rho < 1)),
        kind != BARO_REPLICATES_FAY && !isnan(choice->rho),
        !made && kind == BARO_REPLICATES_JKN && isnan(choice->scale) && choice->rscales.n == 0,
        !made && !binding->survey->weight,
        made && (choice->factors || choice->rscales.n > 0 || !isnan(choice->scale)),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (wrong[i])
            return misfit(binding, words[i]);
    return BARO_OK;
}

baro_replicates baro_replicates_kind(const baro_replicate_choice *choice, bool *made)
{
    *made = strncmp(choice->columns, "make:", 5) == 0;
    if (*made)
        return baro_replicate_named(choice->columns + 5);
    return choice->method == BARO_METHOD_UNSAID ? BARO_REPLICATES_KINDS : (baro_replicates)(choice->method - 1);
}

/* ---- names ---- */

/* `*` any text, `?` any one character; the last star seen is where a mismatch starts anew. */
static bool matches(const char *glob, const char *name)
{
    const char *star = NULL, *from = NULL;
    while (*name) {
        if (*glob == '*') {
            star = ++glob;
            from = name;
        } else if (*glob == '?' || *glob == *name) {
            bool whole = *glob++ == '?'; /* a character of several bytes is one */
            for (name++; whole && ((unsigned char)*name & 0xC0) == 0x80;)
                name++;
        } else if (star) {
            glob = star;
            name = ++from;
        } else
            return false;
    }
    while (*glob == '*')
        glob++;
    return !*glob;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Numbers inside names by their value: w2 before w10, w2 before w02. */
static int natural_order(const void *first, const void *second)
{
    const char *a = *(const char *const *)first, *b = *(const char *const *)second;
    const char *whole_a = a, *whole_b = b;
    while (*a && *b) {
        if (is_digit(*a) && is_digit(*b)) {
            while (*a == '0' && is_digit(a[1]))
                a++;
            while (*b == '0' && is_digit(b[1]))
                b++;
            size_t n = strspn(a, "0123456789"), m = strspn(b, "0123456789");
            int order = n != m ? (n > m) - (n < m) : strncmp(a, b, n);
            if (order)
                return order;
            a += n;
            b += m;
        } else if (*a != *b)
            break;
        else {
            a++;
            b++;
        }
    }
    int order = ((unsigned char)*a > (unsigned char)*b) - ((unsigned char)*a < (unsigned char)*b);
    return order ? order : strcmp(whole_a, whole_b);
}

/* ---- headers ---- */

typedef struct {
    const char **item;
    size_t n, room;
} names;

static baro_status add_name(baro_binding *binding, names *found, const char *name)
{
    if (found->n == found->room) {
        size_t room = 2 * found->room + 128;
        const char **more = BARO_ARRAY(binding->arena, const char *, room);
        if (!more)
            return baro_no_memory(binding);
        if (found->n > 0)
            memcpy(more, found->item, found->n * sizeof *more);
        found->item = more;
        found->room = room;
    }
    const char *kept = baro_arena_string(binding->arena, name);
    if (!kept)
        return baro_no_memory(binding);
    found->item[found->n++] = kept;
    return BARO_OK;
}

static baro_status names_of_file(baro_binding *binding, const char *path, bool (*chosen)(const void *, const char *), const void *context,
                                 const char *what, names *found)
{
    baro_frame *frame;
    struct stat about;
    if (strcmp(path, "-") == 0 || (stat(path, &about) == 0 && !S_ISREG(about.st_mode)))
        return baro_fault_add(binding->error, BARO_USAGE, (baro_where_it_is){path, 0, 0},
                              "columns of %s are found in the header first: a file is needed, not a stream", what);
    baro_status status = baro_frame_read_header(path, &binding->survey->input, binding->error, &frame);
    if (status)
        return status;
    const baro_source *source = baro_frame_source(frame, 0);
    for (size_t i = 0; i < source->fields && status == BARO_OK; i++)
        if (chosen(context, source->header[i]))
            status = add_name(binding, found, source->header[i]);
    baro_frame_free(frame);
    return status;
}

baro_status baro_header_names(baro_binding *binding, const char *const *paths, size_t n, bool (*chosen)(const void *, const char *),
                              const void *context, const char *what, baro_texts *out)
{
    names found = {NULL, 0, 0};
    baro_status status = BARO_OK;
    *out = (baro_texts){0};
    for (size_t i = 0; i < n && status == BARO_OK; i++)
        status = names_of_file(binding, paths[i], chosen, context, what, &found);
    if (status)
        return status;
    if (found.n > 0)
        qsort(found.item, found.n, sizeof *found.item, natural_order);
    size_t kept = 0; /* the same in every file, mostly */
    for (size_t i = 0; i < found.n; i++)
        if (i == 0 || strcmp(found.item[i], found.item[kept - 1]) != 0)
            found.item[kept++] = found.item[i];
    *out = (baro_texts){found.item, kept};
    return BARO_OK;
}

/* The weight itself may be named like its replicates. */
static bool is_replicate(const void *context, const char *name)
{
    const baro_survey *survey = context;
    return matches(survey->replicates.columns, name) && strcmp(name, survey->weight) != 0;
}

static baro_status check_number(baro_binding *binding, const char *path, size_t n)
{
    const baro_replicate_choice *choice = &binding->survey->replicates;
    const size_t scales = choice->rscales.n;
    char glob[BARO_QUOTE_ROOM];
    baro_text_quote(choice->columns, strlen(choice->columns), glob, sizeof glob);
    baro_where_it_is place = choice->at.line ? baro_binding_place(binding, choice->at) : (baro_where_it_is){path, 1, 0};
    baro_status status = choice->at.line ? BARO_BAD_SURVEY : BARO_BAD_DATA;
    if (n < 2)
        return baro_fault_add(binding->error, status, place,
                              "%s column is named like '%s'; replicate weights are two or more",
                              n == 0 ? "no" : "only one", glob);
    if (n > BARO_REPLICATES_MOST)
        return baro_fault_add(binding->error, status, place, "%zu columns are named like '%s': more than %d replicates",
                              n, glob, BARO_REPLICATES_MOST);
    if (scales > 1 && scales != n)
        return baro_fault_add(binding->error, status, place,
                              "%zu columns are named like '%s', and there are %zu rscales", n, glob, scales);
    return BARO_OK;
}

baro_status baro_want_replicates(baro_binding *binding, const char *const *paths, size_t n)
{
    const baro_replicate_choice *choice = &binding->survey->replicates;
    bool made;
    if (!choice->columns)
        return BARO_OK;
    baro_replicates kind = baro_replicates_kind(choice, &made);
    baro_status status = check_choice(binding, choice, kind, made);
    if (status || made)
        return status;
    baro_texts found;
    status = baro_header_names(binding, paths, n, is_replicate, binding->survey, "replicate weights", &found);
    if (status)
        return status;
    binding->replicate = found; /* what one of the files lacks is a fault after reading */
    status = check_number(binding, n > 0 ? paths[0] : NULL, found.n);
    for (size_t i = 0; i < found.n && status == BARO_OK; i++)
        status = baro_want_column(binding, (baro_texts){&found.item[i], 1}, BARO_NUMBER, choice->at, true, true);
    return status;
}
