/** A survey file for people to go on from, written from what a codebook says. */
#ifndef BARO_SURVEYS_PUBLISHING_SURVEY_FILE_H
#define BARO_SURVEYS_PUBLISHING_SURVEY_FILE_H
#include "io/base/output.h"
#include "surveys/model/import.h"

/** Writes YAML: what was guessed is said at its head. It reads without a fault, and as the same answers, groups and measures. */
baro_status baro_write_survey_file(const baro_import *from, baro_arena *arena, baro_output *output);

#endif
