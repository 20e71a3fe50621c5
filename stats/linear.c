#include "stats/linear.h"
#include <math.h>
#include <stdbool.h>

static double node_value(const baro_expression *expression, const baro_node *node, const double *total, const double *value)
{
    double sum = 0;
    switch (node->kind) {
    case BARO_NODE_SUM:
        for (size_t i = 0; i < node->n; i++)
            sum += total[expression->column[node->first + i]];
        return sum;
    case BARO_NODE_CONSTANT: return node->constant;
    case BARO_NODE_PLUS: return value[node->left] + node->constant * value[node->right];
    case BARO_NODE_TIMES: return value[node->left] * value[node->right];
    case BARO_NODE_OVER: return value[node->right] == 0 ? NAN : value[node->left] / value[node->right];
    }
    return NAN;
}

void baro_expression_values(const baro_expression *expression, const double *total, double *value)
{
    for (size_t i = 0; i < expression->n_nodes; i++)
        value[i] = node_value(expression, &expression->node[i], total, value);
}

/* order[] holds the nodes still to be visited, the largest index last: a node is visited after all that are made of it. */
static size_t insert(uint32_t *order, size_t n, uint32_t node)
{
    size_t i = n;
    while (i > 0 && order[i - 1] > node)
        i--;
    if (i > 0 && order[i - 1] == node)
        return n;
    for (size_t k = n; k > i; k--)
        order[k] = order[k - 1];
    order[i] = node;
    return n + 1;
}

typedef struct {
    const baro_linear_work *work;
    uint32_t *column;
    size_t n, room;
} slope_list;

/* place: 0 not met, MET_ONCE, MET_AGAIN. */
enum { MET_ONCE = 1, MET_AGAIN };

static bool add_slopes(slope_list *list, const uint32_t *column, size_t n, double adjoint)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t *place = &list->work->place[column[i]];
        if (*place == 0) {
            if (list->n == list->room)
                return false;
            list->column[list->n++] = column[i];
            *place = MET_ONCE;
        } else
            *place = MET_AGAIN;
        list->work->slope[column[i]] += adjoint;
    }
    return true;
}

/* Hands the slopes over and clears the scratch; what was added and taken away again belongs to the form no more. */
static size_t take_slopes(const slope_list *list, uint32_t *column_out, double *slope_out)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        uint32_t column = column_out[i];
        double slope = list->work->slope[column];
        bool cancelled = slope == 0 && list->work->place[column] == MET_AGAIN;
        list->work->slope[column] = 0;
        list->work->place[column] = 0;
        if (cancelled)
            continue;
        column_out[kept] = column;
        slope_out[kept++] = slope;
    }
    return kept;
}

/* Hands a node's adjoint on to what it is made of: the chain rule. */
static size_t hand_on(const baro_node *node, double adjoint, const double *value, const baro_linear_work *work, size_t n)
{
    double left = adjoint, right = adjoint;
    switch (node->kind) {
    case BARO_NODE_PLUS: right = adjoint * node->constant; break;
    case BARO_NODE_TIMES:
        left = adjoint * value[node->right];
        right = adjoint * value[node->left];
        break;
    case BARO_NODE_OVER:
        left = adjoint / value[node->right];
        right = -adjoint * value[node->left] / (value[node->right] * value[node->right]);
        break;
    default: return n;
    }
    work->adjoint[node->left] += left;
    work->adjoint[node->right] += right;
    n = insert(work->order, n, node->left);
    return insert(work->order, n, node->right);
}

baro_status baro_linearise(const baro_expression *expression, uint32_t root, const double *value, const baro_linear_work *work, size_t room,
                           uint32_t *column_out, double *slope_out, baro_linear *out)
{
    *out = (baro_linear){.value = value[root], .column = column_out, .slope = slope_out};
    if (isnan(value[root]))
        return BARO_OK;
    slope_list list = {.work = work, .column = column_out, .room = room};
    bool fits = true;
    size_t n = insert(work->order, 0, root);
    work->adjoint[root] = 1;
    while (n > 0) {
        const baro_node *node = &expression->node[work->order[--n]];
        double adjoint = work->adjoint[work->order[n]];
        work->adjoint[work->order[n]] = 0;
        if (node->kind == BARO_NODE_SUM)
            fits = add_slopes(&list, expression->column + node->first, node->n, adjoint) && fits;
        n = hand_on(node, adjoint, value, work, n);
    }
    out->n = take_slopes(&list, column_out, slope_out);
    return fits ? BARO_OK : BARO_OUT_OF_DOMAIN;
}
