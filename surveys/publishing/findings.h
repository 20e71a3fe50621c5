/** What can be said in plain words: chosen from tested and unsuppressed contrasts, corrected for how many were looked at, ordered. */
#ifndef BARO_SURVEYS_PUBLISHING_FINDINGS_H
#define BARO_SURVEYS_PUBLISHING_FINDINGS_H
#include "io/writers/sheet.h"
#include "surveys/analyses/contrasts.h"

typedef enum {
    BARO_FINDING_GAP,        /* a group against the rest, or its reference */
    BARO_FINDING_CHANGE,     /* everyone, or a group, against an earlier window */
    BARO_FINDING_GAP_CHANGE, /* a gap against what it was */
    BARO_FINDING_TARGET,     /* everyone against the measure's target */
    BARO_FINDING_SPREAD,     /* which factor divides opinion most */
    BARO_FINDING_MISSING,    /* don't know or refused: differs between groups, or moved */
    BARO_FINDING_NO_CHANGE,  /* everyone: equivalent, after that test */
    BARO_FINDING_NOISY,      /* everyone: too noisy to tell, with what could have been seen */
    BARO_FINDING_UNCLEAR,    /* everyone: a change by itself, but not among so many comparisons */
    BARO_FINDING_NONE,       /* nothing stands out, or nothing can */
    BARO_FINDING_KINDS
} baro_finding_kind;

typedef struct {
    baro_finding_kind kind;
    size_t rank;            /* from 1 among what stands out; 0: a warning, or no finding */
    const char *family;     /* measures that it was corrected with, "missing answers" for these; "" where nothing was */
    const char *sentence;
    const char *id;         /* of the row that it stands on: baro_row_id; "" for BARO_FINDING_NONE */
    const baro_row *row;    /* of the levels: all but gap_change, spread and none */
    const baro_gap_row *gap; /* of a gap_change */
    const baro_gaps *gaps;
    const baro_spread_row *spread; /* of a spread, the factor ranked first */
    const char *other;      /* of two groups, the one that "the rest" is; NULL: it is several, or a reference */
    const char *period, *against, *verdict; /* labels; "" without */
    double estimate, difference, se, lower, upper, df, p_value, p_adjusted;
    double size;            /* what it is ordered by: the end of the interval nearer to 0, in standard deviations */
    size_t number;          /* in the order of collection */
} baro_finding;

typedef struct {
    const baro_contrasts *contrasts;
    baro_finding *item;     /* what stands out by rank, warnings, then what did not clearly change; at least one */
    size_t n, standing;     /* those of rank 1 and on */
    const baro_finding *tested; /* [looked_at] every contrast that was tested, as collected; without sentence and id */
    size_t looked_at;       /* how many, without duplicates and mirror images */
} baro_findings;

/**
 * Chooses findings. Suppresses the contrasts first; what is suppressed, withheld, of low reliability or not tested is not looked at.
 *
 * Looked at: groups against what the request compares them with (totals are not), everyone and every group against the previous
 * separate window and a year ago, gaps against what they were, everyone against a target, which factor divides
 * most, and the same of don't know and refused.
 * Duplicates (the same difference with the same standard error and levels) and mirror images (of two groups) count once. Corrected by
 * baro_findings_correct over the survey file's families; the shares of don't know and refused are a family of their own.
 * Of shares, p_value is from the larger of two standard errors: as estimated, and as if both shares were their pooled one; so that a
 * share near 0 or 1 by chance does not look certain.
 * A factor's p-value is k (1 - P(it divides most)), k factors, and at least k / draws.
 * Stands out: p_adjusted < 1 - confidence.
 * @return BARO_OK; BARO_NO_MEMORY
 */
baro_status baro_findings_choose(baro_contrasts *contrasts, baro_arena *arena, baro_findings *out);

/**
 * Adjusted p-values over families, so that neither their number nor padding creates findings.
 *
 * First what would be found among any others leaves the count: step by step the smallest p left, times the number n left and
 * 1 + 1/2 + ... + 1/n, while that is below alpha; adjusted: the largest such product so far. Of the rest, Benjamini-Hochberg inside each
 * family; the smallest of each family by Benjamini-Yekutieli across families; and a family's p-values times what that did to its
 * smallest. Contrasts that are near certain therefore do not carry others across the line, in whichever family they are put.
 *
 * @param p [n] in [0, 1]; @param family [n] any numbers; @param adjusted [n]
 * @return BARO_OK; BARO_OUT_OF_DOMAIN (a p outside [0, 1]); BARO_NO_MEMORY
 * Source: Benjamini & Hochberg 1995, JRSS B 57:289; Benjamini & Yekutieli 2001, Ann. Statist. 29:1165; families selected by their
 * smallest p-value: Benjamini & Bogomolov 2014, JRSS B 76:297. Checked against R p.adjust.
 */
baro_status baro_findings_correct(const double *p, const size_t *family, size_t n, double alpha, baro_arena *arena, double *adjusted);

/**
 * Name of a row of results, the same in every output: MEASURE.BY.GROUP.PERIOD.AGAINST, everyone without a group, without periods no
 * PERIOD; a level behind the measure and a second breakdown behind the first, with a colon. Of texts only letters, digits, - and _ stay, a
 * space is +, any other byte ~ and two hexadecimal digits: no two rows have one name. Made from the columns of the tidy CSV alone.
 */
const char *baro_row_id(const baro_row *row, baro_arena *arena);
/** The same of a gap's change: its PERIOD is FROM:TO. */
const char *baro_gap_row_id(const baro_gap_row *row, baro_arena *arena);

/** The same of a factor: MEASURE.spread.FACTOR.PERIOD. */
const char *baro_spread_row_id(const baro_spread_row *row, baro_arena *arena);

/** The sentence of a finding whose numbers are there; NULL without memory. */
const char *baro_say_finding(const baro_findings *findings, const baro_finding *finding, baro_arena *arena);
/** gap, change, gap_change, target, spread, missing, no_change, noisy, unclear, none. */
const char *baro_finding_word(baro_finding_kind kind);

/** A tidy sheet, or reader sheets: what stands out, what to read with care, what did not clearly change. */
baro_status baro_sheets_findings(const baro_findings *findings, bool tidy, baro_arena *arena, baro_sheet **out, size_t *n);

#endif
