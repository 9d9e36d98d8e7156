/// Short convolutions along rows by evaluating polynomials at points (Toom and Cook; Winograd 1980; Lavin and Gray 2016,
/// arXiv:1509.09308): 4 output rows of a kernel of 3 or 5 rows with 6 or 8 products instead of 12 or 20.
#ifndef CK_ROW_TRANSFORM_H
#define CK_ROW_TRANSFORM_H
#include <stdbool.h>
#include <stdint.h>

/// Rows a tile gives, rows it reads (and points), rows of the kernel. Results are `output^T (kernel w * input x)`.
typedef struct {
    int64_t outputs, points, taps;
    /// `[points][points]`, `[points][taps]`, `[points][outputs]`.
    const float *input, *kernel, *output;
} ck_row_transform;

/// The transform for kernels of `taps` rows; null unless that is 3 or 5.
const ck_row_transform *ck_row_transform_for(int64_t taps);

/// Planes of `rows` x `columns` cut into `tiles` that begin `period` rows apart, the first `padding` rows before the plane, and
/// are `width` (at most 2 * period and 8) rows high. Rows outside the plane are zero.
typedef struct {
    int64_t planes, rows, columns, padding, tiles, period, width;
} ck_row_tiles;

/// Floats of scratch both functions need.
int64_t ck_row_tiles_scratch(const ck_row_tiles *tiles);

/// `values[p * pointStride + (plane * tiles + tile) * columns + c] = sum over j < width of
/// coefficients[p * width + j] * planes[plane][tile * period + j - padding][c]`, for planes `begin` to `end - 1`.
void ck_rows_to_points(const ck_row_tiles *tiles, const float *coefficients, int64_t points, const float *planes,
                       float *values, int64_t pointStride, int64_t begin, int64_t end, float *scratch);

/// The transpose: every row of a plane is the sum of what the tiles it belongs to give it, plus `bias[plane]` if there is one.
void ck_points_to_rows(const ck_row_tiles *tiles, const float *coefficients, int64_t points, const float *values,
                       int64_t pointStride, const float *bias, float *planes, int64_t begin, int64_t end, float *scratch);

/// Whether all values are numbers of at most 1e15, so that sums of products with factors between cannot overflow.
bool ck_are_moderate(const float *values, int64_t count);

#endif
