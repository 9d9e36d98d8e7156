#include "CKMath.h"
#include "CKernels.h"

#define CK_FUNCTION(name, value)                              \
    CK_CLONES                                                 \
    void ck_##name(const float *x, float *out, size_t n) {    \
        for (size_t i = 0; i < n; i++) out[i] = value;        \
    }

/// The saved array is called s, whichever of x and y it is.
#define CK_GRADIENT(name, value)                                                          \
    CK_CLONES                                                                             \
    void ck_##name##_gradient(const float *s, const float *gradient, float *out, size_t n) { \
        for (size_t i = 0; i < n; i++) out[i] = value;                                    \
    }

/// Sine and cosine go piece by piece: pieces with arguments too large for the fast reduction use the C library.
#define CK_PERIODIC(name, fast, exact)                                                  \
    CK_CLONES                                                                           \
    void ck_##name(const float *x, float *out, size_t n) {                              \
        for (size_t start = 0; start < n; start += 1024) {                              \
            size_t end = start + 1024 < n ? start + 1024 : n;                           \
            if (ckm_any_beyond(x + start, 1.0f, end - start))                           \
                for (size_t i = start; i < end; i++) out[i] = exact(x[i]);              \
            else                                                                        \
                for (size_t i = start; i < end; i++) out[i] = fast(x[i]);               \
        }                                                                               \
    }

#define CK_PERIODIC_GRADIENT(name, sign, fast, exact)                                      \
    CK_CLONES                                                                              \
    void ck_##name##_gradient(const float *x, const float *gradient, float *out, size_t n) { \
        for (size_t start = 0; start < n; start += 1024) {                                 \
            size_t end = start + 1024 < n ? start + 1024 : n;                              \
            if (ckm_any_beyond(x + start, 1.0f, end - start))                              \
                for (size_t i = start; i < end; i++) out[i] = sign gradient[i] * exact(x[i]); \
            else                                                                           \
                for (size_t i = start; i < end; i++) out[i] = sign gradient[i] * fast(x[i]); \
        }                                                                                  \
    }

CK_FUNCTION(negate, -x[i])
CK_FUNCTION(square, x[i] * x[i])
CK_GRADIENT(square, 2.0f * s[i] * gradient[i])
CK_FUNCTION(square_root, sqrtf(x[i]))
CK_GRADIENT(square_root, gradient[i] / (2.0f * s[i]))
CK_FUNCTION(absolute, fabsf(x[i]))
CK_GRADIENT(absolute, gradient[i] * (float)((s[i] > 0.0f) - (s[i] < 0.0f)))
CK_FUNCTION(exponential, ckm_exp(x[i]))
CK_FUNCTION(logarithm, ckm_log(x[i]))
CK_FUNCTION(logarithm10, ckm_log10(x[i]))
CK_GRADIENT(logarithm10, gradient[i] / (s[i] * 2.302585093f))
CK_PERIODIC(sine, ckm_sine, sinf)
CK_PERIODIC_GRADIENT(sine, , ckm_cosine, cosf)
CK_PERIODIC(cosine, ckm_cosine, cosf)
CK_PERIODIC_GRADIENT(cosine, -, ckm_sine, sinf)
CK_FUNCTION(tanh, ckm_tanh(x[i]))
CK_GRADIENT(tanh, gradient[i] * (1.0f - s[i] * s[i]))
CK_FUNCTION(relu, x[i] <= 0.0f ? 0.0f : x[i])
CK_GRADIENT(relu, s[i] <= 0.0f ? 0.0f : gradient[i])
CK_FUNCTION(sigmoid, ckm_sigmoid(x[i]))
CK_GRADIENT(sigmoid, gradient[i] * (1.0f - s[i]) * s[i])

void ck_power(const float *x, float exponent, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = powf(x[i], exponent);
}

void ck_power_gradient(const float *x, float exponent, const float *gradient, float *out, size_t n) {
    if (exponent == 0.0f) {
        ck_fill(0.0f, out, n);
        return;
    }
    for (size_t i = 0; i < n; i++) out[i] = gradient[i] * (exponent * powf(x[i], exponent - 1.0f));
}

CK_CLONES
void ck_maximum(const float *x, float c, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = x[i] < c || c != c ? c : x[i];
}

CK_CLONES
void ck_maximum_gradient(const float *x, float c, const float *gradient, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = x[i] < c ? 0.0f : (x[i] == c ? 0.5f * gradient[i] : gradient[i]);
}

CK_CLONES
void ck_clamp(const float *x, float low, float high, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) {
        float raised = x[i] < low ? low : x[i];
        out[i] = raised > high ? high : raised;
    }
}

CK_CLONES
void ck_clamp_gradient(const float *x, float low, float high, const float *gradient, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = x[i] >= low && x[i] <= high ? gradient[i] : 0.0f;
}

CK_CLONES
void ck_leaky_relu(const float *x, float slope, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = x[i] > 0.0f ? x[i] : x[i] * slope;
}

CK_CLONES
void ck_leaky_relu_gradient(const float *x, float slope, const float *gradient, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = x[i] > 0.0f ? gradient[i] : gradient[i] * slope;
}

CK_CLONES
void ck_elu(const float *x, float alpha, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = x[i] > 0.0f ? x[i] : alpha * ckm_expm1(x[i]);
}

CK_CLONES
void ck_elu_gradient(const float *x, float alpha, const float *gradient, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) {
        float slope = alpha * ckm_exp(x[i]);
        out[i] = x[i] <= 0.0f ? gradient[i] * slope : gradient[i];
    }
}
