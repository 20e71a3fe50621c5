/* No field crashes the reader of periods; whatever is read has a label that reads back as the same period. */
#include "surveys/model/period.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = {NULL, "%d/%m/%Y", "%b %y", "%Y%m%d %H:%M:%S"};
    if (size < 1)
        return 0;
    baro_calendar calendar = {.unit = (baro_unit)(data[0] % 3), .year_starts = 1 + data[0] / 3 % 12, .format = formats[data[0] / 64]};
    char *text = malloc(size); /* exactly as long as the field, so that a step beyond is seen */
    baro_period period, again;
    char label[32], words[64];
    if (text == NULL)
        abort();
    memcpy(text, data + 1, size - 1);
    if (baro_period_read(&calendar, text, size - 1, &period)) {
        baro_period_label(&calendar, period, label);
        if (!baro_period_parse(&calendar, label, &again) || again != period)
            abort();
        baro_period_words(&calendar, period, 1 + data[0] % 9, words);
    }
    free(text);
    return 0;
}
