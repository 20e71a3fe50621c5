#include "surveys/analyses/builder.h"
#include <string.h>

/* Room for one more item; the old array stays in the arena until the cross is done. */
static void *grow(baro_builder *builder, void *items, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return items;
    size_t more = *room ? 2 * *room : 256;
    void *grown = baro_arena_array(builder->arena, more, size);
    if (!grown) {
        builder->failed = true;
        return items;
    }
    if (n > 0)
        memcpy(grown, items, n * size);
    *room = more;
    return grown;
}

static uint32_t add_node(baro_builder *builder, baro_node node)
{
    builder->node = grow(builder, builder->node, builder->n_nodes, &builder->nodes_room, sizeof node);
    if (builder->failed)
        return 0;
    builder->node[builder->n_nodes] = node;
    return (uint32_t)builder->n_nodes++;
}

void baro_builder_column(baro_builder *builder, size_t column)
{
    builder->column = grow(builder, builder->column, builder->n_columns, &builder->columns_room, sizeof *builder->column);
    if (!builder->failed)
        builder->column[builder->n_columns++] = (uint32_t)column;
}

uint32_t baro_builder_sum(baro_builder *builder)
{
    size_t first = builder->summed;
    builder->summed = builder->n_columns;
    return add_node(builder, (baro_node){.kind = BARO_NODE_SUM, .first = first, .n = builder->n_columns - first});
}

uint32_t baro_builder_constant(baro_builder *builder, double constant)
{
    return add_node(builder, (baro_node){.kind = BARO_NODE_CONSTANT, .constant = constant});
}

uint32_t baro_builder_plus(baro_builder *builder, uint32_t left, double factor, uint32_t right)
{
    return add_node(builder, (baro_node){.kind = BARO_NODE_PLUS, .left = left, .right = right, .constant = factor});
}

uint32_t baro_builder_times(baro_builder *builder, uint32_t left, uint32_t right)
{
    return add_node(builder, (baro_node){.kind = BARO_NODE_TIMES, .left = left, .right = right});
}

uint32_t baro_builder_over(baro_builder *builder, uint32_t left, uint32_t right)
{
    return add_node(builder, (baro_node){.kind = BARO_NODE_OVER, .left = left, .right = right});
}

baro_expression baro_builder_expression(const baro_builder *builder)
{
    return (baro_expression){.node = builder->node, .n_nodes = builder->n_nodes, .column = builder->column};
}
