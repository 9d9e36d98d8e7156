/// Snake (Ziyin, Hartwig and Ueda 2020): y = x + sin²(αx) · r, where r is 1 / (α + ε). One channel of n samples.
#ifndef CK_SNAKE_H
#define CK_SNAKE_H
#include <stddef.h>

/// out may be x.
void ck_snake(const float *x, float alpha, float r, float *out, size_t n);

/// out = gradient · (1 + r·α·sin 2αx); adds Σ gradient·x·sin 2αx to sums[0] and Σ gradient·sin² αx to sums[1].
/// out may be gradient, or NULL when only the sums are wanted.
void ck_snake_gradient(const float *x, const float *gradient, float alpha, float r, float *out, double *sums, size_t n);

#endif
