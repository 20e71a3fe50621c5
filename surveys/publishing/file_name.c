#include "surveys/publishing/file_name.h"
#include <stdbool.h>

size_t baro_file_name(char *out, const char *id)
{
    size_t n = 0;
    for (const char *c = id[0] ? id : "everyone"; *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
                     (unsigned char)*c >= 0x80 || *c == '_' || *c == '-' || (*c == '.' && c != id);
        out[n++] = plain ? *c : '-';
    }
    return n;
}
