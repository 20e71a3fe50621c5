/*
 * CSV on the Web, for what baro_write_csv writes. Where the vocabulary has no word, it is Dublin Core's (dc:) or
 * schema.org's (schema:), whose prefixes every reader of CSVW knows. Source: Metadata Vocabulary for Tabular Data, W3C
 * Recommendation 17 December 2015, sections 5 and 6.
 */
#include "io/writers/csvw.h"
#include "io/writers/escape.h"

static void write_property(baro_output *output, const char *name, const char *text)
{
    if (!text || !text[0])
        return;
    baro_output_format(output, ",\n  \"%s\": ", name);
    baro_escape_json(output, text);
}

/* CSV writes an empty field for a missing value; that is also what the vocabulary takes for null. */
static void write_dialect(baro_output *output)
{
    baro_output_text(output,
                     ",\n  \"dialect\": {\"encoding\": \"utf-8\", \"delimiter\": \",\", \"quoteChar\": \"\\\"\", "
                     "\"doubleQuote\": true, \"lineTerminators\": [\"\\n\"], \"header\": true, "
                     "\"headerRowCount\": 1}");
}

/* A virtual or unnamed column has no place in a CSV of ours, so the name is the title, too. Names are escaped as RFC
 * 3986 wants them for URI templates; those of the contract never need it. */
static void write_name(baro_output *output, const char *name)
{
    baro_output_text(output, "\"");
    for (const unsigned char *at = (const unsigned char *)name; *at; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') ||
                     (*at == '_' && at != (const unsigned char *)name);
        baro_output_format(output, plain ? "%c" : "%%%02X", (int)*at);
    }
    baro_output_text(output, "\"");
}

static void write_column(baro_output *output, const baro_sheet_column *column)
{
    const char *name = column->name ? column->name : "";
    baro_output_text(output, "    {\"name\": ");
    write_name(output, name);
    baro_output_text(output, ", \"titles\": ");
    baro_escape_json(output, name);
    baro_output_format(output, ", \"datatype\": \"%s\"", column->numeric ? "number" : "string");
    baro_output_text(output, ", \"null\": \"\"");
    if (column->description && column->description[0]) {
        baro_output_text(output, ", \"dc:description\": ");
        baro_escape_json(output, column->description);
    }
    if (column->unit && column->unit[0]) {
        baro_output_text(output, ", \"schema:unitText\": ");
        baro_escape_json(output, column->unit);
    }
    baro_output_text(output, "}");
}

static void write_notes(baro_output *output, const baro_sheet *sheet)
{
    size_t written = 0;
    for (size_t i = 0; i < sheet->n_notes; i++) {
        if (!sheet->notes[i] || !sheet->notes[i][0])
            continue;
        baro_output_text(output, written++ ? ", " : ",\n  \"rdfs:comment\": [");
        baro_escape_json(output, sheet->notes[i]);
    }
    baro_output_text(output, written ? "]" : "");
}

baro_status baro_write_csvw(const baro_sheet *sheet, const baro_csvw *about, baro_output *output)
{
    baro_output_text(output, "{\n  \"@context\": \"http://www.w3.org/ns/csvw\",\n  \"url\": ");
    baro_escape_json(output, about->url);
    write_property(output, "dc:title", about->title);
    write_property(output, "dc:description", about->description);
    write_property(output, "dc:publisher", about->publisher);
    write_property(output, "dc:source", about->source);
    write_property(output, "dc:license", about->licence);
    write_dialect(output);
    write_notes(output, sheet);
    baro_output_text(output, ",\n  \"tableSchema\": {\"columns\": [\n");
    for (size_t c = 0; c < sheet->n_columns; c++) {
        baro_output_text(output, c ? ",\n" : "");
        write_column(output, &sheet->columns[c]);
    }
    baro_output_text(output, "\n  ]}\n}\n");
    return BARO_OK;
}
