/** Charts: a sheet and words in, an SVG, PNG or PDF out, drawn by gnuplot through pipes. */
#ifndef BARO_PLOTS_CHART_H
#define BARO_PLOTS_CHART_H
#include "io/base/error.h"
#include "io/writers/sheet.h"

typedef enum { BARO_SVG, BARO_PNG, BARO_PDF } baro_picture;
typedef enum {
    BARO_CHART_BARS,
    BARO_CHART_TREND,
    BARO_CHART_WEIGHTS,
    BARO_CHART_MULTIPLES,
    BARO_CHART_GAP,
    BARO_CHART_WATERFALL,
    BARO_CHART_CONTROL,
    BARO_CHART_SPREAD,
    BARO_CHART_LIKERT,
    BARO_CHART_TILES,
    BARO_CHART_HEAT
} baro_chart_kind;

/**
 * What a chart shows. The sheet has these columns, found by name (rows in the order in which they are to stand):
 *   label      TEXT   group ("Black"), "" never; for everyone the word to show ("London")
 *   everyone   NUMBER 1 in the row of everyone (bars: drawn as the total line; trend: a grey line), else 0
 *   period     TEXT   reader label of the window ("Year to Mar 2023"); one value in bars
 *   order      NUMBER trend: place of the window on the index axis, whole, gaps where windows are missing
 *   base       NUMBER unweighted interviews, EMPTY when unknown (published series) or suppressed
 *   estimate   NUMBER in display units (percent: 0 to 100), EMPTY where there is none
 *   lower, upper NUMBER, EMPTY where there is no interval
 *   marker     TEXT   "", or shorthand: "[c]", "[u]", "[x]", "[b]" (a break in series before this window)
 *   before     NUMBER weights: the share before, beside `estimate`, the share after; EMPTY where there is none
 *   words      TEXT   gap, waterfall: what is printed of the row at the right ("+3.2"), and
 *   interval   TEXT   behind it ("(1.1 to 5.3)")
 *   clear      NUMBER 1 a difference, a move or a change that is clear, 0 one that is not, EMPTY where none was tested
 *   level      TEXT   likert: the answer; rows of one label follow one another, its answers from left to right; spread:
 *                     what is printed below `words`
 *   role       TEXT   likert: "negative", "neutral", "positive", "other", "dont_know"; control: the rule that marks the
 *                     point: "limit", "near", "trend", "side"; spread: "factor", or "" of a group
 *   x, y       NUMBER tiles, multiples: place of the group's tile, whole, from 0; EMPTY without one
 *   across     TEXT   heat: title of the cell's column
 *
 * In weights `period` holds the margin, and a little room parts one margin from the next; in a waterfall it is the
 * heading of a section.
 *
 * In a spread a row of role "factor" has words alone, and the rows of its groups, whose `period` is its label, follow
 * it.
 *
 * In a control chart `before` is the centre line, lower and upper are the limits; "[b]" begins a run with lines of its
 * own.
 *
 * In a gap `before` is the level that the group is compared with, or the gap then, and lower and upper are of the
 * difference, estimate less before. In a waterfall `estimate` is the gap in rows of everyone, which begin and end a
 * section, else by how much it moves.
 */
typedef struct {
    baro_chart_kind kind;
    const baro_sheet *sheet;
    const char *title;       /* the headline; NULL: none is drawn (embedding) */
    const char *subtitle;    /* what, who, when, unit */
    const char *source;      /* source line at the foot */
    const char *description; /* alternative text: what it shows and the main numbers in words */
    const char *unit;        /* "%" or "" */
    bool percent;            /* axis within 0 to 100 (bars always from 0, to 100 unless all are small) */
    bool ordered;            /* keep the order of rows (age bands); false: sorted by estimate, highest first */
    bool approximate;        /* intervals are approximate: drawn dashed */
    double target;           /* display units; NAN: none */
    const char *period_axis; /* title under the period axis or NULL */
    int decimals;
    unsigned width, height;   /* pixels; 0: 960 wide, as high as the content; less than that needs is raised to it */
    const char *id;           /* prefix of SVG ids, file-name safe */
    double confidence;        /* of the intervals, for the words at the foot; 0: 0.95 */
    bool zero;                /* gap: the axis holds zero */
    const char *heading;      /* gap, waterfall: over the words at the right, or NULL */
    const char *before, *now; /* gap: what the mark of `before` and of `estimate` are, for the key */
    const char *tested;       /* gap: of what `clear` speaks: "gap", "change" */
    bool apart;               /* likert: neutral answers stand apart, not in the middle */
    bool changes;             /* tiles, heat: estimates are differences, shown with their sign, coloured by `clear` */
    bool in_time;             /* differences are from an earlier window: changes */
    const char *compared;     /* bars, tiles, heat: what differences are from: "the rest"; NULL without */
} baro_chart;

/** From the ending of a path; false when it is none of .svg .png .pdf. */
bool baro_picture_of_path(const char *path, baro_picture *out);
/**
 * Draws and writes the picture atomically to `path`.
 * Without a row it says that there is nothing to show. Text with a control character (other than a line feed) or
 * invalid UTF-8 is refused. SVG and PNG repeat byte for byte, PDF does not.
 * @return BARO_OK; BARO_NO_PROGRAM (gnuplot missing, failing, hanging or lying: the message names the chart);
 * BARO_BAD_DATA for such a text; BARO_INTERNAL for a sheet without the columns label and estimate; BARO_CANNOT_CREATE;
 * BARO_IO; BARO_NO_MEMORY
 */
baro_status baro_chart_draw(const baro_chart *chart, baro_picture picture, const char *path, baro_error *error);
/**
 * The same for many, by as few processes as can be: chart[i] is written to path[i]. Every one is tried, whatever
 * becomes of the others; each that fails has its own fault.
 * @return the status of the first that failed, or BARO_OK
 */
baro_status baro_charts_draw(const baro_chart *const chart[], const char *const path[], size_t n, baro_picture picture,
                             baro_error *error);

#endif
