/// Sums with double accumulators, and maxima.
#ifndef CK_REDUCTION_H
#define CK_REDUCTION_H
#include <stddef.h>
#include <stdint.h>

/// Σ x
double ck_sum(const float *x, size_t n);
/// Σ x·y
double ck_dot(const float *x, const float *y, size_t n);
/// Σ (x - center)²
double ck_sum_of_squares(const float *x, float center, size_t n);
/// out[j] = Σ_i x[i·stride + j] over `rows` rows, for j in 0..<n.
void ck_sum_rows(const float *x, size_t rows, size_t stride, float *out, size_t n);
/// The index of the largest value, the first of equal ones; of the first NaN if there is one.
size_t ck_argument_maximum(const float *x, size_t n, size_t stride);

#endif
