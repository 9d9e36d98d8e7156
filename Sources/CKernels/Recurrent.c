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

/// Two rows times four vectors at a time: eight products for six loads.
CK_CLONES
void ck_matrix_times_vectors(
    const float *w, size_t rows, size_t n, const float *x, size_t x_stride, float *y, size_t y_stride, size_t items) {
    for (size_t row = 0; row < rows; row++) {
        const float *p = w + row * n, *q = p + n;
        size_t item = 0;
        int paired = row + 1 < rows && items >= 4;
        for (; paired && item + 4 <= items; item += 4) {
            const float *a = x + item * x_stride, *b = a + x_stride, *c = b + x_stride, *d = c + x_stride;
            float *out = y + item * y_stride + row;
            float pa = 0, pb = 0, pc = 0, pd = 0, qa = 0, qb = 0, qc = 0, qd = 0;
            {
#pragma clang fp reassociate(on)
                for (size_t k = 0; k < n; k++) {
                    pa += p[k] * a[k];
                    pb += p[k] * b[k];
                    pc += p[k] * c[k];
                    pd += p[k] * d[k];
                    qa += q[k] * a[k];
                    qb += q[k] * b[k];
                    qc += q[k] * c[k];
                    qd += q[k] * d[k];
                }
            }
            out[0] += pa;
            out[y_stride] += pb;
            out[2 * y_stride] += pc;
            out[3 * y_stride] += pd;
            out[1] += qa;
            out[y_stride + 1] += qb;
            out[2 * y_stride + 1] += qc;
            out[3 * y_stride + 1] += qd;
        }
        for (; item < items; item++) {
            const float *vector = x + item * x_stride;
            float first = 0, second = 0;
            {
#pragma clang fp reassociate(on)
                for (size_t k = 0; k < n; k++) first += p[k] * vector[k];
            }
            y[item * y_stride + row] += first;
            if (paired) {
#pragma clang fp reassociate(on)
                for (size_t k = 0; k < n; k++) second += q[k] * vector[k];
                y[item * y_stride + row + 1] += second;
            }
        }
        row += (size_t)paired;
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
