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

static void is_laid_out(void **state)
{
    static const unsigned sizes[][2] = {{0, 0}, {1280, 720}, {720, 480}};
    const shown *s = *state;
    char path[] = "/tmp/baro-gallery-XXXXXX.svg";
    int made = mkstemps(path, 4);
    assert_true(made >= 0);
    close(made);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        baro_arena *arena = baro_arena_new();
        baro_error *error = baro_error_new();
        baro_chart chart;
        size_t n;
        assert_true(gallery_chart(s->kind, s->k, arena, &chart));
        chart.width = sizes[i][0];
        chart.height = sizes[i][1];
        baro_status status = baro_chart_draw(&chart, BARO_SVG, path, error);
        baro_error_print(error, true, stderr);
        assert_int_equal(status, BARO_OK);
        char *svg = read_whole(path, NULL);
        assert_non_null(svg);
        svg_text *texts = svg_texts_read(svg, &n);
        const char *width = strstr(svg, " width=\""), *height = strstr(svg, " height=\"");
        assert_non_null(width);
        assert_non_null(height);
        check_chart_layout(texts, n, strtod(width + 8, NULL), strtod(height + 9, NULL));
        svg_texts_free(texts, n);
        free(svg);
        baro_error_free(error);
        baro_arena_free(arena);
    }
    unlink(path);
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
