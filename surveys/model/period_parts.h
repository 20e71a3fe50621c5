/** What the reading and the writing of periods share: months counted from January of year 0, and units of them. */
#ifndef BARO_SURVEYS_MODEL_PERIOD_PARTS_H
#define BARO_SURVEYS_MODEL_PERIOD_PARTS_H
#include "surveys/model/period.h"

/** English name of a month, 0 to 11. */
const char *baro_month_name(unsigned month);
/** a / b, rounded down. */
long baro_period_floor(long a, long b);
/** Months from January to the start of the calendar's year, 0 to 11. */
long baro_period_start(const baro_calendar *calendar);
/** Months of a unit: 1, 3, 12. */
long baro_period_months(baro_unit unit);
/** Months by which units are moved from those that start in January of year 0. */
long baro_period_shift(const baro_calendar *calendar);
/** The unit in which a month lies. */
baro_period baro_period_unit(const baro_calendar *calendar, long month);

#endif
