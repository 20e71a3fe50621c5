/* gallery FOLDER: every kind of chart with easy and nasty data, as PNG for a slide and for a page, and the page that
 * shows them. */
#include "tests/gallery_data.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    unsigned width, height;
} sizes[] = {{"slide", 1280, 720}, {"page", 720, 480}};
enum { SIZES = sizeof sizes / sizeof *sizes };

/* Names of kinds are plain words; those of cases may hold anything but a slash and quotes. */
static void file_name(char *out, size_t room, size_t kind, size_t k, size_t size)
{
    snprintf(out, room, "%s-%02zu-%s.png", gallery_kind_name(kind), k, sizes[size].name);
}

static baro_status draw_all(const char *folder, baro_arena *arena, baro_error *error)
{
    size_t most = gallery_kinds() * gallery_cases() * SIZES, n = 0;
    baro_chart *chart = BARO_ARRAY(arena, baro_chart, most);
    const baro_chart **pointer = BARO_ARRAY(arena, const baro_chart *, most);
    const char **path = BARO_ARRAY(arena, const char *, most);
    if (!chart || !pointer || !path)
        return BARO_NO_MEMORY;
    for (size_t kind = 0; kind < gallery_kinds(); kind++)
        for (size_t k = 0; k < gallery_cases(); k++)
            for (size_t size = 0; size < SIZES; size++) {
                char name[100];
                if (!gallery_chart(kind, k, arena, &chart[n]))
                    continue;
                chart[n].width = sizes[size].width;
                chart[n].height = sizes[size].height;
                file_name(name, sizeof name, kind, k, size);
                pointer[n] = &chart[n];
                path[n] = baro_arena_format(arena, "%s/%s", folder, name);
                if (!path[n++])
                    return BARO_NO_MEMORY;
            }
    return baro_charts_draw(pointer, path, n, BARO_PNG, error);
}

static void write_page(FILE *page, baro_arena *arena)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Gallery of charts</title>\n"
          "<style>body{font-family:sans-serif;margin:2em}img{border:1px solid #ccc;margin:0 1em 1em 0;max-width:46%;"
          "vertical-align:top}</style>\n<h1>Every kind of chart, with easy and with nasty data</h1>\n",
          page);
    for (size_t kind = 0; kind < gallery_kinds(); kind++) {
        fprintf(page, "<h2>%s</h2>\n", gallery_kind_name(kind));
        for (size_t k = 0; k < gallery_cases(); k++) {
            baro_chart chart;
            if (!gallery_chart(kind, k, arena, &chart))
                continue;
            fprintf(page, "<h3>%s, %s</h3>\n<p>", gallery_kind_name(kind), gallery_case_name(k));
            for (size_t size = 0; size < SIZES; size++) {
                char name[100];
                file_name(name, sizeof name, kind, k, size);
                fprintf(page, "<img src=\"%s\" alt=\"%s, %s, %s\">", name, gallery_kind_name(kind),
                        gallery_case_name(k), sizes[size].name);
            }
            fputs("</p>\n", page);
        }
    }
    fputs("</html>\n", page);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("gallery FOLDER\n", stderr);
        return 64;
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/index.html", argv[1]);
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    FILE *page = fopen(path, "w");
    if (!arena || !error || !page)
        return 74;
    baro_status status = draw_all(argv[1], arena, error);
    baro_error_print(error, true, stderr);
    write_page(page, arena);
    if (fclose(page) != 0)
        status = BARO_IO;
    baro_error_free(error);
    baro_arena_free(arena);
    if (status == BARO_OK)
        printf("%s\n", path);
    return status == BARO_OK ? 0 : 1;
}
