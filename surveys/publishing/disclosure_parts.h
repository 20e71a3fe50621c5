/** What the files of disclosure control share: whom cells are about, and which rows publish them. */
#ifndef BARO_SURVEYS_PUBLISHING_DISCLOSURE_PARTS_H
#define BARO_SURVEYS_PUBLISHING_DISCLOSURE_PARTS_H
#include "surveys/publishing/disclosure.h"

enum { BARO_CELL_SETS = 5, BARO_ROW_CELLS = 5, BARO_REST_CELL = 3, BARO_ANSWERS_BIT = 63 };
#define BARO_NO_SET UINT32_MAX

/** A group, or conditions of outputs that exclude one another: categories by pattern. One for all groups that part the interviews alike. */
typedef struct {
    const uint16_t *pattern;     /* [rows] */
    size_t patterns, n;
    const unsigned char *member; /* [patterns * n] */
    const baro_group *group;     /* NULL: conditions */
    size_t cluster;
    uint32_t *set;               /* [n + 1] of each category, then of all that are known */
} baro_variable;

/** Groups of which one follows from another (a borough and its region): atoms are what they distinguish together. */
typedef struct {
    size_t atoms;
    const uint32_t *atom;          /* [rows] */
    const unsigned char *possible; /* [atoms] 0: the unknown, where nobody's is */
    unsigned bit;                  /* in masks; the answers of every family have the last */
} baro_cluster;

/** Atoms of one cluster. */
typedef struct {
    size_t cluster;
    const unsigned char *in; /* [atoms] */
    bool all, none;
} baro_atom_set;

/** Interviews that several results are about. */
typedef struct {
    const baro_results *of;
    size_t rows, units;
    baro_period origin;
    const int32_t *unit; /* [rows] or NULL */
    baro_variable *variable;
    size_t n_variables, room_variables;
    baro_cluster *cluster;
    size_t n_clusters, room_clusters;
    baro_atom_set *set;
    size_t n_sets, room_sets;
} baro_people;

/** Signatures: what distinguishes interviews by some of the clusters, and how many there are in each unit of time. */
typedef struct baro_signatures {
    struct baro_signatures *next;
    uint64_t mask;
    uint32_t *atom;  /* [n * clusters of the people] UINT32_MAX: not looked at */
    uint32_t *count; /* [n * units] */
    size_t n;
} baro_signatures;

/** A domain. */
typedef struct {
    uint32_t set[BARO_CELL_SETS]; /* of the people, ascending */
    size_t n_sets;
    uint64_t mask;                /* clusters of its sets */
    size_t first, n;              /* its cells */
} baro_domain;

/** A measure's base and answers. */
typedef struct {
    size_t people;
    const unsigned char *in;  /* [rows] */
    const baro_bound_measure *answers; /* NULL: numbers */
    bool sensitive;                    /* how many gave an answer is to be protected too */
    size_t answer_cluster;             /* of answers with the same scores; SIZE_MAX: none */
    uint32_t *level;                   /* [its atoms] one of the levels */
    baro_domain *domain;
    size_t n_domains;
    size_t **by_cluster, *n_by_cluster; /* domains with a set of a cluster */
    uint64_t *beside;                   /* [clusters] itself and those with which it is crossed */
    uint64_t all_clusters;
    baro_signatures *signatures;        /* those that were asked for */
} baro_family;

/** A domain in a window: published by rows. */
typedef struct {
    size_t family, domain;
    long first, last;        /* units of the people */
    double n;
    size_t begin, end;       /* its links */
    size_t shown;            /* rows that still publish it */
    size_t twin;             /* next cell of the same domain and window in another family; a ring */
    bool needs;              /* hidden, and not to be worked out */
    bool copied;             /* hidden because a twin is */
} baro_cell_of;

typedef enum { BARO_SHOWN, BARO_HIDDEN_BASE, BARO_HIDDEN_COUNTS, BARO_HIDDEN_OTHER } baro_hidden;

/** A row of results on its way. */
typedef struct {
    baro_row *row;
    size_t output;
    baro_hidden hidden;
    bool rest_hidden;
    uint32_t cell[BARO_ROW_CELLS]; /* BARO_NO_SET: none */
    size_t other;                  /* place among the others of what its difference is from; SIZE_MAX: no cell */
} baro_row_of;

/** A row publishes a cell; `rest`: through its difference from the rest, which gives the base of all that are known. */
typedef struct {
    size_t family;
    uint32_t set[BARO_CELL_SETS];
    long first, last;
    double n;
    size_t row, slot;
    bool rest, few; /* few: hidden first for this count */
} baro_link;

typedef struct {
    baro_results *results;
    baro_gaps *gaps;
    const char *name;
    size_t people, first_row;
    size_t *family, *first, *second; /* [crosses] family and variables; SIZE_MAX: none */
    size_t condition, category;      /* variable and category of --where; SIZE_MAX: everyone */
} baro_disclosed;

typedef struct {
    size_t cell;
    double n;
} baro_needed;

struct baro_disclosure {
    baro_arena *arena;
    baro_disclosed *output;
    size_t n_outputs, room_outputs;
    baro_people *people;
    size_t n_people, room_people;
    baro_family *family;
    size_t n_families, room_families;
    baro_row_of *row;
    size_t n_rows;
    baro_link *link;
    size_t n_links, room_links;
    baro_link *other;     /* cells that differences are from */
    size_t n_others, room_others;
    baro_cell_of *cell;
    size_t n_cells;
    double below;
    baro_needed *needed;  /* cells that are not to be worked out */
    size_t n_needed;
    size_t *changed;      /* [cells] those that no row publishes any more, in the order in which that came */
    size_t n_changed, next_changed;
    unsigned char *related; /* [families * families] */
    bool failed;          /* no memory */
    bool only_first;      /* tests: what happens without further cells */
};

/** Room for one more; NULL without memory. `*n` is not changed. */
void *baro_disclosure_grow(baro_arena *arena, void *item, size_t n, size_t *room, size_t size);
/** People, variables and families of all outputs. */
baro_status baro_disclosure_people(baro_disclosure *d);
/** Clusters of the variables, and the sets of their categories. BARO_TOO_LARGE: over 64 clusters. */
baro_status baro_disclosure_clusters(baro_disclosure *d);
/** Number of a set of atoms, whose array is kept. */
uint32_t baro_people_keep_set(baro_disclosure *d, baro_people *people, size_t cluster, unsigned char *in);
/** Numbers the pairs of a number and another, ascending, in place. @param in NULL: all rows */
baro_status baro_people_refine(size_t rows, const unsigned char *in, uint32_t *number, size_t *numbers, const uint32_t *other,
                               size_t others);
/** Set of those who gave an answer, or of the others. */
uint32_t baro_family_answers(baro_disclosure *d, const baro_family *family, size_t outcome, bool others);
/** Links and cells of all rows. */
baro_status baro_disclosure_cells(baro_disclosure *d);
/** Cell of a family's domain in a window, or NULL. */
const baro_cell_of *baro_disclosure_find(const baro_disclosure *d, const baro_link *like);
/** Order of links by family, domain and window; 0: the same cell. */
int baro_link_order(const baro_link *a, const baro_link *b);
/** Notes that a cell is not to be worked out. */
void baro_disclosure_need(baro_disclosure *d, size_t cell);
/** Hides the twins of what was hidden since it was last called. */
void baro_disclosure_hide_twins(baro_disclosure *d);
/** Rings of cells of the same domain and window in other families. */
baro_status baro_disclosure_twins(baro_disclosure *d);
/** Domains of families by cluster. */
baro_status baro_disclosure_index(baro_disclosure *d);
/** Signatures of a family by the clusters of `mask`; NULL without memory. */
const baro_signatures *baro_family_signatures(baro_disclosure *d, baro_family *family, uint64_t mask);
/** Place of a signature, or SIZE_MAX. */
size_t baro_signature_find(const baro_signatures *signatures, const uint32_t *atom, size_t clusters);
/** Erases a row, or its difference, where that was decided or too few interviews are behind it; marks what is left. */
void baro_row_suppress(const baro_results *results, baro_row *row, bool level, bool difference);
/** Hides every row that publishes a cell. */
void baro_disclosure_hide(baro_disclosure *d, const baro_cell_of *cell, baro_hidden why);
/** Hides further cells until this one cannot be worked out. */
void baro_disclosure_protect(baro_disclosure *d, const baro_cell_of *cell);
/** Hides what is to be hidden first, then further cells. */
baro_status baro_disclosure_decide(baro_disclosure *d);

#endif
