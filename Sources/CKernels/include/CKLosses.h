/// Loops that losses between feature maps and between logits are made of.
#ifndef CK_LOSSES_H
#define CK_LOSSES_H
#include <stddef.h>

/// Σ |a - b|, accumulated in double precision.
double ck_absolute_difference_sum(const float *a, const float *b, size_t n);
/// out = factor · sign(a - b); 0 where a and b are equal or one is NaN.
void ck_absolute_difference_gradient(const float *a, const float *b, float factor, float *out, size_t n);
/// out = ln(1 + eˣ)
void ck_softplus(const float *x, float *out, size_t n);
/// out = gradient / (1 + e⁻ˣ)
void ck_softplus_gradient(const float *x, const float *gradient, float *out, size_t n);

#endif
