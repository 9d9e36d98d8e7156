#include <math.h>
#include "CKernels.h"

CK_CLONES
void ck_adamw(float *x, const float *gradient, float *mean, float *square, ck_adamw_step step, size_t n) {
    for (size_t i = 0; i < n; i++) {
        float g = gradient[i];
        float m = mean[i] + step.mean_share * (g - mean[i]);
        float s = step.square_keep * square[i] + step.square_share * g * g;
        float denominator = sqrtf(s) / step.square_correction + step.epsilon;
        mean[i] = m;
        square[i] = s;
        x[i] = step.keep * x[i] - step.step_size * m / denominator;
    }
}
