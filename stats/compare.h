/** Verdicts on differences: equivalence, what could have been seen, and p-values corrected for their number. */
#ifndef BARO_STATS_COMPARE_H
#define BARO_STATS_COMPARE_H
#include "stats/status.h"
#include <stddef.h>
#include <stdint.h>

/** What a margin m that was set beforehand lets one say. */
typedef enum {
    BARO_VERDICT_NOISY,         /* too noisy to tell: neither of the two below */
    BARO_VERDICT_EQUIVALENT,    /* the 90 % interval lies inside ±m */
    BARO_VERDICT_CHANGED,       /* the 95 % interval excludes 0 */
    BARO_VERDICT_CHANGED_WITHIN /* both: changed, by less than m */
} baro_verdict;

typedef struct {
    baro_verdict verdict;
    double inner[2], outer[2]; /* the 90 % and the 95 % interval */
    double detectable;         /* minimum detectable difference, two-sided 5 % (or 1 - confidence), power 80 % */
} baro_equivalence;

/**
 * Two one-sided tests at 5 % against ±m, beside the two-sided test at 5 % against 0.
 *
 * @param difference, se (>= 0), df (> 0, INFINITY: normal) of the contrast; @param margin > 0
 * @return BARO_OK; BARO_NO_INTERVAL (df <= 0 or anything not a number); BARO_OUT_OF_DOMAIN (margin not above 0). *out
 * untouched then Touching is not inside: a limit exactly at the margin is not equivalent, one exactly at 0 is not
 * changed. Source: Schuirmann 1987, J. Pharmacokinetics and Biopharmaceutics 15:657; Tryon & Lewis 2008, Psychological
 * Methods 13:272.
 */
baro_status baro_equivalence_test(double difference, double se, double df, double margin, baro_equivalence *out);
/**
 * The same where the test against 0 has another confidence, of which `outer` is the interval; the 90 % interval still decides on ±m.
 * @param confidence in (0, 1), else BARO_NO_INTERVAL
 */
baro_status baro_equivalence_test_at(double difference, double se, double df, double margin, double confidence, baro_equivalence *out);

/**
 * Smallest true difference that a two-sided test at level alpha finds with the given power: (t_(1-alpha/2) + t_power)
 * se, both with df.
 * @param alpha, power in (0, 1); power below alpha / 2 may give a negative number
 * @return BARO_OK; BARO_NO_INTERVAL. Source: Bloom 1995, Evaluation Review 19:547.
 */
baro_status baro_detectable_difference(double se, double df, double alpha, double power, double *out);

/** Corrections for the number of tests, in the order of the program's words. */
typedef enum {
    BARO_CORRECT_NONE,
    BARO_CORRECT_BONFERRONI,
    BARO_CORRECT_HOLM,
    BARO_CORRECT_BH,
    BARO_CORRECT_BY,
    BARO_CORRECTIONS
} baro_correction;

/**
 * Adjusted p-values of one family whose p-values stand in ascending order.
 *
 *   bonferroni  min(1, n p);  holm  max over j <= i of min(1, (n - j + 1) p_j);
 *   bh          min over j >= i of min(1, n / j p_j);  by  the same times 1 + 1/2 + ... + 1/n
 *
 * @param p [n] ascending, in [0, 1]; @param adjusted [n], may be p itself
 * @return BARO_OK; BARO_OUT_OF_DOMAIN (not ascending, outside [0, 1] or NAN), nothing is written then
 * Cost: n. Source: Holm 1979, Scand. J. Statist. 6:65; Benjamini & Hochberg 1995, JRSS B 57:289; Benjamini & Yekutieli
 * 2001, Ann. Statist. 29:1165. Checked against R p.adjust.
 */
baro_status baro_correct_sorted(baro_correction correction, const double *p, size_t n, double *adjusted);

/**
 * The same in any order; a NAN stays a NAN and does not count in n.
 * @param order, work [n] scratch; @param sorted [n] scratch; @param adjusted [n], may be p itself
 */
baro_status baro_correct(baro_correction correction, const double *p, size_t n, uint32_t *order, uint32_t *work,
                         double *sorted, double *adjusted);

#endif
