/* Packages of XML in a ZIP, read back before anybody else gets to see them. */
#include "io/base/output.h"
#include "io/writers/workbook_parts.h"
#include <libxml/xmlreader.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

/* NULL: the entry is damaged, or there is no memory. */
static char *read_entry(zip_t *zip, zip_uint64_t at, size_t *length)
{
    zip_stat_t about;
    if (zip_stat_index(zip, at, 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE) || about.size > INT_MAX)
        return NULL;
    char *bytes = malloc((size_t)about.size + 1);
    zip_file_t *file = bytes ? zip_fopen_index(zip, at, 0) : NULL;
    /* one more than there should be: only at the end is the sum compared */
    bool whole = file && zip_fread(file, bytes, about.size + 1) == (zip_int64_t)about.size;
    if (file && zip_fclose(file) != 0)
        whole = false;
    if (!whole) {
        free(bytes);
        return NULL;
    }
    *length = (size_t)about.size;
    return bytes;
}

/* Elements of that local name; SIZE_MAX when it is not well-formed. Nothing outside of it is ever read. */
static size_t count_elements(const char *xml, size_t length, const char *element)
{
    xmlTextReaderPtr reader = xmlReaderForMemory(
        xml, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
    size_t n = 0;
    int more = reader ? 1 : -1;
    while (more == 1 && (more = xmlTextReaderRead(reader)) == 1)
        n += element && xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT &&
             xmlStrcmp(xmlTextReaderConstLocalName(reader), (const xmlChar *)element) == 0;
    if (reader)
        xmlFreeTextReader(reader);
    return more == 0 ? n : SIZE_MAX;
}

static bool is_xml(const char *name)
{
    size_t length = strlen(name);
    return (length > 4 && strcmp(name + length - 4, ".xml") == 0) ||
           (length > 5 && strcmp(name + length - 5, ".rels") == 0);
}

static const baro_package_part *part_of(const char *name, const baro_package_part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(parts[i].name, name) == 0)
            return &parts[i];
    return NULL;
}

/* What is wrong, or NULL. */
static const char *look_through(zip_t *zip, const baro_package_part *parts, size_t n, const char **where)
{
    size_t found = 0;
    zip_int64_t entries = zip_get_num_entries(zip, 0);
    for (zip_int64_t i = 0; i < entries; i++) {
        size_t length = 0, count;
        const char *name = zip_get_name(zip, (zip_uint64_t)i, 0);
        char *bytes = name ? read_entry(zip, (zip_uint64_t)i, &length) : NULL;
        const baro_package_part *part = name ? part_of(name, parts, n) : NULL;
        *where = name ? name : "";
        if (!bytes)
            return "is damaged";
        count = is_xml(name) ? count_elements(bytes, length, part ? part->element : NULL) : 0;
        free(bytes);
        if (count == SIZE_MAX)
            return "is not well-formed XML";
        if (part && part->element && count != part->count)
            return "lacks rows";
        found += part != NULL;
    }
    *where = "";
    return found < n ? "lacks a part" : NULL;
}

baro_status baro_package_check(const char *bytes, size_t length, const baro_package_part *parts, size_t n,
                               const char *what, baro_error *error)
{
    const baro_where_it_is place = {.source = what};
    zip_error_t failed;
    zip_error_init(&failed);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &failed);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &failed) : NULL;
    const char *where = "", *wrong = "is no ZIP";
    int code = zip_error_code_zip(&failed);
    if (source && !zip)
        zip_source_free(source);
    if (zip) {
        wrong = look_through(zip, parts, n, &where);
        baro_status status = BARO_OK;
        if (wrong) /* names live as long as the archive */
            status = baro_fault_add(error, BARO_INTERNAL, place, "what was written cannot be read back: %s%s%s", where,
                                    *where ? " " : "it ", wrong);
        zip_discard(zip);
        zip_error_fini(&failed);
        return status;
    }
    zip_error_fini(&failed);
    if (code == ZIP_ER_MEMORY)
        return baro_fault_add(error, BARO_NO_MEMORY, place, "out of memory");
    return baro_fault_add(error, BARO_INTERNAL, place, "what was written cannot be read back: it %s", wrong);
}

baro_status baro_package_write(const char *path, const char *bytes, size_t length, baro_error *error)
{
    baro_output *output;
    baro_status status = baro_output_open(path, &output, error);
    if (status != BARO_OK)
        return status;
    baro_output_write(output, bytes, length);
    return baro_output_close(output, error);
}
