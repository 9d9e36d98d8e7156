#include "CKernels.h"

CK_CLONES
void ck_nearest_code(const float *encodings, const float *squares, const float *columns, const float *column_squares,
                     float *distances, int32_t *result, size_t rows, size_t dimension, size_t count) {
    for (size_t row = 0; row < rows; row++) {
        const float *e = encodings + row * dimension;
        for (size_t n = 0; n < count; n++) distances[n] = 0;
        for (size_t d = 0; d < dimension; d++) {
            const float twice = 2 * e[d];
            const float *column = columns + d * count;
            for (size_t n = 0; n < count; n++) distances[n] = __builtin_fmaf(twice, column[n], distances[n]);
        }
        for (size_t n = 0; n < count; n++) distances[n] = (squares[row] - distances[n]) + column_squares[n];
        size_t best = 0;
        for (size_t n = 0; n < count; n++) {
            if (distances[n] != distances[n]) {
                best = n;
                break;
            }
            if (distances[n] < distances[best]) best = n;
        }
        result[row] = (int32_t)best;
    }
}
