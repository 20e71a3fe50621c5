#include "stats/totals.h"

/* Columns that put units into a domain. */
static size_t own(const baro_totals *part)
{
    return part->domain_columns ? part->domain_columns : part->columns;
}

size_t baro_totals_joined_column(const baro_totals *const part[], size_t n, size_t k, size_t column)
{
    size_t before = 0, all = 0;
    for (size_t i = 0; i < n; i++)
        all += own(part[i]);
    for (size_t i = 0; i < k; i++)
        before += column < own(part[k]) ? own(part[i]) : part[i]->columns - own(part[i]);
    return column < own(part[k]) ? before + column : all + before + column - own(part[k]);
}

size_t baro_totals_join_room(const baro_totals *const part[], size_t n, size_t units)
{
    size_t room = 0;
    for (size_t k = 0; k < n; k++)
        room += units ? part[k]->unit_end[units - 1] : 0;
    return room;
}

/* A unit's entries of a part, those in a domain or the others; ascending, because each part's are. */
static size_t add_entries(const baro_totals *part, size_t unit, bool domain, size_t offset, baro_totals *out, size_t at)
{
    for (size_t i = unit ? part->unit_end[unit - 1] : 0; i < part->unit_end[unit]; i++) {
        size_t column = part->column[i];
        if ((column < own(part)) != domain)
            continue;
        out->column[at] = (uint32_t)(column - (domain ? 0 : own(part)) + offset);
        out->high[at] = part->high[i];
        out->low[at] = part->low[i];
        at++;
    }
    return at;
}

static void add_totals(const baro_totals *const part[], size_t n, size_t k, double *total)
{
    for (size_t column = 0; column < part[k]->columns; column++)
        total[baro_totals_joined_column(part, n, k, column)] = part[k]->total[column];
}

void baro_totals_join(const baro_totals *const part[], size_t n, size_t units, baro_totals *out)
{
    size_t at = 0, all = 0;
    bool others = false;
    out->columns = 0;
    for (size_t k = 0; k < n; k++) {
        all += own(part[k]);
        out->columns += part[k]->columns;
        others = others || part[k]->domain_columns;
        add_totals(part, n, k, out->total);
    }
    out->domain_columns = others ? all : 0;
    for (size_t unit = 0; unit < units; unit++) {
        size_t offset = 0;
        for (size_t k = 0; k < n; offset += own(part[k++]))
            at = add_entries(part[k], unit, true, offset, out, at);
        for (size_t k = 0; k < n; offset += part[k]->columns - own(part[k]), k++)
            at = add_entries(part[k], unit, false, offset, out, at);
        out->unit_end[unit] = (uint32_t)at;
    }
}
