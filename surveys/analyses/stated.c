/*
 * A stated design factor, where the data hold no design: V = deft^2 p (1 - p) / n, or deft^2 s^2 / n, with unweighted n.
 *
 * Two domains that share interviews have the covariance of simple random samples, times deft^2:
 *   deft^2 n_ab / (n_a n_b) * mean over the shared interviews of (y - m_a)(y - m_b)
 * so that a group against the total that it is part of, or a change of overlapping windows, is not taken for independent.
 */
#include "surveys/analyses/cross_work.h"
#include <math.h>
#include <string.h>

typedef struct {
    double n, w, wy, wyy;
} shared_sums;

static void add_cell(const baro_cross_work *work, size_t cell, size_t j, shared_sums *sums)
{
    size_t outcomes = work->cross.outcomes;
    sums->n += work->totals.moments[cell].n;
    sums->w += work->totals.moments[cell].sum_w;
    sums->wy += work->totals.total[cell * (outcomes + 1) + j];
    sums->wyy += work->totals.sum_wyy[cell * outcomes + j];
}

/* Cells of a domain as marks; those of a rest are all that are known less the group's. */
static void mark_cells(baro_cross_work *work, size_t t, size_t d, unsigned char *mark, unsigned char bit)
{
    size_t groups = work->task->groups;
    bool rest = work->task->first && d > groups && d != baro_cross_known(work);
    size_t n = baro_cross_cells(work, t, rest ? baro_cross_known(work) : d);
    for (size_t i = 0; i < n; i++)
        mark[work->cell_list[i]] |= bit;
    n = rest ? baro_cross_cells(work, t, d - groups - 1) : 0;
    for (size_t i = 0; i < n; i++)
        mark[work->cell_list[i]] &= (unsigned char)~bit;
}

static double mean_product(const shared_sums *s, double m_a, double m_b)
{
    return s->w > 0 ? s->wyy / s->w - (m_a + m_b) * s->wy / s->w + m_a * m_b : 0;
}

/* Variance of a level, and of its difference from another where there is one; m: levels less the shift. */
static void stated_variance(baro_cross_work *work, const baro_cross_plan *plan, size_t j, unsigned char *mark)
{
    double deft = work->task->run->request->survey->deft, deft2 = deft * deft;
    shared_sums a = {0}, b = {0}, both = {0};
    size_t cells = work->cross.cells;
    memset(mark, 0, cells);
    mark_cells(work, work->form_window[plan->level], work->form_domain[plan->level], mark, 1);
    if (plan->other != BARO_NO_FORM)
        mark_cells(work, work->form_window[plan->other], work->form_domain[plan->other], mark, 2);
    for (size_t cell = 0; cell < cells; cell++) {
        if (mark[cell] & 1)
            add_cell(work, cell, j, &a);
        if (mark[cell] & 2)
            add_cell(work, cell, j, &b);
        if (mark[cell] == 3)
            add_cell(work, cell, j, &both);
    }
    double m_a = a.wy / a.w, v_a = deft2 * mean_product(&a, m_a, m_a) / a.n;
    work->variance[plan->level] = v_a;
    if (plan->other == BARO_NO_FORM)
        return;
    double m_b = b.wy / b.w, v_b = deft2 * mean_product(&b, m_b, m_b) / b.n;
    double covariance = both.n > 0 ? deft2 * both.n / (a.n * b.n) * mean_product(&both, m_a, m_b) : 0;
    work->variance[plan->other] = v_b;
    work->variance[plan->difference] = fmax(0, v_a + v_b - 2 * covariance);
}

double baro_cross_stated_covariance(baro_cross_work *work, const baro_cross_domain *first, const baro_cross_domain *second, size_t j,
                                    unsigned char *mark)
{
    double deft = work->task->run->request->survey->deft;
    shared_sums a = {0}, b = {0}, both = {0};
    memset(mark, 0, work->cross.cells);
    mark_cells(work, first->window, first->domain, mark, 1);
    mark_cells(work, second->window, second->domain, mark, 2);
    for (size_t cell = 0; cell < work->cross.cells; cell++) {
        if (mark[cell] & 1)
            add_cell(work, cell, j, &a);
        if (mark[cell] & 2)
            add_cell(work, cell, j, &b);
        if (mark[cell] == 3)
            add_cell(work, cell, j, &both);
    }
    return both.n > 0 ? deft * deft * both.n / (a.n * b.n) * mean_product(&both, a.wy / a.w, b.wy / b.w) : 0;
}

baro_status baro_cross_state(baro_cross_work *work)
{
    const baro_cross_task *task = work->task;
    unsigned char *mark = BARO_ARRAY(work->arena, unsigned char, work->cross.cells + 1);
    if (!mark)
        return BARO_NO_MEMORY;
    for (size_t row = 0; row < task->n_rows; row++)
        stated_variance(work, &work->plan[row], row / (task->n_rows / task->levels), mark);
    for (size_t i = 0; i < task->n_contrasts; i++)
        stated_variance(work, &work->contrast[i], i / (task->n_contrasts / task->levels), mark);
    return BARO_OK;
}
