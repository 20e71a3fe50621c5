#include "io/readers/sniff.h"
#include "io/base/number.h"
#include <stdlib.h>
#include <string.h>

#define RECORDS_COMPARED 20

/* Steps through the whole records of a sample; blank lines and faulty records are passed over. */
static bool next_record(const baro_sample *sample, char delimiter, const char **at, const char **start,
                        baro_record *record)
{
    const baro_record_manner manner = {delimiter, BARO_LONGEST_RECORD};
    const char *end = sample->text + sample->length;
    while (*at < end) {
        *start = *at;
        baro_record_scan(*at, end, &manner, sample->last, NULL, record);
        if (record->state == BARO_RECORD_UNFINISHED)
            return false;
        *at = record->next;
        if (record->state == BARO_RECORD_WHOLE && record->end > *start)
            return true;
    }
    return false;
}

size_t baro_sniff_records(const baro_sample *sample, char delimiter, size_t most)
{
    const char *at = sample->text, *start;
    baro_record record;
    size_t n = 0;
    while (n < most && next_record(sample, delimiter, &at, &start, &record))
        n++;
    return n;
}

static size_t count_fields(const char *at, const char *end, char delimiter)
{
    size_t n = 1;
    while ((at = baro_record_field(at, end, delimiter, 1)) < end)
        n++;
    return n + (end[-1] == delimiter);
}

size_t baro_sniff_fields(const baro_sample *sample, char delimiter)
{
    const char *at = sample->text, *start;
    baro_record record;
    if (!next_record(sample, delimiter, &at, &start, &record))
        return 0;
    return count_fields(start, record.end, delimiter);
}

char baro_sniff_delimiter(const baro_sample *sample)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    char best = ',';
    size_t best_fits = 0, best_fields = 1;
    for (size_t i = 0; i < sizeof candidates; i++) {
        size_t fields = baro_sniff_fields(sample, candidates[i]), fits = 0;
        if (fields < 2)
            continue;
        const char *at = sample->text, *start;
        baro_record record;
        for (size_t n = 0; n <= RECORDS_COMPARED && next_record(sample, candidates[i], &at, &start, &record); n++)
            fits += count_fields(start, record.end, candidates[i]) == fields;
        if (best_fields < 2 || fits > best_fits || (fits == best_fits && fields > best_fields)) {
            best = candidates[i];
            best_fits = fits;
            best_fields = fields;
        }
    }
    return best;
}

/* --- header rows --- */

typedef struct {
    unsigned char *named; /* [fields]: the first row has a name there */
    size_t fields, row, named_before;
    bool qualtrics, has_number;
    bool first_blank; /* the second row says nothing of the first column: an id's, not a question's */
    bool any_blank;   /* nor of some column with a name */
    size_t merged; /* columns without a name of their own, behind a named one, that the second row names */
} header_look;

static bool is_blank(const char *text, size_t length)
{
    while (length && text[length - 1] == ' ')
        length--;
    return length == 0;
}

/* A field of Qualtrics' third row: {"ImportId":"QID1"}, or with the quotes of older exports. */
static bool is_import_id(const char *text, size_t length)
{
    static const char word[] = "ImportId";
    size_t n = sizeof word - 1, at = 1;
    while (at < length && text[at] == ' ')
        at++;
    return length > at + n + 2 && text[0] == '{' && (text[at] == '"' || text[at] == '\'') && memcmp(text + at + 1, word, n) == 0 &&
           text[at + 1 + n] == text[at] && text[length - 1] == '}';
}

static void look_at_field(void *context, size_t index, const char *text, size_t length)
{
    header_look *look = context;
    bool blank = is_blank(text, length);
    double number;
    if (look->row == 0) {
        if (index < look->fields)
            look->named[index] = !blank;
        return;
    }
    if (look->row == 2) {
        look->qualtrics |= is_import_id(text, length);
        return;
    }
    if (index >= look->fields || blank) {
        look->first_blank |= index == 0 && look->named[0];
        look->any_blank |= index < look->fields && look->named[index];
        look->named_before += index < look->fields && look->named[index];
        return;
    }
    if (baro_number_read(text, length, '.', &number) || baro_number_read(text, length, ',', &number))
        look->has_number = true;
    if (look->named[index])
        look->named_before++;
    else if (look->named_before)
        look->merged++;
}

size_t baro_sniff_header_rows(const baro_sample *sample, char delimiter)
{
    header_look look = {.fields = baro_sniff_fields(sample, delimiter)};
    baro_csv *csv = baro_csv_new(delimiter);
    look.named = calloc(look.fields ? look.fields : 1, 1);
    const char *at = sample->text, *start;
    baro_record record;
    baro_status status = csv && look.named ? BARO_OK : BARO_NO_MEMORY;
    for (; status != BARO_NO_MEMORY && look.row < 3 && next_record(sample, delimiter, &at, &start, &record); look.row++)
        status = baro_csv_split(csv, start, (size_t)(record.end - start), look_at_field, &look);
    free(look.named);
    baro_csv_free(csv);
    if (status == BARO_NO_MEMORY)
        return 0;
    bool merged = look.merged > 0 && !look.has_number && (look.first_blank || (look.any_blank && look.merged > 1));
    return look.qualtrics ? 3 : merged ? 2 : 1;
}

/* --- decimal mark --- */

typedef struct {
    const uint32_t *fields;
    size_t n_fields, next;
    size_t for_comma, for_point;
} decimal_look;

/* 1,234 or -12,345: as likely a thousands mark. 0,123 is not. */
static bool may_be_thousands(const char *text, size_t length)
{
    size_t sign = length && (*text == '+' || *text == '-');
    const char *comma = memchr(text, ',', length);
    size_t before = comma ? (size_t)(comma - text) - sign : 0;
    if (before < 1 || before > 3 || text[sign] == '0')
        return false;
    return length - sign - before - 1 == 3 && !memchr(text, 'e', length) && !memchr(text, 'E', length);
}

static void look_at_number(void *context, size_t index, const char *text, size_t length)
{
    decimal_look *look = context;
    if (look->next == look->n_fields || look->fields[look->next] != index)
        return;
    while (look->next < look->n_fields && look->fields[look->next] == index)
        look->next++;
    double number;
    bool with_point = baro_number_read(text, length, '.', &number);
    bool with_comma = baro_number_read(text, length, ',', &number);
    look->for_point += with_point && !with_comma;
    look->for_comma += with_comma && !with_point && !may_be_thousands(text, length);
}

char baro_sniff_decimal(const baro_sample *records, char delimiter, const uint32_t *fields, size_t n_fields)
{
    decimal_look look = {.fields = fields, .n_fields = n_fields};
    baro_csv *csv = baro_csv_new(delimiter);
    if (!csv)
        return 0;
    const char *at = records->text, *start;
    baro_record record;
    baro_status status = BARO_OK;
    while (status != BARO_NO_MEMORY && look.for_point == 0 && next_record(records, delimiter, &at, &start, &record)) {
        look.next = 0;
        status = baro_csv_split(csv, start, (size_t)(record.end - start), look_at_number, &look);
    }
    baro_csv_free(csv);
    if (status == BARO_NO_MEMORY)
        return 0;
    return look.for_comma && !look.for_point ? ',' : '.';
}
