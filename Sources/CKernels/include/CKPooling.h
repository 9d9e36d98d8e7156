/// Pooling along time.
#ifndef CK_POOLING_H
#define CK_POOLING_H
#include <stddef.h>

/// Means of windows of `kernel` values, one every `stride`, over a row of `length` values with `padding` zeros on both sides.
/// Zeros count in the mean if `counts_padding`.
void ck_average_pool(
    const float *x, size_t length, float *out, size_t windows, size_t kernel, size_t stride, size_t padding,
    int counts_padding);

/// The transpose: adds each window's gradient to its values.
void ck_average_pool_gradient(
    const float *gradient, size_t windows, float *out, size_t length, size_t kernel, size_t stride, size_t padding,
    int counts_padding);

#endif
