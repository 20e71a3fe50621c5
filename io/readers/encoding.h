/** One-byte encodings into UTF-8. */
#ifndef BARO_IO_READERS_ENCODING_H
#define BARO_IO_READERS_ENCODING_H
#include "io/readers/frame.h"

/** Name as --encoding takes it. */
const char *baro_encoding_name(baro_encoding encoding);
/** Bytes that baro_encoding_write needs; `length` when the text stays as it is. */
size_t baro_encoding_size(baro_encoding encoding, const char *text, size_t length);
/** Writes UTF-8; a byte that the encoding does not have is written as it is, which is then not valid UTF-8. Returns its
 * length. */
size_t baro_encoding_write(baro_encoding encoding, const char *text, size_t length, char *out);

#endif
