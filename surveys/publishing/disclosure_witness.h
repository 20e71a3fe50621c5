/** Other sets of interviews that would publish the same numbers. */
#ifndef BARO_SURVEYS_PUBLISHING_DISCLOSURE_WITNESS_H
#define BARO_SURVEYS_PUBLISHING_DISCLOSURE_WITNESS_H
#include "surveys/publishing/disclosure_parts.h"

/**
 * Interviews of one signature are given another: a count D_u in each unit of time u (below 0: the other way). Of 2 signatures the second
 * gives to the first; of 4 the second and third give to the first and fourth, crosswise; of 1 interviews are made up or left out.
 */
typedef struct {
    size_t n;
    const uint32_t *atom[4];
    size_t at[4]; /* their places, SIZE_MAX: nobody has it */
} baro_move;

/** Moves that change one cluster, or two crosswise: they do not share interviews unless they share a place. */
typedef struct {
    baro_disclosure *d;
    baro_family *family;
    const baro_people *people;
    const baro_cell_of *cell;
    const baro_signatures *signatures;
    size_t cluster, other; /* other: SIZE_MAX of moves of two */
    bool up;
    double *used;        /* [signatures * units] moved already */
    baro_arena *arena;   /* of this search */
    size_t *touched, n_touched; /* domains whose counts a move changes */
    double *up_to, *down_to;    /* [units] what D_u may be at most, and -D_u */
    double *distance;           /* [units + 1] */
    size_t *from;               /* [units + 1] */
    bool *done;
    const baro_cell_of **pinned; /* shown cells of the touched domains, one a window */
    size_t n_pinned;
    const baro_cell_of **tight; /* [units + 1] */
} baro_search;

typedef void baro_visit(baro_search *s, const baro_move *move, void *context);

enum { BARO_MADE_UP = 1000000 };

/** Domains that a move changes, and how many interviews it could move. */
void baro_move_touch(baro_search *s, const baro_move *move);
void baro_move_limits(baro_search *s, const baro_move *move);
/** How far the cell's count can go by this move alone, with what is shown now. `tight` gets the places among s->pinned of the windows in the way, `*n_tight` of them. */
double baro_move_reach(baro_search *s, const baro_cell_of **tight, size_t *n_tight);
/** Most that it could reach if nothing that it touches were shown. */
double baro_move_most(const baro_search *s);
/** Visits every move of a kind that changes the count of the cell. @param scratch [4 * clusters] */
void baro_moves_visit(baro_search *s, uint32_t *scratch, baro_visit *each, void *context);
/** Takes the interviews that the last reach moved out of what other moves may move. */
void baro_move_use(baro_search *s, const baro_move *move);

#endif
