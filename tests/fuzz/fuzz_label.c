/*
 * Any bytes as a label: what gets into a script is one closed string, and what gets out of the SVG editor is XML.
 * Build: clang -fsanitize=fuzzer,address,undefined tests/fuzz/fuzz_label.c with the library.
 */
#include "io/base/output.h"
#include "plots/draw/measure.h"
#include "plots/draw/script.h"
#include "plots/draw/svg.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* Each array element: L[n]=" ... " with backslash, quote and back-quote escaped and no control byte. */
static void check_elements(const char *script)
{
    for (const char *at = script; (at = strstr(at, "\nL[")) != NULL; at++) {
        const char *c = strchr(at, '"');
        must(c != NULL);
        for (c++; *c != '"'; c++) {
            must((unsigned char)*c >= 0x20 && *c != 0x7F && *c != '`');
            if (*c == '\\') {
                c++;
                must(*c == '\\' || *c == '"' || *c == '`');
            }
        }
        must(c[1] == '\n');
    }
}

static void check_script(const char *text, double width)
{
    baro_arena *arena = baro_arena_new();
    baro_script *script = baro_script_new(NULL);
    baro_lines lines, even;
    const char *out;
    size_t length;
    must(arena && script);
    must(baro_wrap(arena, &baro_type_label, text, width, 5, &lines));
    must(baro_wrap_evenly(arena, &baro_type_label, text, width, 5, &even));
    must(lines.n <= 5 && even.n == lines.n);
    for (size_t i = 0; i < lines.n; i++)
        baro_script_text(script, &baro_type_label, BARO_RIGHT, 1, 2, lines.line[i]);
    if (baro_script_finish(script, BARO_SVG, 960, 500, &out, &length) == BARO_OK) {
        must(strlen(out) == length);
        check_elements(out);
    }
    baro_script_free(script);
    baro_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    must(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    check_script(text, size > 0 ? 1 + 3.0 * data[0] : 100);
    baro_output *output;
    if (baro_output_open("/dev/null", &output, NULL) == BARO_OK) {
        (void)baro_svg_write(text, size, "id", text, text, output);
        baro_output_close(output, NULL);
    }
    free(text);
    return 0;
}
