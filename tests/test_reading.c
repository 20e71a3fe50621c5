/* One reading lent to several requests: the answers are those of a reading each. */
#include "tests/analysis.h"
#include "tests/check.h"
#include "io/base/pool.h"
#include "surveys/binding/binding.h"
#include <stdlib.h>

static const char survey[] =
    "survey: {id: lent, title: Lent}\n"
    "design: {weight: w, strata: region, psu: ward}\n"
    "groups: [{id: sex, label: Sex, columns: [gender, sex]}, {id: region, label: Region, columns: region}]\n"
    "measures:\n"
    "  - {id: trust, label: Trust, columns: q1, positive: [1, 2], negative: [3]}\n"
    "  - {id: age, label: Age, columns: age, statistic: mean}\n"
    "publish: {suppress_below: 0}\n";
static const char data[] = "region,ward,w,sex,q1,age,area\n"
                           "N,1,1.25,f,1,31,a\nN,1,0.75,m,3,47,b\nN,2,1.5,f,2,22,a\nN,2,1,m,3,64,b\n"
                           "S,3,0.5,f,3,58,a\nS,3,2,m,1,39,b\nS,4,1.75,f,,41,a\nS,4,1,m,2,28,b\n";

static void ask(analysis *a, const char *measure, const char *by)
{
    static const char *const all[] = {"trust", "age"};
    analysis_open_text(a, survey);
    analysis_data(a, "lent.csv", data);
    a->request.measures = (baro_texts){measure[0] == 't' ? all : all + 1, 1};
    analysis_by(a, by, NULL);
}

static char *told_alone(const char *measure, const char *by)
{
    analysis a;
    ask(&a, measure, by);
    analysis_works(&a);
    char *told = analysis_tell(&a);
    analysis_close(&a);
    return told;
}

static void test_lent(void **state)
{
    (void)state;
    char *alone[] = {told_alone("trust", "sex"), told_alone("age", "region")};
    analysis a, b;
    ask(&a, "trust", "sex");
    ask(&b, "age", "region");
    const char *own = b.data[0]; /* its folder is taken away at the end */
    b.data[0] = a.data[0];
    const baro_request *const requests[] = {&a.request, &b.request};
    baro_pool *pool = baro_pool_new(2);
    baro_arena *arena = baro_arena_new();
    baro_reading reading;
    assert_int_equal(baro_requests_read(requests, 2, pool, arena, a.error, &reading), BARO_OK);
    assert_int_equal(reading.n, 6); /* w, region (a stratum and a group), ward, gender or sex, q1, age as numbers */
    a.request.reading = b.request.reading = &reading;
    analysis_works(&a);
    analysis_works(&b);
    char *lent[] = {analysis_tell(&a), analysis_tell(&b)};
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(lent[i], alone[i]);
        free(lent[i]);
        free(alone[i]);
    }
    baro_reading_close(&reading);
    baro_pool_free(pool);
    baro_arena_free(arena);
    b.data[0] = own;
    analysis_close(&a);
    analysis_close(&b);
}

/* A reading without a column that is wanted, or of other files, is not used. */
static void test_lacking(void **state)
{
    (void)state;
    analysis a, b;
    ask(&a, "trust", "sex");
    ask(&b, "age", "region");
    const baro_request *const requests[] = {&a.request};
    baro_pool *pool = baro_pool_new(1);
    baro_arena *arena = baro_arena_new();
    baro_reading reading;
    assert_int_equal(baro_requests_read(requests, 1, pool, arena, a.error, &reading), BARO_OK);
    char *alone = told_alone("age", "region");
    const char *own = b.data[0];
    for (int same_file = 0; same_file < 2; same_file++) {
        b.data[0] = same_file ? a.data[0] : own;
        b.request.reading = &reading;
        analysis_works(&b);
        char *told = analysis_tell(&b);
        assert_string_equal(told, alone);
        free(told);
    }
    free(alone);
    baro_reading_close(&reading);
    baro_pool_free(pool);
    baro_arena_free(arena);
    b.data[0] = own;
    analysis_close(&a);
    analysis_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lent), cmocka_unit_test(test_lacking)};
    return cmocka_run_group_tests_name("reading", tests, NULL, NULL);
}
