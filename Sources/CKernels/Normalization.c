#include "CKMath.h"
#include "CKernels.h"

CK_CLONES
void ck_affine(const float *x, float center, float scale, float offset, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = (x[i] - center) * scale + offset;
}

CK_CLONES
void ck_combine(const float *x, float a, const float *y, float b, float c, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = a * x[i] + b * y[i] + c;
}

/// The largest value, or NaN if there is one.
CK_INLINE float largest(const float *x, size_t n) {
    float best = n > 0 ? x[0] : 0.0f;
    for (size_t i = 1; i < n; i++) best = x[i] > best || x[i] != x[i] ? x[i] : best;
    return best;
}

CK_CLONES
void ck_softmax(const float *x, float *out, size_t n) {
    float top = largest(x, n);
    for (size_t i = 0; i < n; i++) out[i] = ckm_exp(x[i] - top);
    float scale = (float)(1.0 / ck_sum(out, n));
    for (size_t i = 0; i < n; i++) out[i] *= scale;
}

CK_CLONES
void ck_log_softmax(const float *x, float *out, size_t n) {
    float top = largest(x, n);
    for (size_t i = 0; i < n; i++) out[i] = ckm_exp(x[i] - top);
    float rest = (float)log(ck_sum(out, n));
    for (size_t i = 0; i < n; i++) out[i] = (x[i] - top) - rest;
}
