/** The presentation standard for proportions of the National Center for Health Statistics. */
#ifndef BARO_SURVEYS_PUBLISHING_NCHS_H
#define BARO_SURVEYS_PUBLISHING_NCHS_H
#include <stdbool.h>

/** What a proportion rests on. */
typedef struct {
    double p, se; /* se may be NAN where p is 0 or 1 */
    double n, df;
    double lower, upper; /* read where p is 0 or 1: the interval there, at `confidence` */
    double confidence;
} baro_nchs_share;

typedef struct {
    bool known; /* false: without a variance there is nothing to judge by */
    bool withhold;
    bool complement; /* 1 - p is of low reliability */
    bool review;     /* by a statistician, before it is published */
} baro_nchs;

/**
 * With V = se², ne = p (1 - p) / V (at 0 and 1: that of the interval there) and the width of the 95 % Korn-Graubard
 * interval with ne at most n: withhold if min(n, ne) < 30; else show if the width is at most .05; withhold if it is at
 * least .30 or over 1.3 p; mark the complement if it is over 1.3 (1 - p). What is shown is for review if df < 8, or p
 * is 0 or 1. No interval (df <= 0): withhold. Source: Parker et al. 2017, NCHS Vital and Health Statistics 2(175).
 */
baro_nchs baro_nchs_judge(const baro_nchs_share *share);

#endif
