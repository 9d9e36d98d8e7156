#include "CKRowTransform.h"

#include <string.h>
#include "CKTarget.h"

/// Points 0, 1, -1, 1/2, -2 and infinity. Rows are scaled by powers of two so that inputs and kernels keep their size.
static const float input3[6][6] = {
    {0.5f, -0.75f, -1, 0.75f, 0.5f, 0},
    {0, -1 / 3.0f, 1 / 6.0f, 5 / 6.0f, 1 / 3.0f, 0},
    {0, -1 / 3.0f, 5 / 6.0f, -1 / 6.0f, -1 / 3.0f, 0},
    {0, 16 / 15.0f, 8 / 15.0f, -16 / 15.0f, -8 / 15.0f, 0},
    {0, 8 / 15.0f, -16 / 15.0f, -8 / 15.0f, 16 / 15.0f, 0},
    {0, 0.5f, -0.75f, -1, 0.75f, 0.5f}};
static const float kernel3[6][3] = {{2, 0, 0}, {1, 1, 1}, {1, -1, 1}, {2, 1, 0.5f}, {0.0625f, -0.125f, 0.25f}, {0, 0, 2}};
static const float output3[6][4] = {{1, 0, 0, 0}, {1, 1, 1, 1}, {1, -1, 1, -1}, {1, 0.5f, 0.25f, 0.125f}, {1, -2, 4, -8},
                                    {0, 0, 0, 1}};

/// Points 0, 1, -1, 2, -2, 1/2, -1/2 and infinity.
static const float input5[8][8] = {
    {0.25f, 0, -1.3125f, 0, 1.3125f, 0, -0.25f, 0},
    {0, -2 / 9.0f, -2 / 9.0f, 17 / 18.0f, 17 / 18.0f, -2 / 9.0f, -2 / 9.0f, 0},
    {0, 2 / 9.0f, -2 / 9.0f, -17 / 18.0f, 17 / 18.0f, 2 / 9.0f, -2 / 9.0f, 0},
    {0, 8 / 45.0f, 4 / 45.0f, -8 / 9.0f, -4 / 9.0f, 32 / 45.0f, 16 / 45.0f, 0},
    {0, -8 / 45.0f, 4 / 45.0f, 8 / 9.0f, -4 / 9.0f, -32 / 45.0f, 16 / 45.0f, 0},
    {0, 16 / 45.0f, 32 / 45.0f, -4 / 9.0f, -8 / 9.0f, 4 / 45.0f, 8 / 45.0f, 0},
    {0, -16 / 45.0f, 32 / 45.0f, 4 / 9.0f, -8 / 9.0f, -4 / 45.0f, 8 / 45.0f, 0},
    {0, -0.25f, 0, 1.3125f, 0, -1.3125f, 0, 0.25f}};
static const float kernel5[8][5] = {
    {4, 0, 0, 0, 0},
    {1, 1, 1, 1, 1},
    {1, -1, 1, -1, 1},
    {0.03125f, 0.0625f, 0.125f, 0.25f, 0.5f},
    {0.03125f, -0.0625f, 0.125f, -0.25f, 0.5f},
    {4, 2, 1, 0.5f, 0.25f},
    {4, -2, 1, -0.5f, 0.25f},
    {0, 0, 0, 0, 4}};
static const float output5[8][4] = {{1, 0, 0, 0},   {1, 1, 1, 1},           {1, -1, 1, -1},           {1, 2, 4, 8},
                                    {1, -2, 4, -8}, {1, 0.5f, 0.25f, 0.125f}, {1, -0.5f, 0.25f, -0.125f}, {0, 0, 0, 1}};

const ck_row_transform *ck_row_transform_for(int64_t taps) {
    static const ck_row_transform three = {4, 6, 3, input3[0], kernel3[0], output3[0]};
    static const ck_row_transform five = {4, 8, 5, input5[0], kernel5[0], output5[0]};
    return taps == 3 ? &three : taps == 5 ? &five : 0;
}

/// Rows of every residue modulo the period side by side, one tile more than there are for the rows that tiles share.
static int64_t phase_floats(const ck_row_tiles *t) { return (t->tiles + 1) * t->columns; }

int64_t ck_row_tiles_scratch(const ck_row_tiles *t) { return (t->period + 8) * phase_floats(t); }

static inline __attribute__((always_inline)) void copy_row(float *to, const float *from, int64_t columns) {
    if (columns >= 32)
        memcpy(to, from, sizeof(float) * (size_t)columns);
    else
        for (int64_t c = 0; c < columns; c++) to[c] = from[c];
}

static inline __attribute__((always_inline)) void split(const ck_row_tiles *t, const float *plane, float *phases) {
    const int64_t stride = phase_floats(t), columns = t->columns;
    for (int64_t phase = 0; phase < t->period; phase++) {
        float *to = phases + phase * stride;
        for (int64_t tile = 0; tile <= t->tiles; tile++, to += columns) {
            const int64_t row = tile * t->period + phase - t->padding;
            if (row >= 0 && row < t->rows)
                copy_row(to, plane + row * columns, columns);
            else
                memset(to, 0, sizeof(float) * (size_t)columns);
        }
    }
}

static inline __attribute__((always_inline)) void join(const ck_row_tiles *t, const float *phases, float *plane) {
    const int64_t stride = phase_floats(t), columns = t->columns;
    for (int64_t phase = 0; phase < t->period; phase++) {
        const float *from = phases + phase * stride;
        for (int64_t tile = 0; tile <= t->tiles; tile++, from += columns) {
            const int64_t row = tile * t->period + phase - t->padding;
            if (row >= 0 && row < t->rows) copy_row(plane + row * columns, from, columns);
        }
    }
}

/// `out[n] = start + sum over i < width of coefficients[i * step] * in[i][n]`.
static inline __attribute__((always_inline)) void combine(const int width, const float *const *in, const float *coefficients,
                                                          int64_t step, float start, float *restrict out, int64_t count) {
    for (int64_t n = 0; n < count; n++) {
        float sum = start;
        for (int i = 0; i < width; i++) sum += coefficients[i * step] * in[i][n];
        out[n] = sum;
    }
}

static inline __attribute__((always_inline)) void combine_any(int64_t width, const float *const *in, const float *coefficients,
                                                              int64_t step, float start, float *restrict out, int64_t count) {
    if (width == 3) combine(3, in, coefficients, step, start, out, count);
    if (width == 4) combine(4, in, coefficients, step, start, out, count);
    if (width == 5) combine(5, in, coefficients, step, start, out, count);
    if (width == 6) combine(6, in, coefficients, step, start, out, count);
    if (width == 8) combine(8, in, coefficients, step, start, out, count);
}

CK_CLONES
void ck_rows_to_points(const ck_row_tiles *tiles, const float *coefficients, int64_t points, const float *planes,
                       float *values, int64_t pointStride, int64_t begin, int64_t end, float *scratch) {
    const ck_row_tiles t = *tiles;
    const int64_t stride = phase_floats(&t), count = t.tiles * t.columns;
    const float *in[8];
    for (int64_t j = 0; j < t.width; j++) in[j] = scratch + j % t.period * stride + j / t.period * t.columns;
    for (int64_t plane = begin; plane < end; plane++) {
        split(&t, planes + plane * t.rows * t.columns, scratch);
        for (int64_t p = 0; p < points; p++)
            combine_any(t.width, in, coefficients + p * t.width, 1, 0, values + p * pointStride + plane * count, count);
    }
}

CK_CLONES
void ck_points_to_rows(const ck_row_tiles *tiles, const float *coefficients, int64_t points, const float *values,
                       int64_t pointStride, const float *bias, float *planes, int64_t begin, int64_t end, float *scratch) {
    const ck_row_tiles t = *tiles;
    const int64_t stride = phase_floats(&t), count = t.tiles * t.columns;
    float *rest = scratch + t.period * stride;
    const float *in[8];
    for (int64_t plane = begin; plane < end; plane++) {
        for (int64_t p = 0; p < points; p++) in[p] = values + p * pointStride + plane * count;
        const float start = bias ? bias[plane] : 0;
        for (int64_t j = 0; j < t.period; j++) {
            float *phase = scratch + j * stride;
            combine_any(points, in, coefficients + j, t.width, start, phase, count);
            for (int64_t c = 0; c < t.columns; c++) phase[count + c] = start;
        }
        for (int64_t j = t.period; j < t.width; j++) {
            combine_any(points, in, coefficients + j, t.width, 0, rest, count);
            float *phase = scratch + (j - t.period) * stride + t.columns;
            for (int64_t n = 0; n < count; n++) phase[n] += rest[n];
        }
        join(&t, scratch, planes + plane * t.rows * t.columns);
    }
}

CK_CLONES
bool ck_are_moderate(const float *values, int64_t count) {
    int excess = 0;
    for (int64_t i = 0; i < count; i++) excess |= !(__builtin_fabsf(values[i]) <= 1e15f);
    return !excess;
}
