#include "CShippedSpeech.h"
#include <string.h>

// #embed is C23; clang offers it in every version of the language and warns.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char weather[] = {
#embed "../../Fixtures/audio/shipped/weather.flac"
};
static const unsigned char travel[] = {
#embed "../../Fixtures/audio/shipped/travel.flac"
};
static const unsigned char train[] = {
#embed "../../Fixtures/audio/shipped/train.flac"
};
static const unsigned char counting[] = {
#embed "../../Fixtures/audio/shipped/counting.flac"
};
static const unsigned char harvest[] = {
#embed "../../Fixtures/audio/shipped/harvest.flac"
};
static const unsigned char library[] = {
#embed "../../Fixtures/audio/shipped/library.flac"
};
static const unsigned char fruit[] = {
#embed "../../Fixtures/audio/shipped/fruit.flac"
};
static const unsigned char bridge[] = {
#embed "../../Fixtures/audio/shipped/bridge.flac"
};
static const unsigned char grandmother[] = {
#embed "../../Fixtures/audio/shipped/grandmother.flac"
};
static const unsigned char kites[] = {
#embed "../../Fixtures/audio/shipped/kites.flac"
};
static const unsigned char door[] = {
#embed "../../Fixtures/audio/shipped/door.flac"
};
static const unsigned char sea[] = {
#embed "../../Fixtures/audio/shipped/sea.flac"
};

#define CLIP(clip) {#clip, clip, sizeof clip}
static const struct {
    const char *name;
    const unsigned char *bytes;
    size_t count;
} clips[] = {
    CLIP(weather), CLIP(travel), CLIP(train), CLIP(counting),
    CLIP(harvest), CLIP(library), CLIP(fruit), CLIP(bridge),
    CLIP(grandmother), CLIP(kites), CLIP(door), CLIP(sea),
};

size_t cs_clip_count(void) { return sizeof clips / sizeof clips[0]; }

const char *cs_clip_name(size_t index) { return clips[index].name; }

size_t cs_clip_size(size_t index) { return clips[index].count; }

void cs_clip_copy(size_t index, unsigned char *bytes) { memcpy(bytes, clips[index].bytes, clips[index].count); }
