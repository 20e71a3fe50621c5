/* The rows of reader sheets: which stand together, and in what order. */
#include "surveys/publishing/reader_rows.h"

/* Comparisons that the rows of a breakdown (or of everyone alone) have, at least one. */
static size_t count_comparisons(const baro_row *row, size_t n, size_t table)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++)
        if (row[i].table == table && row[i].comparison > most)
            most = row[i].comparison;
    return most + 1;
}

/* The rows of one sheet behind those so far: everyone's, then the groups' (of every breakdown when joined). Everyone
 * may have fewer comparisons than the groups. */
static size_t copy_rows(const baro_row *row, size_t n, size_t table, bool joined, size_t comparison, baro_row *to)
{
    size_t copied = 0, of_everyone = count_comparisons(row, n, SIZE_MAX);
    for (size_t i = 0; i < n; i++) {
        bool everyone = row[i].table == SIZE_MAX;
        size_t wanted = everyone && comparison >= of_everyone ? 0 : comparison;
        if ((!everyone && !joined && row[i].table != table) || row[i].comparison != wanted)
            continue;
        to[copied] = row[i];
        to[copied].comparison = comparison;
        to[copied++].table = table;
    }
    return copied;
}

/* The most comparisons that any breakdown has. */
static size_t most_comparisons(const baro_row *row, size_t n, size_t tables)
{
    size_t most = count_comparisons(row, n, SIZE_MAX);
    for (size_t t = 0; t < tables; t++) {
        size_t of_table = count_comparisons(row, n, t);
        most = of_table > most ? of_table : most;
    }
    return most;
}

baro_status baro_reader_rows(const baro_results *results, bool joined, baro_arena *arena, baro_results *out)
{
    size_t n = 0, by = results->request->n_by, tables = by && !joined ? by : 1;
    size_t comparisons = results->request->n_against ? results->request->n_against : 1;
    *out = *results;
    out->rows = BARO_ARRAY(arena, baro_row, results->n_rows * tables * comparisons + 1);
    if (!out->rows)
        return BARO_NO_MEMORY;
    for (size_t i = 0, end; i < results->n_rows; i = end) {
        const baro_row *row = &results->rows[i];
        for (end = i; end < results->n_rows && results->rows[end].measure == row->measure;)
            end++;
        for (size_t t = 0; t < tables; t++) {
            size_t table = by ? t : SIZE_MAX;
            size_t of_groups = joined ? most_comparisons(row, end - i, by) : count_comparisons(row, end - i, table);
            for (size_t c = 0; c < of_groups; c++)
                n += copy_rows(row, end - i, table, joined, c, out->rows + n);
        }
    }
    out->n_rows = n;
    return BARO_OK;
}
