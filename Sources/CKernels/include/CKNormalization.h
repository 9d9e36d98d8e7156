/// Inner loops of normalisations over contiguous arrays of n floats.
#ifndef CK_NORMALIZATION_H
#define CK_NORMALIZATION_H
#include <stddef.h>

/// out = (x - center) · scale + offset
void ck_affine(const float *x, float center, float scale, float offset, float *out, size_t n);
/// out = a·x + b·y + c
void ck_combine(const float *x, float a, const float *y, float b, float c, float *out, size_t n);
/// Softmax of one row, and its logarithm.
void ck_softmax(const float *x, float *out, size_t n);
void ck_log_softmax(const float *x, float *out, size_t n);

#endif
