#include "CKMath.h"
#include "CKernels.h"

/// αx - kπ; sin² has the period π, so three parts of π are enough.
CK_INLINE float reduced(float z) {
    float k = (z * 0x1.45f306p-2f + CKM_ROUNDER) - CKM_ROUNDER;
    float t = z - k * 3.140625f;
    t = t - k * 0x1.fb4p-11f;
    return t - k * 0x1.4442d2p-23f;
}

CK_CLONES
void ck_snake(const float *x, float alpha, float r, float *out, size_t n) {
    for (size_t start = 0; start < n; start += 1024) {
        size_t end = start + 1024 < n ? start + 1024 : n;
        if (ckm_any_beyond(x + start, alpha, end - start)) {
            for (size_t i = start; i < end; i++) {
                float s = sinf(alpha * x[i]);
                out[i] = x[i] + r * (s * s);
            }
        } else {
            for (size_t i = start; i < end; i++) {
                float s = ckm_sine_near(reduced(alpha * x[i]));
                out[i] = x[i] + r * (s * s);
            }
        }
    }
}

CK_CLONES
void ck_snake_gradient(
    const float *x, const float *gradient, float alpha, float r, float *out, double *sums, size_t n) {
    float slope = 2.0f * r * alpha;
    for (size_t start = 0; start < n; start += 1024) {
        size_t count = n - start < 1024 ? n - start : 1024;
        const float *xs = x + start, *gs = gradient + start;
        float product[1024], square[1024];
        if (ckm_any_beyond(xs, alpha, count)) {
            for (size_t i = 0; i < count; i++) {
                float s = sinf(alpha * xs[i]);
                product[i] = s * cosf(alpha * xs[i]);
                square[i] = s * s;
            }
        } else {
            for (size_t i = 0; i < count; i++) {
                float t = reduced(alpha * xs[i]);
                float s = ckm_sine_near(t);
                product[i] = s * ckm_cosine_near(t);
                square[i] = s * s;
            }
        }
        {
#pragma clang fp reassociate(on)
            float first = 0, second = 0;
            for (size_t i = 0; i < count; i++) {
                first += gs[i] * xs[i] * product[i];
                second += gs[i] * square[i];
            }
            sums[0] += 2.0 * (double)first;
            sums[1] += (double)second;
        }
        if (out)
            for (size_t i = 0; i < count; i++) out[start + i] = gs[i] + gs[i] * (slope * product[i]);
    }
}
