/// The clips of Fixtures/audio/shipped, compiled into the program so that it finds them wherever it is installed.
#ifndef CSHIPPED_SPEECH_H
#define CSHIPPED_SPEECH_H
#include <stddef.h>

/// How many clips there are.
size_t cs_clip_count(void);
/// The clip's file name without its extension; `index` is below the number of clips, also below.
const char *cs_clip_name(size_t index);
/// The size of the clip's FLAC file in bytes.
size_t cs_clip_size(size_t index);
/// Copies the clip's FLAC file to `bytes`, which has room for all of it.
void cs_clip_copy(size_t index, unsigned char *bytes);

#endif
