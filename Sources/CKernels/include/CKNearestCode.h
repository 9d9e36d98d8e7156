/// Search for the nearest row of a codebook.
#ifndef CK_NEAREST_CODE_H
#define CK_NEAREST_CODE_H
#include <stddef.h>
#include <stdint.h>

/// For every row e of encodings [rows, dimension]: the first n with the smallest (|e|^2 - 2 e.c_n) + |c_n|^2, or the first n where
/// that is NaN. columns is the codebook transposed, [dimension, count]; distances is scratch of count floats.
/// The product is one chain of fused multiply-adds over the dimensions, which is what BLAS libraries compute for short rows.
void ck_nearest_code(const float *encodings, const float *squares, const float *columns, const float *column_squares,
                     float *distances, int32_t *result, size_t rows, size_t dimension, size_t count);

#endif
