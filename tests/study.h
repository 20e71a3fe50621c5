/** How often intervals cover the truth: a survey is simulated again and again, tabulated, and its intervals held against what is true. */
#ifndef BARO_TESTS_STUDY_H
#define BARO_TESTS_STUDY_H
#include "surveys/model/survey.h"

/* What is counted apart. */
typedef enum { STUDY_SHARE, STUDY_DISTRIBUTION, STUDY_NUMBER, STUDY_GAP, STUDY_KINDS } study_kind;
enum { STUDY_UNDER_50, STUDY_UNDER_100, STUDY_UNDER_300, STUDY_UNDER_1000, STUDY_LARGER, STUDY_SIZES };

typedef struct {
    const char *survey;           /* an id */
    size_t interviews, seeds;     /* interviews 0: as the truth says */
    uint64_t first_seed;
    int lonely;                   /* baro_lonely_rule; -1: the survey's */
    size_t covered[STUDY_KINDS][STUDY_SIZES], trials[STUDY_KINDS][STUDY_SIZES];
    size_t above[STUDY_KINDS], below[STUDY_KINDS]; /* of the misses: the interval lies above, below the truth */
    size_t everyone_covered, everyone_trials;      /* levels of everyone, one a measure and seed */
} study;

/** Runs all seeds in a folder of its own, which is removed. False, with the faults printed, where the survey cannot be simulated. */
bool study_run(study *s);
const char *study_kind_name(study_kind kind);
const char *study_size_name(int size);

#endif
