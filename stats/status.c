#include "stats/status.h"

#define BARO_STATUS_ROW(name, exit_status, sentence) {exit_status, sentence},
static const struct {
    int exit_status;
    const char *sentence;
} table[] = {BARO_STATUSES(BARO_STATUS_ROW)};

int baro_status_exit(baro_status status)
{
    return table[status < BARO_STATUS_COUNT ? status : BARO_INTERNAL].exit_status;
}

const char *baro_status_sentence(baro_status status)
{
    return table[status < BARO_STATUS_COUNT ? status : BARO_INTERNAL].sentence;
}
