/// Copies between layouts.
#ifndef CK_LAYOUT_H
#define CK_LAYOUT_H
#include <stddef.h>

/// out[j·rows + i] = x[i·columns + j]
void ck_transpose(const float *x, float *out, size_t rows, size_t columns);
/// out[i] = x[i·stride]
void ck_gather(const float *x, size_t stride, float *out, size_t n);

#endif
