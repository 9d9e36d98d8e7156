#include "CKernels.h"

CK_CLONES
double ck_sum(const float *x, size_t n) {
#pragma clang fp reassociate(on)
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)x[i];
    return sum;
}

CK_CLONES
double ck_dot(const float *x, const float *y, size_t n) {
#pragma clang fp reassociate(on)
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)x[i] * (double)y[i];
    return sum;
}

CK_CLONES
double ck_sum_of_squares(const float *x, float center, size_t n) {
#pragma clang fp reassociate(on)
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double distance = (double)x[i] - (double)center;
        sum += distance * distance;
    }
    return sum;
}

CK_CLONES
void ck_sum_rows(const float *x, size_t rows, size_t stride, float *out, size_t n) {
    double sums[256];
    for (size_t start = 0; start < n; start += 256) {
        size_t count = n - start < 256 ? n - start : 256;
        for (size_t j = 0; j < count; j++) sums[j] = 0;
        size_t i = 0;
        for (; i + 4 <= rows; i += 4) {
            const float *a = x + i * stride + start, *b = a + stride, *c = b + stride, *d = c + stride;
            for (size_t j = 0; j < count; j++)
                sums[j] += ((double)a[j] + (double)b[j]) + ((double)c[j] + (double)d[j]);
        }
        for (; i < rows; i++) {
            const float *row = x + i * stride + start;
            for (size_t j = 0; j < count; j++) sums[j] += (double)row[j];
        }
        for (size_t j = 0; j < count; j++) out[start + j] = (float)sums[j];
    }
}

size_t ck_argument_maximum(const float *x, size_t n, size_t stride) {
    size_t best = 0;
    for (size_t i = 0; i < n; i++) {
        float value = x[i * stride];
        if (value != value) return i;
        if (value > x[best * stride]) best = i;
    }
    return best;
}
