/** Simple CSV of reference digits and generated designs (no quotes), and a design and a cross made from it by the shortest way. */
#ifndef BARO_TESTS_GOLDEN_H
#define BARO_TESTS_GOLDEN_H
#include "stats/totals.h"
#include "stats/variance.h"

typedef struct {
    char *text;   /* the file, cut into fields */
    char **field; /* [(rows + 1) * columns]; the first row is the header */
    size_t rows, columns;
} golden;

/** Ends the test program with a message when the file is not there. */
golden golden_read(const char *path);
void golden_free(golden *table);
size_t golden_column(const golden *table, const char *name);
/** "" where empty. */
const char *golden_text(const golden *table, size_t row, const char *column);
/** NAN where empty. */
double golden_number(const golden *table, size_t row, const char *column);
/** Whether a row of data is in a domain: "" everyone, else column=value|value joined by &. A missing value is in none. */
bool golden_in_domain(const golden *data, size_t row, const char *domain);
/** Whether an answer is one of a|b|c. */
bool golden_listed(const char *answer, const char *list);

enum { GOLDEN_FILES = 8 };

/** designs.csv, and the data that its designs name, each read when it is first asked for. */
typedef struct {
    golden designs, data[GOLDEN_FILES];
    const char *name[GOLDEN_FILES];
} golden_library;

golden_library golden_library_open(void);
void golden_library_close(golden_library *library);
const golden *golden_library_data(golden_library *library, const char *design);

enum { GOLDEN_DOMAINS = 4 };

/** A design of designs.csv over its data, and one variable in up to four domains: cells are the combinations of domains. */
typedef struct {
    size_t rows, domains;
    uint32_t *stratum, *psu;
    double *weight, *fpc, *y;
    const double *y_column;
    baro_design design;
    baro_cross cross;
    baro_totals totals;
    void *memory[32];
    size_t n_memory;
} golden_case;

/**
 * @param level "" : the variable is a number; otherwise the answers that count as 1
 * Fails the running test when the design cannot be made.
 */
void golden_case_open(golden_case *out, const golden *designs, const golden *data, const char *design, const char *variable, const char *level,
                      const char *const *domain, size_t domains);
void golden_case_close(golden_case *made);
/** Nodes: level of domain i (mean, or total) as node 3 i + 2; value, variance and reach of the form sum k_i level_i. */
typedef struct {
    double value, variance;
    baro_reach reach;
} golden_form;
golden_form golden_contrast(const golden_case *made, const double *k, size_t terms, bool total, baro_one_psu one_psu);
double golden_covariance(const golden_case *made, size_t i, size_t j, bool total);
/** Moments of a domain. */
baro_moments golden_moments(const golden_case *made, size_t domain, double *sum_wyy);

#endif
