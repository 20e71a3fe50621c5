/*
 * Workbooks against the rules for publishing tables in spreadsheets, each by its name: a workbook of results is written
 * as XLSX and as ODS and read back by other libraries. Then what can go wrong while it is written.
 */
#include "tests/analysis.h"
#include "tests/check.h"
#include "tests/package.h"
#include "surveys/publishing/sheets.h"
#include "surveys/publishing/workbook.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { SHEETS = 8, CONTENTS = 1, NOTES = 2, FIRST = 3, MEASURES = 2 };

/* Results of the demonstration interviews, at a point in time and over time, some of them hidden, some marked. */
typedef struct {
    char folder[64], xlsx[96], ods[96];
    analysis latest, trend;
    baro_sheet sheets[SHEETS];
    size_t n_sheets;
    baro_workbook book;
    package of_xlsx, of_ods;
    package_grid grid[SHEETS], ods_grid[SHEETS];
    size_t n_grids;
} fixture;

/* ---- the workbook ---- */

static void answer(analysis *a, bool trend)
{
    analysis_open(a, "surveys/definitions/demo.yaml");
    analysis_file(a, "tests/data/demo-interviews.csv");
    a->survey.suppress_below = 70;    /* hides Mixed, with 69 interviews, and others that would give it away */
    a->survey.unreliable_below = 400; /* marks Asian, with 360 */
    static const char *const measures[] = {"trust", "fair"};
    a->request.measures = (baro_texts){.item = measures, .n = MEASURES};
    a->request.trend = trend;
    a->request.letters = !trend;
    analysis_by(a, "ethnicity", NULL);
    if (!trend) {
        analysis_by(a, "age", NULL);
        analysis_by(a, "ethnicity", "sex");
    }
    analysis_against(a, trend ? BARO_AGAINST_PREVIOUS : BARO_AGAINST_REST, NULL);
    analysis_works(a);
    assert_int_equal(baro_adjust(&a->results, a->arena), BARO_OK);
    baro_suppress(&a->results);
    assert_int_equal(baro_letters(&a->results, a->arena), BARO_OK);
}

static void add_sheets(fixture *f, const analysis *a)
{
    baro_sheet *made;
    size_t n;
    assert_int_equal(baro_sheets_for_workbook(&a->results, a->arena, &made, &n), BARO_OK);
    assert_int_equal(n, MEASURES);
    memcpy(f->sheets + f->n_sheets, made, n * sizeof *made);
    f->n_sheets += n;
}

static int open_all(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    strcpy(f->folder, "/tmp/baro-workbook-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->xlsx, sizeof f->xlsx, "%s/t.xlsx", f->folder);
    snprintf(f->ods, sizeof f->ods, "%s/t.ods", f->folder);
    answer(&f->latest, false);
    answer(&f->trend, true);
    add_sheets(f, &f->latest);
    add_sheets(f, &f->trend);
    baro_workbook_about about = baro_about_survey(&f->latest.survey);
    about.period = "Year to Dec 2023";
    assert_int_equal(baro_workbook_of_sheets(&about, f->sheets, f->n_sheets, f->latest.arena, &f->book), BARO_OK);
    assert_int_equal(baro_write_xlsx(&f->book, f->xlsx, NULL), BARO_OK);
    assert_int_equal(baro_write_ods(&f->book, f->ods, NULL), BARO_OK);
    package_open(&f->of_xlsx, f->xlsx);
    package_open(&f->of_ods, f->ods);
    while (f->n_grids < SHEETS && package_xlsx_grid(&f->of_xlsx, f->n_grids, &f->grid[f->n_grids])) {
        assert_true(package_ods_grid(&f->of_ods, f->n_grids, &f->ods_grid[f->n_grids]));
        f->n_grids++;
    }
    *state = f;
    return 0;
}

static int close_all(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < f->n_grids; i++) {
        package_grid_free(&f->grid[i]);
        package_grid_free(&f->ods_grid[i]);
    }
    package_close(&f->of_xlsx);
    package_close(&f->of_ods);
    analysis_close(&f->latest);
    analysis_close(&f->trend);
    unlink(f->xlsx);
    unlink(f->ods);
    int failed = rmdir(f->folder); /* not empty: a temporary was left */
    free(f);
    return failed;
}

/* ---- rules that one part alone can break ---- */

#define EL(name) "*[local-name()='" name "']"

/* `part` with %zu stands for every worksheet, or every table. */
typedef struct {
    const char *name, *part;
    bool ods;
    const char *expression;
} rule;

static const rule rules[] = {
    {"XLSX: no merged cells", "xl/worksheets/sheet%zu.xml", false, "not(//" EL("mergeCell") ")"},
    {"XLSX: no filters on worksheets", "xl/worksheets/sheet%zu.xml", false, "not(//" EL("autoFilter") ")"},
    {"XLSX: no filters on tables", "xl/tables/table%zu.xml", false, "not(//" EL("autoFilter") ")"},
    {"XLSX: no freeze panes", "xl/worksheets/sheet%zu.xml", false, "not(//" EL("pane") ")"},
    {"XLSX: no hidden rows or columns", "xl/worksheets/sheet%zu.xml", false, "not(//@hidden) and not(//@zeroHeight)"},
    {"XLSX: no hidden worksheets", "xl/workbook.xml", false, "not(//" EL("sheet") "/@state)"},
    {"XLSX: no formulas", "xl/worksheets/sheet%zu.xml", false, "not(//" EL("f") ")"},
    {"XLSX: no pictures or drawings", "xl/worksheets/sheet%zu.xml", false, "not(//" EL("drawing") ")"},
    {"XLSX: no fills", "xl/styles.xml", false, "not(//" EL("xf") "[@fillId != '0'])"},
    {"XLSX: no coloured or striped table style", "xl/tables/table%zu.xml", false,
     "not(//@showRowStripes[. != '0']) and not(//" EL("tableStyleInfo") "/@name)"},
    {"XLSX: a sans serif font", "xl/styles.xml", false, "not(//" EL("font") "/" EL("name") "[@val != 'Arial'])"},
    {"XLSX: 12 points", "xl/styles.xml", false, "not(//" EL("font") "/" EL("sz") "[@val != '12'])"},
    {"XLSX: every cell has a style", "xl/worksheets/sheet%zu.xml", false, "not(//" EL("c") "[not(@s) or @s = '0'])"},
    {"XLSX: every style of cells wraps", "xl/styles.xml", false,
     "count(//" EL("cellXfs") "/" EL("xf") "/" EL("alignment") "[@wrapText = '1']) = count(//" EL("cellXfs") "/" EL(
         "xf") ") - 1"},
    {"XLSX: one header row", "xl/tables/table%zu.xml", false, "not(//@headerRowCount[. != '1'])"},
    {"XLSX: no row of totals", "xl/tables/table%zu.xml", false,
     "not(//@totalsRowCount) and not(//@totalsRowShown[. != '0'])"},
    {"XLSX: a table has a name", "xl/tables/table%zu.xml", false, "starts-with(/*/@displayName, 'Table_')"},
    {"XLSX: every column has a title", "xl/tables/table%zu.xml", false,
     "not(//" EL("tableColumn") "[not(@name) or @name = ''])"},
    {"XLSX: a document title", "docProps/core.xml", false,
     "//" EL("title") " = 'Demonstration survey (synthetic data)'"},
    {"XLSX: the publisher is the author", "docProps/core.xml", false, "//" EL("creator") " = 'The barometer project'"},
    {"XLSX: keywords", "docProps/core.xml", false, "contains(//" EL("keywords") ", 'Trust groups')"},
    {"XLSX: a fixed date", "docProps/core.xml", false, "//" EL("created") " = '1980-01-01T00:00:00Z'"},
    {"ODS: no merged cells", "content.xml", true,
     "not(//@*[local-name()='number-columns-spanned' or local-name()='number-rows-spanned'])"},
    {"ODS: no filter buttons", "content.xml", true,
     "count(//" EL("database-range") "[@*[local-name()='display-filter-buttons'] = 'false']) = count(//" EL(
         "database-range") ")"},
    {"ODS: a marked table for each but the cover", "content.xml", true,
     "count(//" EL("database-range") ") = count(//" EL("table") ") - 1"},
    {"ODS: nothing is hidden", "content.xml", true, "not(//@*[local-name()='visibility' or local-name()='display'])"},
    {"ODS: no formulas", "content.xml", true, "not(//@*[local-name()='formula'])"},
    {"ODS: no fills", "content.xml", true, "not(//@*[local-name()='background-color'])"},
    {"ODS: a sans serif font of 12 points", "styles.xml", true,
     "//" EL("text-properties") "[@*[local-name()='font-name'] = 'Arial' and @*[local-name()='font-size'] = '12pt']"},
    {"ODS: no other font", "content.xml", true, "not(//@*[local-name()='font-name' or local-name()='font-size'])"},
    {"ODS: text is wrapped", "content.xml", true,
     "not(//" EL("table-cell-properties") "[not(@*[local-name()='wrap-option'] = 'wrap')])"},
    {"ODS: title, author and keywords", "meta.xml", true,
     "//" EL("title") " = 'Demonstration survey (synthetic data)' and //" EL(
         "creator") " = 'The barometer project' and contains(//" EL("keyword") ", 'Trust trend')"},
    {"ODS: a language", "styles.xml", true, "//@*[local-name()='language'] = 'en'"},
    {"ODS: the manifest names every part", "META-INF/manifest.xml", true, "count(//" EL("file-entry") ") = 4"},
};

static fixture *shared; /* set by the group's setup: rules get theirs through initial_state */

static int open_shared(void **state)
{
    (void)state;
    void *made;
    int failed = open_all(&made);
    shared = made;
    return failed;
}

static int close_shared(void **state)
{
    (void)state;
    void *made = shared;
    shared = NULL;
    return close_all(&made);
}

static void test_rule(void **state)
{
    const rule *r = *state;
    const package *p = r->ods ? &shared->of_ods : &shared->of_xlsx;
    size_t looked = 0;
    for (size_t i = 1; i <= SHEETS; i++) {
        const char *number = strstr(r->part, "%zu");
        char part[64];
        if (number)
            snprintf(part, sizeof part, "%.*s%zu%s", (int)(number - r->part), r->part, i, number + 3);
        else
            snprintf(part, sizeof part, "%s", r->part);
        xmlDocPtr doc = package_xml(p, part);
        if (!doc)
            break;
        bool kept = package_true(doc, r->expression);
        xmlFreeDoc(doc);
        if (!kept)
            fail_msg("%s does not keep the rule", part);
        looked++;
        if (!number)
            break;
    }
    assert_true(looked > 0);
}

/* ---- rules for what stands in the cells, of both formats ---- */

static const package_grid *grid_at(size_t i, bool ods)
{
    assert_true(i < shared->n_grids);
    return ods ? &shared->ods_grid[i] : &shared->grid[i];
}

/* Where the header row of a table stands: above it only column A is filled. */
static size_t header_row(const package_grid *grid)
{
    size_t r = 0;
    while (r < grid->rows && !*package_at(grid, r, 1))
        r++;
    return r;
}

static size_t column_titled(const package_grid *grid, const char *begins)
{
    size_t header = header_row(grid);
    for (size_t c = 0; c < grid->columns; c++)
        if (strncmp(package_at(grid, header, c), begins, strlen(begins)) == 0)
            return c;
    fail_msg("%s has no column %s", grid->name, begins);
    return 0;
}

static size_t row_of(const package_grid *grid, const char *breakdown, const char *group)
{
    for (size_t r = header_row(grid) + 1; r < grid->rows; r++)
        if (strcmp(package_at(grid, r, 0), breakdown) == 0 &&
            strncmp(package_at(grid, r, 1), group, strlen(group)) == 0)
            return r;
    fail_msg("%s has no row %s, %s", grid->name, breakdown, group);
    return 0;
}

static bool any_line(const package_grid *grid, const char *begins)
{
    for (size_t r = 1; r < header_row(grid); r++)
        if (strncmp(package_at(grid, r, 0), begins, strlen(begins)) == 0)
            return true;
    return false;
}

static void names_and_order(bool ods)
{
    static const char *const names[] = {"Cover_sheet", "Table_of_contents", "Notes",     "Trust_groups",
                                        "Fair_groups", "Trust_trend",       "Fair_trend"};
    assert_int_equal(shared->n_grids, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        assert_string_equal(grid_at(i, ods)->name, names[i]);
}

static void the_cover_says_what_this_is(bool ods)
{
    const package_grid *cover = grid_at(0, ods);
    assert_string_equal(package_at(cover, 0, 0), "Demonstration survey (synthetic data)");
    assert_true(any_line(cover, "Publisher: The barometer project"));
    assert_true(any_line(cover, "Population: Invented Londoners"));
    assert_true(any_line(cover, "Period: Year to Dec 2023"));
    assert_true(any_line(cover, "Source: Synthetic interviews"));
}

static void contents_list_every_table(bool ods)
{
    const package_grid *contents = grid_at(CONTENTS, ods);
    size_t header = header_row(contents);
    assert_int_equal(contents->rows - header - 1, shared->n_grids - 2);
    for (size_t i = NOTES; i < shared->n_grids; i++) {
        assert_string_equal(package_at(contents, header + 1 + i - NOTES, 0), grid_at(i, ods)->name);
        size_t length = strlen(package_at(contents, header + 1 + i - NOTES, 1));
        assert_true(length > 0);
        assert_memory_equal(package_at(grid_at(i, ods), 0, 0), package_at(contents, header + 1 + i - NOTES, 1), length);
    }
}

static void what_stands_above_a_table(bool ods)
{
    for (size_t i = FIRST; i < shared->n_grids; i++) {
        const package_grid *grid = grid_at(i, ods);
        assert_non_null(strstr(package_at(grid, 0, 0), "by group"));
        assert_string_equal(package_at(grid, 1, 0),
                            "This worksheet contains one table. Some cells refer to notes, which "
                            "are on the notes worksheet.");
        assert_true(any_line(grid, "Shorthand used in this table: ["));
        assert_true(any_line(grid, "Blank cells in the following columns"));
        assert_true(any_line(grid, "Source: Synthetic interviews"));
        for (size_t r = 0; r < header_row(grid); r++)
            assert_true(*package_at(grid, r, 0)); /* no empty rows */
    }
    assert_non_null(strstr(package_at(grid_at(FIRST, ods), 0, 0), "year to Dec 2023"));
    assert_non_null(
        strstr(package_at(grid_at(FIRST + MEASURES, ods), 0, 0), ", from year to Dec 2022 until year to Dec 2023"));
}

static void every_shorthand_is_explained(bool ods)
{
    for (size_t i = FIRST; i < shared->n_grids; i++) {
        const package_grid *grid = grid_at(i, ods);
        for (size_t r = header_row(grid) + 1; r < grid->rows; r++)
            for (size_t c = 0; c < grid->columns; c++) {
                const char *mark = strchr(package_at(grid, r, c), '[');
                if (!mark)
                    continue;
                char wanted[32];
                snprintf(wanted, sizeof wanted, "%.*s", (int)strcspn(mark, "]") + 1, mark);
                bool said = false;
                for (size_t line = 1; line < header_row(grid); line++)
                    said = said || (strncmp(package_at(grid, line, 0), "Shorthand", 9) == 0 &&
                                    strstr(package_at(grid, line, 0), wanted));
                assert_true(said);
            }
    }
}

static void notes_are_numbered_and_there(bool ods)
{
    const package_grid *notes = grid_at(NOTES, ods);
    bool referred[100] = {false};
    for (size_t i = FIRST; i < shared->n_grids; i++)
        for (size_t r = 0; r <= header_row(grid_at(i, ods)); r++)
            for (size_t c = 0; c < grid_at(i, ods)->columns; c++)
                for (const char *at = package_at(grid_at(i, ods), r, c); (at = strstr(at, "[note ")) != NULL; at++)
                    referred[strtoul(at + 6, NULL, 10) % 100] = true;
    size_t header = header_row(notes), n = notes->rows - header - 1;
    assert_true(n >= 3);
    for (size_t k = 1; k <= n; k++) {
        char wanted[32];
        snprintf(wanted, sizeof wanted, "[note %zu]", k);
        assert_string_equal(package_at(notes, header + k, 0), wanted);
        assert_true(strlen(package_at(notes, header + k, 1)) > 10);
        assert_true(referred[k]);
    }
    for (size_t k = n + 1; k < 100; k++)
        assert_false(referred[k]);
}

static void the_interval_refers_to_its_note(bool ods)
{
    const package_grid *grid = grid_at(FIRST, ods), *notes = grid_at(NOTES, ods);
    size_t header = header_row(grid), lower = column_titled(grid, "Lower 95% (%)"),
           upper = column_titled(grid, "Upper 95% (%)");
    assert_int_equal(upper, lower + 1);
    const char *reference = strstr(package_at(grid, header, lower), "[note ");
    assert_non_null(reference);
    assert_non_null(strstr(package_at(grid, header, upper), reference));
    size_t k = strtoul(reference + 6, NULL, 10);
    assert_memory_equal(package_at(notes, header_row(notes) + k, 1), "Intervals are 95%", 17);
}

static void units_stand_in_the_header(bool ods)
{
    for (size_t i = FIRST; i < shared->n_grids; i++) {
        const package_grid *grid = grid_at(i, ods);
        size_t level = column_titled(grid, "Per cent (%)");
        for (size_t r = header_row(grid) + 1; r < grid->rows; r++)
            assert_null(strchr(package_at(grid, r, level), '%'));
        column_titled(grid, i < FIRST + MEASURES ? "Difference from the rest (points)" : "Change on previous (points)");
    }
}

static void numbers_are_numbers(bool ods)
{
    static const char *const titles[] = {"Interviews", "Per cent", "Lower", "Upper"};
    for (size_t i = FIRST; i < shared->n_grids; i++)
        for (size_t t = 0; t < COUNT(titles); t++) {
            const package_grid *grid = grid_at(i, ods);
            size_t c = column_titled(grid, titles[t]), numbers = 0;
            for (size_t r = header_row(grid) + 1; r < grid->rows; r++) {
                bool number = grid->number[r * grid->columns + c];
                assert_true(number || strcmp(package_at(grid, r, c), "[c]") == 0 ||
                            strcmp(package_at(grid, r, c), "[x]") == 0);
                numbers += number;
            }
            assert_true(numbers > 3);
        }
}

static void shares_are_whole_per_cents(bool ods)
{
    const package_grid *grid = grid_at(FIRST, ods);
    size_t level = column_titled(grid, "Per cent");
    const baro_row *row =
        analysis_row(&shared->latest, (analysis_key){.measure = "trust", .by = "ethnicity", .group = "Asian"});
    char wanted[32];
    snprintf(wanted, sizeof wanted, "%.0f", floor(100 * row->estimate + 0.5));
    assert_string_equal(package_at(grid, row_of(grid, "Ethnic group", "Asian"), level), wanted);
    for (size_t r = header_row(grid) + 1; r < grid->rows; r++)
        assert_null(strchr(package_at(grid, r, level), '.'));
}

static void what_is_hidden_is_nowhere(bool ods)
{
    const package_grid *grid = grid_at(FIRST, ods);
    size_t row = row_of(grid, "Ethnic group", "Mixed");
    static const char *const titles[] = {"Interviews", "Per cent", "Lower", "Upper", "Difference", "Clear"};
    for (size_t t = 0; t < COUNT(titles); t++)
        assert_string_equal(package_at(grid, row, column_titled(grid, titles[t])), "[c]");
    for (size_t c = 0; c < grid->columns; c++)
        assert_false(grid->number[row * grid->columns + c]);
}

static void marks_have_a_column_of_their_own(bool ods)
{
    const package_grid *grid = grid_at(FIRST, ods);
    size_t level = column_titled(grid, "Per cent"), quality = column_titled(grid, "Quality");
    size_t row = row_of(grid, "Ethnic group", "Asian");
    assert_int_equal(quality, level + 1);
    assert_true(grid->number[row * grid->columns + level]);
    assert_string_equal(package_at(grid, row, quality), "[u]");
    assert_string_equal(package_at(grid, row_of(grid, "Ethnic group", "White British"), quality), "");
}

static void significance_is_in_words(bool ods)
{
    static const char *const words[] = {"higher", "lower", "up", "down", "no", "[z]", "[c]", "[x]", "[u]"};
    for (size_t i = FIRST; i < shared->n_grids; i++) {
        const package_grid *grid = grid_at(i, ods);
        size_t c = column_titled(grid, "Clear ");
        for (size_t r = header_row(grid) + 1; r < grid->rows; r++) {
            bool known = false;
            for (size_t w = 0; w < COUNT(words); w++)
                known = known || strcmp(package_at(grid, r, c), words[w]) == 0;
            assert_true(known);
        }
    }
    assert_string_equal(package_at(grid_at(FIRST, ods), row_of(grid_at(FIRST, ods), "Ethnic group", "Asian"),
                                   column_titled(grid_at(FIRST, ods), "Clear ")),
                        "higher");
}

static void nothing_is_said_by_signs(bool ods)
{
    static const char *const never[] = {"NA", "N/A", "n/a", "-", "..", ".", "*", "nan", "inf", "NaN"};
    for (size_t i = 0; i < shared->n_grids; i++)
        for (size_t k = 0; k < grid_at(i, ods)->rows * grid_at(i, ods)->columns; k++) {
            const char *text = package_at(grid_at(i, ods), k / grid_at(i, ods)->columns, k % grid_at(i, ods)->columns);
            for (size_t s = 0; s < COUNT(never); s++)
                assert_string_not_equal(text, never[s]);
            assert_null(strchr(text, '*'));
        }
}

static void every_breakdown_stands_in_one_table(bool ods)
{
    const package_grid *grid = grid_at(FIRST, ods);
    size_t header = header_row(grid), interviews = column_titled(grid, "Interviews");
    assert_string_equal(package_at(grid, header, 0), "Breakdown");
    assert_string_equal(package_at(grid, header, 1), "Group");
    assert_string_equal(package_at(grid, header + 1, 0), "Total");
    assert_string_equal(package_at(grid, header + 1, 1), "Everyone");
    assert_string_equal(package_at(grid, header + 1, interviews), "1914");
    row_of(grid, "Age", "16 to 24");
    row_of(grid, "Ethnic group and sex", "White British, Female");
    for (size_t r = header + 2; r < grid->rows; r++)
        assert_string_not_equal(package_at(grid, r, 0), "Total"); /* everyone stands there once */
}

static void periods_are_in_words(bool ods)
{
    const package_grid *grid = grid_at(FIRST + MEASURES, ods);
    size_t c = column_titled(grid, "Period");
    assert_string_equal(package_at(grid, header_row(grid) + 1, c), "Year to Dec 2022");
    assert_string_equal(package_at(grid, grid->rows - 1, c), "Year to Dec 2023");
}

static void no_cell_of_a_row_is_missing(bool ods)
{
    for (size_t i = FIRST; i < shared->n_grids; i++) {
        const package_grid *grid = grid_at(i, ods);
        size_t header = header_row(grid), columns = 0;
        while (*package_at(grid, header, columns))
            columns++;
        for (size_t r = header + 1; r < grid->rows; r++)
            for (size_t c = 0; c < columns; c++)
                assert_true(*package_at(grid, r, c) || strcmp(package_at(grid, header, c), "Quality") == 0);
        for (size_t r = header; r < grid->rows; r++)
            assert_string_equal(package_at(grid, r, columns), "");
    }
}

static void both_formats_hold_the_same(bool ods)
{
    (void)ods;
    for (size_t i = 0; i < shared->n_grids; i++) {
        assert_int_equal(shared->grid[i].rows, shared->ods_grid[i].rows);
        for (size_t r = 0; r < shared->grid[i].rows; r++)
            for (size_t c = 0; c < shared->grid[i].columns; c++) {
                assert_string_equal(package_at(&shared->grid[i], r, c), package_at(&shared->ods_grid[i], r, c));
                size_t at = r * shared->grid[i].columns + c;
                assert_int_equal(shared->grid[i].number[at], shared->ods_grid[i].number[at]);
            }
    }
}

static const struct {
    const char *name;
    void (*check)(bool ods);
} readings[] = {
    {"worksheets have their names and order", names_and_order},
    {"the cover says what this is", the_cover_says_what_this_is},
    {"the contents list every table", contents_list_every_table},
    {"title, one table, shorthand, blanks, source above a table", what_stands_above_a_table},
    {"every shorthand is explained", every_shorthand_is_explained},
    {"notes are numbered, there, and referred to", notes_are_numbered_and_there},
    {"interval bounds in two columns, with their note", the_interval_refers_to_its_note},
    {"units stand in the header", units_stand_in_the_header},
    {"numbers are numbers", numbers_are_numbers},
    {"shares are whole per cents", shares_are_whole_per_cents},
    {"what is hidden is nowhere", what_is_hidden_is_nowhere},
    {"marks have a column of their own", marks_have_a_column_of_their_own},
    {"significance is in words", significance_is_in_words},
    {"nothing is said by signs", nothing_is_said_by_signs},
    {"every breakdown stands in one table", every_breakdown_stands_in_one_table},
    {"periods are in words", periods_are_in_words},
    {"no cell is missing, and none too many", no_cell_of_a_row_is_missing},
    {"XLSX and ODS hold the same", both_formats_hold_the_same},
};
enum { READINGS = COUNT(readings) };

typedef struct {
    size_t reading;
    bool ods;
} reading_of;

static void test_reading(void **state)
{
    const reading_of *r = *state;
    readings[r->reading].check(r->ods);
}

/* ---- rules that need styles and places together ---- */

static xmlDocPtr sheet_part(size_t i)
{
    char part[64];
    snprintf(part, sizeof part, "xl/worksheets/sheet%zu.xml", i + 1);
    xmlDocPtr doc = package_xml(&shared->of_xlsx, part);
    assert_non_null(doc);
    return doc;
}

/* Row labels left, numbers right, also [c] in a column of numbers. */
static void test_alignment(void **state)
{
    (void)state;
    xmlDocPtr styles = package_xml(&shared->of_xlsx, "xl/styles.xml");
    for (size_t i = FIRST; i < shared->n_grids; i++) {
        const package_grid *grid = grid_at(i, false);
        xmlDocPtr doc = sheet_part(i);
        size_t quality = column_titled(grid, "Quality"), clear = column_titled(grid, "Clear ");
        size_t higher = i < FIRST + MEASURES ? column_titled(grid, "Higher than") : clear;
        size_t labels = i < FIRST + MEASURES ? 2 : 3, columns = 0;
        while (*package_at(grid, header_row(grid), columns))
            columns++;
        for (size_t r = header_row(grid); r < grid->rows; r++)
            for (size_t c = 0; c < columns; c++) {
                char expression[256];
                bool words = c < labels || c == quality || c == clear || c == higher;
                snprintf(expression, sizeof expression, "number(//" EL("c") "[@r = '%c%zu']/@s)", (char)('A' + c),
                         r + 1);
                double style = package_value(doc, expression);
                snprintf(expression, sizeof expression,
                         "//" EL("cellXfs") "/" EL("xf") "[%g]/" EL("alignment") "/@horizontal = '%s'", style + 1,
                         words ? "left" : "right");
                assert_true(package_true(styles, expression));
            }
        xmlFreeDoc(doc);
    }
    xmlFreeDoc(styles);
}

/* One table each, over the header and all rows, and nothing below it. */
static void test_tables_reach_the_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < shared->n_grids; i++) {
        xmlDocPtr doc = sheet_part(i);
        check_close(package_value(doc, "count(//" EL("tablePart") ")"), i > 0, 0);
        xmlFreeDoc(doc);
        if (i == 0)
            continue;
        const package_grid *grid = grid_at(i, false);
        size_t columns = 0;
        while (*package_at(grid, header_row(grid), columns))
            columns++;
        char part[64], wanted[96];
        snprintf(part, sizeof part, "xl/tables/table%zu.xml", i);
        snprintf(wanted, sizeof wanted, "/*/@ref = 'A%zu:%c%zu' and /*/@displayName = 'Table_%s'", header_row(grid) + 1,
                 (char)('A' + columns - 1), grid->rows, grid->name);
        doc = package_xml(&shared->of_xlsx, part);
        assert_true(package_true(doc, wanted));
        for (size_t c = 0; c < columns; c++) {
            char expression[400];
            snprintf(expression, sizeof expression, "//" EL("tableColumn") "[%zu]/@name = \"%s\"", c + 1,
                     package_at(grid, header_row(grid), c));
            assert_true(package_true(doc, expression)); /* else programs repair the file */
        }
        xmlFreeDoc(doc);
    }
}

/* The longest word of a column has room in one line. */
static void test_columns_are_wide_enough(void **state)
{
    (void)state;
    for (size_t i = 0; i < shared->n_grids; i++) {
        const package_grid *grid = grid_at(i, false);
        xmlDocPtr doc = sheet_part(i);
        for (size_t c = 0; c < grid->columns; c++) {
            size_t longest = 0;
            for (size_t r = 0; r < grid->rows; r++)
                for (const char *at = package_at(grid, r, c); *at; at += strcspn(at, " "), at += *at == ' ')
                    longest = strcspn(at, " ") > longest ? strcspn(at, " ") : longest;
            char expression[96];
            snprintf(expression, sizeof expression, "number(//" EL("col") "[@min = '%zu']/@width)", c + 1);
            if (longest > 0)
                assert_true(package_value(doc, expression) >= (double)longest);
        }
        xmlFreeDoc(doc);
    }
}

/* The contents lead to the worksheets. */
static void test_links(void **state)
{
    (void)state;
    xmlDocPtr doc = sheet_part(CONTENTS);
    check_close(package_value(doc, "count(//" EL("hyperlink") ")"), (double)shared->n_grids - 2, 0);
    assert_true(package_true(doc, "//" EL("hyperlink") "/@location = 'Fair_trend!A1'"));
    xmlFreeDoc(doc);
    doc = package_xml(&shared->of_ods, "content.xml");
    assert_true(package_true(doc, "//" EL("a") "/@*[local-name()='href'] = '#Fair_trend.A1'"));
    xmlFreeDoc(doc);
}

/* A reader of ODF finds out by the first bytes what this is. */
static void test_media_type(void **state)
{
    (void)state;
    static const char wanted[] = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    unsigned char head[30 + sizeof wanted];
    FILE *file = fopen(shared->ods, "rb");
    assert_non_null(file);
    assert_int_equal(fread(head, 1, sizeof head - 1, file), sizeof head - 1);
    fclose(file);
    assert_memory_equal(head, "PK\3\4", 4);
    assert_int_equal(head[8] | head[9], 0);   /* stored */
    assert_int_equal(head[28] | head[29], 0); /* without an extra field */
    assert_memory_equal(head + 30, wanted, sizeof wanted - 1);
}

int main(void)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(test_alignment),
        cmocka_unit_test(test_tables_reach_the_end),
        cmocka_unit_test(test_columns_are_wide_enough),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_media_type),
    };
    static struct CMUnitTest tests[COUNT(rules) + 2 * READINGS + COUNT(fixed)];
    static rule kept[COUNT(rules)];
    static reading_of reading[2 * READINGS];
    static char names[2 * READINGS][96];
    size_t n = 0;
    memcpy(kept, rules, sizeof rules);
    for (size_t i = 0; i < COUNT(rules); i++)
        tests[n++] = (struct CMUnitTest){rules[i].name, test_rule, NULL, NULL, &kept[i]};
    for (size_t i = 0; i < 2 * READINGS; i++) {
        reading[i] = (reading_of){i / 2, i % 2};
        snprintf(names[i], sizeof names[i], "%s: %s", i % 2 ? "ODS" : "XLSX", readings[i / 2].name);
        tests[n++] = (struct CMUnitTest){names[i], test_reading, NULL, NULL, &reading[i]};
    }
    memcpy(tests + n, fixed, sizeof fixed);
    return _cmocka_run_group_tests("workbook", tests, COUNT(tests), open_shared, close_shared);
}
