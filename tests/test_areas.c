/* Areas: the shipped list, every spelling that is known and near-misses, faults of a list by place. */
#include "surveys/model/areas.h"
#include "tests/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const char *name, *text, *area; /* NULL: none */
} naming;

static const naming namings[] = {
    {"name", "Camden", "Camden"},
    {"code", "E09000007", "Camden"},
    {"code in small letters", " e09000033 ", "Westminster"},
    {"first code", "E09000001", "City of London"},
    {"no such code", "E09000034", NULL},
    {"code cut short", "E0900000", NULL},
    {"another spelling", "City of Westminster", "Westminster"},
    {"standard spelling", "Westminster", "Westminster"},
    {"City of London", "city of london", "City of London"},
    {"London alone", "London", NULL},
    {"upon with a capital", "Richmond Upon Thames", "Richmond upon Thames"},
    {"upon in capitals", "KINGSTON UPON THAMES", "Kingston upon Thames"},
    {"hyphens", "Kingston-upon-Thames", "Kingston upon Thames"},
    {"short", "Kingston", "Kingston upon Thames"},
    {"on", "richmond on thames", "Richmond upon Thames"},
    {"ampersand", "Hammersmith & Fulham", "Hammersmith and Fulham"},
    {"ampersand without spaces", "Barking&Dagenham", "Barking and Dagenham"},
    {"ampersand at the end", "Barking &", NULL},
    {"two spaces", "Tower  Hamlets", "Tower Hamlets"},
    {"a hard space", "Tower\xC2\xA0Hamlets", "Tower Hamlets"},
    {"LB", "LB Camden", "Camden"},
    {"LB of", "LB of Ealing", "Ealing"},
    {"London Borough", "London Borough of Camden", "Camden"},
    {"Royal Borough", "Royal Borough of Greenwich", "Greenwich"},
    {"The Royal Borough", "The Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"},
    {"council", "London Borough of Brent Council", "Brent"},
    {"borough behind", "Hackney London Borough", "Hackney"},
    {"part of a place", "Camden Town", NULL},
    {"LB alone", "LB", NULL},
    {"half a name", "Barking", NULL},
    {"a county", "Kent", NULL},
    {"nothing", "", NULL},
    {"a sign", "-", NULL},
    {"letters that are no ASCII", "Cam\xC3\xA9"
                                  "den",
     NULL},
};

static void test_naming(void **state)
{
    const naming *c = *state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_areas areas;
    const char *path = baro_areas_path("ons-e09", NULL, arena);
    assert_non_null(path);
    assert_int_equal(baro_areas_read(path, arena, &areas, error), BARO_OK);
    const baro_area *area = baro_areas_find(&areas, c->text, strlen(c->text));
    assert_string_equal(area ? area->name : "none", c->area ? c->area : "none");
    assert_string_equal(baro_areas_name(&areas, c->text), c->area ? c->area : c->text);
    baro_error_free(error);
    baro_arena_free(arena);
}

/* Independent of the file: the code of each borough follows the alphabet, but for the City of London, which is the first. */
static void test_boroughs(void **state)
{
    (void)state;
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_areas areas;
    assert_int_equal(baro_areas_read(baro_areas_path("london-boroughs", NULL, arena), arena, &areas, error), BARO_OK);
    assert_int_equal(areas.n, 33);
    assert_int_equal(areas.columns, 8);
    assert_int_equal(areas.rows, 7);
    unsigned expected = 2;
    for (size_t i = 0; i < areas.n; i++) {
        char code[16];
        bool city = strcmp(areas.area[i].name, "City of London") == 0;
        snprintf(code, sizeof code, "E090000%02u", city ? 1 : expected++);
        assert_string_equal(areas.area[i].code, code);
        assert_true(areas.area[i].has_tile);
    }
    const baro_area *hillingdon = baro_areas_find(&areas, "Hillingdon", 10), *sutton = baro_areas_find(&areas, "Sutton", 6);
    assert_int_equal(hillingdon->x * 10 + hillingdon->y, 2);
    assert_int_equal(sutton->x * 10 + sutton->y, 36);
    baro_error_free(error);
    baro_arena_free(arena);
}

typedef struct {
    const char *name, *text, *said; /* NULL: it can be read */
} listing;

#define HEAD "code,name,x,y,spellings\n"
static const listing listings[] = {
    {"no codes and no tiles", HEAD ",Abbey,,,\n,St Mary's Park,,,St Marys;Saint Mary's Park\n", NULL},
    {"columns in another order", "name,spellings,code,y,x\nAbbey,Abbots,W1,0,3\n", NULL},
    {"one's own spelling twice", HEAD "W1,Abbey,0,0,ABBEY;abbey\n", NULL},
    {"a column missing", "code,name,x,y\nW1,Abbey,0,0\n", "LIST:1: there is no column 'spellings'; code, name, x, y and spellings are wanted"},
    {"a column too many",
     "code,name,x,y,spellings,colour\nW1,Abbey,0,0,,red\n",
     "LIST:1: unknown column 'colour'; code, name, x, y and spellings are wanted"},
    {"no name", HEAD "W1,Abbey,0,0,\nW2,,1,0,\n", "LIST:3:4: an area without a name"},
    {"a name of signs", HEAD "W1,--,0,0,\n", "LIST:2:4: '--' is no name: it has no letter or number, or is too long"},
    {"a name twice", HEAD "W1,Abbey,0,0,\nW2,ABBEY,1,0,\n", "LIST:3:4: 'ABBEY' is a name of 'Abbey' at line 2 already"},
    {"a spelling of another", HEAD "W1,Abbey,0,0,\nW2,Brook,1,0,Bourne;abbey\n", "LIST:3:14: 'abbey' is a name of 'Abbey' at line 2 already"},
    {"a code twice", HEAD "W1,Abbey,0,0,\nw1,Brook,1,0,\n", "LIST:3:1: 'w1' is a name of 'Abbey' at line 2 already"},
    {"no whole number", HEAD "W1,Abbey,0.5,0,\n", "LIST:2:10: 'x' must be a whole number from 0 to 999"},
    {"no number", HEAD "W1,Abbey,0,up,\n", "LIST:2:12: 'y' must be a whole number from 0 to 999"},
    {"below 0", HEAD "W1,Abbey,0,-1,\n", "LIST:2:12: 'y' must be a whole number from 0 to 999"},
    {"half a tile", HEAD "W1,Abbey,0,,\n", "LIST:2:4: 'Abbey' has one of x and y, and no tile without the other"},
    {"a tile twice", HEAD "W1,Abbey,4,7,\nW2,Brook,4,7,\n", "LIST:3:4: 'Brook' has the tile of 'Abbey' at line 2"},
    {"a field too many", HEAD "W1,Abbey,4,7,,x\n", "LIST:2: 6 fields, the header has 5"},
};

static void test_listing(void **state)
{
    const listing *c = *state;
    char path[] = "/tmp/baro-areas-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, c->text, strlen(c->text)), (ssize_t)strlen(c->text));
    close(file);
    baro_arena *arena = baro_arena_new();
    baro_error *error = baro_error_new();
    baro_areas areas = {.n = 77777};
    baro_status status = baro_areas_read(path, arena, &areas, error);
    unlink(path);
    assert_int_equal(status, c->said ? BARO_BAD_SURVEY : BARO_OK);
    if (c->said) {
        const baro_error_entry *entry = baro_error_entry_at(error, 0);
        char said[400], place[64] = "";
        if (entry->column)
            snprintf(place, sizeof place, ":%zu", entry->column);
        snprintf(said, sizeof said, "LIST:%zu%s: %s", entry->line, place, entry->message);
        assert_string_equal(said, c->said);
        assert_int_equal(areas.n, 77777);
    } else
        assert_string_equal(areas.area[0].name, "Abbey");
    baro_error_free(error);
    baro_arena_free(arena);
}

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))
#define ADD_ROWS(table, function)         \
    for (size_t i = 0; i < ROWS(table); i++) \
    tests[n++] = (struct CMUnitTest){(table)[i].name, function, NULL, NULL, (void *)(uintptr_t)&(table)[i]}

int main(void)
{
    struct CMUnitTest tests[ROWS(namings) + ROWS(listings) + 1];
    size_t n = 0;
    ADD_ROWS(namings, test_naming);
    ADD_ROWS(listings, test_listing);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_boroughs);
    return _cmocka_run_group_tests("areas", tests, n, NULL, NULL);
}
