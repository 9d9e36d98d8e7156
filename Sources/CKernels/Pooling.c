#include "CKernels.h"

/// The part of window w inside the row, and the number of values its mean is over.
static size_t window(
    size_t w, size_t length, size_t kernel, size_t stride, size_t padding, int counts_padding, size_t *start,
    size_t *end) {
    size_t first = w * stride, last = first + kernel;
    *start = first > padding ? first - padding : 0;
    *end = last > padding ? last - padding : 0;
    if (*end > length) *end = length;
    if (*start > *end) *start = *end;
    return counts_padding ? kernel : *end - *start;
}

void ck_average_pool(
    const float *x, size_t length, float *out, size_t windows, size_t kernel, size_t stride, size_t padding,
    int counts_padding) {
    for (size_t w = 0; w < windows; w++) {
        size_t start, end;
        size_t count = window(w, length, kernel, stride, padding, counts_padding, &start, &end);
        float sum = 0;
        for (size_t i = start; i < end; i++) sum += x[i];
        out[w] = sum / (float)count;
    }
}

void ck_average_pool_gradient(
    const float *gradient, size_t windows, float *out, size_t length, size_t kernel, size_t stride, size_t padding,
    int counts_padding) {
    for (size_t i = 0; i < length; i++) out[i] = 0;
    for (size_t w = 0; w < windows; w++) {
        size_t start, end;
        size_t count = window(w, length, kernel, stride, padding, counts_padding, &start, &end);
        float share = gradient[w] / (float)count;
        for (size_t i = start; i < end; i++) out[i] += share;
    }
}
