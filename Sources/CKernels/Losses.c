#include "CKMath.h"
#include "CKernels.h"

CK_CLONES
double ck_absolute_difference_sum(const float *a, const float *b, size_t n) {
#pragma clang fp reassociate(on)
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)fabsf(a[i] - b[i]);
    return sum;
}

CK_CLONES
void ck_absolute_difference_gradient(const float *a, const float *b, float factor, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = factor * (float)((a[i] > b[i]) - (a[i] < b[i]));
}

/// max(x, 0) + log(1 + u) with u = exp(-|x|); the rounding of 1 + u is put right to first order.
CK_INLINE float ckm_softplus(float x) {
    float u = ckm_exp(-fabsf(x));
    float whole = 1.0f + u;
    return (x > 0.0f ? x : 0.0f) + (ckm_log(whole) + (u - (whole - 1.0f)) / whole);
}

CK_CLONES
void ck_softplus(const float *x, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = ckm_softplus(x[i]);
}

CK_CLONES
void ck_softplus_gradient(const float *x, const float *gradient, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = gradient[i] * ckm_sigmoid(x[i]);
}
