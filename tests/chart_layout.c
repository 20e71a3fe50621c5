#include "tests/chart_layout.h"
#include "plots/draw/measure.h"
#include "tests/check.h"

void check_chart_layout(const svg_text *texts, size_t n, double width, double height)
{
    struct {
        double left, right, top, bottom;
    } box[2000];
    assert_true(n > 0 && n < 2000);
    for (size_t i = 0; i < n; i++) {
        const baro_type type = {texts[i].size, 0, texts[i].bold, ""};
        double wide = baro_measure(&type, texts[i].text) / 1.03;
        box[i].left = texts[i].x - wide * texts[i].anchor / 2;
        box[i].right = box[i].left + wide;
        box[i].top = texts[i].y - 0.72 * texts[i].size;
        box[i].bottom = texts[i].y + 0.2 * texts[i].size;
        if (box[i].left < 4 || box[i].right > width - 4 || box[i].top < 4 || box[i].bottom > height - 4) {
            print_error("outside the page: '%s'\n", texts[i].text);
            fail();
        }
        for (size_t k = 0; k < i; k++)
            if (box[i].left < box[k].right && box[k].left < box[i].right && box[i].top < box[k].bottom &&
                box[k].top < box[i].bottom) {
                print_error("'%s' touches '%s'\n", texts[i].text, texts[k].text);
                fail();
            }
    }
}
