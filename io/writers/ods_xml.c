/* Elements, attributes and texts of an OpenDocument part. */
#include "io/writers/ods_parts.h"

static const struct {
    const char *name, *uri;
} spaces[] = {{"office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"},
              {"style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"},
              {"text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"},
              {"table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"},
              {"fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"},
              {"number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"},
              {"meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"},
              {"dc", "http://purl.org/dc/elements/1.1/"},
              {"xlink", "http://www.w3.org/1999/xlink"}};

static void took(baro_ods *w, int written)
{
    w->failed = w->failed || written < 0;
}

void baro_ods_begin(baro_ods *w, const char *name)
{
    if (!w->failed)
        took(w, xmlTextWriterStartElement(w->xml, (const xmlChar *)name));
}

void baro_ods_end(baro_ods *w)
{
    if (!w->failed)
        took(w, xmlTextWriterEndElement(w->xml));
}

void baro_ods_attribute(baro_ods *w, const char *name, const char *value)
{
    w->failed = w->failed || !value;
    if (!w->failed)
        took(w, xmlTextWriterWriteAttribute(w->xml, (const xmlChar *)name, (const xmlChar *)value));
}

void baro_ods_letters(baro_ods *w, const char *text)
{
    if (w->failed || !*text)
        return;
    /* Encoded here: xmlTextWriterWriteString leaves the text out, and says nothing, when that has no memory. */
    xmlChar *encoded = xmlEncodeSpecialChars(NULL, (const xmlChar *)text);
    w->failed = !encoded;
    if (encoded)
        took(w, xmlTextWriterWriteRaw(w->xml, encoded));
    xmlFree(encoded);
}

void baro_ods_element(baro_ods *w, const char *name, const char *text)
{
    const char *clean = text ? baro_workbook_text(text, w->arena) : NULL;
    if (!text || !text[0])
        return;
    w->failed = w->failed || !clean;
    baro_ods_begin(w, name);
    if (clean)
        baro_ods_letters(w, clean);
    baro_ods_end(w);
}

void baro_ods_begin_document(baro_ods *w, const char *name)
{
    took(w, xmlTextWriterStartDocument(w->xml, NULL, "UTF-8", NULL));
    baro_ods_begin(w, name);
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        baro_ods_attribute(w, baro_arena_format(w->arena, "xmlns:%s", spaces[i].name), spaces[i].uri);
    baro_ods_attribute(w, "office:version", "1.3");
}

void baro_ods_end_document(baro_ods *w)
{
    if (!w->failed)
        took(w, xmlTextWriterEndDocument(w->xml));
}
