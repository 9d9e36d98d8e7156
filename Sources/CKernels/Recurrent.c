#include "CKMath.h"
#include "CKernels.h"

CK_CLONES
void ck_lstm_step(float *gates, size_t stride, const float *c_before, float *c, float *h, size_t n) {
    float *input = gates, *forget = gates + stride, *candidate = gates + 2 * stride, *output = gates + 3 * stride;
    for (size_t i = 0; i < n; i++) {
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
    const float *gates, size_t stride, const float *c_before, const float *c, const float *h_gradient,
    float *c_gradient, float *gate_gradient, size_t n) {
    const float *input = gates, *forget = gates + stride, *candidate = gates + 2 * stride, *output = gates + 3 * stride;
    for (size_t i = 0; i < n; i++) {
        float tanh_c = ckm_tanh(c[i]);
        float dc = c_gradient[i] + h_gradient[i] * output[i] * (1.0f - tanh_c * tanh_c);
        gate_gradient[i] = dc * candidate[i] * input[i] * (1.0f - input[i]);
        gate_gradient[stride + i] = dc * c_before[i] * forget[i] * (1.0f - forget[i]);
        gate_gradient[2 * stride + i] = dc * input[i] * (1.0f - candidate[i] * candidate[i]);
        gate_gradient[3 * stride + i] = h_gradient[i] * tanh_c * output[i] * (1.0f - output[i]);
        c_gradient[i] = dc * forget[i];
    }
}

CK_CLONES
void ck_matrix_times_vectors(
    const float *w, size_t rows, size_t n, const float *x, size_t x_stride, float *y, size_t y_stride, size_t items) {
    for (size_t row = 0; row < rows; row++) {
        const float *weights = w + row * n;
        size_t item = 0;
        for (; item + 4 <= items; item += 4) {
            const float *a = x + item * x_stride, *b = a + x_stride, *c = b + x_stride, *d = c + x_stride;
            float *out = y + item * y_stride + row;
            float sum_a = 0, sum_b = 0, sum_c = 0, sum_d = 0;
            {
#pragma clang fp reassociate(on)
                for (size_t k = 0; k < n; k++) {
                    sum_a += weights[k] * a[k];
                    sum_b += weights[k] * b[k];
                    sum_c += weights[k] * c[k];
                    sum_d += weights[k] * d[k];
                }
            }
            out[0] += sum_a;
            out[y_stride] += sum_b;
            out[2 * y_stride] += sum_c;
            out[3 * y_stride] += sum_d;
        }
        for (; item < items; item++) {
            const float *vector = x + item * x_stride;
            float sum = 0;
            {
#pragma clang fp reassociate(on)
                for (size_t k = 0; k < n; k++) sum += weights[k] * vector[k];
            }
            y[item * y_stride + row] += sum;
        }
    }
}

CK_CLONES
void ck_transposed_matrix_times_vectors(
    const float *w, size_t rows, size_t w_stride, size_t n, const float *d, size_t d_stride, float *y, size_t y_stride,
    size_t items) {
    size_t row = 0;
    for (; row + 8 <= rows; row += 8) {
        const float *a = w + row * w_stride, *b = a + 4 * w_stride;
        for (size_t item = 0; item < items; item++) {
            const float *s = d + item * d_stride + row;
            float *out = y + item * y_stride;
            float s0 = s[0], s1 = s[1], s2 = s[2], s3 = s[3], s4 = s[4], s5 = s[5], s6 = s[6], s7 = s[7];
            for (size_t k = 0; k < n; k++)
                out[k] += (a[k] * s0 + a[w_stride + k] * s1 + a[2 * w_stride + k] * s2 + a[3 * w_stride + k] * s3)
                    + (b[k] * s4 + b[w_stride + k] * s5 + b[2 * w_stride + k] * s6 + b[3 * w_stride + k] * s7);
        }
    }
    for (; row < rows; row++)
        for (size_t item = 0; item < items; item++) {
            float scale = d[item * d_stride + row];
            for (size_t k = 0; k < n; k++) y[item * y_stride + k] += w[row * w_stride + k] * scale;
        }
}
