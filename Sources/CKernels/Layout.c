#include "CKernels.h"

void ck_transpose(const float *x, float *out, size_t rows, size_t columns) {
    for (size_t i0 = 0; i0 < rows; i0 += 16) {
        size_t i1 = i0 + 16 < rows ? i0 + 16 : rows;
        for (size_t j0 = 0; j0 < columns; j0 += 16) {
            size_t j1 = j0 + 16 < columns ? j0 + 16 : columns;
            for (size_t j = j0; j < j1; j++)
                for (size_t i = i0; i < i1; i++) out[j * rows + i] = x[i * columns + j];
        }
    }
}

void ck_gather(const float *x, size_t stride, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = x[i * stride];
}
