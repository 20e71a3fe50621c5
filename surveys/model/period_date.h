/** From periods back to dates, for data that are made here. */
#ifndef BARO_SURVEYS_MODEL_PERIOD_DATE_H
#define BARO_SURVEYS_MODEL_PERIOD_DATE_H
#include "surveys/model/period.h"

/**
 * A day of a period, written so that baro_period_read gives the period back: in the calendar's format, ISO where that is auto.
 * @param part from 0 to below 1: how far into the period; every month has 28 days here
 * @param out [64]
 */
void baro_period_date(const baro_calendar *calendar, baro_period period, double part, char out[64]);

#endif
