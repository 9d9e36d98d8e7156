/// Loops over contiguous arrays of n floats. Outputs may be one of the inputs.
#ifndef CK_POINTWISE_H
#define CK_POINTWISE_H
#include <stddef.h>

/// out = a ∘ b
void ck_add(const float *a, const float *b, float *out, size_t n);
void ck_subtract(const float *a, const float *b, float *out, size_t n);
void ck_multiply(const float *a, const float *b, float *out, size_t n);
void ck_divide(const float *a, const float *b, float *out, size_t n);

/// out = a ∘ c with one number c
void ck_add_number(const float *a, float c, float *out, size_t n);
void ck_subtract_number(const float *a, float c, float *out, size_t n);
void ck_multiply_number(const float *a, float c, float *out, size_t n);
void ck_divide_number(const float *a, float c, float *out, size_t n);

/// out = c ∘ b with one number c
void ck_subtract_from_number(float c, const float *b, float *out, size_t n);
void ck_divide_number_by(float c, const float *b, float *out, size_t n);

/// out += a
void ck_accumulate(const float *a, float *out, size_t n);
/// out = value
void ck_fill(float value, float *out, size_t n);

#endif
