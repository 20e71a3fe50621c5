#include "tests/check.h"
#include "tests/golden.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *what, const char *path)
{
    fprintf(stderr, "%s: %s (tests run from the root of the project)\n", path, what);
    exit(1);
}

static char *slurp(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        give_up("cannot be read", path);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 2);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size)
        give_up("cannot be read", path);
    fclose(file);
    text[size] = '\n';
    text[size + 1] = '\0';
    return text;
}

golden golden_read(const char *path)
{
    golden table = {.text = slurp(path)};
    size_t lines = 0, n = 0;
    for (char *c = table.text; *c; c++) {
        lines += *c == '\n';
        table.columns += lines == 0 && (*c == ',');
    }
    table.columns++;
    table.field = calloc(lines * table.columns + 1, sizeof *table.field);
    if (!table.field)
        give_up("no memory", path);
    for (char *line = table.text, *end; *line && (end = strchr(line, '\n')); line = end + 1) {
        if (end == line)
            continue;
        *end = '\0';
        for (char *field = line; field && n < lines * table.columns; n++) {
            char *comma = strchr(field, ',');
            table.field[n] = field;
            if (comma)
                *comma = '\0';
            field = comma ? comma + 1 : NULL;
        }
    }
    table.rows = n / table.columns - 1;
    if (n % table.columns)
        give_up("rows of unequal length", path);
    return table;
}

void golden_free(golden *table)
{
    free(table->field);
    free(table->text);
}

size_t golden_column(const golden *table, const char *name)
{
    for (size_t c = 0; c < table->columns; c++)
        if (strcmp(table->field[c], name) == 0)
            return c;
    give_up("has no such column in the reference files", name);
    return 0;
}

const char *golden_text(const golden *table, size_t row, const char *column)
{
    return table->field[(row + 1) * table->columns + golden_column(table, column)];
}

double golden_number(const golden *table, size_t row, const char *column)
{
    const char *text = golden_text(table, row, column);
    return *text ? strtod(text, NULL) : NAN;
}

bool golden_listed(const char *answer, const char *list)
{
    size_t length = strlen(answer);
    for (const char *item = list; length > 0; item = strchr(item, '|') + 1) {
        size_t n = strcspn(item, "|&");
        if (n == length && strncmp(item, answer, n) == 0)
            return true;
        if (item[n] != '|')
            return false;
    }
    return false;
}

bool golden_in_domain(const golden *data, size_t row, const char *domain)
{
    while (*domain) {
        char column[64];
        size_t n = strcspn(domain, "=");
        snprintf(column, sizeof column, "%.*s", (int)n, domain);
        if (!golden_listed(golden_text(data, row, column), domain + n + 1))
            return false;
        domain += n + 1;
        domain += strcspn(domain, "&");
        domain += *domain == '&';
    }
    return true;
}

golden_library golden_library_open(void)
{
    return (golden_library){.designs = golden_read("tests/reference/designs.csv")};
}

void golden_library_close(golden_library *library)
{
    golden_free(&library->designs);
    for (size_t i = 0; i < GOLDEN_FILES && library->name[i]; i++)
        golden_free(&library->data[i]);
}

const golden *golden_library_data(golden_library *library, const char *design)
{
    char path[128];
    size_t d = 0, i = 0;
    while (strcmp(golden_text(&library->designs, d, "design"), design) != 0)
        d++;
    const char *name = golden_text(&library->designs, d, "data");
    while (i < GOLDEN_FILES && library->name[i] && strcmp(library->name[i], name) != 0)
        i++;
    if (i == GOLDEN_FILES)
        give_up("more data files than a library holds", name);
    if (!library->name[i]) {
        snprintf(path, sizeof path, "tests/data/%s.csv", name);
        library->name[i] = name;
        library->data[i] = golden_read(path);
    }
    return &library->data[i];
}

/* ---- a case ---- */

static void *get(golden_case *made, size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    assert_non_null(memory);
    assert_true(made->n_memory < sizeof made->memory / sizeof *made->memory);
    made->memory[made->n_memory++] = memory;
    return memory;
}

/* Dense codes of a column's texts, by first appearance. */
static uint32_t *codes_of(golden_case *made, const golden *data, const char *column, size_t *n)
{
    uint32_t *code = get(made, data->rows, sizeof *code);
    const char **seen = get(made, data->rows, sizeof *seen);
    for (size_t row = 0; row < data->rows; row++) {
        const char *text = golden_text(data, row, column);
        size_t c = 0;
        while (c < *n && strcmp(seen[c], text) != 0)
            c++;
        if (c == *n)
            seen[(*n)++] = text;
        code[row] = (uint32_t)c;
    }
    return code;
}

static void make_design(golden_case *made, const golden *designs, const golden *data, size_t d)
{
    baro_design_columns columns = {.rows = data->rows, .nested = strcmp(golden_text(designs, d, "nest"), "yes") == 0};
    const char *strata = golden_text(designs, d, "strata"), *ids = golden_text(designs, d, "ids"), *fpc = golden_text(designs, d, "fpc");
    const char *weight = golden_text(designs, d, "weight");
    if (*strata)
        columns.stratum = codes_of(made, data, strata, &columns.strata);
    if (*ids)
        columns.psu = codes_of(made, data, ids, &columns.psus);
    made->fpc = get(made, data->rows, sizeof *made->fpc);
    made->weight = get(made, data->rows, sizeof *made->weight);
    for (size_t row = 0; row < data->rows; row++) {
        made->fpc[row] = *fpc ? golden_number(data, row, fpc) : 0;
        made->weight[row] = *weight ? golden_number(data, row, weight) : 1;
    }
    columns.fpc = *fpc ? made->fpc : NULL;
    size_t strata_room = columns.strata + 1;
    baro_design_space space = {.row = get(made, data->rows, sizeof(uint32_t)),
                               .unit_end = get(made, data->rows, sizeof(uint32_t)),
                               .stratum_end = get(made, strata_room, sizeof(uint32_t)),
                               .stratum = get(made, strata_room, sizeof(uint32_t)),
                               .work = get(made, data->rows + columns.psus + columns.strata + 4, sizeof(uint32_t)),
                               .fraction = get(made, strata_room, sizeof(double))};
    baro_fault fault;
    assert_int_equal(baro_design_order(&columns, &space, &made->design, &fault), BARO_OK);
}

static void make_totals(golden_case *made)
{
    size_t columns = made->cross.cells * 2, room = baro_totals_room(&made->design, &made->cross);
    baro_totals_work work = {get(made, columns, sizeof(uint32_t)), get(made, columns, 1), get(made, columns, sizeof(baro_sum))};
    made->totals = (baro_totals){.unit_end = get(made, made->design.units, sizeof(uint32_t)),
                                 .column = get(made, room, sizeof(uint32_t)),
                                 .high = get(made, room, sizeof(double)),
                                 .low = get(made, room, sizeof(double)),
                                 .total = get(made, columns, sizeof(double)),
                                 .moments = get(made, made->cross.cells, sizeof(baro_moments)),
                                 .sum_wyy = get(made, made->cross.cells, sizeof(double)),
                                 .hits = get(made, made->cross.cells, sizeof(double))};
    baro_fault fault;
    assert_int_equal(baro_totals_sum(&made->design, &made->cross, &work, &made->totals, &fault), BARO_OK);
}

void golden_case_open(golden_case *out, const golden *designs, const golden *data, const char *design, const char *variable, const char *level,
                      const char *const *domain, size_t domains)
{
    size_t d = 0;
    while (d < designs->rows && strcmp(golden_text(designs, d, "design"), design) != 0)
        d++;
    assert_true(d < designs->rows);
    *out = (golden_case){.rows = data->rows, .domains = domains};
    make_design(out, designs, data, d);
    uint32_t *cell = get(out, data->rows, sizeof *cell);
    out->y = get(out, data->rows, sizeof *out->y);
    out->y_column = out->y;
    double sum = 0;
    for (size_t row = 0; row < data->rows; row++) {
        const char *answer = golden_text(data, row, variable);
        out->y[row] = *level ? golden_listed(answer, level) : golden_number(data, row, variable);
        cell[row] = BARO_NO_CELL;
        if (!*answer)
            continue;
        cell[row] = 0;
        sum += out->y[row] / (double)data->rows;
        for (size_t i = 0; i < domains; i++)
            cell[row] |= (uint32_t)golden_in_domain(data, row, domain[i]) << i;
    }
    out->cross = (baro_cross){.cells = (size_t)1 << domains, .outcomes = 1, .cell = cell, .weight = out->weight, .number = &out->y_column, .shift = *level ? 0 : sum};
    make_totals(out);
}

void golden_case_close(golden_case *made)
{
    for (size_t i = 0; i < made->n_memory; i++)
        free(made->memory[i]);
}

/* The expression of up to four levels: nodes 3 i, 3 i + 1 the sums, 3 i + 2 the level; then the weighted sum of levels. */
typedef struct {
    baro_node node[5 * GOLDEN_DOMAINS];
    uint32_t column[GOLDEN_DOMAINS * 2 << GOLDEN_DOMAINS], root;
    double value[5 * GOLDEN_DOMAINS];
    baro_expression expression;
} contrast;

static void add_sum(const golden_case *made, size_t domain, size_t offset, contrast *c, size_t *used)
{
    baro_node *node = &c->node[c->expression.n_nodes++];
    *node = (baro_node){.kind = BARO_NODE_SUM, .first = *used};
    for (size_t cell = 0; cell < made->cross.cells; cell++)
        if (cell >> domain & 1) {
            c->column[(*used)++] = (uint32_t)(2 * cell + offset);
            node->n++;
        }
}

static void build(const golden_case *made, const double *k, size_t terms, bool total, contrast *c)
{
    size_t used = 0;
    c->expression = (baro_expression){.node = c->node, .column = c->column};
    for (size_t i = 0; i < made->domains; i++) {
        add_sum(made, i, 0, c, &used);
        add_sum(made, i, 1, c, &used);
        uint32_t sum = (uint32_t)(3 * i), weights = sum + 1;
        c->node[c->expression.n_nodes++] = total ? (baro_node){BARO_NODE_PLUS, sum, weights, made->cross.shift, 0, 0}
                                                 : (baro_node){BARO_NODE_OVER, sum, weights, 0, 0, 0};
    }
    c->root = 2;
    if (terms > 1 || k[0] != 1) {
        c->node[c->expression.n_nodes++] = (baro_node){.kind = BARO_NODE_CONSTANT};
        for (size_t i = 0; i < terms; i++) {
            uint32_t before = (uint32_t)c->expression.n_nodes - 1;
            c->node[c->expression.n_nodes++] = (baro_node){BARO_NODE_PLUS, before, (uint32_t)(3 * i + 2), k[i], 0, 0};
        }
        c->root = (uint32_t)c->expression.n_nodes - 1;
    }
    baro_expression_values(&c->expression, made->totals.total, c->value);
}

static void form_of(const golden_case *made, contrast *c, uint32_t root, uint32_t *column, double *slope, baro_linear *out)
{
    double adjoint[5 * GOLDEN_DOMAINS] = {0}, slopes[2 << GOLDEN_DOMAINS] = {0};
    uint32_t order[5 * GOLDEN_DOMAINS], place[2 << GOLDEN_DOMAINS] = {0};
    baro_linear_work work = {adjoint, order, slopes, place};
    assert_int_equal(baro_linearise(&c->expression, root, c->value, &work, made->totals.columns, column, slope, out), BARO_OK);
}

golden_form golden_contrast(const golden_case *made, const double *k, size_t terms, bool total, baro_one_psu one_psu)
{
    contrast c;
    uint32_t column[2 << GOLDEN_DOMAINS];
    double slope[2 << GOLDEN_DOMAINS];
    baro_linear form;
    golden_form out;
    build(made, k, terms, total, &c);
    form_of(made, &c, c.root, column, slope, &form);
    baro_variance_job job = {&made->design, &made->totals, &form, 1, one_psu};
    void *scratch = malloc(baro_variance_room(&job, 0));
    baro_fault fault;
    assert_int_equal(baro_variances(&job, scratch, &out.variance, &out.reach, &fault), BARO_OK);
    free(scratch);
    out.value = form.value;
    return out;
}

double golden_covariance(const golden_case *made, size_t i, size_t j, bool total)
{
    const double one[] = {1};
    contrast c;
    uint32_t column[2][2 << GOLDEN_DOMAINS];
    double slope[2][2 << GOLDEN_DOMAINS], covariance = NAN;
    baro_linear form[2];
    build(made, one, 1, total, &c);
    form_of(made, &c, (uint32_t)(3 * i + 2), column[0], slope[0], &form[0]);
    form_of(made, &c, (uint32_t)(3 * j + 2), column[1], slope[1], &form[1]);
    baro_variance_job job = {&made->design, &made->totals, form, 2, BARO_ONE_PSU_FAIL};
    const baro_pair pair = {0, 1};
    void *scratch = malloc(baro_variance_room(&job, 1));
    baro_fault fault;
    assert_int_equal(baro_covariances(&job, &pair, 1, scratch, &covariance, &fault), BARO_OK);
    free(scratch);
    return covariance;
}

baro_moments golden_moments(const golden_case *made, size_t domain, double *sum_wyy)
{
    baro_moments sum = {0};
    *sum_wyy = 0;
    for (size_t cell = 0; cell < made->cross.cells; cell++)
        if (cell >> domain & 1) {
            sum.n += made->totals.moments[cell].n;
            sum.sum_w += made->totals.moments[cell].sum_w;
            sum.sum_w2 += made->totals.moments[cell].sum_w2;
            *sum_wyy += made->totals.sum_wyy[cell];
        }
    return sum;
}
