/** Builds expressions: domains become sums of columns, levels become ratios or totals, differences become nodes. */
#ifndef BARO_SURVEYS_ANALYSES_BUILDER_H
#define BARO_SURVEYS_ANALYSES_BUILDER_H
#include "io/base/arena.h"
#include "stats/linear.h"
#include <stdbool.h>

#define BARO_NO_NODE UINT32_MAX

typedef struct {
    baro_arena *arena;
    baro_node *node;
    size_t n_nodes, nodes_room;
    uint32_t *column;
    size_t n_columns, columns_room, summed; /* columns that belong to sums already made */
    bool failed; /* out of memory: nodes made since are not to be used */
} baro_builder;

/** Adds a column to the sum that is being written; baro_builder_sum closes it. */
void baro_builder_column(baro_builder *builder, size_t column);
/** The sum of the columns added since the last node. */
uint32_t baro_builder_sum(baro_builder *builder);
uint32_t baro_builder_constant(baro_builder *builder, double constant);
/** left + factor * right */
uint32_t baro_builder_plus(baro_builder *builder, uint32_t left, double factor, uint32_t right);
uint32_t baro_builder_times(baro_builder *builder, uint32_t left, uint32_t right);
uint32_t baro_builder_over(baro_builder *builder, uint32_t left, uint32_t right);
baro_expression baro_builder_expression(const baro_builder *builder);

#endif
