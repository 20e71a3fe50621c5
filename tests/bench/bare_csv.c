/* The yardstick for reading: libcsv over a whole file with callbacks that do nothing. bare_csv FILE */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>

#define BUFFER ((size_t)1 << 20)

static void on_field(void *text, size_t length, void *fields)
{
    (void)text;
    (void)length;
    ++*(unsigned long *)fields;
}

static void on_row(int line_end, void *fields)
{
    (void)line_end;
    (void)fields;
}

int main(int argc, char **argv)
{
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    char *buffer = malloc(BUFFER);
    struct csv_parser parser;
    unsigned long fields = 0;
    size_t n;
    if (!file || !buffer || csv_init(&parser, CSV_STRICT) != 0)
        return 1;
    while ((n = fread(buffer, 1, BUFFER, file)) > 0)
        if (csv_parse(&parser, buffer, n, on_field, on_row, &fields) != n)
            return 1;
    csv_fini(&parser, on_field, on_row, &fields);
    csv_free(&parser);
    free(buffer);
    fclose(file);
    printf("%lu fields\n", fields);
    return 0;
}
