#include <math.h>
#include "CKMath.h"
#include "CKernels.h"

/// Values whose old ones and changes are kept until they are summed; they stay in the nearest cache.
#define CK_ADAMW_BLOCK 256

CK_INLINE double ck_block_square(const float *x, size_t n) {
#pragma clang fp reassociate(on)
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
    return sum;
}

CK_CLONES
ck_adamw_movement ck_adamw(float *x, const float *gradient, float *mean, float *square, ck_adamw_step step, size_t n) {
    float before[CK_ADAMW_BLOCK], change[CK_ADAMW_BLOCK];
    ck_adamw_movement moved = {0, 0};
    for (size_t start = 0; start < n; start += CK_ADAMW_BLOCK) {
        size_t count = n - start < CK_ADAMW_BLOCK ? n - start : CK_ADAMW_BLOCK;
        float *xs = x + start, *means = mean + start, *squares = square + start;
        const float *gradients = gradient + start;
        for (size_t i = 0; i < count; i++) {
            float g = gradients[i];
            float m = means[i] + step.mean_share * (g - means[i]);
            float s = step.square_keep * squares[i] + step.square_share * g * g;
            float denominator = sqrtf(s) / step.square_correction + step.epsilon;
            float after = step.keep * xs[i] - step.step_size * m / denominator;
            means[i] = m;
            squares[i] = s;
            before[i] = xs[i];
            change[i] = after - xs[i];
            xs[i] = after;
        }
        moved.change += ck_block_square(change, count);
        moved.norm += ck_block_square(before, count);
    }
    return moved;
}

CK_CLONES
void ck_approach(float *x, const float *target, float share, size_t n) {
    for (size_t i = 0; i < n; i++) x[i] += share * (target[i] - x[i]);
}
