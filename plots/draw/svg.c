#include "plots/draw/svg.h"
#include "io/base/text.h"
#include "plots/theme.h"
#include <string.h>

enum { DEEPEST = 32, NAME_ROOM = 24 };

/* What gnuplot draws with. A script, a link or an image has no business in a chart. */
static const char *const drawing[] = {"svg",     "g",           "defs",    "rect",     "circle", "path",
                                      "use",     "polygon",     "text",    "polyline", "line",   "filter",
                                      "feFlood", "feComposite", "pattern", "tspan"};

typedef struct {
    const char *at, *end, *id;
    baro_output *output;
    char open[DEEPEST][NAME_ROOM];
    size_t depth;
    bool had_root;
    const char *title, *description;
} editor;

static bool starts(const editor *e, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(e->end - e->at) >= length && memcmp(e->at, word, length) == 0;
}

static const char *find(const char *from, const char *end, const char *word)
{
    size_t length = strlen(word);
    for (; (size_t)(end - from) >= length; from++)
        if (memcmp(from, word, length) == 0)
            return from;
    return NULL;
}

/* Text of people as XML: markup escaped; letters that XML 1.0 forbids left out. */
static void write_escaped(baro_output *output, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const char *escape = text[i] == '&' ? "&amp;" : text[i] == '<' ? "&lt;" : text[i] == '>' ? "&gt;" : NULL;
        unsigned char byte = (unsigned char)text[i];
        bool noncharacter =
            byte == 0xEF && i + 2 < length && (unsigned char)text[i + 1] == 0xBF && (unsigned char)text[i + 2] >= 0xBE;
        if (escape)
            baro_output_text(output, escape);
        else if (noncharacter)
            i += 2;
        else if (byte >= 0x20 && byte != 0x7F)
            baro_output_write(output, text + i, 1);
        else
            baro_output_text(output, " ");
    }
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == ':' || c == '.';
}

static size_t read_name(const editor *e, char out[NAME_ROOM])
{
    size_t n = 0;
    while (e->at + n < e->end && is_name(e->at[n]) && n + 1 < NAME_ROOM) {
        out[n] = e->at[n];
        n++;
    }
    out[n] = '\0';
    return n;
}

static bool is_drawing(const char *name)
{
    for (size_t i = 0; i < sizeof drawing / sizeof *drawing; i++)
        if (strcmp(name, drawing[i]) == 0)
            return true;
    return false;
}

/* One attribute, its value without the quotes. False for what must not be there. */
static bool write_attribute(editor *e, const char *name, const char *value, size_t length)
{
    if (strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0 || memchr(value, '<', length))
        return false;
    const char *colon = find(value, value + length, "url(");
    if (colon && (length < 6 || memcmp(value, "url(#", 5) != 0))
        return false;
    if (strcmp(name, "shape-rendering") == 0)
        return true; /* crispEdges: gnuplot asks for ragged slopes */
    baro_output_format(e->output, " %s=\"", name);
    static const char bold[] = ":Bold";
    if (strcmp(name, "id") == 0) {
        baro_output_format(e->output, "%s-", e->id);
    } else if (strcmp(name, "href") == 0 || strcmp(name, "xlink:href") == 0) {
        if (length < 2 || value[0] != '#')
            return false;
        baro_output_format(e->output, "#%s-", e->id);
        value++, length--;
    } else if (colon) {
        baro_output_format(e->output, "url(#%s-", e->id);
        value += 5, length -= 5;
    } else if (strcmp(name, "font-family") == 0) {
        baro_output_text(e->output, BARO_FONT_LIST);
        if (find(value, value + length, bold))
            baro_output_text(e->output, "\" font-weight=\"bold");
        length = 0;
    }
    for (size_t i = 0; i < length; i++) /* values in single quotes may hold double ones */
        baro_output_write(e->output, value[i] == '"' ? "'" : value + i, 1);
    baro_output_text(e->output, "\"");
    return true;
}

static void skip_space(editor *e)
{
    while (e->at < e->end && strchr(" \t\r\n", *e->at) && *e->at)
        e->at++;
}

static bool write_attributes(editor *e, bool *empty)
{
    for (;;) {
        skip_space(e);
        if (starts(e, "/>") || starts(e, ">")) {
            *empty = *e->at == '/';
            e->at += *empty ? 2 : 1;
            return true;
        }
        char name[NAME_ROOM];
        size_t length = read_name(e, name);
        e->at += length;
        skip_space(e);
        if (length == 0 || !starts(e, "="))
            return false;
        e->at++;
        skip_space(e);
        if (e->at == e->end || (*e->at != '"' && *e->at != '\''))
            return false;
        const char *value = e->at + 1, *close = memchr(value, *e->at, (size_t)(e->end - value));
        if (!close || !write_attribute(e, name, value, (size_t)(close - value)))
            return false;
        e->at = close + 1;
    }
}

static void write_words(editor *e)
{
    baro_output_format(e->output, "<title id=\"%s-title\">", e->id);
    write_escaped(e->output, e->title, strlen(e->title));
    baro_output_format(e->output, "</title>\n<desc id=\"%s-desc\">", e->id);
    write_escaped(e->output, e->description, strlen(e->description));
    baro_output_text(e->output, "</desc>");
}

/* gnuplot opens groups for nothing, and the first of a run looks otherwise than the same one later: they are left out.
 */
static bool skip_empty_group(editor *e)
{
    static const char close[] = "</g>";
    const char *at = starts(e, "<g ") ? memchr(e->at, '>', (size_t)(e->end - e->at)) : NULL;
    if (!at || at[-1] == '/')
        return false;
    for (at++; at < e->end && strchr(" \t\r\n", *at) && *at;)
        at++;
    if ((size_t)(e->end - at) < sizeof close - 1 || memcmp(at, close, sizeof close - 1) != 0)
        return false;
    e->at = at + sizeof close - 1;
    while (e->at < e->end && (*e->at == '\n' || *e->at == '\t'))
        e->at++;
    return true;
}

static bool open_element(editor *e)
{
    if (skip_empty_group(e))
        return e->depth > 0;
    char name[NAME_ROOM];
    e->at++;
    size_t length = read_name(e, name);
    e->at += length;
    if (strcmp(name, "title") == 0 || strcmp(name, "desc") == 0) { /* gnuplot's own are tooltips about its plots */
        char end[NAME_ROOM + 4];
        snprintf(end, sizeof end, "</%s>", name);
        const char *close = find(e->at, e->end, end);
        e->at = close ? close + strlen(end) : e->at;
        return close != NULL;
    }
    bool root = strcmp(name, "svg") == 0;
    if (!is_drawing(name) || root != (e->depth == 0) || (root && e->had_root) || e->depth == DEEPEST)
        return false;
    baro_output_format(e->output, "<%s", name);
    if (root)
        baro_output_format(e->output, " role=\"img\" aria-labelledby=\"%s-title %s-desc\"", e->id, e->id);
    bool empty = false;
    if (!write_attributes(e, &empty))
        return false;
    baro_output_text(e->output, empty ? "/>" : ">");
    if (root) {
        e->had_root = true;
        baro_output_text(e->output, "\n");
        write_words(e);
    }
    if (!empty)
        memcpy(e->open[e->depth++], name, NAME_ROOM);
    return !(root && empty);
}

static bool close_element(editor *e)
{
    char name[NAME_ROOM];
    e->at += 2;
    e->at += read_name(e, name);
    skip_space(e);
    if (e->depth == 0 || strcmp(e->open[e->depth - 1], name) != 0 || !starts(e, ">"))
        return false;
    e->at++;
    e->depth--;
    baro_output_format(e->output, "</%s>", name);
    return true;
}

/* Text between tags: an & must begin one of XML's own five names or a number. */
static bool copy_text(editor *e)
{
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"};
    const char *from = e->at;
    while (e->at < e->end && *e->at != '<') {
        if (*e->at == '&') {
            bool known = false;
            for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                known = known || starts(e, names[i]);
            if (!known)
                return false;
        }
        e->at++;
    }
    size_t length = (size_t)(e->at - from);
    if (e->depth == 0) /* white space only outside the root */
        for (size_t i = 0; i < length; i++)
            if (!strchr(" \t\r\n", from[i]) || !from[i])
                return false;
    const char *stop = find(from, e->at, "]]>");
    if (stop)
        return false;
    baro_output_write(e->output, from, length);
    return true;
}

static bool skip_to(editor *e, const char *mark)
{
    const char *close = find(e->at, e->end, mark);
    e->at = close ? close + strlen(mark) : e->at;
    return close != NULL;
}

static bool copy_cdata(editor *e)
{
    const char *from = e->at + strlen("<![CDATA[");
    if (e->depth == 0 || !skip_to(e, "]]>"))
        return false;
    write_escaped(e->output, from, (size_t)(e->at - 3 - from));
    return true;
}

static bool copy_next(editor *e)
{
    if (starts(e, "<![CDATA["))
        return copy_cdata(e);
    if (starts(e, "<!--"))
        return skip_to(e, "-->");
    if (starts(e, "<?xml "))
        return !e->had_root && skip_to(e, "?>");
    if (starts(e, "</"))
        return close_element(e);
    return *e->at == '<' ? open_element(e) : copy_text(e);
}

baro_status baro_svg_write(const char *svg, size_t length, const char *id, const char *title, const char *description,
                           baro_output *output)
{
    editor e = {.at = svg, .end = svg + length, .id = id, .output = output, .title = title, .description = description};
    if (baro_text_valid(svg, length) != length)
        return BARO_NO;
    baro_output_text(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    while (e.at < e.end)
        if (!copy_next(&e))
            return BARO_NO;
    return e.had_root && e.depth == 0 ? BARO_OK : BARO_NO;
}
