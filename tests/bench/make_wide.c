/* Writes a wide survey file to standard output, the same bytes every time: make_wide [ROWS] > wide.csv
 * 69 columns without a quote, about 400 bytes a row: 300,000 rows (the default) are about 120 MB. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define FILLERS 59

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state >> 11;
}

static const char *const boroughs[] = {"Barking and Dagenham",
                                       "Barnet",
                                       "Bexley",
                                       "Brent",
                                       "Bromley",
                                       "Camden",
                                       "Croydon",
                                       "Ealing",
                                       "Enfield",
                                       "Greenwich",
                                       "Hackney",
                                       "Hammersmith and Fulham",
                                       "Haringey",
                                       "Harrow",
                                       "Havering",
                                       "Hillingdon",
                                       "Hounslow",
                                       "Islington",
                                       "Kensington and Chelsea",
                                       "Kingston upon Thames",
                                       "Lambeth",
                                       "Lewisham",
                                       "Merton",
                                       "Newham",
                                       "Redbridge",
                                       "Richmond upon Thames",
                                       "Southwark",
                                       "Sutton",
                                       "Tower Hamlets",
                                       "Waltham Forest",
                                       "Wandsworth",
                                       "Westminster"};
static const char *const ethnicities[] = {"White British", "White Other", "Black", "Asian", "Mixed", "Other"};
static const char *const ages[] = {"16 to 24", "25 to 34", "35 to 44", "45 to 54", "55 to 64", "65 and over"};
static const char *const channels[] = {"Telephone", "Online", "Front counter", "Officer"};
static const char *const agree[] = {"Strongly agree",   "Tend to agree",     "Neither agree nor disagree",
                                    "Tend to disagree", "Strongly disagree", "Don't know"};
static const char *const fillers[] = {"1", "2", "Yes", "No", "97", "-1", "Not Asked", "Fairly", "Very", "3"};

#define PICK(list, r) (list)[(r) % (sizeof(list) / sizeof *(list))]

int main(int argc, char **argv)
{
    unsigned long rows = argc > 1 ? strtoul(argv[1], NULL, 10) : 300000;
    uint64_t seed = UINT64_C(0x2545F4914F6CDD1D);
    fputs("id,period,borough,ward,weight,ethnicity,age,channel,trust,fair", stdout);
    for (int i = 0; i < FILLERS; i++)
        printf(",F%02d", i + 1);
    putchar('\n');
    for (unsigned long row = 0; row < rows; row++) {
        uint64_t r = next_random(&seed), s = next_random(&seed), borough = r % 32;
        printf("R%07lu,%lu Q%lu,%s,%s %lu,%.6f,%s,%s,%s,%s,%s", row + 1, 2021 + row * 8 / rows / 4,
               row * 8 / rows % 4 + 1, boroughs[borough], boroughs[borough], (unsigned long)(r >> 8) % 20 + 1,
               0.2 + (double)(s % 2600000) / 1e6, PICK(ethnicities, r >> 16), PICK(ages, r >> 20),
               PICK(channels, r >> 24), PICK(agree, r >> 28), PICK(agree, r >> 33));
        for (int i = 0; i < FILLERS; i++) {
            uint64_t f = next_random(&seed);
            if (i % 16 == 5)
                printf(",%s", PICK(agree, f));
            else
                printf(",%s", PICK(fillers, f));
        }
        putchar('\n');
    }
    return fflush(stdout) != 0;
}
