/**
 * An estimate is a smooth function of totals; its linear form, the slopes by total, is what a variance is made of.
 *
 * An expression is a list of nodes, each made of earlier ones; any number of estimates share it. Slopes come from the expression by one
 * sweep backwards from the node asked for (the chain rule; Wolter 2007, ch. 6; Griewank & Walther 2008, ch. 3). On replicates the same
 * expression is evaluated on each replicate's totals.
 */
#ifndef BARO_STATS_LINEAR_H
#define BARO_STATS_LINEAR_H
#include "stats/status.h"
#include <stddef.h>
#include <stdint.h>

typedef enum {
    BARO_NODE_SUM,      /* of the totals column[first .. first + n - 1] */
    BARO_NODE_CONSTANT, /* constant */
    BARO_NODE_PLUS,     /* left + constant * right */
    BARO_NODE_TIMES,    /* left * right */
    BARO_NODE_OVER      /* left / right */
} baro_node_kind;

typedef struct {
    baro_node_kind kind;
    uint32_t left, right; /* earlier nodes */
    double constant;
    size_t first, n;
} baro_node;

typedef struct {
    const baro_node *node;
    size_t n_nodes;
    const uint32_t *column; /* of all sums */
} baro_expression;

/** value + sum over i of slope[i] * (total of column[i] - its value now); a slope may be 0: the column still belongs to the domain,
 * unless it was added and taken away again, as a group from all that are known. */
typedef struct {
    double value;
    size_t n;
    const uint32_t *column;
    const double *slope;
} baro_linear;

/** All nodes' values, value[n_nodes]. A division by 0 gives NAN, and so does all that is made of it. */
void baro_expression_values(const baro_expression *expression, const double *total, double *value);

/** Scratch for baro_linearise: adjoint, order [n_nodes]; slope, place [columns], all of them zero-filled before the first call and left so. */
typedef struct {
    double *adjoint;
    uint32_t *order;
    double *slope;
    uint32_t *place;
} baro_linear_work;

/**
 * Slopes of one node.
 * @param value  [n_nodes] from baro_expression_values
 * @param room   of column_out and slope_out; the number of columns always suffices
 * @param out    its arrays are column_out and slope_out; n = 0 where the value is NAN
 * @return BARO_OK; BARO_OUT_OF_DOMAIN when room is too small
 */
baro_status baro_linearise(const baro_expression *expression, uint32_t root, const double *value, const baro_linear_work *work, size_t room,
                           uint32_t *column_out, double *slope_out, baro_linear *out);

#endif
