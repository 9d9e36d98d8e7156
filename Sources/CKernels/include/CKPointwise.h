/// Loops over contiguous arrays of n floats. Outputs may be one of the inputs.
#ifndef CK_POINTWISE_H
#define CK_POINTWISE_H
#include <stddef.h>

/// out = a + b
void ck_add(const float *a, const float *b, float *out, size_t n);

#endif
