#include "tests/package.h"
#include "tests/check.h"
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 64 };

void package_open(package *out, const char *path)
{
    int failed = 0;
    out->zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &failed);
    assert_non_null(out->zip);
}

void package_close(package *p)
{
    zip_discard(p->zip);
    p->zip = NULL;
}

char *package_part(const package *p, const char *name, size_t *length)
{
    zip_stat_t about;
    if (zip_stat(p->zip, name, 0, &about) != 0)
        return NULL;
    char *bytes = malloc((size_t)about.size + 1);
    zip_file_t *file = zip_fopen(p->zip, name, 0);
    assert_non_null(bytes);
    assert_non_null(file);
    assert_int_equal(zip_fread(file, bytes, about.size + 1), about.size);
    assert_int_equal(zip_fclose(file), 0);
    bytes[about.size] = '\0';
    if (length)
        *length = (size_t)about.size;
    return bytes;
}

xmlDocPtr package_xml(const package *p, const char *name)
{
    size_t length = 0;
    char *bytes = package_part(p, name, &length);
    if (!bytes)
        return NULL;
    xmlDocPtr doc = xmlReadMemory(bytes, (int)length, name, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
    free(bytes);
    assert_non_null(doc);
    return doc;
}

static xmlXPathObjectPtr evaluate(xmlDocPtr part, const char *expression)
{
    xmlXPathContextPtr context = xmlXPathNewContext(part);
    assert_non_null(context);
    xmlXPathObjectPtr value = xmlXPathEvalExpression((const xmlChar *)expression, context);
    xmlXPathFreeContext(context);
    if (!value)
        print_error("not an XPath expression: %s\n", expression);
    assert_non_null(value);
    return value;
}

bool package_true(xmlDocPtr part, const char *expression)
{
    xmlXPathObjectPtr value = evaluate(part, expression);
    bool truth = xmlXPathCastToBoolean(value);
    xmlXPathFreeObject(value);
    return truth;
}

double package_value(xmlDocPtr part, const char *expression)
{
    xmlXPathObjectPtr value = evaluate(part, expression);
    double number = xmlXPathCastToNumber(value);
    xmlXPathFreeObject(value);
    return number;
}

/* ---- trees ---- */

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static xmlNode *first(xmlNode *in, const char *name)
{
    for (xmlNode *child = in ? in->children : NULL; child; child = child->next)
        if (is(child, name))
            return child;
    return NULL;
}

static xmlNode *next(xmlNode *after, const char *name)
{
    for (xmlNode *node = after ? after->next : NULL; node; node = node->next)
        if (is(node, name))
            return node;
    return NULL;
}

static char *content_of(xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    char *copy = strdup(content ? (const char *)content : "");
    xmlFree(content);
    assert_non_null(copy);
    return copy;
}

static char *attribute_of(xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name); /* of any namespace */
    char *copy = value ? strdup((const char *)value) : NULL;
    xmlFree(value);
    return copy;
}

/* ---- grids ---- */

static void make_room(package_grid *grid, size_t rows)
{
    grid->columns = MOST_COLUMNS;
    grid->rows = rows;
    grid->text = calloc(rows * MOST_COLUMNS + 1, sizeof *grid->text);
    grid->number = calloc(rows * MOST_COLUMNS + 1, sizeof *grid->number);
    assert_non_null(grid->text);
    assert_non_null(grid->number);
}

const char *package_at(const package_grid *grid, size_t row, size_t column)
{
    const char *text = row < grid->rows && column < grid->columns ? grid->text[row * grid->columns + column] : NULL;
    return text ? text : "";
}

void package_grid_free(package_grid *grid)
{
    for (size_t i = 0; i < grid->rows * grid->columns; i++)
        free(grid->text[i]);
    free(grid->text);
    free(grid->number);
    free(grid->name);
    *grid = (package_grid){0};
}

/* _x0041_ is A in a shared string. */
static void decode(char *text)
{
    char *to = text;
    for (const char *at = text; *at;) {
        unsigned code;
        char end = 0;
        if (at[0] == '_' && at[1] == 'x' && strspn(at + 2, "0123456789ABCDEFabcdef") >= 4 && at[6] == '_' &&
            sscanf(at + 2, "%4x%c", &code, &end) == 2) {
            assert_in_range(code, 1, 0x7F); /* others are never needed */
            *to++ = (char)code;
            at += 7;
        } else {
            *to++ = *at++;
        }
    }
    *to = '\0';
}

static size_t column_of(const char *address)
{
    size_t n = 0;
    for (; *address >= 'A' && *address <= 'Z'; address++)
        n = n * 26 + (size_t)(*address - 'A' + 1);
    assert_in_range(n, 1, MOST_COLUMNS);
    return n - 1;
}

/* [n] texts of the strings that cells share. */
static char **shared_strings(const package *p, size_t *n)
{
    xmlDocPtr doc = package_xml(p, "xl/sharedStrings.xml");
    *n = 0;
    if (!doc)
        return NULL;
    size_t room = (size_t)package_value(doc, "count(//*[local-name()='si'])");
    char **text = calloc(room + 1, sizeof *text);
    assert_non_null(text);
    for (xmlNode *si = first(xmlDocGetRootElement(doc), "si"); si; si = next(si, "si")) {
        text[*n] = content_of(si);
        decode(text[(*n)++]);
    }
    xmlFreeDoc(doc);
    return text;
}

static void read_row(xmlNode *row, char **shared, size_t n, package_grid *out, size_t at)
{
    for (xmlNode *c = first(row, "c"); c; c = next(c, "c")) {
        char *address = attribute_of(c, "r"), *type = attribute_of(c, "t");
        xmlNode *v = first(c, "v");
        size_t column = column_of(address);
        char *value = v ? content_of(v) : NULL;
        bool text = type && strcmp(type, "s") == 0;
        assert_true(!type || text); /* nothing but numbers and shared strings is written */
        if (value && text) {
            size_t which = (size_t)strtoul(value, NULL, 10);
            assert_true(which < n);
            out->text[at * MOST_COLUMNS + column] = strdup(shared[which]);
        } else if (value) {
            out->text[at * MOST_COLUMNS + column] = strdup(value);
            out->number[at * MOST_COLUMNS + column] = true;
        }
        free(address);
        free(type);
        free(value);
    }
}

bool package_xlsx_grid(const package *p, size_t i, package_grid *out)
{
    char name[64], which[96];
    snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", i + 1);
    xmlDocPtr doc = package_xml(p, name), book = doc ? package_xml(p, "xl/workbook.xml") : NULL;
    if (!doc)
        return false;
    size_t n, at = 0;
    char **shared = shared_strings(p, &n);
    *out = (package_grid){0};
    snprintf(which, sizeof which, "//*[local-name()='sheet'][%zu]/@name", i + 1);
    xmlXPathObjectPtr title = evaluate(book, which);
    xmlChar *words = xmlXPathCastToString(title);
    out->name = strdup((const char *)words);
    xmlFree(words);
    xmlXPathFreeObject(title);
    make_room(out, (size_t)package_value(doc, "count(//*[local-name()='row'])"));
    for (xmlNode *row = first(first(xmlDocGetRootElement(doc), "sheetData"), "row"); row; row = next(row, "row"))
        read_row(row, shared, n, out, at++);
    for (size_t s = 0; s < n; s++)
        free(shared[s]);
    free(shared);
    xmlFreeDoc(doc);
    xmlFreeDoc(book);
    return true;
}

/* Letters, and as many spaces as text:s says. */
static void read_paragraph(xmlNode *in, char *out, size_t size)
{
    for (xmlNode *node = in->children; node; node = node->next) {
        size_t used = strlen(out);
        if (node->type == XML_TEXT_NODE) {
            assert_true(used + strlen((const char *)node->content) < size);
            strcat(out, (const char *)node->content);
        } else if (is(node, "s")) {
            char *count = attribute_of(node, "c");
            size_t spaces = count ? strtoul(count, NULL, 10) : 1;
            free(count);
            assert_true(used + spaces < size);
            memset(out + used, ' ', spaces);
            out[used + spaces] = '\0';
        } else {
            assert_true(is(node, "a"));
            read_paragraph(node, out, size);
        }
    }
}

bool package_ods_grid(const package *p, size_t i, package_grid *out)
{
    xmlDocPtr doc = package_xml(p, "content.xml");
    assert_non_null(doc);
    xmlNode *table = first(first(first(xmlDocGetRootElement(doc), "body"), "spreadsheet"), "table");
    for (size_t k = 0; k < i && table; k++)
        table = next(table, "table");
    *out = (package_grid){0};
    if (table) {
        size_t rows = 0, at = 0;
        for (xmlNode *row = first(table, "table-row"); row; row = next(row, "table-row"))
            rows++;
        make_room(out, rows);
        out->name = attribute_of(table, "name");
        for (xmlNode *row = first(table, "table-row"); row; row = next(row, "table-row"), at++) {
            size_t column = 0;
            for (xmlNode *cell = first(row, "table-cell"); cell; cell = next(cell, "table-cell"), column++) {
                char text[8192] = "";
                char *value = attribute_of(cell, "value");
                xmlNode *paragraph = first(cell, "p");
                if (paragraph && !value)
                    read_paragraph(paragraph, text, sizeof text);
                if (paragraph)
                    out->text[at * MOST_COLUMNS + column] = strdup(value ? value : text);
                out->number[at * MOST_COLUMNS + column] = value != NULL;
                free(value);
            }
        }
    }
    xmlFreeDoc(doc);
    return table != NULL;
}
