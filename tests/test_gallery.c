/* Every kind of chart with easy and nasty data: everything that is said stands inside the page, and no two texts touch.
 */
#include "tests/check.h"
#include "tests/chart_layout.h"
#include "tests/gallery_data.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    size_t kind, k;
    char name[100];
} shown;

enum { SIZES = 3 };

static void check_one(const char *path)
{
    size_t n;
    char *svg = read_whole(path, NULL);
    assert_non_null(svg);
    svg_text *texts = svg_texts_read(svg, &n);
    const char *width = strstr(svg, " width=\""), *height = strstr(svg, " height=\"");
    assert_non_null(width);
    assert_non_null(height);
    check_chart_layout(texts, n, strtod(width + 8, NULL), strtod(height + 9, NULL));
    svg_texts_free(texts, n);
    free(svg);
}

/* As high as it needs, for a slide, and for a page: by one gnuplot. */
static void is_laid_out(void **state)
{
    static const unsigned sizes[SIZES][2] = {{0, 0}, {1280, 720}, {720, 480}};
    const shown *s = *state;
    char folder[] = "/tmp/baro-gallery-XXXXXX", file[SIZES][64];
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_chart chart[SIZES];
    const baro_chart *pointer[SIZES];
    const char *path[SIZES];
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < SIZES; i++) {
        assert_true(gallery_chart(s->kind, s->k, arena, &chart[i]));
        chart[i].width = sizes[i][0];
        chart[i].height = sizes[i][1];
        snprintf(file[i], sizeof file[i], "%s/%zu.svg", folder, i);
        pointer[i] = &chart[i];
        path[i] = file[i];
    }
    baro_status status = baro_charts_draw(pointer, path, SIZES, BARO_SVG, error);
    baro_error_print(error, true, stderr);
    assert_int_equal(status, BARO_OK);
    for (size_t i = 0; i < SIZES; i++) {
        check_one(file[i]);
        unlink(file[i]);
    }
    assert_int_equal(rmdir(folder), 0);
    baro_error_free(error);
    baro_arena_free(arena);
}

int main(void)
{
    enum { MOST = 400 };
    static shown rows[MOST];
    static struct CMUnitTest all[MOST];
    size_t n = 0;
    baro_arena *arena = baro_arena_new();
    for (size_t kind = 0; kind < gallery_kinds(); kind++)
        for (size_t k = 0; k < gallery_cases() && n < MOST; k++) {
            baro_chart chart;
            if (!gallery_chart(kind, k, arena, &chart))
                continue;
            rows[n].kind = kind;
            rows[n].k = k;
            snprintf(rows[n].name, sizeof rows[n].name, "%s, %s", gallery_kind_name(kind), gallery_case_name(k));
            all[n] = (struct CMUnitTest){.name = rows[n].name, .test_func = is_laid_out, .initial_state = &rows[n]};
            n++;
        }
    baro_arena_free(arena);
    return _cmocka_run_group_tests("gallery", all, n, NULL, NULL);
}
