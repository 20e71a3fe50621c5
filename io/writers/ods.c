/*
 * Workbooks as OpenDocument spreadsheets (OASIS ODF 1.3, parts 2 and 3): a ZIP whose first entry is the media type, not
 * compressed, then the XML parts. The time of every entry is the same, so that the same tables give the same bytes.
 */
#include "io/writers/ods_parts.h"
#include <string.h>
#include <zip.h>

static const char media_type[] = "application/vnd.oasis.opendocument.spreadsheet";

/* The look, but for widths and the numbers of decimals. */
static const char styles_xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<office:document-styles xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
    "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
    "xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" office:version=\"1.3\">"
    "<office:font-face-decls><style:font-face style:name=\"" BARO_WORKBOOK_FONT
    "\" svg:font-family=\"" BARO_WORKBOOK_FONT
    "\" style:font-family-generic=\"swiss\" style:font-pitch=\"variable\"/></office:font-face-decls>"
    "<office:styles><style:default-style style:family=\"table-cell\">"
    "<style:table-cell-properties fo:wrap-option=\"wrap\" style:vertical-align=\"top\"/>"
    "<style:text-properties style:font-name=\"" BARO_WORKBOOK_FONT
    "\" fo:font-size=\"12pt\" fo:language=\"en\" fo:country=\"GB\"/>"
    "</style:default-style>"
    "<style:style style:name=\"Default\" style:family=\"table-cell\"/></office:styles>"
    /* printed, all columns stand on one page */
    "<office:automatic-styles><style:page-layout style:name=\"page\"><style:page-layout-properties "
    "fo:page-width=\"29.7cm\" fo:page-height=\"21cm\" style:print-orientation=\"landscape\" style:scale-to-X=\"1\" "
    "style:scale-to-Y=\"0\"/></style:page-layout></office:automatic-styles><office:master-styles>"
    "<style:master-page style:name=\"Default\" style:page-layout-name=\"page\"/></office:master-styles>"
    "</office:document-styles>\n";

static const char manifest_xml[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
    "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>\n";

static void write_meta(baro_ods *w)
{
    const char *made = baro_workbook_made_words(w->workbook, w->arena);
    baro_ods_begin_document(w, "office:document-meta");
    baro_ods_begin(w, "office:meta");
    baro_ods_element(w, "meta:generator", "barometer");
    baro_ods_element(w, "dc:title", w->workbook->title);
    baro_ods_element(w, "dc:subject", w->workbook->subject);
    baro_ods_element(w, "meta:keyword", w->workbook->keywords);
    baro_ods_element(w, "meta:initial-creator", w->workbook->author);
    baro_ods_element(w, "dc:creator", w->workbook->author);
    baro_ods_element(w, "meta:creation-date", made ? made : "");
    baro_ods_element(w, "dc:date", made ? made : "");
    baro_ods_end_document(w);
}

/* A part as bytes in the arena; NULL without memory. */
static const char *part_of(baro_ods *w, void (*write)(baro_ods *), size_t *length)
{
    xmlBufferPtr buffer = xmlBufferCreate();
    char *bytes = NULL;
    w->xml = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL;
    if (w->xml) {
        write(w);
        xmlFreeTextWriter(w->xml); /* flushes */
        *length = (size_t)xmlBufferLength(buffer);
        bytes = w->failed ? NULL : baro_arena_text(w->arena, (const char *)xmlBufferContent(buffer), *length);
    }
    if (buffer)
        xmlBufferFree(buffer);
    return bytes;
}

static bool add_entry(zip_t *zip, const char *name, const char *bytes, size_t length, bool stored)
{
    enum { START_OF_1980 = 1 << 5 | 1 };
    zip_source_t *source = bytes ? zip_source_buffer(zip, bytes, length, 0) : NULL;
    zip_int64_t at = source ? zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (source && at < 0)
        zip_source_free(source);
    return at >= 0 && zip_set_file_compression(zip, (zip_uint64_t)at, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) == 0 &&
           zip_file_set_dostime(zip, (zip_uint64_t)at, 0, START_OF_1980, 0) == 0;
}

static bool add_parts(baro_ods *w, zip_t *zip)
{
    size_t of_content = 0, of_meta = 0;
    const char *content = part_of(w, baro_ods_content, &of_content), *meta = part_of(w, write_meta, &of_meta);
    return content && meta && add_entry(zip, "mimetype", media_type, sizeof media_type - 1, true) &&
           add_entry(zip, "META-INF/manifest.xml", manifest_xml, sizeof manifest_xml - 1, false) &&
           add_entry(zip, "content.xml", content, of_content, false) &&
           add_entry(zip, "styles.xml", styles_xml, sizeof styles_xml - 1, false) &&
           add_entry(zip, "meta.xml", meta, of_meta, false);
}

/* The whole package in memory, in the arena. */
static const char *package_of(baro_ods *w, size_t *length)
{
    zip_error_t failed;
    zip_stat_t about;
    char *bytes = NULL;
    zip_error_init(&failed);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &failed);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_TRUNCATE, &failed) : NULL;
    zip_error_fini(&failed);
    if (!zip) {
        if (source)
            zip_source_free(source);
        return NULL;
    }
    zip_source_keep(source); /* what is written is read from it */
    if (!add_parts(w, zip) || zip_close(zip) != 0) {
        zip_discard(zip);
    } else if (zip_source_stat(source, &about) == 0 && zip_source_open(source) == 0) {
        bytes = BARO_ARRAY(w->arena, char, about.size + 1);
        if (bytes && zip_source_read(source, bytes, about.size) != (zip_int64_t)about.size)
            bytes = NULL;
        *length = (size_t)about.size;
        zip_source_close(source);
    }
    zip_source_free(source);
    return bytes;
}

static baro_status check_package(const baro_workbook *workbook, const char *bytes, size_t length, const char *path,
                                 baro_error *error)
{
    size_t rows = 0;
    for (size_t i = 0; i < workbook->n_sheets; i++) {
        const baro_sheet *table = workbook->sheets[i].table;
        rows += workbook->sheets[i].n_lines + (table && table->n_columns > 0 ? 1 + table->n_rows : 0);
    }
    const baro_package_part parts[] = {{"mimetype", NULL, 0},
                                       {"META-INF/manifest.xml", "file-entry", 4},
                                       {"content.xml", "table-row", rows},
                                       {"styles.xml", NULL, 0},
                                       {"meta.xml", NULL, 0}};
    return baro_package_check(bytes, length, parts, sizeof parts / sizeof *parts, path, error);
}

static bool measure(baro_ods *w)
{
    size_t n = w->workbook->n_sheets;
    w->width = BARO_ARRAY(w->arena, const unsigned *, n + 1);
    w->title = BARO_ARRAY(w->arena, const char *const *, n + 1);
    for (size_t i = 0; w->width && w->title && i < n; i++) {
        const baro_worksheet *sheet = &w->workbook->sheets[i];
        w->title[i] = sheet->table ? baro_workbook_titles(sheet->table, w->arena) : NULL;
        w->width[i] = sheet->table && !w->title[i] ? NULL : baro_workbook_widths(sheet, w->title[i], w->arena);
        if (!w->width[i])
            return false;
    }
    return w->width && w->title;
}

baro_status baro_write_ods(const baro_workbook *workbook, const char *path, baro_error *error)
{
    baro_status status = baro_workbook_fits(workbook, path, error);
    baro_arena *arena = status == BARO_OK ? baro_arena_new() : NULL;
    if (!arena)
        return status == BARO_OK ? BARO_NO_MEMORY : status;
    size_t length = 0;
    baro_ods w = {.workbook = workbook, .arena = arena};
    const char *bytes = measure(&w) ? package_of(&w, &length) : NULL;
    status = bytes ? check_package(workbook, bytes, length, path, error) : BARO_NO_MEMORY;
    if (status == BARO_OK)
        status = baro_package_write(path, bytes, length, error);
    baro_arena_free(arena);
    return status;
}
