#include "CKConvolution.h"
#include "CKTarget.h"

CK_CLONES
static float sum(const float *values, int64_t count) {
    float partial[32] = {0};
    int64_t i = 0;
    for (; i + 32 <= count; i += 32)
        for (int lane = 0; lane < 32; lane++) partial[lane] += values[i + lane];
    float total = 0;
    for (; i < count; i++) total += values[i];
    for (int lane = 0; lane < 32; lane++) total += partial[lane];
    return total;
}

void ck_channel_sums(const float *values, int64_t items, int64_t channels, int64_t plane, int64_t begin, int64_t end,
                     float *sums) {
    for (int64_t channel = begin; channel < end; channel++) {
        double total = 0;
        for (int64_t item = 0; item < items; item++) total += sum(values + (item * channels + channel) * plane, plane);
        sums[channel] = (float)total;
    }
}
