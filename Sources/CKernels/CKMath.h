/// Branch-free float32 functions that the compiler can vectorise: no tables, no calls, NaN and infinity as the C library.
/// Coefficients are minimax fits (Remez) of this project, the reductions are Cody and Waite's (1980).
#ifndef CK_MATH_H
#define CK_MATH_H
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CK_INLINE static inline __attribute__((always_inline))

/// Largest |x| that ckm_turn reduces exactly enough; larger ones are for the C library.
#define CKM_WIDEST 12500.0f

CK_INLINE int32_t ckm_bits(float x) {
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

CK_INLINE float ckm_float(int32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/// The nearest whole number for |x| < 2^22; its parity is in the lowest bit of ckm_bits of the sum before the subtraction.
#define CKM_ROUNDER 12582912.0f

/// x - k·π in [-π/2, π/2]; π in four parts, so that every product but the last is exact up to CKM_WIDEST, k + 1/2 included.
CK_INLINE float ckm_minus_turns(float x, float k) {
    float r = x - k * 3.140625f;
    r = r - k * 0x1.fb4p-11f;
    r = r - k * 0x1.444p-23f;
    return r - k * 0x1.68c234p-38f;
}

/// sin r for |r| <= π/2.
CK_INLINE float ckm_sine_near(float r) {
    float t = r * r;
    float p = 0x1.5dbb60p-19f;
    p = p * t - 0x1.9f6fd2p-13f;
    p = p * t + 0x1.110ed2p-7f;
    p = p * t - 0x1.55554cp-3f;
    return r + r * t * p;
}

/// cos r for |r| <= π/2, to about 3e-8 absolutely.
CK_INLINE float ckm_cosine_near(float r) {
    float t = r * r;
    float p = -0x1.17fe38p-22f;
    p = p * t + 0x1.9f6f52p-16f;
    p = p * t - 0x1.6c137ep-10f;
    p = p * t + 0x1.555548p-5f;
    p = p * t - 0.5f;
    return 1.0f + t * p;
}

/// sin x for |x| <= CKM_WIDEST.
CK_INLINE float ckm_sine(float x) {
    float shifted = x * 0x1.45f306p-2f + CKM_ROUNDER;
    float s = ckm_sine_near(ckm_minus_turns(x, shifted - CKM_ROUNDER));
    return ckm_float(ckm_bits(s) ^ (int32_t)((uint32_t)ckm_bits(shifted) << 31));
}

/// cos x for |x| <= CKM_WIDEST: -sin of the distance to the nearest (k + 1/2)·π, by the parity of k.
CK_INLINE float ckm_cosine(float x) {
    float shifted = (x * 0x1.45f306p-2f - 0.5f) + CKM_ROUNDER;
    float s = ckm_sine_near(ckm_minus_turns(x, (shifted - CKM_ROUNDER) + 0.5f));
    return ckm_float(ckm_bits(s) ^ (int32_t)(((uint32_t)ckm_bits(shifted) + 1u) << 31));
}

/// exp r - 1 for |r| <= ln 2 / 2.
CK_INLINE float ckm_expm1_near(float r) {
    float p = 0x1.a032cap-13f;
    p = p * r + 0x1.6d7296p-10f;
    p = p * r + 0x1.11118ap-7f;
    p = p * r + 0x1.5554b0p-5f;
    p = p * r + 0x1.555554p-3f;
    p = p * r + 0.5f;
    return r + r * r * p;
}

/// exp x; 0 and infinity beyond float's range, denormals exact.
CK_INLINE float ckm_exp(float x) {
    float c = x > 90.0f ? 90.0f : x;
    c = c < -105.0f ? -105.0f : c;
    float shifted = c * 0x1.715476p+0f + CKM_ROUNDER;
    float k = shifted - CKM_ROUNDER;
    float r = c - k * 0x1.62e4p-1f;
    r = r - k * 0x1.7f7d1cp-20f;
    int32_t whole = ckm_bits(shifted) - ckm_bits(CKM_ROUNDER);
    int32_t half = whole >> 1;
    float low = ckm_float((int32_t)((uint32_t)(half + 127) << 23));
    float high = ckm_float((int32_t)((uint32_t)(whole - half + 127) << 23));
    return (1.0f + ckm_expm1_near(r)) * low * high;
}

/// exp x - 1, accurate near 0; x is clamped to 88 above (enough for tanh and elu).
CK_INLINE float ckm_expm1(float x) {
    float c = x > 88.0f ? 88.0f : x;
    c = c < -25.0f ? -25.0f : c;
    float shifted = c * 0x1.715476p+0f + CKM_ROUNDER;
    float k = shifted - CKM_ROUNDER;
    float r = c - k * 0x1.62e4p-1f;
    r = r - k * 0x1.7f7d1cp-20f;
    float scale = ckm_float((int32_t)((uint32_t)(ckm_bits(shifted) - ckm_bits(CKM_ROUNDER) + 127) << 23));
    return scale * ckm_expm1_near(r) + (scale - 1.0f);
}

/// tanh x = -t / (t + 2) with t = exp(-2|x|) - 1, and x's sign.
CK_INLINE float ckm_tanh(float x) {
    float t = ckm_expm1(-2.0f * fabsf(x));
    return copysignf(-t / (t + 2.0f), x);
}

/// 1 / (1 + exp(-x)).
CK_INLINE float ckm_sigmoid(float x) { return 1.0f / (1.0f + ckm_exp(-x)); }

/// log(m) for x = m·2^e with m in [√½, √2); e goes to *exponent. Only for positive finite x.
CK_INLINE float ckm_log_mantissa(float x, float *exponent) {
    int32_t tiny = x < 0x1p-126f;
    float scaled = tiny ? x * 0x1p+23f : x;
    int32_t bits = ckm_bits(scaled);
    int32_t e = (bits - 0x3f3504f3) >> 23;
    float f = ckm_float(bits - (int32_t)((uint32_t)e << 23)) - 1.0f;
    *exponent = (float)(e - (tiny ? 23 : 0));
    float s = f / (2.0f + f);
    float z = s * s;
    float p = 0x1.e30cb0p-3f;
    p = p * z + 0x1.24384ap-2f;
    p = p * z + 0x1.999a7cp-2f;
    p = p * z + 0x1.555554p-1f;
    float half = 0.5f * f * f;
    return f - (half - s * (half + z * p));
}

/// The C library's answers where a logarithm is not a finite number: NaN below 0, -inf at 0, x itself for +inf and NaN.
CK_INLINE float ckm_log_edges(float x, float value) {
    value = x > 0.0f ? value : (x == 0.0f ? -INFINITY : NAN);
    return x < INFINITY || x < 0.0f ? value : x;
}

CK_INLINE float ckm_log(float x) {
    float e;
    float m = ckm_log_mantissa(x, &e);
    return ckm_log_edges(x, (m + e * 0x1.7f7d1cp-20f) + e * 0x1.62e4p-1f);
}

CK_INLINE float ckm_log10(float x) {
    float e;
    float m = ckm_log_mantissa(x, &e);
    return ckm_log_edges(x, (m * 0x1.bcb7b2p-2f + (m * -1.0103049952192578e-08f + e * 0x1.3509f8p-18f)) + e * 0x1.344p-2f);
}

/// Whether a value is too large for ckm_sine and ckm_cosine when multiplied by `scale`.
CK_INLINE int ckm_any_beyond(const float *x, float scale, size_t n) {
    int32_t beyond = 0;
    for (size_t i = 0; i < n; i++) beyond |= fabsf(x[i] * scale) > CKM_WIDEST;
    return beyond;
}

#endif
