/* make coverage-study: do 95 % intervals cover the truth 95 times in 100? STUDY_SEEDS (500) samples of every survey that simulate draws,
   by what is estimated and how many interviews it rests on; status 1 where a count of 100 interviews or more is off. */
#include "tests/study.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *survey, *words;
    int lonely;
    size_t interviews; /* in each period, where that is not the truth's: too few for the interval to hold, which is reported and not judged */
} studies[] = {{"demo", "wards in boroughs, the survey's rule", -1, 0},
               {"pas", "boroughs by quarter, lonely: adjust", -1, 0},
               {"pas", "two in a stratum or one, lonely: adjust", BARO_LONELY_ADJUST, 48},
               {"pas", "two in a stratum or one, lonely: average", BARO_LONELY_AVERAGE, 48},
               {"pas", "two in a stratum or one, lonely: remove", BARO_LONELY_REMOVE, 48},
               {"tdiu", "a simple random sample", -1, 0},
               {"uss", "equal shares, levels of a half", -1, 0},
               {"csew", "equal shares, levels of a half", -1, 0},
               {"online-fraud", "equal shares, levels of a half", -1, 0}};

static bool print_study(const study *s, const char *words, bool alone)
{
    bool good = true;
    for (int kind = 0; kind < STUDY_KINDS; kind++)
        for (int size = 0; size < STUDY_SIZES; size++) {
            size_t n = s->trials[kind][size];
            double share = n ? (double)s->covered[kind][size] / (double)n : 0;
            bool judged = size >= STUDY_UNDER_300 && !alone, off = judged && n >= 1000 && (share < 0.93 || share > 0.97);
            if (n > 0)
                printf("%-13s %-44s %-12s %-8s %9zu  %5.1f %%%s\n", s->survey, words, study_kind_name((study_kind)kind), study_size_name(size), n, 100 * share,
                       off ? "  OFF" : judged ? "" : "  (reported alone)");
            good = good && !off;
        }
    return good;
}

int main(int argc, char **argv)
{
    size_t seeds = argc > 1 ? strtoul(argv[1], NULL, 10) : 500;
    bool good = true;
    printf("%-13s %-44s %-12s %-8s %9s  %s\n", "survey", "sample", "estimate", "base", "intervals", "cover");
    for (size_t i = 0; i < sizeof studies / sizeof *studies; i++) {
        study s = {.survey = studies[i].survey, .seeds = seeds ? seeds : 1, .first_seed = 1, .lonely = studies[i].lonely, .interviews = studies[i].interviews};
        char path[128];
        snprintf(path, sizeof path, "surveys/definitions/%s.yaml", s.survey);
        FILE *there = fopen(path, "r");
        if (!there) /* not shipped in this version */
            continue;
        fclose(there);
        good = study_run(&s) && good;
        good = print_study(&s, studies[i].words, studies[i].interviews > 0) && good;
        fflush(stdout);
    }
    puts(good ? "All within 93 to 97 %." : "OFF: outside 93 to 97 %, or a survey that cannot be drawn.");
    return good ? 0 : 1;
}
