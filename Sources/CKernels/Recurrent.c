#include "CKMath.h"
#include "CKernels.h"

CK_CLONES
void ck_lstm_step(float *gates, const float *c_before, float *c, float *h, size_t hidden) {
    float *input = gates, *forget = gates + hidden, *candidate = gates + 2 * hidden, *output = gates + 3 * hidden;
    for (size_t i = 0; i < hidden; i++) {
        input[i] = ckm_sigmoid(input[i]);
        forget[i] = ckm_sigmoid(forget[i]);
        candidate[i] = ckm_tanh(candidate[i]);
        output[i] = ckm_sigmoid(output[i]);
        c[i] = forget[i] * c_before[i] + input[i] * candidate[i];
        h[i] = output[i] * ckm_tanh(c[i]);
    }
}

CK_CLONES
void ck_lstm_step_gradient(
    const float *gates, const float *c_before, const float *c, const float *h_gradient, float *c_gradient,
    float *gate_gradient, size_t hidden) {
    const float *input = gates, *forget = gates + hidden, *candidate = gates + 2 * hidden, *output = gates + 3 * hidden;
    for (size_t i = 0; i < hidden; i++) {
        float tanh_c = ckm_tanh(c[i]);
        float dc = c_gradient[i] + h_gradient[i] * output[i] * (1.0f - tanh_c * tanh_c);
        gate_gradient[i] = dc * candidate[i] * input[i] * (1.0f - input[i]);
        gate_gradient[hidden + i] = dc * c_before[i] * forget[i] * (1.0f - forget[i]);
        gate_gradient[2 * hidden + i] = dc * input[i] * (1.0f - candidate[i] * candidate[i]);
        gate_gradient[3 * hidden + i] = h_gradient[i] * tanh_c * output[i] * (1.0f - output[i]);
        c_gradient[i] = dc * forget[i];
    }
}
