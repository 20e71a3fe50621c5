#include "surveys/program/options.h"
#include <string.h>

#define ROW(id, name, letter, argument, type, choices, repeats, commands, group, help)                                 \
    {name, letter, argument, BARO_TAKES_##type, choices, repeats, commands, BARO_GROUP_OF_##group, help},
static const baro_option table[BARO_OPTION_COUNT] = {BARO_OPTIONS(ROW)};
#undef ROW

const baro_option *baro_option_at(baro_option_id id)
{
    return &table[id];
}

baro_option_id baro_option_find(const char *name, size_t length)
{
    unsigned i = 0;
    while (i < BARO_OPTION_COUNT && (strlen(table[i].name) != length || strncmp(table[i].name, name, length) != 0))
        i++;
    return (baro_option_id)i;
}

baro_option_id baro_option_find_letter(char letter)
{
    unsigned i = 0;
    while (i < BARO_OPTION_COUNT && (letter == 0 || table[i].letter != letter))
        i++;
    return (baro_option_id)i;
}

const char *baro_option_group_title(baro_option_group group)
{
    static const char *const titles[BARO_OPTION_GROUPS] = {"The data",    "The sample", "What is asked",  "Periods",
                                                           "The results", "The chart",  "What comes out", "Manners"};
    return titles[group];
}

int baro_choice_find(const char *choices, const char *word)
{
    size_t length = strlen(word);
    for (int place = 0; choices; place++) {
        size_t here = strcspn(choices, "|");
        if (here == length && strncmp(choices, word, length) == 0)
            return place;
        choices = choices[here] ? choices + here + 1 : NULL;
    }
    return -1;
}
