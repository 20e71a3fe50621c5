/** Columns and dictionary entries as binding sees them, for those who look at the data itself: `check`. */
#ifndef BARO_SURVEYS_BINDING_ENTRIES_H
#define BARO_SURVEYS_BINDING_ENTRIES_H
#include "surveys/binding/binding.h"
#include "surveys/model/where.h"

/**
 * Lets faults and remarks go to another error from here on, and returns the one before: who wants to know every fault takes each
 * step's own, and goes on.
 */
baro_error *baro_binding_report_to(baro_binding *binding, baro_error *error);

/** Line on which a row begins. */
baro_where_it_is baro_row_place(const baro_binding *binding, size_t row);
/** The column wanted under these names and kind, or NULL. */
const baro_column *baro_binding_column(const baro_binding *binding, baro_texts names, baro_kind kind);
baro_status baro_want_column(baro_binding *binding, baro_texts names, baro_kind kind, baro_position at, bool needed, bool in_every);
/** Whether an entry's text is one of the list, spaces and apostrophes aside. */
bool baro_entry_is_one_of(const baro_binding *binding, const baro_entry *entry, baro_texts list);
/** Absent, or one of the survey's missing texts. */
bool baro_entry_is_missing(const baro_binding *binding, const baro_entry *entry);
/** A field as a number, with the survey's decimal mark. */
bool baro_entry_number(const baro_binding *binding, const baro_entry *entry, double *out);
/** Whether a measure's answers are numbers: a mean, total, ratio or quantile without a scale of answers. */
bool baro_measure_is_number(const baro_measure *measure);
/** Place of an entry's first appearance. */
baro_where_it_is baro_entry_place(const baro_binding *binding, const baro_entry *entry, size_t i);
/** A group or measure of the survey file by its id; NULL for those that options made. */
const baro_group *baro_named_group(const baro_binding *binding, const char *name);
const baro_measure *baro_named_measure(const baro_binding *binding, const char *name);
/** The tree of a condition that was wanted before; NULL when it was not. */
const baro_where *baro_known_tree(const baro_binding *binding, const char *where);

#endif
