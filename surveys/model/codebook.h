/**
 * A codebook: the variables of a data file with their wording and answers, as a spreadsheet or an SPSS or Stata file gives them. What a
 * survey file is made from (import.h). Everything lives in the caller's arena.
 */
#ifndef BARO_SURVEYS_MODEL_CODEBOOK_H
#define BARO_SURVEYS_MODEL_CODEBOOK_H
#include "io/readers/readstat.h"
#include "surveys/model/survey.h"

/** What a variable is for; several may hold. */
enum {
    BARO_USE_MEASURE = 1,
    BARO_USE_GROUP = 2,
    BARO_USE_WEIGHT = 4,
    BARO_USE_STRATA = 8,
    BARO_USE_PSU = 16,
    BARO_USE_PERIOD = 32,
    BARO_USE_ID = 64,
    BARO_USE_NOTHING = 128
};

typedef enum { BARO_VARIABLE_UNSAID, BARO_VARIABLE_NUMBERS, BARO_VARIABLE_TEXTS, BARO_VARIABLE_DATES } baro_variable_type;

typedef struct {
    const char *code, *label; /* label "" where only a code is known */
    baro_role role;
    bool has_role; /* the codebook says it */
    bool missing;  /* the file calls it missing, without saying why */
} baro_codebook_answer;

typedef struct {
    const char *name, *label, *question; /* "" when not said */
    baro_variable_type type;
    unsigned uses; /* bits above that the codebook says; 0: to be guessed */
    baro_codebook_answer *answers;
    size_t n_answers, answers_room;
    bool missing_range; /* the file calls a range of numbers missing, of which only those with a label are listed */
    size_t distinct; /* different answers that the data hold; 0: not said */
} baro_codebook_variable;

typedef struct {
    const char *name, *title; /* of the file, without folder; title "" when there is none */
    baro_codebook_variable *variables;
    size_t n, room;
} baro_codebook;

/**
 * Reads a codebook, by its first bytes: CSV, or the variables of an SPSS or Stata file.
 *
 * CSV is either a row an answer (variable, question, code, answer, role; an empty variable is the one above) or a row a variable with its answers in
 * one cell (`1=Urban; 2=Rural`). Columns are found by their names, in any case and with common synonyms.
 *
 * @return BARO_OK; BARO_NO_INPUT; BARO_BAD_DATA with faults (no column of variables, an unknown role, a code with two labels ...); BARO_NO_MEMORY
 */
baro_status baro_codebook_read(const char *path, const baro_csv_format *format, baro_arena *arena, baro_codebook *out, baro_error *error);

/* For the files of this folder. */
/** A text on one line, as a survey file can hold it: blanks and control characters are single spaces, none at the ends. NULL without memory. */
const char *baro_codebook_text(const char *text, size_t length, baro_arena *arena);
/** A variable of that name, added when it is not there; NULL without memory. */
baro_codebook_variable *baro_codebook_variable_of(baro_codebook *book, const char *name, baro_arena *arena, bool *is_new);
/** An answer more; NULL without memory. */
baro_codebook_answer *baro_codebook_add_answer(baro_codebook_variable *variable, const char *code, const char *label, baro_arena *arena);
/** From the variables of an SPSS or Stata file. */
baro_status baro_codebook_of_stat(const baro_stat_dictionary *from, baro_arena *arena, baro_codebook *out);

#endif
