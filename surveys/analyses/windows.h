/** Which periods are pooled into which windows, and which windows may be compared. */
#ifndef BARO_SURVEYS_ANALYSES_WINDOWS_H
#define BARO_SURVEYS_ANALYSES_WINDOWS_H
#include "surveys/analyses/result.h"

#define BARO_NO_WINDOW SIZE_MAX

/** Units first .. last, counted from the first period in the data. */
typedef struct {
    long first, last;
    bool shown;   /* printed; the others are there to be compared with */
    bool broken;  /* spans a break in series */
    const char *label, *words; /* of the period of the last unit: contract and reader form; "" without periods */
} baro_window;

typedef struct {
    baro_period origin; /* period of unit 0 */
    size_t units;       /* in the data; 1 when there are no periods */
    bool has_periods;
    baro_window *window;
    size_t n;
    size_t length;      /* units that a window pools; of a pooled table, what lies between from and to */
    const long *break_unit; /* unit at which a new series begins */
    size_t n_breaks;
} baro_windows;

/**
 * Windows of a request over `units` periods from `origin`.
 * trend: all complete windows up to --to, shown from --from on; otherwise one is shown: the latest, or what lies between --from and --to, or all.
 * @return BARO_OK; BARO_USAGE (--from or --to outside the data); BARO_NO_MEMORY
 */
baro_status baro_windows_choose(const baro_request *request, baro_period origin, size_t units, baro_arena *arena, baro_error *error,
                                baro_windows *out);
/** Index of the window that window w is compared with, BARO_NO_WINDOW where there is none (also across a break, unless asked for). */
size_t baro_window_against(const baro_windows *windows, const baro_request *request, size_t w, const baro_against *against);
/** Writes every window's label and words; a window pools `length` units. */
baro_status baro_windows_name(baro_windows *windows, baro_calendar calendar, baro_arena *arena);
/** Period of a window's last unit. */
baro_period baro_window_period(const baro_windows *windows, size_t w);
bool baro_against_is_period(baro_against_kind kind);

#endif
